"""T30: of every damage `downlink check` says what is wrong, where, and what helps; and that helps."""

import collections
import os
import re
import shlex
import shutil
import sqlite3

from home import Home, post
from rounds import shared


def edited(statement):
    """Changes a library as somebody does who opens it with another program."""
    def change(home):
        connection = sqlite3.connect(home.library)
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(statement)
        connection.commit()
        connection.close()
    return change


def patched(offset, content):
    def change(home):
        with open(home.library, "r+b") as file:
            file.seek(offset)
            file.write(content)
    return change


def zeroed_page(home):
    pages = home.library.stat().st_size // 4096
    patched(4096 * (pages // 2), bytes(4096))(home)


def hot_journal(home):
    """Kills a sync in the middle of its writing."""
    home.write_posts(2)
    home.run("sync", prefix=["strace", "-qq", "-f", "-o", os.devnull, "-e",
                             "inject=pwrite64:signal=SIGKILL:when=30"])


def mode(name, value):
    return lambda home: (home.root / name).chmod(value)


def replaced(name, make):
    def change(home):
        path = home.root / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        make(path)
    return change


def state(content):
    def change(home):
        (home.root / "state/downlink").mkdir(parents=True, exist_ok=True, mode=0o700)
        path = home.root / "state/downlink/state.sqlite"
        path.write_bytes(content)
        path.chmod(0o600)
    return change


DATA = "data/downlink"
LIBRARY = f"{DATA}/library.sqlite"
DAMAGES = {
    "changed text": edited("UPDATE markdown SET text = text || 'x' WHERE post = 3"),
    "changed title": edited("UPDATE post SET title = 'x' WHERE id = 2"),
    "changed hash": edited("UPDATE post SET sha256 = zeroblob(32) WHERE id = 2"),
    "lost text": edited("DELETE FROM markdown WHERE post = 4"),
    "lost post": edited("DELETE FROM post WHERE id = 4"),
    "lost list": edited("DELETE FROM meta WHERE name = 'list'"),
    "changed search text": edited("UPDATE search_text SET body = 'x' WHERE id = 5"),
    "lost search text": edited("DELETE FROM search_text WHERE id = 5"),
    "lost index": edited("DELETE FROM search_index_data WHERE id > 10"),
    "planted view": edited("CREATE VIEW planted AS SELECT * FROM post"),
    "planted trigger": edited("CREATE TRIGGER planted AFTER INSERT ON post BEGIN SELECT 1; END"),
    "planted table": edited("CREATE TABLE planted(x)"),
    "dropped table": edited("DROP TABLE link"),
    "another version": edited("PRAGMA user_version = 99"),
    "another program": edited("PRAGMA application_id = 1"),
    "write-ahead log": patched(18, b"\2\2"),
    "no header": patched(0, bytes(100)),
    "zeroed page": zeroed_page,
    "cut": lambda home: os.truncate(home.library, 20_000),
    "empty": lambda home: os.truncate(home.library, 0),
    "no library": lambda home: home.library.unlink(),
    "a sync cut off": hot_journal,
    "writable by all": mode(LIBRARY, 0o666),
    "readable by all": mode(LIBRARY, 0o644),
    "an open folder": mode(DATA, 0o777),
    "an open lock": mode(f"{LIBRARY}.lock", 0o666),
    "a folder in its place": replaced(LIBRARY, lambda path: path.mkdir()),
    "a link in its place": replaced(LIBRARY, lambda path: path.symlink_to("/nowhere")),
    "state of noise": state(b"x" * 5000),
    "state of another program": state(b""),
    "a bad post": lambda home: (home.content / "bad.md").write_text("---\ntitle: [\n---\n"),
    "a broken link": lambda home: (home.content / "p3.md").write_text(post(3, 1) + "[x](gone.md)"),
}


def obey(home, finding):
    """Does what a finding says; what only a person can do stands for itself."""
    name = re.search(r"(/\S+?): ", finding)
    for command in re.findall(r"`([^`]+)`", finding):
        words = shlex.split(command)
        if words[0] == "downlink":
            home.run(*words[1:], timeout=60)
        elif words[0] == "chmod" and name:
            os.chmod(name.group(1), int(words[1], 8))
    return bool(re.search(r"`[^`]+`|correct |start downlink|move it away", finding))


def by_hand(home, finding):
    """The part of an advice that is no command."""
    name = re.search(r"(/\S+?): ", finding)
    if "move it away" in finding and name and os.path.lexists(name.group(1)):
        os.rename(name.group(1), name.group(1) + ".away")
    if "start downlink" in finding:
        home.run("sources")
    if "correct the post" in finding:
        for file in home.content.iterdir():
            if "bad" in file.name or "gone.md" in file.read_text():
                file.unlink()


def helped(program, count):
    count = min(count, len(DAMAGES))
    problems, tally = shared(mend, count, program)
    return count - tally["skipped"], problems, (
        "SKIP a cut-off sync: no strace" if tally["skipped"] else "")


def mend(rounds, program):
    problems, tally = [], collections.Counter()
    for round in rounds:
        name, damage = list(DAMAGES.items())[round]
        if name == "a sync cut off" and shutil.which("strace") is None:
            tally["skipped"] += 1
            continue
        with Home(program) as home:
            home.write_posts(1)
            assert home.run("sync").returncode == 0
            damage(home)
            problems += [(round, f"{name}: {one}") for one in mended(home, name)]
    return problems, tally


def mended(home, name):
    """What is wrong with what is said of a damage, or after that was done."""
    problems = []
    first = home.run("check", timeout=60)
    if first.returncode not in (0, 2):
        problems.append(f"status {first.returncode}: {first.stderr[:200]}")
    findings = [line for line in first.stdout.splitlines() if line != "everything is in order"]
    # A library that is missing, a mode that only lets others read: worth knowing, no fault.
    if not findings and name not in ("lost list", "state of another program"):
        problems.append("nothing is said")
    for finding in findings:
        by_hand(home, finding)
        if not obey(home, finding):
            problems.append(f"no remedy in {finding!r}")
    again = home.run("check", timeout=60)
    if again.returncode != 0:
        problems.append(f"the remedy did not help: {first.stdout} then {again.stdout}")
    elif len(home.run("list").stdout.splitlines()) < 11:
        problems.append("posts are missing afterwards")
    return problems
