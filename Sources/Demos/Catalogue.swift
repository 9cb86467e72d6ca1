package import DemoKit

/// All demos, sorted by id.
package enum Catalogue {
  package static let demos: [any Demo.Type] = []
}
