import Foundation
import Images
import Posts

/// The file of an image, before it is read.
struct SourceImage {
  /// Equal to that of the last sync if the file is what it was then; nil if nothing tells.
  var stamp: FileStamp?
  var content: () throws -> PostImage.File

  static var missing: SourceImage { SourceImage { .refused(.missing) } }

  init(stamp: FileStamp? = nil, content: @escaping () throws -> PostImage.File) {
    self.stamp = stamp
    self.content = content
  }
}

/// Brings the images that the posts of a source show up to date, once its posts are: a file is read
/// if it may have changed.
struct ImageRun {
  let transaction: LibraryTransaction
  let source: String
  /// Bytes of the images that were read.
  private(set) var bytes = 0
  /// Images that are not drawn, each with its post.
  private(set) var warnings: [Refusal] = []

  init(_ transaction: LibraryTransaction, source: String) {
    self.transaction = transaction
    self.source = source
  }

  /// What was missing is looked for again only where a file may have come, as `layout` tells.
  mutating func update(from opened: any OpenSource, at now: Date, _ layout: FileStamp?) throws {
    let layout = layout?.number ?? 0
    let isSame = try layout != 0 && layout == transaction.layout(ofSource: source)
    let shown = try transaction.shownImages(ofSource: source, andMissing: !isSame)
    if !isSame { try transaction.noteLayout(layout, ofSource: source) }
    guard !shown.isEmpty else { return }
    try opened.readImages(shown, at: now) { image, file in
      let stamp = file.stamp?.number ?? 0
      var problem = image.problem
      if stamp == 0 || stamp != image.stamp {
        let content = try file.content()
        problem = nil
        switch content {
        case .refused(let reason): problem = reason
        case .read(let read, _): bytes += read.count
        }
        guard bytes <= SourceLimit.bytes else {
          throw SyncError.tooLarge(path: source, limit: SourceLimit.bytes)
        }
        try transaction.set(image, stamp: stamp, content)
      }
      if let problem {
        warnings.append(
          Refusal(file: image.post, reason: "the image \(image.name) \(problem.reason)"))
      }
    }
  }
}

extension ImageProblem {
  /// What follows the name of the image.
  fileprivate var reason: String {
    switch self {
    case .missing: "is not in the source"
    case .elsewhere: "lies elsewhere"
    case .unknownFormat: "is neither PNG nor JPEG nor GIF"
    case .tooManyBytes: "is larger than \(ImageHeader.Limit.bytes >> 20) MiB"
    case .tooManyPixels: "has over \(ImageHeader.Limit.pixels / 1_000_000) megapixels"
    case .damaged: "is damaged"
    case .tooCostly: "takes too long to decode"
    }
  }
}
