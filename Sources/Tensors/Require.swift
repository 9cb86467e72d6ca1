import CKernels

/// Stops the program with a message where the programmer is wrong, as in shapes that do not fit.
///
/// `precondition` drops its message from release builds, and everything here is built for release.
@inline(__always)
package func require(_ condition: Bool, _ message: @autoclosure () -> String) {
  if !condition { stop(message()) }
}

/// Stops the program with a message, at a place that a right program does not reach.
@inline(never)
package func stop(_ message: String) -> Never {
  stopWithMessage("Fatal error: " + message)
}
