"""T01 and T03: a sync that is killed, or whose system calls fail."""

import collections
import os
import random
import re
import shutil
import subprocess
import time

from home import dump, library_findings
from power import whole
from rounds import generator, shared
from sources import KINDS, answers, outdated

WRITING = ("openat", "pwrite64", "write", "fsync", "fdatasync", "ftruncate", "unlink", "fcntl")
FAULTS = {
    "openat": ("EIO", "EMFILE", "EACCES", "ENOSPC"), "mkdir": ("EACCES", "ENOSPC"),
    "read": ("EIO", "EINTR"), "pread64": ("EIO", "EINTR"), "getdents64": ("EIO",),
    "write": ("EIO", "ENOSPC", "EINTR"), "pwrite64": ("EIO", "ENOSPC", "EINTR"),
    "fsync": ("EIO", "ENOSPC"), "fdatasync": ("EIO", "ENOSPC"), "ftruncate": ("EIO", "ENOSPC"),
    "rename": ("EIO", "ENOSPC"), "unlink": ("EIO", "EACCES"), "flock": ("EINTR", "ENOLCK"),
    "mmap": ("ENOMEM",),
}
NO_FILE = re.compile(r'<(pipe|anon_inode|socket|UNIX)[:-]|["<]/(proc|sys)/|MAP_ANONYMOUS')
# Files may grow to so many bytes, in turn: a write that goes over that is short, the next fails.
SIZES = range(500, 250_000, 5000)


def strace(calls, *options, log=os.devnull):
    """A command line that watches these calls."""
    return ["strace", "-qq", "-f", "-o", str(log), "-e", f"trace={calls}", *options]


def verdict(outdated, acknowledged, thorough=False):
    """What is wrong with the library after an interruption; nothing if it is the old or the new."""
    home, problems = outdated.home, []
    listed = home.run("list", "--json")
    if listed.returncode != 0:
        return [f"it does not open: {listed.stderr.strip()}"]
    found = dump(home.library)
    if found not in (outdated.old, outdated.new):
        problems.append("it is neither the old nor the new")
    elif acknowledged and found != outdated.new:
        problems.append("it is the old after a sync that succeeded")
    if thorough:
        problems += library_findings(home)
    again = home.run("sync")
    if again.returncode != 0 or dump(home.library) != outdated.new:
        problems.append(f"the next sync does not make it new: {again.stderr.strip()}")
    elif thorough and answers(home) != outdated.answers:
        problems.append("it answers otherwise than a library that was made at once")
    return problems


def calls_of_sync(outdated, calls):
    """For each of these calls that a sync makes, what its processes and threads do with it first,
    second and so on: a set that holds whether it concerns files, for each."""
    log = outdated.home.root / "log"
    outdated.restore()
    outdated.home.run("sync", prefix=strace(",".join(calls), "-y", log=log))
    counts, made = collections.Counter(), collections.defaultdict(list)
    for line in whole(log.read_text(errors="replace").splitlines()):
        if match := re.match(r"(\d+) +(\w+)\(", line):
            n = counts[match.groups()]
            counts[match.groups()] += 1
            places = made[match.group(2)]
            places += [set() for _ in range(n + 1 - len(places))]
            places[n].add(not NO_FILE.search(line))
    return made


def killed(program, count, seed=1):
    """Kills syncs of each kind of source at random times, and at any of the calls that write."""
    problems, tally = shared(kill, count, program, seed)
    note = f"{tally['hot']} with a hot journal, {tally['late']} too late, seed {seed}"
    if shutil.which("strace") is None:
        note += "; SKIP system calls: no strace"
    return count, problems, note


