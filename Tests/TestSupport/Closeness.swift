package import Testing

/// Expects two rows of numbers to agree element by element within `tolerance`.
///
/// The tolerance is relative to the larger magnitude, or absolute below 1.
package func expectClose<Number: BinaryFloatingPoint>(
  _ measured: [Number], _ expected: [Number], tolerance: Number,
  location: SourceLocation = #_sourceLocation
) {
  #expect(measured.count == expected.count, sourceLocation: location)
  for (index, (got, want)) in zip(measured, expected).enumerated() {
    let scale = max(1, abs(want))
    let agrees =
      got == want || abs(got - want) <= tolerance * scale || (got.isNaN && want.isNaN)
    #expect(agrees, "element \(index): \(got), expected \(want)", sourceLocation: location)
  }
}

/// Expects two numbers to agree within `tolerance`.
package func expectClose<Number: BinaryFloatingPoint>(
  _ measured: Number, _ expected: Number, tolerance: Number,
  location: SourceLocation = #_sourceLocation
) {
  expectClose([measured], [expected], tolerance: tolerance, location: location)
}
