package import Images

/// What is known of the images of a post, by their source as the post has it.
///
/// Without an entry an image is its alternative text: in a pipe, and where nothing is drawn.
package struct Pictures: Hashable, Sendable {
  package var states: [String: State]
  /// Rows of the highest picture.
  package var mostRows: Int

  package init(_ states: [String: State] = [:], mostRows: Int = 0) {
    self.states = states
    self.mostRows = mostRows
  }

  package enum State: Hashable, Sendable {
    /// Its size in pixels, for which room is left before it is decoded, so that no text jumps.
    case sized(width: Int, height: Int, Raster? = nil)
    /// Nothing is drawn, and the text says why.
    case refused(ImageProblem)
  }
}

/// The cells that a picture takes: as many as there are, in its own proportions.
///
/// A cell is about twice as high as wide, so half a cell is a square. No picture is made larger than
/// a pixel for each half cell.
package struct PictureSize: Hashable, Sendable {
  package var columns: Int
  package var rows: Int

  package init(width: Int, height: Int, withinColumns: Int, rows mostRows: Int) {
    let (width, height) = (Double(max(1, width)), Double(max(1, height)))
    let scale = min(Double(withinColumns) / width, Double(2 * mostRows) / height, 1)
    columns = max(1, Int(width * scale))
    rows = max(1, Int((height * scale / 2).rounded(.up)))
  }
}
