/// Subscripts and superscripts that Unicode has as characters.
///
/// Only true forms, never look-alikes, and none that common fonts lack (U+A7F2 to A7F4).
enum ScriptGlyphs {
  static func lower(_ character: Character) -> Character? { lowered[character] }
  static func upper(_ character: Character) -> Character? { raised[character] }

  private static let lowered = pairs(
    "0123456789+−=()aehijklmnoprstuvxβγρφϕχ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵩᵪ")

  private static let raised = pairs(
    "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφϕχ⊤×∗*′″‴",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵠᵡᵀˣ**′″‴")

  private static func pairs(_ plain: String, _ script: String) -> [Character: Character] {
    Dictionary(uniqueKeysWithValues: zip(plain, script))
  }
}
