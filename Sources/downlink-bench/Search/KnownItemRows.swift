import Foundation
import Posts

/// S4: at what place the post stands that a query was made from.
struct KnownItemRows {
  private let bench: SearchWorkbench

  init(_ bench: SearchWorkbench) { self.bench = bench }

  func rows() throws -> [SearchRow] {
    let library = try bench.originals().open()
    var generator = SplitMix64(seed: bench.seed + 4)
    let items = KnownItems(bench.corpus)
    var figures: [Double] = []
    let musts = [0.94, 0.88, 0.91, 0.95]
    for kind in KnownItems.Kind.allCases {
      let chosen = items.generate(150, kind, &generator)
      var ranks: [Double] = []
      var lost: [String] = []
      for item in chosen {
        let results = try library.search(SearchQuery(item.query), limit: 10)
        let place = results.firstIndex {
          SearchSubject.number(of: $0.post.slug.string) == item.number
        }
        ranks.append(place.map { 1 / Double($0 + 1) } ?? 0)
        if place ?? 10 > 1 { lost.append("“\(item.query)” \(place.map { "\($0 + 1)" } ?? "-")") }
      }
      figures.append(ranks.mean)
      let examples = lost.prefix(6).joined(separator: "  ")
      write("     \(kind)".padded(14) + "\(chosen.count) items  " + examples)
    }
    return [
      SearchRow(
        "S4", "MRR@10 title / typed / heading / body", must: ">= .94 / .88 / .91 / .95",
        measured: figures.map(\.share).joined(separator: " / "),
        holds: zip(figures, musts).allSatisfy { $0 >= $1 })
    ]
  }
}

/// Queries that somebody makes who has one post in mind.
struct KnownItems {
  private let documents: [CorpusDocument]
  private let titles: [String: Int]
  private let headings: [String: Int]

  enum Kind: String, CaseIterable { case title, typed, heading, body }

  struct Item {
    let query: String
    let number: Int
  }

  init(_ corpus: Corpus) {
    documents = corpus.documents
    titles = Dictionary(documents.map { ($0.title, 1) }, uniquingKeysWith: +)
    headings = Dictionary(
      documents.flatMap { Set($0.headings) }.map { ($0, 1) }, uniquingKeysWith: +)
  }

  /// Items of a kind from a third of the documents; what two posts are called makes none.
  func generate(_ count: Int, _ kind: Kind, _ generator: inout SplitMix64) -> [Item] {
    let third = documents.indices.filter { $0 % 3 == 0 }.shuffled(using: &generator)
    var items: [Item] = []
    for number in third where items.count < count {
      guard let query = query(kind, documents[number], &generator) else { continue }
      items.append(Item(query: query, number: number))
    }
    return items
  }

  private func query(
    _ kind: Kind, _ document: CorpusDocument, _ generator: inout SplitMix64
  ) -> String? {
    switch kind {
    case .title:
      guard titles[document.title] == 1, document.title.count >= 4 else { return nil }
      return document.title
    case .typed:
      guard titles[document.title] == 1, document.title.count >= 8 else { return nil }
      let count = max(6, document.title.count * 2 / 3)
      let typed = document.title.prefix(count)
      guard documents.count(where: { $0.title.hasPrefix(typed) }) == 1 else { return nil }
      return String(typed)
    case .heading:
      let own = document.headings.filter { headings[$0] == 1 && (5...40).contains($0.count) }
      return own.randomElement(using: &generator)
    case .body: return run(of: document, &generator)
    }
  }

  /// A run of ideographs out of a sentence that no other document has.
  private func run(of document: CorpusDocument, _ generator: inout SplitMix64) -> String? {
    let sentences = document.body.split { "。！？\n".contains($0) }
    for _ in 0..<20 {
      let length = 8
      guard let sentence = sentences.randomElement(using: &generator),
        let run = Ideographs.runs(in: String(sentence)).filter({ $0.count >= length })
          .randomElement(using: &generator),
        documents.count(where: { $0.body.contains(sentence) }) == 1
      else { continue }
      let start = Int.random(in: 0...run.count - length, using: &generator)
      return String(run.dropFirst(start).prefix(length))
    }
    return nil
  }
}
