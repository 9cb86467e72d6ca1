import Demos
import Foundation
import Posts

/// S5, the index beside those of FTS5's own tokenizers.
struct IndexRows {
  private let bench: SearchWorkbench
  private let files: Int

  init(_ bench: SearchWorkbench, files: Int) {
    self.bench = bench
    self.files = files
  }

  func rows() throws -> [SearchRow] { [try index(bench.library(of: files))] }

  private func index(_ subject: SearchSubject) throws -> SearchRow {
    try subject.clearIndex()
    let writer = try LibraryWriter(at: subject.url)
    let seconds = try timed { try writer.replace { try $0.rebuildIndex() } }.seconds
    try writer.close()
    let bytes = try subject.open().statistics().indexBytes
    var ratios: [String: (bytes: Double, seconds: Double)] = [:]
    for tokenizer in ["unicode61", "trigram"] {
      let rival = try RivalIndex(tokenizer: tokenizer, library: subject.url)
      write(
        "     \(tokenizer.padded(10)) \(rival.bytes / 1_000_000) MB  \(rival.buildSeconds.fixed(1)) s"
      )
      ratios[tokenizer] = (
        Double(bytes) / Double(rival.bytes), seconds / rival.buildSeconds
      )
    }
    write("     downlink   \(bytes / 1_000_000) MB  \(seconds.fixed(1)) s")
    let ratio = ratios["trigram"] ?? (.nan, .nan)
    return SearchRow(
      "S5", "index bytes, build time against trigram's", must: "<= .45; <= .4",
      measured: "\(ratio.bytes.share); \(ratio.seconds.share)",
      holds: ratio.bytes <= 0.45 && ratio.seconds <= 0.4)
  }
}
