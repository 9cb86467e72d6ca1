"""T19: addresses that mean more than a place, and repositories that want more than to be read."""

import collections
import contextlib
import os
import random
import re
import shutil
import subprocess
import time

from home import Home, post
from rounds import generator, shared

CANARY = "canary"
MODES = {"file": "100644", "program": "100755", "link": "120000", "module": "160000"}


class Repository:
    """A bare repository below a home, written by `git fast-import`."""

    def __init__(self, home, name="blog.git"):
        self.home, self.folder = home, home.root / name
        self.commits = 0
        self.git("init", "-q", "--bare", "--initial-branch=main", str(self.folder), at=None)

    def git(self, *arguments, at=True, **options):
        place = ["--git-dir", str(self.folder)] if at else []
        return subprocess.run(
            ["git", *place, *arguments], env=self.home.environment, check=True,
            capture_output=True, **options)

    def commit(self, files, branch="main", new_history=False, date=1767225600, message=b"x"):
        """Files are (path, content) or (path, kind, content); None removes the file."""
        lines = []
        if new_history:
            lines.append(b"reset refs/heads/%s\n" % branch.encode())
        lines.append(b"commit refs/heads/%s\ncommitter x <x@example.org> %d +0000\ndata %d\n%s\n"
                     % (branch.encode(), date, len(message), message))
        if self.commits and not new_history:
            lines.append(b"from refs/heads/%s^0\n" % branch.encode())
        for path, *kind, content in files:
            name = os.fsencode(path)
            quoted = b'"' + re.sub(rb'[\\"\n]|[^ -~]', lambda match: b"".join(
                b"\\%03o" % byte for byte in match.group()), name) + b'"'
            if content is None:
                lines.append(b"D %s\n" % quoted)
                continue
            mode = MODES[kind[0] if kind else "file"].encode()
            if mode == b"160000":
                lines.append(b"M %s %s %s\n" % (mode, content.encode(), quoted))
            else:
                content = os.fsencode(content)
                lines.append(b"M %s inline %s\ndata %d\n%s\n" % (mode, quoted, len(content), content))
        self.commits += 1
        self.git("fast-import", "--quiet", "--force", "--date-format=raw-permissive",
                 input=b"".join(lines))

    def objects(self, ending=""):
        return [path for path in self.folder.glob("objects/**/*") if path.is_file()
                and path.name.endswith(ending)]


def addresses(canary):
    """What is no address, whoever wrote it; each names a way to run `touch canary`."""
    touch = f"touch {canary}"
    return [
        f"ext::sh -c {touch.replace(' ', '% ')}", "fd::3", "fd::0,1", "host:path", "user@host:path",
        "-u/bin/false", f"--upload-pack={touch}", f"--upload-pack={touch}; --", f"-c core.sshCommand={touch}",
        "ssh://host/x", f"ssh://-oProxyCommand={touch}/x", "git+ssh://host/x", "git://host/x",
        "http://host/x", "ftp://host/x", "rsync://host/x", "https://host/\x1b[31m", "https://host/a\nb",
        "file:/etc", "nowhere", "", " ", "$(%s)" % touch, "`%s`" % touch, f"; {touch}", "|" + touch,
    ]


