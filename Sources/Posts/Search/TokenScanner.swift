/// One pass over a text, which holds the word being read and the ideograph just read.
struct TokenScanner {
  private let utf8: UnsafeBufferPointer<UInt8>
  private let emit: (UnsafeBufferPointer<UInt8>, Range<Int>, Bool) -> Bool
  private var isDone = false

  private var word: [UInt8] = []
  private var wordRange = 0..<0
  private var level: Int8 = 0
  /// Where camel-case parts begin: offset in `word`, offset in the text.
  private var parts: [(word: Int, text: Int)] = []
  /// The kinds of the last two letters, for camel case.
  private var kinds: (Kind, Kind) = (.other, .other)

  /// The ideograph before this one, if nothing stands between, and its bytes when folded.
  private var ideograph: Range<Int>?
  private var folded: [UInt8] = []
  private let simplified = TraditionalIdeographs.simplified

  private enum Kind { case lower, upper, other }

  /// Longer words, such as encoded data, are known by their beginning.
  private static let longestWord = 64

  init(
    utf8: UnsafeBufferPointer<UInt8>,
    emit: @escaping (UnsafeBufferPointer<UInt8>, Range<Int>, Bool) -> Bool
  ) {
    self.utf8 = utf8
    self.emit = emit
    word.reserveCapacity(Self.longestWord)
  }

  mutating func run() {
    var i = 0
    while i < utf8.count, !isDone {
      let byte = utf8[i]
      if byte < 0x80 {
        i = ascii(byte, at: i)
      } else {
        let (scalar, length) = UTF8Decoding.scalar(in: utf8, at: i)
        if let scalar, (0x4e00...0x9fff).contains(scalar.value) {
          take(ideograph: i..<i + length, simplified[Int(scalar.value - 0x4e00)])
        } else {
          take(scalar, i..<i + length)
        }
        i += length
      }
    }
    endWord()
    endIdeograph()
  }

  /// Takes an ASCII byte and gives the offset to go on at.
  private mutating func ascii(_ byte: UInt8, at i: Int) -> Int {
    switch byte {
    case 0x61...0x7a:
      letter(byte, .lower, i..<i + 1)
      return lowerCaseLetters(from: i + 1)
    case 0x41...0x5a: letter(byte | 0x20, .upper, i..<i + 1)
    case 0x30...0x39: letter(byte, .other, i..<i + 1)
    default:
      let suffix = languageSuffix(byte, at: i)
      if suffix > 0 {
        word.append(contentsOf: utf8[i..<i + suffix])
        wordRange = wordRange.lowerBound..<i + suffix
      }
      endWord()
      endIdeograph()
      return i + max(1, suffix)
    }
    return i + 1
  }

  /// Takes the small letters that follow one, where no part of a word begins; gives the offset
  /// behind them.
  private mutating func lowerCaseLetters(from start: Int) -> Int {
    var end = start
    while end < utf8.count, (0x61...0x7a).contains(utf8[end]) { end += 1 }
    guard end > start else { return start }
    let kept = min(end, start + max(0, Self.longestWord - word.count))
    word.append(contentsOf: utf8[start..<kept])
    wordRange = wordRange.lowerBound..<end
    kinds = (.lower, .lower)
    return end
  }