def kill(rounds, program, seed):
    problems, tally = [], collections.Counter()
    has_strace = shutil.which("strace") is not None
    with outdated(program) as homes:
        durations, counts = {}, {}
        for kind, one in homes.items():
            one.restore()
            start = time.monotonic()
            one.sync()
            durations[kind] = time.monotonic() - start
            counts[kind] = calls_of_sync(one, WRITING) if has_strace else {}
        for round in rounds:
            chance, kind = generator(seed, round), list(KINDS)[round % len(KINDS)]
            one = homes[kind]
            one.restore()
            if round // len(KINDS) % 2 == 0 or not has_strace:
                part = chance.uniform(0, 1.1)
                child = one.home.start("sync")
                time.sleep(part * durations[kind])
                status, case = one.home.kill(child), f"after {part:.2f} of its time"
            else:
                call = chance.choice(sorted(counts[kind]))
                n = chance.randint(1, len(counts[kind][call]))
                status = one.home.run("sync", prefix=strace(
                    call, "-e", f"inject={call}:signal=SIGKILL:when={n}")).returncode
                case = f"at {call} {n}"
            tally["late"] += status == 0
            tally["hot"] += any(one.home.files().get("library.sqlite-journal", b"")[:8])
            found = verdict(one, status == 0, thorough=chance.random() < 0.25)
            problems += [(round, f"round {round}, seed {seed}, a {kind} {case}: {problem}")
                         for problem in found]
    return problems, tally


def faults(program, count, seed=3):
    """Lets every call that concerns files fail with each error, or so many of them."""
    if shutil.which("strace") is None:
        return 0, [], "SKIP: no strace"
    cases = [(kind, "size", "EFBIG", size) for kind in KINDS for size in SIZES]
    with outdated(program) as homes:
        for kind, one in homes.items():
            for call, places in sorted(calls_of_sync(one, FAULTS).items()):
                cases += [(kind, call, error, n) for error in FAULTS[call]
                          for n, place in enumerate(places, 1) if place == {True}]
    random.Random(seed).shuffle(cases)
    done = min(count, len(cases))
    problems, tally = shared(fail, done, program, cases)
    return done, problems, (
        f"of {len(cases)}; {tally['failed']} ended with a message, the others went through, "
        f"{tally['beside']} concerned the loader or no file, seed {seed}")


def fail(rounds, program, cases):
    problems, tally = [], collections.Counter()
    with outdated(program) as homes:
        for round in rounds:
            kind, call, error, n = cases[round]
            one = homes[kind]
            one.restore()
            status, said, is_beside = failed(one, call, error, n)
            if is_beside:
                tally["beside"] += 1
                continue
            found = []
            if status not in (0, 1, 2):
                found.append(f"status {status}: {said}")
            if status == 1 and not said:
                found.append("it says nothing")
            tally["failed"] += status != 0
            # A file that may not be opened is refused by name, and its post goes out until it may.
            if status == 2 and "refused: " in said:
                one.restore()
            # Without its state a sync still reads the shipped posts, and says so.
            found += verdict(one, status == 0 and not said)
            problems += [(round, f"a {kind}, {call} {n} {error}: {problem}") for problem in found]
    return problems, tally


def failed(one, call, error, n):
    """Status and complaints of a sync one of whose calls fails, and whether that was none that has
    to do with a file; of pipes and of `/proc` no such error is known, and memory is another row's."""
    log = one.home.root / "log"
    log.write_text("")
    prefix = ["prlimit", f"--fsize={n}"] if call == "size" else strace(
        call, "-y", "-e", f"inject={call}:error={error}:when={n}", log=log)
    try:
        # SIGXFSZ stays ignored, as Python has it: a file that may not grow is an error.
        result = one.home.run("sync", prefix=prefix, restore_signals=False, timeout=10)
        status, said = result.returncode, result.stderr.strip()
    except subprocess.TimeoutExpired:
        one.home.end_all()
        status, said = None, "it does not end"
    is_beside = status == 127 or any(
        "(INJECTED)" in line and NO_FILE.search(line)
        for line in whole(log.read_text(errors="replace").splitlines()))
    return status, said, is_beside
