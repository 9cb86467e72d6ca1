extension Post {
  /// The SHA-256 over slug, front matter and Markdown, each with its length in front (R24).
  package var hash: [UInt8] {
    var hasher = SHA256()
    hasher.updateField(summary.slug.string)
    hasher.updateField(summary.title)
    hasher.updateField(summary.titleEnglish)
    hasher.updateField(summary.date)
    hasher.updateField(summary.category)
    hasher.updateField(summary.tags.joined(separator: "\n"))
    hasher.updateField(summary.summary)
    hasher.updateField(summary.demo ?? "")
    hasher.updateField(references.joined(separator: "\n"))
    hasher.updateField(markdown)
    return hasher.finalized()
  }
}
