package import Posts

/// The orders that the list can have.
package enum PostOrder: String, Hashable, Sendable, CaseIterable {
  case category, date, title, unread
}

extension [PostSummary] {
  /// The posts in an order of the list; titles are those that the language shows.
  package func sorted(
    by order: PostOrder, states: [Slug: ReadingState], language: Language
  ) -> [PostSummary] {
    switch order {
    case .category: grouped
    case .date: newestFirst
    case .title:
      sorted {
        let (one, other) = ($0.title(in: language), $1.title(in: language))
        return (one.lowercased(), $0.slug.string) < (other.lowercased(), $1.slug.string)
      }
    case .unread:
      newestFirst.filter { states[$0.slug]?.isRead != true }
        + newestFirst.filter { states[$0.slug]?.isRead == true }
    }
  }

  private var newestFirst: [PostSummary] {
    sorted { $0.date == $1.date ? $0.slug.string < $1.slug.string : $0.date > $1.date }
  }

  /// Categories by their newest post, within one the newest first.
  private var grouped: [PostSummary] {
    let newest = Dictionary(grouping: self, by: \.category)
      .mapValues { $0.map(\.date).max() ?? "" }
    return newestFirst.sorted { one, other in
      let dates = (newest[one.category, default: ""], newest[other.category, default: ""])
      if one.category != other.category {
        return dates.0 == dates.1 ? one.category < other.category : dates.0 > dates.1
      }
      return one.date == other.date ? one.slug.string < other.slug.string : one.date > other.date
    }
  }
}

extension PostSummary {
  /// The title in the language of the interface, where the post has one.
  func title(in language: Language) -> String {
    language == .english && !titleEnglish.isEmpty ? titleEnglish : title
  }
}
