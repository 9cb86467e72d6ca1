import Foundation

/// What a Unicode scalar is to the tokenizer, after folding.
enum FoldedScalar {
  /// A letter or digit of a word; `level` is 0 on the line, -1 below it and 1 above it.
  case word(UInt8, level: Int8)
  /// A letter outside ASCII, or several where one folds to several.
  case letters([UInt8])
  /// A sign that is a token by itself: Han, kana, hangul.
  case ideograph
  /// A Greek letter, by its English name.
  case greek(StaticString)
  /// A combining mark or an invisible sign, which words ignore.
  case mark
  case separator
}

/// Case, width, diacritics, mathematical alphabets and scripts folded away, scalar by scalar.
///
/// Arithmetic where Unicode's blocks allow it, small tables for the rest. Only rare letters ask
/// Foundation.
enum Folding {
  static func fold(_ scalar: Unicode.Scalar) -> FoldedScalar {
    let value = scalar.value
    if value < 0x80 { return ascii(UInt8(value)) }
    if isIdeograph(value) { return .ideograph }
    switch value {
    case 0xff01...0xff5e: return ascii(UInt8(value - 0xfee0))
    case 0x2000...0x200a, 0x2010...0x2027, 0x2030...0x205e, 0x2190...0x2bff, 0x3000...0x3004,
      0x3008...0x3030:
      return .separator
    case 0x1d400...0x1d6a3: return .word(0x61 + UInt8((value - 0x1d400) % 26), level: 0)
    case 0x1d6a8...0x1d7c9: return mathGreek((value - 0x1d6a8) % 58)
    case 0x1d7ce...0x1d7ff: return .word(0x30 + UInt8((value - 0x1d7ce) % 10), level: 0)
    case 0x370...0x3ff: return greek(value)
    default: break
    }
    if let name = scriptedGreek[value] { return .greek(name) }
    if let script = scripts[value] { return .word(script.letter, level: script.level) }
    return other(scalar)
  }

  private static func ascii(_ byte: UInt8) -> FoldedScalar {
    switch byte {
    case 0x30...0x39, 0x61...0x7a: .word(byte, level: 0)
    case 0x41...0x5a: .word(byte | 0x20, level: 0)
    default: .separator
    }
  }

  static func isIdeograph(_ value: UInt32) -> Bool {
    switch value {
    case 0x4e00...0x9fff, 0x3400...0x4dbf, 0x3005, 0x3007, 0x3041...0x3096, 0x309d...0x309f,
      0x30a1...0x30fa, 0x30fc...0x30ff, 0x31f0...0x31ff, 0xac00...0xd7a3, 0xf900...0xfaff,
      0x1100...0x11ff, 0x3131...0x318e, 0xff66...0xff9d, 0x20000...0x323af:
      true
    default: false
    }
  }

  private static func other(_ scalar: Unicode.Scalar) -> FoldedScalar {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .format: return .mark
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber:
      let decomposed = String(scalar).decomposedStringWithCompatibilityMapping
      let kept = decomposed.lowercased().unicodeScalars.filter { scalar in
        scalar.properties.canonicalCombiningClass == .notReordered
          && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
      }
      return kept.isEmpty ? .separator : .letters(kept.flatMap { Array(String($0).utf8) })
    default: return .separator
    }
  }

  private static let lowerGreek: [StaticString] = [
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
    "lambda", "mu", "nu", "xi", "omicron", "pi", "rho", "sigma", "sigma", "tau", "upsilon", "phi",
    "chi", "psi", "omega",
  ]

  /// Whether a word is what a Greek letter is read as.
  static func isGreekName(_ word: String) -> Bool {
    lowerGreek.contains { $0.description == word }
  }

  private static func greek(_ value: UInt32) -> FoldedScalar {
    switch value {
    case 0x391...0x3a9 where value != 0x3a2: .greek(lowerGreek[Int(value - 0x391)])
    case 0x3b1...0x3c9: .greek(lowerGreek[Int(value - 0x3b1)])
    case 0x386, 0x3ac: .greek("alpha")
    case 0x388, 0x3ad, 0x3f5: .greek("epsilon")
    case 0x389, 0x3ae: .greek("eta")
    case 0x38a, 0x3af, 0x390, 0x3aa, 0x3ca: .greek("iota")
    case 0x38c, 0x3cc: .greek("omicron")
    case 0x38e, 0x3cd, 0x3ab, 0x3cb, 0x3b0: .greek("upsilon")
    case 0x38f, 0x3ce: .greek("omega")
    case 0x3d0: .greek("beta")
    case 0x3d1, 0x3f4: .greek("theta")
    case 0x3d5: .greek("phi")
    case 0x3d6: .greek("pi")
    case 0x3f0: .greek("kappa")
    case 0x3f1: .greek("rho")
    default: .separator
    }
  }

  /// The mathematical Greek alphabets repeat every 58 scalars: capitals, ∇, small letters, ∂ and
  /// six variants.
  private static func mathGreek(_ index: UInt32) -> FoldedScalar {
    switch index {
    case 17: .greek("theta")
    case 0...24: .greek(lowerGreek[Int(index)])
    case 26...50: .greek(lowerGreek[Int(index - 26)])
    case 52: .greek("epsilon")
    case 53: .greek("theta")
    case 54: .greek("kappa")
    case 55: .greek("phi")
    case 56: .greek("rho")
    case 57: .greek("pi")
    default: .separator
    }
  }

  private static let scriptedGreek: [UInt32: StaticString] = [
    0xb5: "mu", 0x2126: "omega", 0x1d5d: "beta", 0x1d5e: "gamma", 0x1d5f: "delta", 0x1d60: "phi",
    0x1d61: "chi", 0x1d66: "beta", 0x1d67: "gamma", 0x1d68: "rho", 0x1d69: "phi", 0x1d6a: "chi",
    0x1dbf: "theta",
  ]

  private struct Script {
    var letter: UInt8
    var level: Int8
  }

  private static let scripts: [UInt32: Script] = {
    let above = zip(
      "⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ".unicodeScalars,
      "0123456789abcdefghijklmnoprstuvwxyzabdeghijklmnoprtuvw".utf8)
    let below = zip(
      "₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ".unicodeScalars, "0123456789aehijklmnoprstuvx".utf8)
    var table: [UInt32: Script] = [:]
    for (scalar, letter) in above { table[scalar.value] = Script(letter: letter, level: 1) }
    for (scalar, letter) in below { table[scalar.value] = Script(letter: letter, level: -1) }
    return table
  }()
}
