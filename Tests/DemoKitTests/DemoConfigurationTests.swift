import DemoKit
import Testing

struct DemoConfigurationTests {
  private func request(
    _ preset: DemoPreset = .standard, _ settings: (String, ParameterValue)...
  ) -> DemoRequest {
    DemoRequest(
      id: CountingDemo.id, preset: preset,
      settings: settings.map { DemoRequest.Setting(name: $0.0, value: $0.1) })
  }

  @Test(arguments: [(DemoPreset.standard, 10), (.quick, 2), (.thorough, 1000)])
  func `a preset gives its own values`(preset: DemoPreset, steps: Int) throws {
    #expect(try CountingDemo.configured(for: request(preset)).steps == steps)
  }

  @Test func `a later setting wins over an earlier one and over the preset`() throws {
    let demo = try CountingDemo.configured(
      for: request(.quick, ("steps", .integer(5)), ("steps", .integer(7))))
    #expect(demo.steps == 7)
  }

  @Test func `the seed is a parameter like any other`() throws {
    #expect(try CountingDemo.configured(for: request(.quick, ("seed", .integer(9)))).seed == 9)
  }

  @Test func `an unknown parameter is refused with the known ones`() {
    let error = #expect(throws: DemoKitError.self) {
      try CountingDemo.configured(for: request(.standard, ("stepz", .integer(5))))
    }
    #expect(
      error?.description
        == "The demo counting has no parameter “stepz”; it has: steps, rate, claims, mood, seed.")
  }

  @Test(arguments: [
    ("steps", ParameterValue.integer(1001)), ("steps", .real(5)), ("rate", .real(.nan)),
    ("rate", .real(1.5)), ("mood", .name("sad")), ("claims", .integer(1)),
  ])
  func `a value out of bounds or of another kind is refused`(name: String, value: ParameterValue) {
    #expect(throws: DemoKitError.self) {
      try CountingDemo.configured(for: request(.standard, (name, value)))
    }
  }

  @Test(arguments: [
    ("steps", "12", ParameterValue.integer(12)), ("rate", "0", .real(0)),
    ("rate", "1e-3", .real(0.001)), ("claims", "false", .boolean(false)),
    ("mood", "angry", .name("angry")),
  ])
  func `typed text becomes a value`(name: String, text: String, value: ParameterValue) throws {
    #expect(try CountingDemo.description.setting(name, text: text).value == value)
  }

  @Test(arguments: [
    (
      "steps", "many",
      "The parameter steps of counting cannot be “many”; it takes a whole number from 0 to 1000."
    ),
    (
      "rate", "2",
      "The parameter rate of counting cannot be “2”; it takes a number from 0.0 to 1.0."
    ),
    (
      "rate", "nan",
      "The parameter rate of counting cannot be “nan”; it takes a number from 0.0 to 1.0."
    ),
    ("claims", "1", "The parameter claims of counting cannot be “1”; it takes true or false."),
    ("mood", "", "The parameter mood of counting cannot be “”; it takes one of calm, angry."),
  ])
  func `typed text that is no value is refused with the bounds`(
    name: String, text: String, sentence: String
  ) {
    let error = #expect(throws: DemoKitError.self) {
      try CountingDemo.description.setting(name, text: text)
    }
    #expect(error?.description == sentence)
  }
}
