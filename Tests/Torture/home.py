"""A home of downlink in a temporary folder, two versions of its posts, and what a library says."""

import hashlib
import os
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile

POSTS = 12


def post(number, version):
    """A post's file; versions differ in every post that is in both."""
    body = f"版本 {version}：扩散与梯度 $x_{{{number}}}$。\n\n" * 30
    return f"---\ntitle: 版本{version} 第 {number} 篇\ndate: 2026-01-11\ncategory: 类\n---\n{body}"


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
            "XDG_STATE_HOME": str(self.root / "state"), "SWIFT_BACKTRACE": "enable=no",
        }

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.root, ignore_errors=True)

    def write_posts(self, version):
        """Version 2 lacks three posts of version 1 and has three others."""
        for file in self.content.iterdir():
            file.unlink()
        for number in range(3 * (version - 1), POSTS + 3 * (version - 1)):
            (self.content / f"p{number}.md").write_text(post(number, version))

    def run(self, *arguments, prefix=(), timeout=20, **options):
        return subprocess.run(
            [*prefix, self.program, *arguments], env=self.environment, capture_output=True,
            text=True, errors="replace", stdin=subprocess.DEVNULL, timeout=timeout, **options)

    def start(self, *arguments, prefix=()):
        return subprocess.Popen(
            [*prefix, self.program, *arguments], env=self.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

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
                ("search_text", "title, headings, tags, category, body, formulas, outline"),
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
