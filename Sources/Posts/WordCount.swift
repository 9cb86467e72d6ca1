extension SearchText {
  /// The number of words of the body: runs of letters and digits, where each ideograph is a word of
  /// its own.
  var wordCount: Int {
    var count = 0
    var isInWord = false
    for scalar in body.unicodeScalars {
      let isIdeograph = Folding.isIdeograph(scalar.value)
      let isLetter = isIdeograph || scalar.isLetterOrDigit
      if isLetter, isIdeograph || !isInWord { count += 1 }
      isInWord = isLetter && !isIdeograph
    }
    return count
  }
}

extension Unicode.Scalar {
  fileprivate var isLetterOrDigit: Bool {
    guard isASCII else { return properties.isAlphabetic }
    return (0x61...0x7a).contains(value | 0x20) || (0x30...0x39).contains(value)
  }
}
