/// How much better a post is whose title has every word that was asked for.
///
/// Only all of them count: lifting titles with some of the words costs queries for a passage
/// their place (.96 to .93 in the mean reciprocal rank of search.md).
enum TitleBoost {
  /// What the score of a post with this title is multiplied by.
  ///
  ///     1 + 0.6 × share of the title covered + 0.4 if contiguous + 0.2 at its start + 1 if equal
  ///
  /// Chinese and English titles are tried apart; the better counts.
  static func factor(title: String, matcher: QueryMatcher) -> Double {
    title.split(separator: "\n").map { factor(of: String($0), matcher) }.max() ?? 1
  }

  private static func factor(of title: String, _ matcher: QueryMatcher) -> Double {
    let found = Set(matcher.occurrences(in: title).map(\.term))
    guard found.count == matcher.count, matcher.count > 0 else { return 1 }
    let tokens = Tokenizer.tokens(in: title).filter { !$0.isColocated }.map(\.range)
    let matches = matcher.matches(in: title)
    let covered = tokens.filter { token in matches.contains { $0.overlaps(token) } }
    guard let first = tokens.first, let last = tokens.last, !covered.isEmpty else { return 1 }
    let share = Double(covered.count) / Double(tokens.count)
    let runs = runs(of: covered, in: tokens)
    let isAtStart = covered.first == first
    let isEqual = covered.count == tokens.count && isWhole(matches, last)
    return 1 + 0.6 * share + (runs == 1 ? 0.4 : 0) + (isAtStart ? 0.2 : 0) + (isEqual ? 1 : 0)
  }

  private static func runs(of covered: [Range<Int>], in tokens: [Range<Int>]) -> Int {
    let numbers = covered.compactMap { tokens.firstIndex(of: $0) }
    return 1 + zip(numbers, numbers.dropFirst()).count { $1 != $0 + 1 }
  }

  /// A prefix of the last word has not equalled it yet.
  private static func isWhole(_ matches: [Range<Int>], _ last: Range<Int>) -> Bool {
    (matches.last?.upperBound ?? 0) >= last.upperBound
  }
}
