/// The pieces of which a bracket of several rows is made.
struct DelimiterPieces {
  var top: Character
  var middle: Character?
  var filler: Character
  var bottom: Character
}

extension DelimiterPieces {
  init?(_ delimiter: Character, height: Int) {
    guard let (top, middle, extending, bottom) = DelimiterPieces.table[delimiter] else {
      return nil
    }
    self.init(top: top, middle: middle, filler: extending, bottom: bottom)
    // Two rows have no place for the tip of a brace, so its halves are the moustache's.
    if height == 2 && delimiter == "{" { (self.top, self.bottom) = ("⎰", "⎱") }
    if height == 2 && delimiter == "}" { (self.top, self.bottom) = ("⎱", "⎰") }
  }

  private static let table: [Character: (Character, Character?, Character, Character)] = [
    "(": ("⎛", nil, "⎜", "⎝"), ")": ("⎞", nil, "⎟", "⎠"), "⟮": ("⎛", nil, "⎜", "⎝"),
    "⟯": ("⎞", nil, "⎟", "⎠"), "[": ("⎡", nil, "⎢", "⎣"), "]": ("⎤", nil, "⎥", "⎦"),
    "⌈": ("⎡", nil, "⎢", "⎢"), "⌉": ("⎤", nil, "⎥", "⎥"), "⌊": ("⎢", nil, "⎢", "⎣"),
    "⌋": ("⎥", nil, "⎥", "⎦"), "{": ("⎧", "⎨", "⎪", "⎩"), "}": ("⎫", "⎬", "⎪", "⎭"),
    "|": ("│", nil, "│", "│"), "∣": ("│", nil, "│", "│"), "‖": ("║", nil, "║", "║"),
    "∥": ("║", nil, "║", "║"), "⟦": ("⎡", nil, "⎢", "⎣"), "⟧": ("⎤", nil, "⎥", "⎦"),
    "↑": ("↑", nil, "│", "│"), "↓": ("│", nil, "│", "↓"), "↕": ("↑", nil, "│", "↓"),
    "⎰": ("⎰", nil, "⎪", "⎱"), "⎱": ("⎱", nil, "⎪", "⎰"),
    "⇑": ("⇑", nil, "║", "║"), "⇓": ("║", nil, "║", "⇓"), "⇕": ("⇑", nil, "║", "⇓"),
  ]
}
