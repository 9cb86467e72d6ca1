import Canvas

extension ParsedFormula {
  /// The formula as a `math` element, with its TeX beside it for who wants to copy it; nil where it
  /// cannot be drawn.
  ///
  /// `numbers` are those of its rows, as `EquationNumbers` gives them; that of a formula which is no
  /// environment stands behind it.
  package func mathML(
    isDisplay: Bool, numbers: [String?] = [], references: [String: String] = [:]
  ) -> String? {
    guard !isBroken else { return nil }
    let isEnvironment = numberedMatrix != nil
    let writer = MathMLWriter(
      references: references, numbers: isEnvironment ? rowNumbers(numbers) : [])
    var row = writer.row(nodes)
    if !isEnvironment, let number = numbers.compactMap(\.self).first {
      row += "<mspace width=\"2em\"/><mtext>\(MarkupText.escaped(number))</mtext>"
    }
    return "<math display=\"\(isDisplay ? "block" : "inline")\"><semantics><mrow>\(row)</mrow>"
      + "<annotation encoding=\"application/x-tex\">\(MarkupText.escaped(source))</annotation>"
      + "</semantics></math>"
  }

  /// The numbers row by row; one for the whole stands at the last.
  private func rowNumbers(_ numbers: [String?]) -> [String?] {
    guard let matrix = numberedMatrix, matrix.numbering == .once, matrix.rows.count > 1 else {
      return numbers
    }
    return Array(repeating: nil, count: matrix.rows.count - 1) + numbers.prefix(1)
  }
}
