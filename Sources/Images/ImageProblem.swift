/// Why a picture is not drawn; its alternative text stands alone then, with the reason.
package enum ImageProblem: String, Error, Hashable, Sendable, CaseIterable {
  /// No such file in the source of the post.
  case missing
  /// An address elsewhere: nothing is fetched for a picture.
  case elsewhere
  /// Neither PNG nor JPEG nor GIF.
  case unknownFormat = "unknown-format"
  case tooManyBytes = "too-many-bytes"
  case tooManyPixels = "too-many-pixels"
  case damaged
  /// The decoder took more time or memory than it gets.
  case tooCostly = "too-costly"
}
