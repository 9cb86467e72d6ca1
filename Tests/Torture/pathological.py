"""T09: Markdown and formulas that make parsers slow or deep, at N and at 2N.

Each family is marks repeated N times. Twice the text may take 2.6 times as long, measured where it
takes long enough to be measured, and two seconds and 512 MiB at most; a text over a cap is refused
in one sentence.
"""

import os
import subprocess
import tempfile

FAMILIES = {
    "nested quotes": lambda n: ">" * n + "a",
    "nested bullets": lambda n: "- " * n + "a",
    "nested numbers": lambda n: "1. " * n + "a",
    "stairs of lists": lambda n: "".join("  " * min(i, 300) + "- a\n" for i in range(n // 300)),
    "many items": lambda n: "- a\n" * n,
    "many links": lambda n: "- [a](b.md)\n" * (n // 2),
    "many quotes": lambda n: "> a\n\n" * (n // 2),
    "open brackets": lambda n: "[" * n,
    "nested brackets": lambda n: "[" * n + "a" + "]" * n,
    "links that do not close": lambda n: "[a](" * n,
    "pairs of brackets": lambda n: "[a][b]" * (n // 2),
    "definitions": lambda n: "[a]: b\n" * (n // 2) + "[a]",
    "open emphasis": lambda n: "*a " * n,
    "mixed emphasis": lambda n: "*a _b " * (n // 2),
    "closed emphasis": lambda n: "**a** _b_ " * (n // 4),
    "odd stars": lambda n: "a**b" + "c* " * n,
    "backticks": lambda n: "".join("e" + "`" * i for i in range(int((2 * n) ** 0.5))),
    "open code": lambda n: "`a``b" * (n // 2),
    "long code": lambda n: "```swift\n" + "let a = \"b\" // c\n" * (n // 8) + "```\n",
    "open comments of code": lambda n: "```c\n" + "/*" * n + "\n```\n",
    "long line of code": lambda n: "```\n" + "abc " * n + "\n```\n",
    "dollars": lambda n: "$" * n,
    "open formulas": lambda n: "$a " * n,
    "formulas": lambda n: "$a$ " * (n // 4),
    "display formulas": lambda n: "$$\na\n$$\n\n" * (n // 8),
    "open environments": lambda n: "\\begin{align}" * (n // 8),
    "open fences of math": lambda n: "\\[ a " * n,
    "table rows": lambda n: "|a|b|\n|-|-|\n" + "|c|d|\n" * (n // 2),
    "table columns": lambda n: "|a" * n + "|\n" + "|-" * n + "|\n",
    "delimiter rows": lambda n: "|a|\n|-|\n" * (n // 4),
    "one wide cell": lambda n: "|a|b|\n|-|-|\n|" + "c " * n + "|d|\n",
    "footnotes": lambda n: "".join(f"a[^{i}]\n\n" for i in range(n // 8))
    + "".join(f"[^{i}]: b\n\n" for i in range(n // 8)),
    "one footnote": lambda n: "[^1]" * (n // 2) + "\n\n[^1]: a",
    "open tags": lambda n: "<a " * n,
    "tags": lambda n: "<b>a</b>" * (n // 4),
    "open comments": lambda n: "a <!-- " * (n // 2),
    "quotes in a block of HTML": lambda n: "<div>\n" + "<a \"'" * (n // 2),
    "entities": lambda n: "&amp;" * (n // 2),
    "backslashes": lambda n: "\\" * n,
    "one long word": lambda n: "a" * n,
    "one long paragraph": lambda n: "文，" * n,
    "marks alone": lambda n: "，" * n,
    "line breaks": lambda n: "a\\\n" * (n // 2),
    "images": lambda n: "![a](b.png)\n\n" * (n // 8),
    "headings": lambda n: "# a\n" * (n // 2),
    "rules": lambda n: "***\n" * n,
    "nested fractions": lambda n: "$$" + "\\frac{1}{" * min(n, 3000) + "a" + "}" * min(n, 3000) + "$$",
    "nested scripts": lambda n: "$" + "a^{" * min(n, 3000) + "b" + "}" * min(n, 3000) + "$",
    "fences of formulas": lambda n: "$" + "\\left(" * min(n, 2000) + "a$",
    "macros that grow": lambda n: "$\\newcommand{\\a}{bb}"
    + "".join(f"\\newcommand{{\\a{'x' * i}}}{{\\a{'x' * (i - 1)}\\a{'x' * (i - 1)}}}"
              for i in range(1, min(n, 60))) + "\\a" + "x" * min(n - 1, 59) + "$",
    "rows of a matrix": lambda n: "$$\\begin{matrix}" + "a & b \\\\ " * min(n // 8, 1000)
    + "\\end{matrix}$$",
}


# Below this there is nothing to compare.
MEASURABLE = 0.03


def run(program, text):
    """Processor seconds, peak MiB, exit status and complaints of one page."""
    with tempfile.TemporaryFile() as source:
        source.write(text.encode())
        source.seek(0)
        child = subprocess.Popen(
            [program, "read", "-"], stdin=source, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE)
        complaints = child.stderr.read().decode().strip()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    seconds = usage.ru_utime + usage.ru_stime
    return seconds, usage.ru_maxrss >> 10, child.returncode, complaints


def families(program, size):
    start = min(run(program, "a")[0] for _ in range(3))
    problems, refused, steepest = [], 0, 0
    for name, family in FAMILIES.items():
        seconds, peak, status, complaints = run(program, family(2 * size))
        is_refused = status == 1 and complaints.count("\n") == 0 and complaints != ""
        refused += is_refused
        if status != 0 and not is_refused:
            problems.append(f"{name}: status {status}, {complaints[:100]}")
        if seconds > 2 or peak > 512:
            problems.append(f"{name}: {seconds:.2f} s, {peak} MiB")
        if seconds - start < MEASURABLE:
            continue
        # The runs that others disturbed least.
        twice = min([seconds] + [run(program, family(2 * size))[0] for _ in range(2)]) - start
        once = min(run(program, family(size))[0] for _ in range(3)) - start
        ratio = twice / max(once, MEASURABLE / 4)
        steepest = max(steepest, ratio)
        if ratio > 2.6:
            problems.append(f"{name}: {ratio:.2f} times as long for twice the text")
    note = f"{len(FAMILIES)} families, {refused} refused, at most {steepest:.2f} times as long"
    return size, problems, note
