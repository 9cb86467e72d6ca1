import Sync
import Testing

/// What may stand above a post, and what must not reach YAML's parser (T28).
@Suite struct FrontMatterTests {
  private static let required = "title: 题\ndate: 2026-01-11\ncategory: 类\n"

  private func title(_ value: String) throws -> String {
    try FrontMatter(yaml: "title: \(value)\ndate: 2026-01-11\ncategory: 类").title
  }

  @Test func `reads every key it knows`() throws {
    let front = try FrontMatter(
      yaml: """
        title: DDPM：拆楼与建楼
        title_en: Denoising diffusion probabilistic models
        date: 2026-01-11
        category: 生成模型
        tags: [扩散模型, 采样]
        summary: 从逐步加噪到逐步去噪，推出训练目标与采样公式。
        demo: ddpm
        references:
          - "Ho, Jain, Abbeel. Denoising diffusion probabilistic models. 2020. arXiv:2006.11239"
        layout: post
        """)
    #expect(front.title == "DDPM：拆楼与建楼")
    #expect(front.titleEnglish == "Denoising diffusion probabilistic models")
    #expect(front.date == "2026-01-11")
    #expect(front.category == "生成模型")
    #expect(front.tags == ["扩散模型", "采样"])
    #expect(front.summary == "从逐步加噪到逐步去噪，推出训练目标与采样公式。")
    #expect(front.demo == "ddpm")
    #expect(front.references.first?.hasSuffix("arXiv:2006.11239") == true)
    #expect(front.unknownKeys == ["layout"])
  }

  @Test(arguments: [
    ("Q&A *bold*", "Q&A *bold*"),
    ("R&D", "R&D"),
    ("f(x) = x * y & z!", "f(x) = x * y & z!"),
    ("\"*quoted*\"", "*quoted*"),
    ("'&amp; it''s'", "&amp; it's"),
    ("12:30:45", "12:30:45"),
    ("0o17", "0o17"),
    ("yes", "yes"),
    ("null", "null"),
    ("C#：第一课", "C#：第一课"),
    ("a - b ? c", "a - b ? c"),
    ("\"say \\\"hi\\\" !\"", "say \"hi\" !"),
    ("a[0] {b}", "a[0] {b}"),
    ("|\n  一\n  *二*", "一 *二*"),
    (">-\n  一\n  &二", "一 &二"),
    ("<<EOF", "<<EOF"),
    ("a << b", "a << b"),
    ("一 # 注释 *", "一"),
    ("\"两行\n  !标题\"", "两行 !标题"),
  ])
  func `legal titles are strings as written`(yaml: String, expected: String) throws {
    // `<<` may begin a value in YAML; here it needs quotation marks, as the message says.
    guard yaml != "<<EOF" else {
      #expect(throws: FrontMatter.Fault.self) { try title(yaml) }
      return
    }
    #expect(try title(yaml) == expected)
  }

  @Test(arguments: [
    "a: &x [1]\nb: *x",
    "a: *x",
    "- &x a",
    "&x a: b",
    "*x : b",
    "a: !!str b",
    "a: !!python/object b",
    "!local a: b",
    "a: [&x b, *x]",
    "a: {k: &x b}",
    "a: [1, !t 2]",
    "base: &b {x: 1}\n<<: *b",
    "<<: {x: 1}",
    "? [a, b]\n: c",
    "? a\n: b",
    "[a, b]: c",
    "{a: b}: c",
    "a: [[[[[b]]]]]",
    "a: {b: {c: {d: {e: {f: g}}}}}",
    "- - - - - - a",
    "title: a\ntitle: b",
    "a: b\u{0}c",
    "a: \u{7}",
    "a: [b",
    "a: {b",
    "a: \"b",
    "a: 'b",
    "a:\n\tb: c\n  d",
    "- a\n- b",
    "just text",
    "a: b: c",
    "%YAML 1.1",
    "a: |\n b\nc",
    "a: b\n- c",
    "tags: {a: b}",
    "title: [a]",
    "title: \"\"",
    "date: 2026-13-01",
    "date: yesterday",
    "date: ２０２６-01-01",
    "tags: [[a]]",
    "references: {a: b}",
    "demo: []",
  ])
  func `what is hostile or wrong is refused with its line`(yaml: String) {
    let fault = #expect(throws: FrontMatter.Fault.self, "\(yaml)") { try FrontMatter(yaml: yaml) }
    #expect((fault?.line ?? 0) >= 1)
    // The same below good keys, which must not hide it.
    let below = yaml.hasPrefix("title") || yaml.hasPrefix("date") ? "" : Self.required
    #expect(throws: FrontMatter.Fault.self, "below: \(yaml)") {
      try FrontMatter(yaml: below + yaml)
    }
  }

  @Test func `bombs are refused in no time`() throws {
    var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1..<12 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      bomb += "a\(level): &a\(level) [\(aliases)]\n"
    }
    let keys = (0..<65).map { "k\($0): v" }.joined(separator: "\n")
    let items = (0..<257).map(String.init).joined(separator: ", ")
    let steps = (0..<170).map { String(repeating: " ", count: $0) + "a:" }
    // Mappings in mappings are no danger: they end with the cap on bytes, and say nothing.
    #expect(try FrontMatter(yaml: steps.joined(separator: "\n")).unknownKeys == ["a"])
    let bombs: [String] = [
      bomb, String(repeating: "[", count: 16_000), String(repeating: "{a: ", count: 4000),
      String(repeating: "- ", count: 8000), String(repeating: "a:\n ", count: 4000),
      String(repeating: "\"", count: 16_001), String(repeating: "? ", count: 8000),
      "a: [" + String(repeating: "b, ", count: 5000) + "]",
      keys,
      "tags: [\(items)]",
      Self.required + "x: " + String(repeating: "y", count: 16 << 10),
    ]
    for bomb in bombs {
      let clock = ContinuousClock()
      let time = clock.measure {
        #expect(throws: FrontMatter.Fault.self, "\(bomb.prefix(40))") {
          try FrontMatter(yaml: bomb)
        }
      }
      // A second of it is a thousand times what it takes, and a thousandth of a bomb.
      #expect(time < .seconds(1), "\(bomb.prefix(40))")
    }
  }

  @Test func `a date may have a time behind it`() throws {
    for date in [
      "2026-01-11", "2026-01-11 10:20:30", "2026-01-11T10:20:30+08:00", "'2026-01-11'",
      "2026/01/11", "2026-1-11", "2026/1/11 8:00",
    ] {
      let front = try FrontMatter(yaml: "title: 题\ndate: \(date)\ncategory: 类")
      #expect(front.date == "2026-01-11")
    }
  }
}
