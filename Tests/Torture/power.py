"""T02: power cuts, replayed from a record of what a sync wrote.

A file's bytes are sure after its fsync, a name or its end after an fsync of its folder. For every
prefix of the writes three disks are made: one with all of them, one with the sure ones only, one
with a random choice of 512-byte sectors. On each the library must be the old or the new, and after
the sync has ended the new.
"""

import collections
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

from home import Home, dump
from rounds import generator, shared

SECTOR = 512
CALL = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\d+)")
BEGUN = re.compile(r"^(\d+) +(.*) <unfinished \.\.\.>$")
RESUMED = re.compile(r"^(\d+) +<\.\.\. \w+ resumed>(.*)$")
STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')

# A writer like SQLite's default, which must lose commits: it deletes its journal.
DELETING = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA journal_mode = DELETE")
connection.execute("PRAGMA synchronous = FULL")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE post SET title = title || '!'")
connection.execute("COMMIT")
"""


def text(argument):
    return bytes.fromhex(STRING.search(argument).group(1).replace("\\x", ""))


def whole(lines):
    """The calls of a log, those that another thread cut in two put together at their end."""
    begun = {}
    for line in lines:
        if match := BEGUN.match(line):
            begun[match.group(1)] = match.group(2)
        elif match := RESUMED.match(line):
            yield f"{match.group(1)} {begun.pop(match.group(1), '')}{match.group(2)}"
        else:
            yield line


def record(command, environment, folder, log):
    """Runs a command under strace; gives what it did to the files of the folder, in order."""
    calls = "openat,pwrite64,write,fsync,fdatasync,ftruncate,unlink,close,dup,dup2,fcntl"
    subprocess.run(
        ["strace", "-qq", "-f", "-xx", "-s", "100000000", "-e", f"trace={calls}", "-o", log,
         *command], env=environment, check=True, stdin=subprocess.DEVNULL, capture_output=True)
    steps, names = [], {}
    prefix = str(folder)
    with open(log) as lines:
        for line in whole(lines):
            match = CALL.match(line)
            if not match or int(match.group(3)) < 0:
                continue
            call, arguments, value = match.group(1), match.group(2), int(match.group(3))
            if call == "openat":
                path = text(arguments).decode(errors="replace")
                if path == prefix or path.startswith(prefix + "/"):
                    names[value] = path
                    if "O_CREAT" in arguments:
                        steps.append(("create", path))
                else:
                    names.pop(value, None)
                continue
            if call == "unlink":
                path = text(arguments).decode(errors="replace")
                if path.startswith(prefix):
                    steps.append(("unlink", path))
                continue
            number = arguments.split(",")[0].strip()
            if not number.isdigit() or int(number) not in names:
                continue
            path = names[int(number)]
            if call == "pwrite64":
                steps.append(("write", path, int(arguments.rsplit(",", 1)[1]), text(arguments)))
            elif call == "ftruncate":
                steps.append(("truncate", path, int(arguments.split(",")[1])))
            elif call in ("fsync", "fdatasync"):
                steps.append(("sync", path))
            elif call == "close":
                names.pop(int(number))
    return steps


class Disk:
    """Files as they surely are, and what has been done to them since."""

    def __init__(self, files):
        self.sure = {name: bytes(content) for name, content in files.items()}
        self.names = {name: name for name in files}  # those that are surely there
        self.pending = []

    def do(self, step, folder):
        if step[0] != "sync":
            if step[0] == "create" and self.exists(step[1]):
                return
            self.pending.append(step)
            return
        kept = []
        for old in self.pending:
            is_name = old[0] in ("create", "unlink")
            mine = step[1] == folder if is_name else old[1] == step[1]
            if mine:
                apply(self.sure, old)
            else:
                kept.append(old)
        self.pending = kept

    def exists(self, name):
        there = name in self.sure
        for step in self.pending:
            if step[1] == name and step[0] in ("create", "unlink"):
                there = step[0] == "create"
        return there

    def after(self, kind, generator):
        """The files after a power cut."""
        files = dict(self.sure)
        for step in self.pending:
            if kind == "all":
                apply(files, step)
            elif kind == "random" and step[0] == "write":
                _, name, offset, content = step
                for start in range(0, len(content), SECTOR):
                    if generator.random() < 0.5:
                        apply(files, ("write", name, offset + start, content[start:start + SECTOR]))
            elif kind == "random" and generator.random() < 0.5:
                apply(files, step)
        return files


def apply(files, step):
    name = step[1]
    if step[0] == "create":
        files.setdefault(name, b"")
    elif step[0] == "unlink":
        files.pop(name, None)
    elif name in files or step[0] == "write":
        content = bytearray(files.get(name, b""))
        if step[0] == "truncate":
            content = content[:step[2]].ljust(step[2], b"\0")
        else:
            _, _, offset, data = step
            if len(content) < offset:
                content.extend(bytes(offset - len(content)))
            content[offset:offset + len(data)] = data
        files[name] = bytes(content)


def replay(steps, before, folder, states, read, old, new, seed):
    """Makes about so many disks; gives what is wrong, and how many were made and have lost."""
    stride = max(1, 3 * len(steps) // states)
    moments = [*range(0, len(steps), stride), len(steps)]
    each = max(3, round(states / len(moments)))
    return shared(make_disks, len(moments), moments, each, steps, before, folder, read, old, new, seed)


def make_disks(rounds, moments, each, steps, before, folder, read, old, new, seed):
    disk, done, problems, tally = Disk(before), 0, [], collections.Counter()
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="downlink-power-"))
    try:
        for moment in (moments[round] for round in rounds):
            for step in steps[done:moment]:
                disk.do(step, str(folder))
            done = moment
            chance = generator(seed, moment)
            for kind in ["all", "sure"] + ["random"] * (each - 2):
                for file in scratch.iterdir():
                    file.unlink()
                for name, content in disk.after(kind, chance).items():
                    (scratch / pathlib.Path(name).name).write_bytes(content)
                tally["made"] += 1
                found = read(scratch)
                case = f"{kind} after step {moment} of {len(steps)}, seed {seed}"
                if found not in (old, new):
                    problems.append((moment, f"a mixture: {case}"))
                elif moment == len(steps) and found != new:
                    tally["lost"] += 1
                    problems.append((moment, f"lost: {case}"))
    finally:
        shutil.rmtree(scratch)
    return problems, tally


def read_library(folder):
    """What SQLite finds after it has rolled back; nothing it says may stop the replay."""
    library = folder / "library.sqlite"
    try:
        connection = sqlite3.connect(library)
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        problems = [row[0] for row in connection.execute("PRAGMA quick_check")]
        connection.close()
        return dump(library) if problems == ["ok"] else "damaged"
    except sqlite3.DatabaseError as error:
        return f"unreadable: {error}"


def read_state(folder):
    """The sources that SQLite finds after it has rolled back; nothing if there is no table yet."""
    file = folder / "state.sqlite"
    if not file.exists():
        return ()
    try:
        connection = sqlite3.connect(file)
        connection.execute("PRAGMA synchronous = OFF")
        tables = connection.execute(
            "SELECT count(*) FROM sqlite_master WHERE name = 'source'").fetchone()
        problems = [row[0] for row in connection.execute("PRAGMA quick_check")]
        rows = tuple(connection.execute("SELECT * FROM source ORDER BY 1")) if tables[0] else ()
        connection.close()
        return rows if problems == ["ok"] else "damaged"
    except sqlite3.DatabaseError as error:
        return f"unreadable: {error}"


def cuts(program, count, seed=2):
    if shutil.which("strace") is None:
        return 0, [], "SKIP: no strace"
    library, problems, note = library_cuts(program, count - count // 4, seed)
    state, more = state_cuts(program, count // 4, seed)
    return library + state, problems + more, f"{state} of the state; {note}"


def state_cuts(program, count, seed):
    """Adds one source where there is no state yet, and another where there is."""
    problems, made = [], 0
    with Home(program) as home:
        folder = home.root / "state/downlink"
        folder.mkdir(parents=True, mode=0o700)
        for name in ("one", "two"):
            (home.root / name).mkdir()
            old = read_state(folder)
            before = {str(path): path.read_bytes() for path in folder.iterdir()}
            steps = record([home.program, "sources", "add", str(home.root / name)],
                           home.environment, folder, home.root / "log")
            new = read_state(folder)
            if len(new) != len(old) + 1:
                problems.append(f"the source {name} was not added: {new}")
            found, tally = replay(steps, before, folder, count // 2, read_state, old, new, seed)
            made += tally["made"]
            problems += [f"of the state, {one}" for one in found]
    return made, problems


def library_cuts(program, count, seed):
    with Home(program) as home:
        (files, old), (_, new) = home.both_versions()
        folder = home.data
        before = {str(folder / name): content for name, content in files.items()}
        log = home.root / "log"
        steps = record([home.program, "sync"], home.environment, folder, log)
        problems, tally = replay(steps, before, folder, count, read_library, old, new, seed)

        # The same replay on a writer that is known to lose.
        home.restore(files)
        (folder / "library.sqlite-journal").unlink(missing_ok=True)
        before = {str(folder / name): content for name, content in home.files().items()}
        control = record(
            [sys.executable, "-c", DELETING, str(home.library)], home.environment, folder, log)
        _, other = replay(
            control, before, folder, count // 10, read_library, old, dump(home.library), seed)
        if not other["lost"]:
            problems.append("a journal that is deleted and not synced loses nothing here")
    return tally["made"], problems, (
        f"{len(steps)} steps; DELETE+FULL loses {other['lost']} of {other['made']} states, as it must")
