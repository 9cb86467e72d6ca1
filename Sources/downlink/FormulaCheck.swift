import ArgumentParser
import Canvas
import DemoKit
import Formula
import FoundationEssentials
import Markdown

extension SurveyCriterion: ExpressibleByArgument {}

/// `downlink check --formulas`: the table of what must hold of the drawing of formulas.
struct FormulaCheck {
  let path: String
  let failures: SurveyCriterion?
  let mutations: Int
  let seed: UInt64

  func run(width: Int) throws {
    let formulas = try read()
    var survey = FormulaSurvey()
    survey.measure(formulas)
    // What holds a blank line is no formula in Markdown.
    let delimited = formulas.filter { !$0.tex.contains(/\n\s*\n/) }
    survey.measureIdentity(of: delimited, \.passesMarkdown)
    if mutations > 0 { survey.measureMutations(of: formulas, count: mutations, seed: seed) }
    try Output.withStandardOutput { output in
      if let failures {
        for formula in survey.failures[failures] ?? [] {
          for line in lines(of: formula) { try output.write(SafeText(line)) }
        }
      } else {
        for line in table(survey, formulas, width: width) { try output.write(line) }
      }
    }
    if !survey.holds { throw ExitCode(ExitStatus.doesNotHold) }
  }

  // MARK: The file

  private func read() throws -> [SurveyFormula] {
    let data: Data
    do {
      data = try Data(contentsOf: URL(filePath: path))
    } catch {
      throw CommandError.unreadable(path: path, reason: "it is no file that can be read")
    }
    let lines = data.split(separator: UInt8(ascii: "\n"))
    let formulas = try lines.enumerated().map { number, line in
      guard let formula = SurveyFormula(json: Array(line)) else {
        throw CommandError.unreadable(
          path: path, reason: "line \(number + 1) is no object with tex, display and katex_ok")
      }
      return formula
    }
    guard !formulas.isEmpty else {
      throw CommandError.unreadable(path: path, reason: "it holds no formulas")
    }
    return formulas
  }

  // MARK: The table

  private func table(
    _ survey: FormulaSurvey, _ formulas: [SurveyFormula], width: Int
  ) -> [Line] {
    var table = TextTable(width: width)
    for criterion in SurveyCriterion.allCases {
      guard let share = survey.share(criterion) else { continue }
      let failed = survey.failures[criterion]?.count ?? 0
      let figures = [share.percent, "≥ " + criterion.bound.percent, "\(failed) fail"]
      table.rows.append(
        row([criterion.number] + figures + [criterion.statement], share >= criterion.bound))
    }
    for figure in survey.figures {
      table.rows.append(
        row([figure.number, figure.measured, figure.bound, "", figure.statement], figure.holds))
    }
    let display = formulas.count(where: \.isDisplay)
    let valid = formulas.count(where: \.isValid)
    let head =
      "\(formulas.count) formulas: \(formulas.count - display) inline, \(display) display, "
      + "\(valid) valid"
    return [Line(SafeText(head))] + table.lines
  }

  private func row(_ columns: [String], _ holds: Bool) -> [TextTable.Cell] {
    let figures = columns.dropLast().map { TextTable.Cell($0) }
    return figures + [TextTable.Cell((holds ? "" : "MISSED: ") + (columns.last ?? ""))]
  }

  /// A formula's source and its drawing as the reader shows it.
  private func lines(of formula: SurveyFormula) -> [String] {
    let parsed = ParsedFormula(formula.tex)
    var lines = [JSONValue.string(formula.tex).text]
    switch parsed.inline() {
    case .row(let row) where !formula.isDisplay: lines.append(row.text)
    default: lines += parsed.box(width: 80).text.split(separator: "\n").map(String.init)
    }
    return lines + [""]
  }
}

extension Double {
  /// The share as in `99.93 %`, never rounded up.
  fileprivate var percent: String {
    let hundredths = Int((self * 10_000).rounded(.down))
    let fraction = hundredths % 100
    return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction) %"
  }
}

extension SurveyFormula {
  /// Whether the formula, between dollars in a Chinese sentence or alone on its lines, comes out of
  /// Markdown byte for byte.
  fileprivate var passesMarkdown: Bool {
    let source = isDisplay ? "$$\n\(tex)\n$$" : "$\(tex)$"
    let post = isDisplay ? "前文\n\n\(source)\n\n后文\n" : "其中*强调*\(source)是_它_。\n"
    let spans = (try? MarkdownParser.parse(post))?.mathSpans ?? []
    return spans.count == 1 && Array(spans[0].source.utf8) == Array(source.utf8)
  }

  /// One line of the file.
  fileprivate init?(json: [UInt8]) {
    guard case .object(let members)? = try? JSONParser.parse(json) else { return nil }
    func member(_ name: String) -> JSONValue? { members.first { $0.name == name }?.value }
    guard case .string(let tex)? = member("tex"), case .boolean(let isDisplay)? = member("display"),
      case .boolean(let isValid)? = member("katex_ok")
    else { return nil }
    self.init(tex: tex, isDisplay: isDisplay, isValid: isValid)
  }
}
