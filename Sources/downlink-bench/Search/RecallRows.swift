import Foundation
import Posts

/// S1 and S2, recall and precision against the scan; S7, what is marked in the hits.
struct RecallRows {
  private let bench: SearchWorkbench
  private let questions: [Question]
  private let truth: [Set<Int>]

  init(_ bench: SearchWorkbench, queries: Int) {
    self.bench = bench
    let scan = SubstringScan(bench.corpus)
    let all = Question.generate(queries, from: bench.corpus, seed: bench.seed)
    let answers = all.map(scan.documents)
    // What the scan does not find in the text it was cut from was cut across a fold.
    let kept = all.indices.filter { !answers[$0].isEmpty }
    questions = kept.map { all[$0] }
    truth = kept.map { answers[$0] }
  }

  func rows() async throws -> [SearchRow] {
    let subject = try bench.originals()
    let library = try subject.open()
    var ours: [Set<Int>] = []
    var marks = MarkCount()
    for question in questions {
      let results = try library.search(SearchQuery(question.text), limit: subject.count)
        .filter { $0.origin == .query }
      ours.append(Set(results.map { SearchSubject.number(of: $0.post.slug.string) }))
      for result in results.prefix(200) { marks.add(result.snippet, of: question) }
    }
    let quality = Quality(questions, found: ours, truth: truth)
    let ids = try LibraryRows.numbers(subject.url)
    for tokenizer in ["unicode61", "trigram"] {
      let rival = try RivalIndex(tokenizer: tokenizer, library: subject.url)
      let found = questions.map { (try? rival.search($0.text, ids: ids)) ?? [] }
      write(Quality(questions, found: found, truth: truth).line(tokenizer))
    }
    if let found = try? await ripgrep(subject) {
      write(Quality(questions, found: found, truth: truth).line("ripgrep"))
    }
    write(quality.line("downlink"))
    for kind in quality.kinds { write("     " + kind) }
    for example in quality.worst { write("     " + example) }
    for example in marks.wrong.prefix(5) { write("     marked: " + example) }
    return [
      SearchRow(
        "S1", "recall, \(questions.count) queries; its worst kind; empty", must: ">= .995; .97; 0",
        measured: "\(quality.recall.share); \(quality.worstRecall.share); \(quality.empty)",
        holds: quality.recall >= 0.995 && quality.worstRecall >= 0.97 && quality.empty == 0),
      SearchRow(
        "S2", "precision; of words with symbols", must: ">= .97; .99",
        measured: "\(quality.precision.share); \(quality.symbolPrecision.share)",
        holds: quality.precision >= 0.97 && quality.symbolPrecision >= 0.99),
      SearchRow(
        "S7", "marked text equals a query word, \(marks.count) marks", must: "all",
        measured: "\(marks.count - marks.wrong.count)", holds: marks.wrong.isEmpty),
    ]
  }

  private func ripgrep(_ subject: SearchSubject) async throws -> [Set<Int>] {
    var found: [Set<Int>] = []
    for question in questions {
      found.append(try await Ripgrep.search(question.text.trimmed, in: subject.posts))
    }
    return found
  }
}

/// Recall and precision, the mean over the queries.
struct Quality {
  private var recalls: [Question.Kind: [Double]] = [:]
  private var precisions: [Question.Kind: [Double]] = [:]
  private(set) var empty = 0
  private(set) var worst: [String] = []

  init(_ questions: [Question], found: [Set<Int>], truth: [Set<Int>]) {
    var examples: [(Double, String)] = []
    for (number, question) in questions.enumerated() {
      let (found, truth) = (found[number], truth[number])
      let both = Double(found.intersection(truth).count)
      let recall = both / Double(truth.count)
      let precision = found.isEmpty ? 1 : both / Double(found.count)
      recalls[question.kind, default: []].append(recall)
      precisions[question.kind, default: []].append(precision)
      if found.isEmpty { empty += 1 }
      if min(recall, precision) < 0.98 {
        let missed = truth.subtracting(found).min().map { "; lacks \($0)" } ?? ""
        let extra = found.subtracting(truth).min().map { "; has \($0)" } ?? ""
        let text = "\(question.kind) “\(question.text)” recall \(recall.share) of \(truth.count)"
        examples.append(
          (recall + precision, "\(text), precision \(precision.share)\(missed)\(extra)"))
      }
    }
    worst = examples.sorted { $0.0 < $1.0 }.prefix(12).map(\.1)
  }

  var recall: Double { recalls.values.joined().map { $0 }.mean }
  var precision: Double { precisions.values.joined().map { $0 }.mean }
  var worstRecall: Double { recalls.values.map(\.mean).min() ?? 0 }
  var symbolPrecision: Double {
    [Question.Kind.identifier, .tex, .symbol].compactMap { precisions[$0]?.mean }.min() ?? 1
  }

  func line(_ name: String) -> String {
    "     " + name.padded(12) + "recall \(recall.share)  precision \(precision.share)  "
      + "worst kind \(worstRecall.share)  empty \(empty)"
  }

  var kinds: [String] {
    Question.Kind.allCases.map { kind in
      kind.rawValue.padded(12) + "recall \((recalls[kind] ?? []).mean.share)  "
        + "precision \((precisions[kind] ?? []).mean.share)  of \(recalls[kind]?.count ?? 0)"
    }
  }
}

/// The marks in snippets, each compared with the query by itself.
struct MarkCount {
  private(set) var count = 0
  private(set) var wrong: [String] = []

  mutating func add(_ snippet: SearchResult.Snippet, of question: Question) {
    guard question.kind != .tex else { return }
    let words =
      question.kind == .several
      ? question.text.split(separator: " ").map(String.init) : [question.text.trimmed]
    let folded = words.map(Self.folded)
    let isOpen = !question.text.hasSuffix(" ")
    let characters = Array(snippet.text)
    for match in snippet.matches {
      count += 1
      let marked = Self.folded(String(characters[match]))
      // Matches that touch are marked as one.
      let isWord = folded.contains { word in
        marked == word || isOpen && marked.hasPrefix(word)
          || marked.count > word.count && marked.replacing(word, with: "").isEmpty
      }
      if !isWord, !Self.isJoined(marked, of: folded) {
        wrong.append("“\(String(characters[match]))” for “\(question.text)”")
      }
    }
  }

  /// As the tokenizer takes it: a Greek letter is its name.
  private static func folded(_ text: String) -> String {
    FoldedText.naming(FoldedText.fold(text)).replacing(" ", with: "")
  }

  /// Whether it is several of the words one behind the other.
  private static func isJoined(_ marked: String, of words: [String]) -> Bool {
    if marked.isEmpty { return true }
    return words.contains { word in
      marked.hasPrefix(word) && isJoined(String(marked.dropFirst(word.count)), of: words)
    }
  }
}

/// ripgrep over the posts' files.
enum Ripgrep {
  static func search(_ text: String, in folder: URL) async throws -> Set<Int> {
    let output = try await Child.output(
      of: ["rg", "-l", "-i", "-F", "-e", text, folder.path], acceptingStatus: 1)
    return Set(
      output.split(separator: "\n").map { line in
        SearchSubject.number(of: line.split(separator: "/").last ?? "")
      })
  }
}