  private mutating func take(_ scalar: Unicode.Scalar?, _ range: Range<Int>) {
    guard let scalar else { return separate() }
    switch Folding.fold(scalar) {
    case .word(let byte, let level):
      letter(byte, scalar.properties.isUppercase ? .upper : .lower, range, level: level)
    case .letters(let bytes):
      for byte in bytes { letter(byte, .other, range) }
    case .ideograph: take(ideograph: range)
    case .greek(let name):
      separate()
      emitToken(
        UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount), range, false)
    case .mark:
      if !word.isEmpty { wordRange = wordRange.lowerBound..<range.upperBound }
    case .separator: separate()
    }
  }

  private mutating func separate() {
    endWord()
    endIdeograph()
  }

  private mutating func letter(
    _ byte: UInt8, _ kind: Kind, _ range: Range<Int>, level: Int8 = 0
  ) {
    endIdeograph()
    if level != self.level, !word.isEmpty { endWord() }
    if word.isEmpty {
      wordRange = range
      self.level = level
      kinds = (.other, .other)
    }
    noteCamelCase(kind, range.lowerBound)
    if word.count < Self.longestWord { word.append(byte) }
    wordRange = wordRange.lowerBound..<range.upperBound
    kinds = (kinds.1, kind)
  }

  /// A part begins at an upper-case letter after a lower-case one, and at the last of several
  /// upper-case letters before a lower-case one: `Batch|Norm2d`, `KL|Divergence`.
  private mutating func noteCamelCase(_ kind: Kind, _ offset: Int) {
    guard !word.isEmpty, word.count < Self.longestWord else { return }
    if kind == .upper, kinds.1 == .lower {
      parts.append((word.count, offset))
    } else if kind == .lower, kinds == (.upper, .upper), word.count >= 2, utf8[offset - 1] < 0x80,
      parts.last?.word != word.count - 1
    {
      parts.append((word.count - 1, offset - 1))
    }
  }

  /// How many bytes at `i` end the name of a programming language: the `++` of `C++`.
  private func languageSuffix(_ byte: UInt8, at i: Int) -> Int {
    guard word.count == 1, wordRange.upperBound == i, level == 0 else { return 0 }
    let isC = word[0] == 0x63
    let isF = word[0] == 0x66
    let plus = UInt8(ascii: "+")
    let length =
      switch byte {
      case UInt8(ascii: "#") where isC || isF: 1
      case plus where isC && i + 1 < utf8.count && utf8[i + 1] == plus: 2
      default: 0
      }
    guard length > 0, i + length < utf8.count else { return length }
    let next = utf8[i + length]
    let isLetter = (0x61...0x7a).contains(next | 0x20) || (0x30...0x39).contains(next)
    return isLetter || next == byte ? 0 : length
  }

  private mutating func endWord() {
    guard !word.isEmpty else { return }
    let range = wordRange
    let folded = GreekVariants.name(of: word) ?? word
    folded.withUnsafeBufferPointer { emitToken($0, range, false) }
    if !parts.isEmpty { emitParts() }
    word.removeAll(keepingCapacity: true)
    parts.removeAll(keepingCapacity: true)
  }

  private mutating func emitParts() {
    let starts = [(word: 0, text: wordRange.lowerBound)] + parts
    let ends = parts + [(word: word.count, text: wordRange.upperBound)]
    let word = word
    for (start, end) in zip(starts, ends) where start.word < end.word {
      word[start.word..<end.word].withUnsafeBufferPointer {
        emitToken($0, start.text..<end.text, true)
      }
    }
  }

  /// Takes an ideograph, and the one to read in its place unless that is 0.
  private mutating func take(ideograph range: Range<Int>, _ simplified: UInt16 = 0) {
    endWord()
    let start = ideograph == nil ? 0 : folded.count
    if simplified == 0 {
      folded.append(contentsOf: utf8[range])
    } else {
      folded.append(0xe0 | UInt8(simplified >> 12))
      folded.append(0x80 | UInt8(simplified >> 6 & 0x3f))
      folded.append(0x80 | UInt8(simplified & 0x3f))
    }
    if let first = ideograph {
      folded.withUnsafeBufferPointer { both in
        emitToken(UnsafeBufferPointer(rebasing: both[..<start]), first, false)
        emitToken(both, first.lowerBound..<range.upperBound, true)
      }
      folded.removeFirst(start)
    }
    ideograph = range
  }

  private mutating func endIdeograph() {
    guard let range = ideograph else { return }
    ideograph = nil
    folded.withUnsafeBufferPointer { emitToken($0, range, false) }
    folded.removeAll(keepingCapacity: true)
  }

  private mutating func emitToken(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ isColocated: Bool
  ) {
    guard !isDone else { return }
    if !emit(bytes, range, isColocated) { isDone = true }
  }
}

/// TeX's second forms of Greek letters, which are read as the letters themselves.
enum GreekVariants {
  static func name(of word: [UInt8]) -> [UInt8]? {
    guard word.count >= 5, word.starts(with: prefix) else { return nil }
    let name = word.dropFirst(3)
    return names.first { $0.elementsEqual(name) }
  }

  private static let prefix = Array("var".utf8)
  private static let names = [
    "epsilon", "theta", "phi", "pi", "rho", "sigma", "kappa", "gamma", "delta", "lambda", "xi",
    "upsilon", "psi", "omega",
  ].map { Array($0.utf8) }
}

/// Scalars out of bytes that may not be UTF-8.
enum UTF8Decoding {
  /// The scalar at an offset and its length; nil and 1 for a byte that begins none.
  static func scalar(
    in utf8: UnsafeBufferPointer<UInt8>, at i: Int
  ) -> (Unicode.Scalar?, length: Int) {
    let lead = utf8[i]
    let length =
      switch lead {
      case 0..<0x80: 1
      case 0xc2..<0xe0: 2
      case 0xe0..<0xf0: 3
      case 0xf0..<0xf5: 4
      default: 0
      }
    guard length > 0, i + length <= utf8.count else { return (nil, 1) }
    guard length > 1 else { return (Unicode.Scalar(lead), 1) }
    var value = UInt32(lead) & (0x7f >> UInt32(length))
    for k in 1..<length {
      guard utf8[i + k] & 0xc0 == 0x80 else { return (nil, 1) }
      value = value << 6 | UInt32(utf8[i + k] & 0x3f)
    }
    let isOverlong = length == 3 && value < 0x800 || length == 4 && value < 0x10000
    guard !isOverlong, let scalar = Unicode.Scalar(value) else { return (nil, 1) }
    return (scalar, length)
  }
}
