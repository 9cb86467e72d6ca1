extension Tensor {
  /// The places of the numbers along the last axis in rising order; of equal ones the first comes
  /// first, and NaN comes last.
  ///
  /// It has no gradient; `gatherLast` with these places is the sorted tensor, which has one.
  ///
  /// - Shape: that of the tensor.
  package func argsort() -> Indices {
    Indices(sortedPlaces { x, y in x < y || (!x.isNaN && y.isNaN) }.flatMap(\.self), shape: shape)
  }

  /// The `k` largest numbers along the last axis, the largest first, and their places.
  ///
  /// Of equal ones the first comes first; NaN counts as largest, so that it is seen. The gradient
  /// goes to the places that were chosen.
  ///
  /// - Shape: `[..., C]` gives `[..., k]`.
  package func top(_ k: Int) -> (values: Tensor, places: Indices) {
    require(0 < k && k <= shape[-1], "top: \(k) of \(shape)")
    let rows = sortedPlaces { x, y in x > y || (x.isNaN && !y.isNaN) }
    let places = Indices(
      rows.flatMap { $0.prefix(k) }, shape: shape.replacing(axis: -1, with: k))
    return (gatherLast(self, places), places)
  }

  /// The places of each row, sorted by `isBefore`; equal numbers keep their order.
  private func sortedPlaces(_ isBefore: (Float, Float) -> Bool) -> [[Int32]] {
    let (rows, columns) = rowsAndColumns
    let numbers = scalars
    return (0..<Int(rows)).map { row in
      let row = numbers[row * Int(columns)..<(row + 1) * Int(columns)]
      return row.indices.sorted { a, b in
        isBefore(row[a], row[b]) || (!isBefore(row[b], row[a]) && a < b)
      }.map { Int32($0 - row.startIndex) }
    }
  }
}
