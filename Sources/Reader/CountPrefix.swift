/// Digits typed before a command: `12j`, `40%`.
struct CountPrefix: Hashable, Sendable {
  private(set) var value: Int?

  /// Takes a digit; a leading zero is none.
  ///
  /// - Returns: whether the key was taken.
  mutating func take(_ key: Key) -> Bool {
    guard case .character(let character) = key, character.isASCII,
      let digit = character.wholeNumberValue, digit > 0 || value != nil
    else { return false }
    value = min((value ?? 0) * 10 + digit, 99_999)
    return true
  }

  /// The number, which the command uses up.
  mutating func use() -> Int? {
    defer { value = nil }
    return value
  }
}
