/// What can go wrong between the reader and the rest of the machine, each told in one sentence.
package enum TerminalError: Error, Equatable, CustomStringConvertible {
  case notSaved(path: String, reason: String)
  case notStarted(program: String)

  package var description: String {
    switch self {
    case .notSaved(let path, let reason): "\(path) was not saved: \(reason); choose another name."
    case .notStarted(let program): "\(program) could not be started; is it installed?"
    }
  }
}
