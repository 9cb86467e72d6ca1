/// A colour of a cell: the terminal's own, one of its 256, or red, green and blue.
package enum Color: Hashable, Sendable {
  case standard
  case indexed(UInt8)
  case rgb(red: UInt8, green: UInt8, blue: UInt8)
}
