import Posts
import Sync
import Testing

/// References to equations, checked like links.
@Suite struct EquationReferenceTests {
  @Test func `a reference that no equation answers is told with its line`() throws {
    let blog = try Blog()
    try blog.write(
      "p.md",
      post(
        """
        见 $\\eqref{eq:a}$ 与 \\eqref{eq:b}，后面还有 $\\ref{eq:c}$。

        $$
        \\begin{equation}\\label{eq:a} x = 1 \\end{equation}
        $$

        $$y = 2 \\tag{*}\\label{eq:c}$$
        """))
    let unknown = Refusal(
      file: "p.md", line: 7, reason: "no equation of it has the label eq:b")
    #expect(try blog.sync().warnings == [unknown])
  }
}
