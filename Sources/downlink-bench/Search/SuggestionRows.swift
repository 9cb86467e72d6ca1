import Foundation
import Posts

/// S9 and S10: the word that was meant, for one that is misspelt or typed as pinyin.
struct SuggestionRows {
  private let bench: SearchWorkbench

  init(_ bench: SearchWorkbench) { self.bench = bench }

  func rows() throws -> [SearchRow] {
    let library = try bench.originals().open()
    return [try spelling(library), try pinyin(library)]
  }

  private func spelling(_ library: PostLibrary) throws -> SearchRow {
    var generator = SplitMix64(seed: bench.seed + 9)
    let words = commonWords().shuffled(using: &generator)
    var right = 0
    var asked = 0
    var changed = 0
    var lost: [String] = []
    for word in words where asked < 200 {
      let exact = try library.search(SearchQuery(word + " "))
      if exact.first?.origin != .query || exact.contains(where: \.isGuess) { changed += 1 }
      let misspelt = Self.misspelt(word, &generator)
      let results = try library.search(SearchQuery(misspelt + " "))
      guard results.first?.origin != .query else { continue }
      asked += 1
      if case .spelling(let query)? = results.first?.origin, query == word {
        right += 1
      } else {
        lost.append("\(misspelt) (\(word)): \(results.first.map { "\($0.origin)" } ?? "-")")
      }
    }
    for example in lost.prefix(8) { write("     misspelt " + example) }
    let share = Double(right) / Double(asked)
    return SearchRow(
      "S9", "\(asked) misspellings: right word first; changed exact", must: ">= .90; 0",
      measured: "\(share.share); \(changed)", holds: share >= 0.9 && changed == 0)
  }

  /// Words of at least five letters in at least five documents.
  private func commonWords() -> [String] {
    var counts: [String: Int] = [:]
    for document in bench.corpus.documents {
      let words = Set(document.body.split { !$0.isASCII || !$0.isLetter }.filter { $0.count >= 5 })
      for word in words where word.allSatisfy(\.isLowercase) {
        counts[String(word), default: 0] += 1
      }
    }
    return counts.filter { $0.value >= 5 && $0.key.count <= 20 }.keys.sorted()
  }

  private static func misspelt(_ word: String, _ generator: inout SplitMix64) -> String {
    var letters = Array(word)
    let place = Int.random(in: 1..<letters.count, using: &generator)
    let letter = "abcdefghijklmnopqrstuvwxyz".randomElement(using: &generator) ?? "e"
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: letters.remove(at: place)
    case 1: letters.insert(letter, at: place)
    case 2: letters[place] = letter
    default: letters.swapAt(place - 1, place)
    }
    return String(letters) == word ? misspelt(word, &generator) : String(letters)
  }

  private func pinyin(_ library: PostLibrary) throws -> SearchRow {
    var generator = SplitMix64(seed: bench.seed + 10)
    var counts: [String: Int] = [:]
    for document in bench.corpus.documents {
      // A whole heading or tag is a word; a piece of one might not be.
      let texts = [document.title] + document.headings + document.tags
      for run in Set(texts.flatMap(Ideographs.runs)) where (2...4).contains(run.count) {
        counts[run, default: 0] += 1
      }
    }
    let words = counts.filter { $0.value >= 2 }.keys.sorted().shuffled(using: &generator)
    var right = 0
    var asked = 0
    var lost: [String] = []
    for word in words where asked < 200 {
      // Foundation's transliteration is another's table, and wrong for some words.
      guard
        let syllables = word.applyingTransform(.mandarinToLatin, reverse: false)?
          .folding(options: .diacriticInsensitive, locale: nil)
      else { continue }
      let typed = syllables.replacing(" ", with: "")
      let results = try library.search(SearchQuery(typed))
      guard results.first?.origin != .query else { continue }
      asked += 1
      var offered: [String] = []
      for case .pinyin(let query) in results.map(\.origin) where !offered.contains(query) {
        offered.append(query)
      }
      if offered.prefix(3).contains(word) {
        right += 1
      } else {
        lost.append("\(typed) (\(word)): \(offered.prefix(3).joined(separator: " "))")
      }
    }
    for example in lost.prefix(8) { write("     pinyin " + example) }
    let share = Double(right) / Double(asked)
    return SearchRow(
      "S10", "\(asked) words by pinyin: in the top 3", must: ">= .90", measured: share.share,
      holds: share >= 0.9)
  }
}
