"""A home of downlink in a temporary folder, two versions of its posts, and what a library says."""

import contextlib
import ctypes
import hashlib
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import tempfile

# From Linux's prctl.h: orphans become children of this process, which can then wait for them.
SET_CHILD_SUBREAPER = 36

POSTS = 12


def post(number, version):
    """A post's file, with something for every column; versions differ in every post of both."""
    demo = "demo: autograd\n" if number == 2 + 3 * version else ""
    body = f"版本 {version}：扩散与梯度 $x_{{{number}}}$ of word{number * version}。\n\n" * 30
    return (f"---\ntitle: 版本{version} 第 {number} 篇\ndate: 2026-01-{1 + number % 28:02}\ncategory: 类\n"
            f"tags: [tag{number % 3}]\n{demo}---\n## 第一节 gradient descent\n\n{body}"
            f"```swift\nlet gradient = {number}\n```\n\n[第五篇](p5.md)\n")


def versions(version):
    """The files of a version; version 2 lacks three posts of version 1 and has three others."""
    first = 3 * (version - 1)
    return {f"p{number}.md": post(number, version) for number in range(first, first + POSTS)}


class Home:
    """Everything that the program reads and writes, in one folder that is gone at the end."""

    def __init__(self, program, folder=None):
        self.program = str(pathlib.Path(program).resolve())
        self.root = pathlib.Path(folder or tempfile.mkdtemp(prefix="downlink-torture-"))
        for name in ("share/Content", "share/Assets", "share/Sources/Demos"):
            (self.root / name).mkdir(parents=True, exist_ok=True)
        (self.root / "share/Sources/Demos/Catalogue.swift").touch()
        self.content = self.root / "share/Content"
        self.data = self.root / "data/downlink"
        self.library = self.data / "library.sqlite"
        self.environment = {
            "HOME": str(self.root), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8",
            "DOWNLINK_HOME": str(self.root / "share"), "XDG_DATA_HOME": str(self.root / "data"),
            "XDG_STATE_HOME": str(self.root / "state"), "XDG_CACHE_HOME": str(self.root / "cache"),
            "SWIFT_BACKTRACE": "enable=no",
        }

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.root, ignore_errors=True)

    def write_posts(self, version):
        for file in self.content.iterdir():
            file.unlink()
        for name, text in versions(version).items():
            (self.content / name).write_text(text)

    def run(self, *arguments, prefix=(), timeout=20, **options):
        return subprocess.run(
            [*prefix, self.program, *arguments], env=self.environment, capture_output=True,
            text=True, errors="replace", stdin=subprocess.DEVNULL, timeout=timeout, **options)

    def start(self, *arguments, prefix=()):
        return subprocess.Popen(
            [*prefix, self.program, *arguments], env=self.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    @staticmethod
    def kill(child):
        """Kills a run and waits for the git that it may leave behind; gives the status.

        There must be no other run beside it.
        """
        ctypes.CDLL(None).prctl(SET_CHILD_SUBREAPER, 1)
        child.send_signal(signal.SIGKILL)
        status = child.wait()
        with contextlib.suppress(ChildProcessError):
            while True:
                os.wait()
        return status

    def end_all(self):
        """Kills what still runs in this home."""
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if bytes(self.root) in (process / "environ").read_bytes():
                    os.kill(int(process.name), signal.SIGKILL)

    def files(self):
        """The bytes of the library and its journal."""
        return {
            file.name: file.read_bytes()
            for file in (self.library, self.data / "library.sqlite-journal") if file.exists()}

    def restore(self, files):
        for file in (self.library, self.data / "library.sqlite-journal"):
            if file.name in files:
                file.write_bytes(files[file.name])
            elif file.exists():
                file.unlink()

    def both_versions(self):
        """Syncs version 1, then version 2 of the posts; gives the files and dump of each, and
        leaves the posts of version 2 beside the library of version 1."""
        states = []
        for version in (1, 2):
            self.write_posts(version)
            result = self.run("sync")
            assert result.returncode == 0, result.stderr
            states.append((self.files(), dump(self.library)))
        self.restore(states[0][0])
        return states


def dump(library):
    """A digest of all that a library says, with which two are compared.

    The time of a sync is no part of it, and neither is how the index lies in its pages.
    """
    connection = sqlite3.connect(f"file:{library}?mode=ro", uri=True)
    try:
        digest = hashlib.sha256()
        for table, columns in (
                ("post", "slug, source, path, sha256, title, date, category"),
                ("markdown", "text"),
                ("search_text",
                 "title, headings, tags, category, demo, body, formulas, facets, outline"),
                ("vocabulary", "script, length, word, posts"),
                ("link", "target, anchor, line, fault"),
                ("meta", "name, value")):
            where = "WHERE name = 'list'" if table == "meta" else ""
            for row in sorted(map(repr, connection.execute(
                    f"SELECT {columns} FROM {table} {where}"))):
                digest.update(row.encode())
        return digest.hexdigest()
    finally:
        connection.close()


def library_findings(home):
    """What `downlink check` says of the library; nothing if it is whole."""
    result = home.run("check")
    if result.returncode not in (0, 2):
        return [f"status {result.returncode}: {result.stderr}"]
    return [line for line in result.stdout.splitlines()
            if line != "everything is in order" and not line.startswith("note: ")]
