/// The blanks between neighbouring atoms: TeX's table in whole columns.
enum AtomSpacing {
  /// Gives each atom the class it has among its neighbours: a binary operator without a term on
  /// both sides is a sign.
  static func resolved(_ classes: [AtomClass]) -> [AtomClass] {
    var resolved = withBars(classes)
    let classes = resolved
    for index in classes.indices where classes[index] == .binary {
      let previous = index > 0 ? resolved[index - 1] : nil
      let next = index + 1 < classes.count ? classes[index + 1] : nil
      if !canFollowBinary(next) {
        resolved[index] = .ordinary
      } else if !canPrecedeBinary(previous) {
        resolved[index] = .prefix
      }
    }
    return resolved
  }

  /// Tells bars that open, where no term stands to their left, from those that close or divide:
  /// a minus after the first kind is a sign.
  private static func withBars(_ classes: [AtomClass]) -> [AtomClass] {
    var resolved = classes
    for index in classes.indices where classes[index] == .bar {
      if !canPrecedeBinary(index > 0 ? resolved[index - 1] : nil) {
        resolved[index] = .prefix
      } else {
        resolved[index] = .ordinary
      }
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
    case (.prefix, _): 0
    case (.largeOperator, .ordinary), (.largeOperator, .largeOperator), (.largeOperator, .prefix): 1
    case (.ordinary, .largeOperator), (.closing, .largeOperator), (.inner, .largeOperator): 1
    case (.relation, .relation), (.relation, .closing), (.relation, .punctuation): 0
    case (.opening, _), (_, .closing), (_, .punctuation): 0
    case (.relation, _), (_, .relation), (.binary, _), (_, .binary), (.punctuation, _):
      tight ? 0 : 1
    default: 0
    }
  }
}
