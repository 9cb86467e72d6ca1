/// Why a demo could not do its work.
package enum DemosError: Error, Equatable, CustomStringConvertible {
  /// A line of a data file is not what the file's description says, counted from 1.
  case badLine(file: String, line: Int, reason: String)

  /// A system of linear equations has no solution, or many.
  case singular

  /// A solver could not go on at a time, however short its steps.
  case solverStuck(time: Double)

  package var description: String {
    switch self {
    case .badLine(let file, let line, let reason):
      "\(file), line \(line): \(reason); restore the file from the release"
    case .singular:
      "the linear system is singular; choose a discount below 1"
    case .solverStuck(let time):
      "the solver's steps became too short at t = \(time); loosen its tolerance"
    }
  }
}
