"""T01 and T03: a sync that is killed, or whose system calls fail."""

import collections
import os
import random
import re
import shutil
import signal
import time

from home import Home, dump, library_findings

CALLS = "openat,pwrite64,write,fsync,fdatasync,ftruncate,unlink,fcntl"
FAULTS = {
    "openat": ("EIO", "EMFILE", "EACCES", "ENOSPC"), "read": ("EIO", "EINTR"),
    "pread64": ("EIO",), "write": ("EIO", "ENOSPC", "EINTR"), "pwrite64": ("EIO", "ENOSPC"),
    "fsync": ("EIO", "ENOSPC"), "fdatasync": ("EIO", "ENOSPC"), "ftruncate": ("EIO", "ENOSPC"),
}


def verdict(home, old, new, thorough):
    """What is wrong with the library after an interruption; nothing if it is the old or the new."""
    problems = []
    listed = home.run("list", "--json")
    if listed.returncode != 0:
        return [f"it does not open: {listed.stderr.strip()}"]
    found = dump(home.library)
    if found not in (old, new):
        problems.append("it is neither the old nor the new")
    if thorough:
        problems += library_findings(home)
    again = home.run("sync")
    if again.returncode != 0 or dump(home.library) != new:
        problems.append(f"the next sync does not make it new: {again.stderr.strip()}")
    return problems


def calls_of_sync(home):
    """How often a sync makes each of the calls that write."""
    log = home.root / "log"
    home.run("sync", prefix=["strace", "-qq", "-f", "-o", str(log), "-e", f"trace={CALLS}"])
    made = re.findall(r"^\d+ +(\w+)\(", log.read_text(errors="replace"), re.MULTILINE)
    return collections.Counter(made)


def killed(program, count, seed=1):
    """Kills a sync after random times, then at any of the system calls that write."""
    generator = random.Random(seed)
    problems, hot = [], 0
    with Home(program) as home:
        (files, old), (_, new) = home.both_versions()
        start = time.monotonic()
        home.run("sync")
        duration = time.monotonic() - start
        has_strace = shutil.which("strace") is not None
        if has_strace:
            home.restore(files)
            counts = calls_of_sync(home)
        for round in range(count):
            home.restore(files)
            if round % 2 == 0 or not has_strace:
                child = home.start("sync")
                time.sleep(generator.uniform(0, 1.1 * duration))
                child.send_signal(signal.SIGKILL)
                child.wait()
            else:
                call = generator.choice(sorted(counts))
                home.run("sync", prefix=[
                    "strace", "-qq", "-f", "-o", os.devnull, "-e",
                    f"inject={call}:signal=SIGKILL:when={generator.randint(1, counts[call])}"])
            journal = home.files().get("library.sqlite-journal", b"")
            hot += any(journal[:8])
            found = verdict(home, old, new, thorough=round % 4 == 0)
            problems += [f"round {round}, seed {seed}: {problem}" for problem in found]
    note = f"{hot} with a hot journal"
    return count, problems, note if has_strace else note + "; SKIP system calls: no strace"


def faults(program, count, seed=3):
    """Lets the n-th call of a kind fail, for kinds and n in turn."""
    if shutil.which("strace") is None:
        return 0, [], "SKIP: no strace"
    generator = random.Random(seed)
    cases = [(call, error, n) for call, errors in FAULTS.items() for error in errors
             for n in range(1, 41)]
    generator.shuffle(cases)
    problems, failed = [], 0
    with Home(program) as home:
        (files, old), (_, new) = home.both_versions()
        for call, error, n in cases[:count]:
            home.restore(files)
            result = home.run("sync", prefix=[
                "strace", "-qq", "-f", "-o", os.devnull, "-e", f"inject={call}:error={error}:when={n}"])
            case = f"{call} {n} {error}"
            said = result.stderr.strip()
            if result.returncode == 127:  # the loader failed before the program began
                continue
            if result.returncode not in (0, 1, 2):
                problems.append(f"{case}: status {result.returncode}: {said}")
            if result.returncode == 1 and not said:
                problems.append(f"{case}: it says nothing")
            failed += result.returncode != 0
            # A file that may not be opened is refused by name, and its post goes out until it may.
            if result.returncode == 2 and "refused: " in said:
                home.restore(files)
            problems += [f"{case}: {problem}" for problem in verdict(home, old, new, False)]
    return len(cases[:count]), problems, f"{failed} ended with a message, the others went through"
