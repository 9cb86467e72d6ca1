/// The blanks between neighbouring atoms: TeX's table in whole columns.
enum AtomSpacing {
  /// Gives each atom the class it has among its neighbours: a binary operator without a term on
  /// both sides is a sign.
  static func resolved(_ classes: [AtomClass]) -> [AtomClass] {
    var resolved = classes
    for index in classes.indices where classes[index] == .binary {
      let previous = index > 0 ? resolved[index - 1] : nil
      let next = index + 1 < classes.count ? classes[index + 1] : nil
      if !canPrecedeBinary(previous) || !canFollowBinary(next) { resolved[index] = .ordinary }
    }
    return resolved
  }

  private static func canPrecedeBinary(_ previous: AtomClass?) -> Bool {
    switch previous {
    case .ordinary, .closing, .inner: true
    default: false
    }
  }

  private static func canFollowBinary(_ next: AtomClass?) -> Bool {
    switch next {
    case .relation, .closing, .punctuation, nil: false
    default: true
    }
  }

  /// The blanks between two atoms of these classes.
  ///
  /// In scripts only words stay apart from what follows: `log p` would read `logp`.
  static func gap(_ left: AtomClass, _ right: AtomClass, tight: Bool) -> Int {
    switch (left, right) {
    case (.largeOperator, .ordinary), (.largeOperator, .largeOperator): 1
    case (.ordinary, .largeOperator), (.closing, .largeOperator), (.inner, .largeOperator): 1
    case (.relation, .relation), (.relation, .closing), (.relation, .punctuation): 0
    case (.opening, _), (_, .closing), (_, .punctuation): 0
    case (.relation, _), (_, .relation), (.binary, _), (_, .binary), (.punctuation, _):
      tight ? 0 : 1
    default: 0
    }
  }
}
