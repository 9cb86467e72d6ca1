"""T06: syncs and readers at once, with pauses in the middle of a sync."""

import random
import signal
import sqlite3
import threading
import time

from home import Home


def rivals(program, seconds, seed=6):
    problems, reads, syncs = [], [0], [0]
    end = time.monotonic() + seconds
    with Home(program) as home, Home(program) as rival:
        home.both_versions()
        # The rival syncs the same library from a folder of its own, under the same name.
        rival.write_posts(1)
        rival.environment["XDG_DATA_HOME"] = home.environment["XDG_DATA_HOME"]
        lists, bundles = set(), set()
        for one in (home, rival):
            assert one.run("sync").returncode == 0
            lists.add(one.run("list", "--json").stdout)
            bundles.add(bundled(one, home.root / "first.bundle")[1])

        def sync(one, generator):
            while syncs[0] < 4 or time.monotonic() < end:
                child = one.start("sync")
                if generator.random() < 0.5:
                    time.sleep(generator.uniform(0, 0.05))
                    child.send_signal(signal.SIGSTOP)
                    time.sleep(0.05)
                    child.send_signal(signal.SIGCONT)
                if child.wait() not in (0, 1):
                    problems.append(f"a sync ended with {child.returncode}")
                syncs[0] += 1

        def read():
            while reads[0] < 8 or time.monotonic() < end:
                result = home.run("list", "--json")
                reads[0] += 1
                if result.returncode != 0:
                    problems.append(f"a reader failed: {result.stderr.strip()}")
                elif result.stdout not in lists:
                    problems.append("a list holds two revisions")

        def carry(number):
            """Writes bundles, for which every post is read."""
            while reads[0] < 8 or time.monotonic() < end:
                error, posts = bundled(home, home.root / f"{number}.bundle")
                reads[0] += 1
                if error:
                    problems.append(f"a bundle failed: {error}")
                elif posts not in bundles:
                    problems.append("a bundle holds two revisions")

        threads = [
            threading.Thread(target=sync, args=(one, random.Random(seed + number)))
            for number, one in enumerate((home, rival, home))
        ] + [threading.Thread(target=read) for _ in range(6)] + [
            threading.Thread(target=carry, args=(number,)) for number in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return reads[0], problems, f"{syncs[0]} syncs, seed {seed}"


def bundled(home, file):
    """What is said of a failure, and the posts of the bundle that was written."""
    result = home.run("bundle", "-o", str(file))
    if result.returncode != 0:
        return result.stderr.strip(), ()
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    rows = tuple(connection.execute("SELECT slug, sha256 FROM post ORDER BY slug"))
    connection.close()
    return "", rows
