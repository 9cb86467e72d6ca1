import DemoKit
import TestSupport
import Testing

struct WireFormTests {
  @Test func `each kind of message has its documented line`() {
    let lines: [(DemoMessage, String)] = [
      (
        .started(
          id: DemoID("ddim"),
          settings: [
            .init(name: "steps", value: .integer(50)), .init(name: "eta", value: .real(0)),
          ]),
        #"{"type":"started","id":"ddim","settings":{"steps":50,"eta":0.0}}"#
      ),
      (.event(.text("ok")), #"{"type":"text","text":"ok"}"#),
      (
        .event(.progress(completed: 1, total: 2)),
        #"{"type":"progress","completed":1,"total":2}"#
      ),
      (
        .event(.metric(name: "loss", step: 3, value: .nan)),
        #"{"type":"metric","name":"loss","step":3,"value":"nan"}"#
      ),
      (
        .event(
          .plot(
            Plot(
              title: "t", xLabel: "x", yLabel: "y",
              series: [.init("s", kind: .scatter, x: [1], y: [-.infinity])]))),
        #"{"type":"plot","title":"t","xLabel":"x","yLabel":"y","series":"#
          + #"[{"name":"s","kind":"scatter","x":[1.0],"y":["-inf"]}]}"#
      ),
      (
        .event(.table(Table(title: "t", header: ["a"], rows: [["b"]]))),
        #"{"type":"table","title":"t","header":["a"],"rows":[["b"]]}"#
      ),
      (
        .event(.image(Image(title: "t", width: 2, height: 1, pixels: [0, 1]))),
        #"{"type":"image","title":"t","width":2,"height":1,"pixels":"00ff"}"#
      ),
      (
        .event(.claim(Claim("s", expected: "e", measured: "m", holds: true))),
        #"{"type":"claim","statement":"s","expected":"e","measured":"m","holds":true}"#
      ),
      (.finished(seconds: 1.5), #"{"type":"finished","seconds":1.5}"#),
      (.failed(reason: "no"), #"{"type":"failed","reason":"no"}"#),
    ]
    for (message, line) in lines { #expect(message.wireLine == line) }
  }

  @Test func `every message survives the wire`() throws {
    for seed in UInt64(0)..<1000 {
      var generator = SeededGenerator(seed: seed)
      let message = randomMessage(using: &generator)
      let line = message.wireLine
      #expect(!line.contains("\n") && line.utf8.count <= DemoMessage.longestLine, "seed \(seed)")
      #expect(try DemoMessage(wireLine: line) == message, "seed \(seed)")
    }
  }

  @Test func `numbers that are none survive as text`() throws {
    for value in [Double.nan, .infinity, -.infinity] {
      let line = DemoMessage.event(.metric(name: "loss", step: 0, value: value)).wireLine
      #expect(try DemoMessage(wireLine: line).wireLine == line)
    }
  }

  @Test func `pixels keep 256 levels and clamp the rest`() throws {
    let pixels: [Float] = [0, 0.25, 1, -1, 2, .nan]
    let image = Image(title: "", width: 3, height: 2, pixels: pixels)
    guard
      case .event(.image(let read)) = try DemoMessage(
        wireLine: DemoMessage.event(.image(image)).wireLine)
    else {
      Issue.record("not an image")
      return
    }
    expectClose(read.pixels, [0, 0.25, 1, 0, 1, 0], tolerance: 1 / 510)
  }

  @Test func `a message too large for a line is made coarser until it fits`() throws {
    let many = (0..<50_000).map { Double($0) / 7 }
    let pixels = [Float](repeating: 0.5, count: 400 * 300)
    let messages: [DemoEvent] = [
      .plot(Plot(title: "t", series: [.init("s", x: many, y: many), .init("u", x: [1], y: [2])])),
      .image(Image(title: "t", width: 400, height: 300, pixels: pixels)),
      .table(Table(title: "t", header: ["h"], rows: many.map { ["\($0)"] })),
      .text(String(repeating: "梯", count: 100_000)),
      .table(Table(title: String(repeating: "梯", count: 100_000), header: [], rows: [])),
      .claim(
        Claim(String(repeating: "x", count: 100_000), expected: "", measured: "", holds: true)),
    ]
    for event in messages {
      let line = DemoMessage.event(event).wireLine
      #expect(line.utf8.count <= DemoMessage.longestLine)
      guard case .event = try DemoMessage(wireLine: line) else {
        Issue.record("\(line.prefix(80)) is no event")
        continue
      }
    }
  }

  @Test(arguments: [
    "", "{}", "[]", "1", #"{"type":1}"#, #"{"type":"hello"}"#, #"{"type":"text"}"#,
    #"{"type":"text","text":5}"#, #"{"type":"progress","completed":1.5,"total":2}"#,
    #"{"type":"metric","name":"x","step":1,"value":"big"}"#,
    #"{"type":"plot","title":"","xLabel":"","yLabel":"","series":[{"name":"","kind":"line","x":[1],"y":[]}]}"#,
    #"{"type":"plot","title":"","xLabel":"","yLabel":"","series":[{"name":"","kind":"pie","x":[],"y":[]}]}"#,
    #"{"type":"plot","title":"","xLabel":"","yLabel":"","series":[1]}"#,
    #"{"type":"table","title":"","header":[],"rows":[1]}"#,
    #"{"type":"table","title":"","header":[],"rows":[[1]]}"#,
    #"{"type":"image","title":"","width":2,"height":1,"pixels":"00"}"#,
    #"{"type":"image","title":"","width":1,"height":1,"pixels":"0g"}"#,
    #"{"type":"image","title":"","width":9223372036854775807,"height":2,"pixels":""}"#,
    #"{"type":"image","title":"","width":-1,"height":-1,"pixels":"00"}"#,
    #"{"type":"claim","statement":"","expected":"","measured":"","holds":"yes"}"#,
    #"{"type":"started","id":"x","settings":{"a":null}}"#, #"{"type":"started","id":"x"}"#,
    #"{"type":"finished"}"#, #"{"type":"failed"}"#, "downlink: not a message",
  ])
  func `a line that is no message is an error`(line: String) {
    #expect(throws: DemoKitError.self) { try DemoMessage(wireLine: line) }
  }

  @Test func `a line longer than a line may be is an error`() {
    let line = #"{"type":"text","text":""# + String(repeating: "x", count: 65_536) + "\"}"
    #expect(throws: DemoKitError.self) { try DemoMessage(wireLine: line) }
  }

  @Test func `damaged lines are errors or messages but never traps`() {
    for seed in UInt64(0)..<2000 {
      var generator = SeededGenerator(seed: seed)
      var bytes = Array(randomMessage(using: &generator).wireLine.utf8)
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let index = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.removeSubrange(index...)
        default: bytes.insert(contentsOf: Array("[{\"".utf8), at: index)
        }
        if bytes.isEmpty { break }
      }
      _ = try? DemoMessage(wireLine: bytes)
    }
  }

  private func randomMessage(using generator: inout SeededGenerator) -> DemoMessage {
    func string() -> String { randomString(using: &generator) }
    func integer() -> Int { Int(truncatingIfNeeded: generator.next()) }
    func reals(_ count: Int) -> [Double] { (0..<count).map { _ in randomReal(using: &generator) } }
    func strings() -> [String] {
      (0..<Int.random(in: 0..<4, using: &generator)).map { _ in string() }
    }
    switch Int.random(in: 0..<10, using: &generator) {
    case 0:
      let values: [ParameterValue] = [
        .integer(integer()), .real(reals(1)[0]), .boolean(true), .name(string()),
      ]
      return .started(
        id: DemoID(string()),
        settings: values.enumerated().map { .init(name: "\($0)", value: $1) })
    case 1: return .event(.text(string()))
    case 2: return .event(.progress(completed: integer(), total: integer()))
    case 3: return .event(.metric(name: string(), step: integer(), value: reals(1)[0]))
    case 4:
      let count = Int.random(in: 0..<20, using: &generator)
      let series = Plot.Series(string(), kind: .scatter, x: reals(count), y: reals(count))
      return .event(
        .plot(Plot(title: string(), xLabel: string(), yLabel: string(), series: [series])))
    case 5:
      return .event(
        .table(Table(title: string(), header: strings(), rows: [strings(), strings()])))
    case 6:
      let levels = (0..<12).map { _ in Float(UInt8.random(in: 0...255, using: &generator)) / 255 }
      return .event(.image(Image(title: string(), width: 4, height: 3, pixels: levels)))
    case 7:
      return .event(
        .claim(
          Claim(
            string(), expected: string(), measured: string(), holds: .random(using: &generator),
            isTimed: .random(using: &generator))))
    case 8: return .finished(seconds: reals(1)[0])
    default: return .failed(reason: string())
    }
  }
}
