import Foundation

/// The corpus written out as posts, as often as needed and each time a little different.
struct Replicas {
  let corpus: Corpus
  let seed: UInt64

  /// Writes this many posts into a new folder.
  ///
  /// The first of each document is as it was. A later one lacks every twelfth paragraph, has every
  /// twentieth pair of ideographs replaced by another of the corpus, and bears a number.
  func write(_ count: Int, to folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var generator = SplitMix64(seed: seed)
    let words = corpus.documents.flatMap { Ideographs.runs(in: $0.body).prefix(40) }
      .filter { $0.count >= 2 }.map { String($0.prefix(2)) }
    for number in 0..<count {
      let document = corpus.documents[number % corpus.documents.count]
      let copy = number / corpus.documents.count
      let markdown =
        copy == 0 ? document.markdown : Self.changed(document.markdown, words, &generator)
      let title = copy == 0 ? document.title : "\(document.title) \(copy)"
      let text = document.file(title: title, markdown: markdown, day: number)
      try Data(text.utf8).write(to: folder.appending(path: Self.name(number) + ".md"))
    }
  }

  /// The slug of the post with this number.
  static func name(_ number: Int) -> String { "post-\(number)" }

  private static func changed(
    _ markdown: String, _ words: [String], _ generator: inout SplitMix64
  ) -> String {
    let paragraphs = markdown.split(separator: "\n\n", omittingEmptySubsequences: false)
    var kept: [UInt8] = []
    kept.reserveCapacity(markdown.utf8.count)
    for paragraph in paragraphs where Int.random(in: 0..<12, using: &generator) > 0 {
      kept += Array(paragraph.utf8) + [0x0a, 0x0a]
    }
    var i = 0
    while i + 6 <= kept.count {
      guard Ideographs.begins(kept, at: i), Ideographs.begins(kept, at: i + 3) else {
        i += 1
        continue
      }
      if Int.random(in: 0..<20, using: &generator) == 0,
        let word = words.randomElement(using: &generator), word.utf8.count == 6
      {
        kept.replaceSubrange(i..<i + 6, with: Array(word.utf8))
      }
      i += 6
    }
    return String(decoding: kept, as: UTF8.self)
  }
}

/// Runs of the common ideographs, U+4E00 to U+9FFF.
enum Ideographs {
  static func isOne(_ scalar: Unicode.Scalar) -> Bool { (0x4e00...0x9fff).contains(scalar.value) }

  /// Whether a common ideograph stands at this offset of UTF-8.
  static func begins(_ utf8: [UInt8], at i: Int) -> Bool {
    (0xe4...0xe9).contains(utf8[i]) && (utf8[i] > 0xe4 || utf8[i + 1] >= 0xb8)
  }

  static func runs(in text: String) -> [String] {
    text.unicodeScalars.split { !isOne($0) }.map { String(String.UnicodeScalarView($0)) }
  }
}
