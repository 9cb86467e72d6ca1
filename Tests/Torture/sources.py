"""A home for each kind of source, with two versions of its posts and the libraries they make."""

import contextlib
import json
import shutil

from home import Home, dump, versions
from repositories import Repository

QUERIES = ("扩散 梯度", "gradient", "gradeint", "x_{7}", "第 7 篇", "word14", "tag:tag1", "demo:autograd",
           "lang:swift")


class Folder:
    """The folder of the shipped posts."""

    def __init__(self, home):
        self.home = home

    def become(self, version):
        self.home.write_posts(version)


class Git:
    """A repository; the versions are two commits."""

    def __init__(self, home):
        self.repository = Repository(home)
        self.commits = []
        for version in (1, 2):
            gone = [] if version == 1 else [(name, None) for name in versions(1)]
            self.repository.commit(gone + list(versions(version).items()))
            head = self.repository.git("rev-parse", "main")
            self.commits.append(head.stdout.decode().strip())
        added(home, self.repository.folder)

    def become(self, version):
        self.repository.git("update-ref", "refs/heads/main", self.commits[version - 1])


class Bundle:
    """A file that another home wrote."""

    def __init__(self, home):
        self.file = home.root / "blog.bundle"
        with Home(home.program) as author:
            for version in (1, 2):
                author.write_posts(version)
                for command in (["sync"], ["bundle", "-o", str(home.root / f"{version}.bundle")]):
                    result = author.run(*command)
                    assert result.returncode == 0, result.stderr
        self.become(1)
        added(home, self.file)

    def become(self, version):
        shutil.copy(self.file.with_name(f"{version}.bundle"), self.file)


def added(home, place):
    result = home.run("sources", "add", str(place))
    assert result.returncode == 0, result.stderr


KINDS = {"folder": Folder, "repository": Git, "bundle": Bundle}


class Outdated:
    """A home whose library is of version 1 and whose source is of version 2.

    What the next sync must make of it is told by a library that was made of version 2 at once.
    """

    def __init__(self, home, kind):
        self.home, self.kind = home, kind
        self.cache, self.kept = home.root / "cache", home.root / "kept"
        source = KINDS[kind](home)
        source.become(2)
        self.sync()
        self.new, self.answers = dump(home.library), answers(home)
        home.restore({})
        shutil.rmtree(self.cache, ignore_errors=True)
        source.become(1)
        self.sync()
        self.files, self.old = home.files(), dump(home.library)
        self.cache.mkdir(exist_ok=True)
        shutil.copytree(self.cache, self.kept)
        source.become(2)

    def sync(self):
        result = self.home.run("sync")
        assert result.returncode == 0, result.stderr

    def restore(self):
        """Library and clone as they were, whatever was done to them."""
        self.home.restore(self.files)
        if self.kind == "repository":
            shutil.rmtree(self.cache, ignore_errors=True)
            shutil.copytree(self.kept, self.cache, dirs_exist_ok=True)


@contextlib.contextmanager
def outdated(program, kinds=KINDS):
    """One of each kind, by kind."""
    with contextlib.ExitStack() as stack:
        yield {kind: Outdated(stack.enter_context(Home(program)), kind) for kind in kinds}


def answers(home):
    """What a library answers; each query must find something."""
    found = []
    for query in QUERIES:
        result = home.run("search", query, "--json")
        assert result.returncode in (0, 1), result.stderr
        found.append(json.loads(result.stdout))
        assert found[-1], f"nothing is found for {query}"
    return found