def traps(home, canary):
    """Repositories by name: what makes them, and the posts that they hold; None where they must be
    refused."""
    hook = f"#!/bin/sh\ntouch {canary}\n"
    good = ("good.md", post(1, 1))

    def with_files(*files):
        return lambda repository: repository.commit([good, *files])

    def then(*steps):
        def make(repository):
            repository.commit([good])
            for step in steps:
                step(repository)
        return make

    def hooks(repository):
        for name in ("post-checkout", "post-merge", "pre-auto-gc", "reference-transaction",
                     "post-update", "pre-receive", "fsmonitor-watchman"):
            path = repository.folder / "hooks" / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(hook)
            path.chmod(0o755)

    def setting(name, value=f"touch {canary};"):
        return lambda repository: repository.git("config", name, value)

    def cut(ending, share):
        def make(repository):
            repository.git("repack", "-adq")
            for path in repository.objects(ending):
                path.chmod(0o644)
                os.truncate(path, int(path.stat().st_size * share))
        return make

    def remove_objects(repository):
        for path in repository.objects():
            path.unlink()

    def alternates(repository):
        (repository.folder / "objects/info").mkdir(exist_ok=True)
        (repository.folder / "objects/info/alternates").write_text("/etc\n/dev/zero\n")

    def head(text):
        return lambda repository: (repository.folder / "HEAD").write_text(text)

    def owner(repository):
        for path in [repository.folder, *repository.folder.rglob("*")]:
            os.lchown(path, 65534, 65534)

    def shallow(repository):
        repository.commit([("second.md", post(2, 1))])
        other = repository.folder.with_name("deep.git")
        repository.folder.rename(other)
        subprocess.run(["git", "clone", "-q", "--bare", "--depth", "1", f"file://{other}",
                        str(repository.folder)], env=home.environment, check=True)

    def many(repository):
        repository.commit([(f"d{number % 100}/n{number}.md", "x") for number in range(100_001)])

    def tags(repository):
        for number in range(200):
            repository.git("update-ref", f"refs/tags/t{number}", "refs/heads/main")

    def replaced(repository):
        blob = repository.git("hash-object", "-w", "--stdin", input=b"x").stdout.decode().strip()
        old = repository.git("rev-parse", "main:good.md").stdout.decode().strip()
        repository.git("replace", "-f", old, blob)

    submodule = f'[submodule "x"]\n\tpath = x\n\turl = %s\n'
    cases = {
        "plain": (with_files(), {"good"}),
        "program": (with_files(("run.md", "program", post(2, 1))), {"good", "run"}),
        "link to a file": (with_files(("link.md", "link", "/etc/passwd")), {"good"}),
        "link to a folder": (with_files(("d", "link", "/etc")), {"good"}),
        "module": (with_files(("m.md", "module", "1" * 40)), {"good"}),
        "module that runs": (with_files(
            (".gitmodules", submodule % f"ext::sh -c touch% {canary}"), ("x", "module", "1" * 40)),
            {"good"}),
        "module outside": (with_files(
            (".gitmodules", '[submodule "../../x"]\n\tpath = x\n\turl = .\n'),
            ("x", "module", "1" * 40)), None),
        "module with a dash": (with_files(
            (".gitmodules", submodule % f"-u{canary}"), ("x", "module", "1" * 40)), None),
        "attributes": (with_files((".gitattributes", "*.md filter=evil diff=evil\n")), {"good"}),
        "hooks": (then(hooks), {"good"}),
        "hooks in the tree": (with_files(("hooks/post-checkout", "program", hook)), {"good"}),
        "a git folder in the tree": (with_files((".GIT/config", "[core]\n\tfsmonitor = x\n")), None),
        "a huge blob": (with_files(("huge.md", "a" * (3 << 20))), {"good"}),
        "a blob at the cap": (with_files(("cap.md", post(2, 1) + "a" * ((1 << 20) - len(post(2, 1).encode())))), {"good", "cap"}),
        "no text": (with_files(("binary.md", os.fsdecode(bytes(range(256))))), {"good"}),
        "an empty file": (with_files(("empty.md", "")), {"good"}),
        "names that act": (with_files(
            ("es\x1b]0;x\x07c.md", post(2, 1)), ("new\nline.md", post(3, 1)),
            (os.fsdecode(b"bad\xff\xfe.md"), post(4, 1)), ("-dash.md", post(5, 1))), 5),
        "one name twice": (with_files(("a/good.md", post(2, 1)), ("GOOD.md", post(3, 1))), 1),
        "hidden": (with_files((".x.md", post(2, 1)), (".d/y.md", post(2, 1))), {"good"}),
        "deep": (with_files(("d/" * 40 + "deep.md", post(2, 1))), {"good"}),
        "a long path": (with_files(("n" * 200 + "/" + "/".join(["m" * 200] * 5) + ".md", "x")), {"good"}),
        "too many files": (many, None),
        "no commit": (lambda repository: None, None),
        "a branch that is missing": (then(head("ref: refs/heads/none\n")), None),
        "a head that is no commit": (then(head("ref: ../../../../etc/passwd\n")), None),
        "a detached head": (then(lambda repository: head(
            repository.git("rev-parse", "main").stdout.decode())(repository)), {"good"}),
        "another branch": (then(
            lambda repository: repository.git("branch", "-m", "main", "tr\u00fcnk")), {"good"}),
        "many tags": (then(tags), {"good"}),
        "a replaced object": (then(replaced), {"good"}),
        "a shallow source": (then(shallow), {"good", "second"}),
        "the year 9999": (lambda repository: repository.commit([good], date=253370764800), {"good"}),
        "a message that acts": (
            lambda repository: repository.commit([good], message=b"\x1b[31m\x9b" * 1000), {"good"}),
        "a cut pack": (then(cut(".pack", 0.6)), None),
        "a cut index": (then(cut(".idx", 0.5)), None),
        "no objects": (then(remove_objects), None),
        "alternates": (then(alternates), {"good"}),
        "a pack hook": (then(setting("uploadpack.packObjectsHook")), {"good"}),
        "a monitor": (then(setting("core.fsmonitor"), setting("core.sshCommand"),
                           setting("core.pager"), setting("core.editor")), {"good"}),
        "an alias": (then(setting("alias.fetch", f"!touch {canary}"),
                          setting("alias.upload-pack", f"!touch {canary}")), {"good"}),
    }
    if os.geteuid() == 0:
        cases["another's"] = (then(owner), None)
    return cases


