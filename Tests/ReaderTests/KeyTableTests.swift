import Canvas
import Reader
import Testing

struct KeyTableTests {
  private static let screens: [any Screen.Type] = [
    PostListScreen.self, PostScreen.self, SearchScreen.self, DemoScreen.self,
    ContentsScreen.self, HelpScreen.self, TagsScreen.self, ZoomScreen.self,
  ]

  @Test func `no key has two meanings on one screen`() {
    for screen in Self.screens {
      let keys = (screen.keys + .common).flatMap(\.keys)
      #expect(keys.count == Set(keys).count, "\(screen)")
    }
  }

  @Test func `the help shows exactly the table of the screen it is opened on`() {
    let rows = PostScreen.keys + .common
    var session = ReaderSession(width: 100, height: rows.count + 2)
    session.openSampling()
    session.type("?")
    let shown = session.screen.split(separator: "\n", omittingEmptySubsequences: false)
      .dropFirst().prefix(rows.count)
    let messages = Messages(language: .chinese)
    for (binding, row) in zip(rows, shown) {
      #expect(row.contains(messages(binding.explanation).string), "\(binding.keyNames)")
      #expect(row.contains(binding.keys[0].name))
    }
  }

  @Test func `the help is there on every screen that does not read text`() {
    for keys in ["", "X", "t", "?"] {
      var session = ReaderSession()
      session.openSampling()
      session.type(keys)
      let before = session.screen
      session.type("?")
      #expect(session.screen != before, "\(keys)")
    }
  }

  @Test func `one key has one meaning wherever it is used`() {
    // Two, since going back differs from quitting; `/` looks for something on every screen.
    var meanings: [Key: Set<Command>] = [:]
    for screen in Self.screens {
      for binding in screen.keys {
        for key in binding.keys { meanings[key, default: []].insert(binding.command) }
      }
    }
    let many = meanings.filter { $0.value.count > 2 && $0.key != .character("/") }
    #expect(many.isEmpty, "\(many)")
  }
}

struct MessageTests {
  @Test func `every message exists in both languages with the same places for values`() {
    for message in Message.allCases {
      let texts = Language.allCases.map { Messages(language: $0)(message).string }
      #expect(texts.allSatisfy { !$0.isEmpty }, "\(message)")
      let places = texts.map { text in ["%1", "%2"].map { text.contains($0) } }
      #expect(places[0] == places[1], "\(message)")
    }
  }

  @Test func `only the Chinese texts hold ideographs`() {
    let english = Messages(language: .english)
    for message in Message.allCases {
      #expect(english(message).string.unicodeScalars.allSatisfy { $0.value < 0x2e80 }, "\(message)")
    }
  }

  @Test func `a value may contain what looks like a place`() {
    let messages = Messages(language: .english)
    #expect(messages(.matchCount, "%2", "7").string == "%2/7")
  }

  @Test(arguments: [
    (["LANG": "zh_CN.UTF-8"], Language.chinese), (["LANG": "en_US.UTF-8"], .english),
    (["LC_ALL": "C", "LANG": "zh_CN.UTF-8"], .english),
    (["LC_ALL": "", "LC_MESSAGES": "zh_TW.UTF-8", "LANG": "C"], .chinese), ([:], .english),
  ])
  func `the language follows the locale`(environment: [String: String], language: Language) {
    #expect(Language(environment: environment) == language)
  }
}
