/// A word that may be meant by something else that was typed: misspelt, or read out as pinyin.
struct VocabularyWord: Hashable, Sendable {
  var script: Script
  var text: String

  enum Script: Int, Sendable {
    /// A word of ASCII letters and digits out of the whole text.
    case latin = 0
    /// A run of ideographs out of titles, headings and tags, where words stand alone.
    case ideographs = 1
  }

  /// Letters or ideographs.
  var length: Int { script == .latin ? text.utf8.count : text.unicodeScalars.count }
}

/// In how many posts each word stands, as the difference that some changed posts make.
struct VocabularyCount {
  private var latin: [String: Int] = [:]
  private var ideographs: [String: Int] = [:]

  private static let latinLengths = 3...32
  /// Longer words of ideographs are found by their parts.
  static let longestRun = 6

  /// The words that are counted otherwise now, with the difference in posts.
  var changes: [(word: VocabularyWord, posts: Int)] {
    func list(_ counts: [String: Int], _ script: VocabularyWord.Script) -> [(VocabularyWord, Int)] {
      counts.lazy.filter { $0.value != 0 }.sorted { $0.key < $1.key }
        .map { (VocabularyWord(script: script, text: $0.key), $0.value) }
    }
    return list(latin, .latin) + list(ideographs, .ideographs)
  }

  /// Counts the words of a post so many times more.
  mutating func add(_ words: Words, times: Int) {
    for word in words.latin { latin[word, default: 0] += times }
    for run in words.ideographs { ideographs[run, default: 0] += times }
  }

  /// The words of one post, each once however often it stands there.
  struct Words: Hashable, Sendable {
    fileprivate var latin: Set<String> = []
    fileprivate var ideographs: Set<String> = []

    /// Takes words of ideographs out of short texts alone, where they stand by themselves.
    init(short: [String], long: TokenizedText) {
      for text in short {
        VocabularyCount.collect(TokenizedText(text), &latin)
        VocabularyCount.collectRuns(text, &ideographs)
      }
      VocabularyCount.collect(long, &latin)
    }
  }

  private static func collect(_ text: TokenizedText, _ words: inout Set<String>) {
    text.forEach { token, _ in
      if latinLengths.contains(token.count), (0x61...0x7a).contains(token[0]),
        token.allSatisfy({ $0 < 0x80 })
      {
        words.insert(String(decoding: token, as: UTF8.self))
      }
      return true
    }
  }

  private static func collectRuns(_ text: String, _ runs: inout Set<String>) {
    var run: [String] = []
    var end = -1
    for token in Tokenizer.tokens(in: text) where !token.isColocated {
      if token.range.lowerBound != end { run.removeAll() }
      end = token.range.upperBound
      guard token.text.unicodeScalars.count == 1,
        token.text.unicodeScalars.allSatisfy({ (0x4e00...0x9fff).contains($0.value) })
      else {
        run.removeAll()
        continue
      }
      run.append(token.text)
      // Every run that ends here.
      for length in 2...max(2, longestRun) where length <= run.count {
        runs.insert(run.suffix(length).joined())
      }
    }
  }
}