def faults(result, canary, case):
    """What must never be, whatever was tried."""
    problems = []
    if result.returncode not in (0, 1, 2, 64):
        problems.append(f"{case}: status {result.returncode}: {result.stderr[:200]}")
    if result.returncode in (1, 64) and not result.stderr.strip():
        problems.append(f"{case}: it does not say why")
    if re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", result.stdout + result.stderr):
        problems.append(f"{case}: control characters in what is said")
    if canary.exists():
        problems.append(f"{case}: something was run")
        canary.unlink()
    return problems


def hostile(program, count, seed=19):
    if shutil.which("git") is None:
        return 0, [], "SKIP: no git"
    known = [(address, number) for number in range(len(addresses("")))] + [
        (trap, number) for number in range(len(traps(None, None)))]
    cases = known + [(cut_off, number) for number in range(max(10, count - len(known)))]
    if count < len(cases):
        cases = random.Random(seed).sample(cases, count)
    problems, _ = shared(attempts, len(cases), program, cases, seed)
    return len(cases), problems, f"seed {seed}"


def attempts(rounds, program, cases, seed):
    problems = []
    with Home(program) as home:
        for round in rounds:
            attempt, number = cases[round]
            problems += [(round, one) for one in attempt(home, number, generator(seed, number))]
    return problems, collections.Counter()


def address(home, number, _):
    """Syncs from an address and adds it."""
    canary = home.root / CANARY
    text, problems = addresses(canary)[number], []
    for arguments in (["sync", text], ["sources", "add", text]):
        result = home.run(*arguments, cwd=home.root)
        problems += faults(result, canary, f"{arguments}")
        if result.returncode not in (1, 64):
            problems.append(f"{arguments}: status {result.returncode}")
    return problems


def trap(home, number, _):
    """Syncs twice from a repository: a clone, and what is fetched into it."""
    canary, problems = home.root / CANARY, []
    name, (make, expected) = list(traps(home, canary).items())[number]
    with emptied(home) as repository:
        make(repository)
        for _ in range(2):
            result = home.run("sync", str(repository.folder), timeout=60)
            problems += faults(result, canary, name)
            slugs = listed(home)
            right = slugs == set() and result.returncode == 1 if expected is None \
                else len(slugs) == expected if isinstance(expected, int) else slugs == expected
            if not right:
                problems.append(f"{name}: status {result.returncode}, {slugs}: {result.stderr[:200]}")
    return problems


def cut_off(home, number, chance):
    """Kills a sync while it clones and one while it fetches; the next one ends where it should."""
    canary, problems = home.root / CANARY, []
    with emptied(home) as repository:
        for turn in range(2):
            case = f"cut off, number {number}, turn {turn}"
            files = [(f"n{turn}-{one}.md", post(one, number)) for one in range(20)]
            repository.commit(files, new_history=chance.random() < 0.3)
            child = home.start("sync", str(repository.folder))
            time.sleep(chance.uniform(0, 0.1))
            home.kill(child)
            if chance.random() < 0.25:  # as a full disk leaves a clone
                for path in sorted((home.root / "cache").rglob("*.pack"))[:1]:
                    path.chmod(0o644)
                    os.truncate(path, 100)
            result = home.run("sync", str(repository.folder), timeout=60)
            problems += faults(result, canary, case)
            tree = repository.git("ls-tree", "-r", "--name-only", "main").stdout.decode().split()
            if listed(home) != {name[:-3] for name in tree}:
                problems.append(f"{case}: {result.stderr[:200]}")
    return problems


@contextlib.contextmanager
def emptied(home):
    """A repository, and a home in which nothing is left of others."""
    for folder in (home.root / "cache", home.data):
        shutil.rmtree(folder, ignore_errors=True)
    yield Repository(home)
    for folder in home.root.glob("*.git"):
        shutil.rmtree(folder)


def listed(home):
    """The posts there are; nothing is made for the asking."""
    if not home.library.exists():
        return set()
    result = home.run("list")
    return {line.split()[0] for line in result.stdout.splitlines() if line.strip()}
