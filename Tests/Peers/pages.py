"""Pages of Markdown by several programs, looked at from outside: `downlink`, lowdown, pandoc, rich.

    python3 Tests/Peers/pages.py FOLDER [--every N] [--width COLUMNS] [--program DOWNLINK]

For each program that is installed, file by file and in turn: seconds (with the start of the program),
lines wider than the page, lines that start with a closing mark or end with an opening one, and files
in whose page an escape byte stands. Authors begin lines with such marks too, and those are counted.
"""

import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import time
import unicodedata

CLOSING = set("。，、；：！？）」』】》〉〗〕”’…—·～％‰")
OPENING = set("（「『【《〈〖〔“‘")
RICH = "import sys; from rich.markdown import Markdown; from rich.console import Console; " \
    "Console(width=int(sys.argv[1])).print(Markdown(sys.stdin.read()))"


def columns(text):
    """Columns of a terminal; characters of ambiguous width take one."""
    return sum(
        0 if unicodedata.combining(c) or unicodedata.category(c) in ("Mn", "Me", "Cf")
        else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def programs(downlink, width):
    """The command of each program that is installed."""
    found = {"downlink": [downlink, "read", "-", "--width", width]}
    if shutil.which("lowdown"):
        found["lowdown"] = ["lowdown", "-tterm", f"--term-columns={width}", f"--term-width={width}",
                            "--term-hmargin=0"]
    if shutil.which("pandoc"):
        found["pandoc"] = ["pandoc", "-f", "markdown", "-t", "plain", f"--columns={width}"]
    if subprocess.run([sys.executable, "-c", "import rich"], capture_output=True).returncode == 0:
        found["rich"] = [sys.executable, "-c", RICH, width]
    return found


def measure(command, source, width, row):
    """Adds one page to the row of its program."""
    start = time.perf_counter()
    result = subprocess.run(command, input=source, capture_output=True)
    row[0] += time.perf_counter() - start
    row[1] += result.returncode != 0
    row[5] += b"\x1b" in result.stdout
    for line in re.sub(r"\x1b\[[0-9;]*m", "", result.stdout.decode(errors="replace")).split("\n"):
        row[2] += columns(line.rstrip()) > width
        text = line.strip(" ▎┃│|>")
        row[3] += text[:1] in CLOSING if text else 0
        row[4] += text[-1:] in OPENING if text else 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--every", type=int, default=20, help="take each N-th file")
    parser.add_argument("--width", default="80")
    parser.add_argument("--program", default=".build/release/downlink")
    arguments = parser.parse_args()
    files = sorted(arguments.folder.rglob("*.md"))[:: arguments.every]
    commands = programs(arguments.program, arguments.width)
    figures = {name: [0.0, 0, 0, 0, 0, 0] for name in commands}
    for file in files:
        source = file.read_bytes()
        for name, command in commands.items():
            measure(command, source, int(arguments.width), figures[name])
    size = sum(file.stat().st_size for file in files)
    print(f"{len(files)} files, {size} bytes, {arguments.width} columns")
    titles = ["seconds", "failed", "too wide", "starts", "ends", "escapes"]
    print(f"{'':10}" + "".join(f"{title:>10}" for title in titles))
    for name, row in figures.items():
        print(f"{name:10}{row[0]:10.2f}" + "".join(f"{count:10}" for count in row[1:]))


if __name__ == "__main__":
    main()
