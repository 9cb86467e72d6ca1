/// How the environments differ: columns, brackets, and numbers.
struct FormulaEnvironment: Hashable, Sendable {
  var columns: FormulaMatrix.Columns
  var left: Delimiter = nil
  var right: Delimiter = nil
  /// `array` and its kin name their columns in an argument, `alignat` counts them.
  var hasArgument = false
  var isNumbered = false
  /// Its rows carry their own `\\tag` and `\\label`, numbered or not.
  var hasRowMarks = false
  /// One number for the whole (`equation`, `multline`), not one for each row.
  var isOneNumber = false

  static func named(_ name: String) -> FormulaEnvironment? {
    if let environment = environments[name] { return environment }
    guard name.hasSuffix("*"), var starred = environments[String(name.dropLast())] else {
      return nil
    }
    starred.isNumbered = false
    return starred
  }

  private static let environments: [String: FormulaEnvironment] = {
    let lines = FormulaEnvironment(columns: .lines)
    let paired = FormulaEnvironment(columns: .paired)
    let left = FormulaEnvironment(columns: .left)
    var environments: [String: FormulaEnvironment] = [
      "aligned": paired, "split": paired, "gathered": lines, "alignedat": argument(paired),
      "array": argument(left), "darray": argument(left), "subarray": argument(left),
      "tabular": argument(left),
      "cases": fenced(left, "{", nil), "dcases": fenced(left, "{", nil),
      "rcases": fenced(left, nil, "}"), "drcases": fenced(left, nil, "}"),
      "equation": numbered(lines, once: true), "displaymath": lines, "math": lines,
      "gather": numbered(lines), "align": numbered(paired), "flalign": numbered(paired),
      "eqnarray": numbered(FormulaEnvironment(columns: .specified(["r", "c", "l"], rules: []))),
      "alignat": numbered(argument(paired)),
      "multline": numbered(FormulaEnvironment(columns: .staggered), once: true),
    ]
    let brackets: [(String, Delimiter, Delimiter)] = [
      ("matrix", nil, nil), ("smallmatrix", nil, nil), ("pmatrix", "(", ")"),
      ("bmatrix", "[", "]"), ("Bmatrix", "{", "}"), ("vmatrix", "|", "|"), ("Vmatrix", "‖", "‖"),
    ]
    for (name, open, close) in brackets {
      environments[name] = fenced(FormulaEnvironment(columns: .centred), open, close)
    }
    return environments
  }()

  private static func argument(_ environment: FormulaEnvironment) -> FormulaEnvironment {
    var changed = environment
    changed.hasArgument = true
    return changed
  }

  private static func fenced(
    _ environment: FormulaEnvironment, _ left: Delimiter, _ right: Delimiter
  ) -> FormulaEnvironment {
    var changed = environment
    changed.left = left
    changed.right = right
    return changed
  }

  private static func numbered(
    _ environment: FormulaEnvironment, once: Bool = false
  ) -> FormulaEnvironment {
    var changed = environment
    changed.isNumbered = true
    changed.hasRowMarks = true
    changed.isOneNumber = once
    return changed
  }
}
