import Demos
import Foundation
import Posts

/// S3: the ranked top 20 with snippets out of many documents.
struct LatencyRows {
  private let bench: SearchWorkbench
  private let documents: Int
  private let queries: Int

  init(_ bench: SearchWorkbench, documents: Int, queries: Int) {
    self.bench = bench
    self.documents = documents
    self.queries = queries
  }

  func rows() async throws -> [SearchRow] {
    let subject = try bench.library(of: documents)
    let questions = Question.generate(queries, from: bench.corpus, seed: bench.seed + 3)
    let library = try subject.open()
    var seconds: [(question: Question, seconds: Double)] = []
    for round in 0..<2 {
      seconds = []
      for question in questions {
        let spent = try timed { _ = try library.search(SearchQuery(question.text)) }.seconds
        seconds.append((question, spent))
      }
      // The first round warms the file system's cache.
      if round == 0 {
        write("     cold p99 \(seconds.map(\.seconds).percentile(0.99).milliseconds) ms")
      }
    }
    for kind in Question.Kind.allCases {
      let of = seconds.filter { $0.question.kind == kind }
      let slowest = of.max { $0.seconds < $1.seconds }
      write(
        "     " + kind.rawValue.padded(12)
          + "p50 \(of.map(\.seconds).percentile(0.5).milliseconds) max \(slowest?.seconds.milliseconds ?? "") “\(slowest?.question.text ?? "")”"
      )
    }
    let ours = seconds.map(\.seconds)
    var theirs: [Double] = []
    for (number, question) in questions.enumerated() where number % 8 == 0 {
      let start = Moment()
      let found = try? await Ripgrep.search(question.text.trimmed, in: subject.posts)
      guard found != nil else { break }
      theirs.append(Moment.since(start).wall)
    }
    let (middle, high) = (ours.percentile(0.5), ours.percentile(0.99))
    let ratio = theirs.isEmpty ? nil : high / theirs.percentile(0.99)
    return [
      SearchRow(
        "S3", "top 20 of \(documents), p50 / p99 ms", must: "<= 5 / 60",
        measured: "\(middle.milliseconds) / \(high.milliseconds)",
        holds: middle <= 0.005 && high <= 0.06),
      SearchRow(
        "S3", "p99 against ripgrep's", must: "<= 1/6",
        measured: ratio.map {
          "1/\((1 / $0).fixed(1)) of \(theirs.percentile(0.99).milliseconds) ms"
        } ?? "no ripgrep", holds: ratio.map { $0 <= 1.0 / 6 }),
    ]
  }
}
