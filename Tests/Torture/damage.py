"""T07, T20 and T30: libraries and bundles that are damaged or planted."""

import collections
import random
import sqlite3
import subprocess

from home import Home, dump, versions
from rounds import generator, shared

PAGE = 4096
HANG = 2  # seconds
PLANTS = (
    "CREATE VIEW planted AS SELECT * FROM post",
    "CREATE TRIGGER planted AFTER INSERT ON post BEGIN DELETE FROM meta; END",
    "CREATE TABLE planted(x)", "CREATE INDEX planted ON post(title)", "DROP TABLE meta",
    "UPDATE post SET markdown = markdown || 'x'", "DELETE FROM post WHERE slug = 'p1'",
    "UPDATE post SET sha256 = zeroblob(32)", "UPDATE post SET title = x'ff00'",
    "PRAGMA user_version = 99", "PRAGMA application_id = 1", "PRAGMA journal_mode = WAL",
)


def changed(good, generator):
    """The bytes with one of seven kinds of damage, and its name."""
    bytes_, pages = bytearray(good), len(good) // PAGE
    kind = generator.choice(
        ["bit", "bit", "bits", "cut", "zeroed page", "swapped pages", "header", "noise"])
    place = generator.randrange(len(good))
    first, second = generator.randrange(pages) * PAGE, generator.randrange(pages) * PAGE
    if kind == "bit":
        bytes_[place] ^= 1 << generator.randrange(8)
    elif kind == "bits":
        for _ in range(20):
            bytes_[generator.randrange(len(good))] ^= 1 << generator.randrange(8)
    elif kind == "cut":
        bytes_ = bytes_[:place]
    elif kind == "zeroed page":
        bytes_[first:first + PAGE] = bytes(PAGE)
    elif kind == "swapped pages":
        bytes_[first:first + PAGE], bytes_[second:second + PAGE] = (
            bytes_[second:second + PAGE], bytes_[first:first + PAGE])
    elif kind == "header":
        bytes_[generator.randrange(100)] ^= 1 << generator.randrange(8)
    else:
        bytes_[first:first + PAGE] = generator.randbytes(PAGE)
    return bytes(bytes_), kind


def posts(library):
    """The posts as somebody reads them who trusts the file; None if that fails."""
    try:
        connection = sqlite3.connect(f"file:{library}?mode=ro&immutable=1", uri=True)
        connection.text_factory = bytes
        rows = list(connection.execute(
            "SELECT slug, title, date, text FROM post JOIN markdown ON post = id ORDER BY slug"))
        connection.close()
        return rows
    except sqlite3.DatabaseError:
        return None


def libraries(program, count, seed=7):
    problems, tally = shared(damage_libraries, count, program, seed)
    return count, problems, (
        f"{tally['silent']} touched nothing that is read, {tally['read']} a post alone, seed {seed}")


def damage_libraries(rounds, program, seed):
    problems, tally = [], collections.Counter()
    with Home(program) as home:
        (files, _), _ = home.both_versions()
        home.write_posts(1)
        good, whole = files["library.sqlite"], posts(home.library)
        # The version of git is no matter here, and takes as long as all the rest.
        home.environment["PATH"] = "/nowhere"
        for round in rounds:
            chance = generator(seed, round)
            bytes_, kind = changed(good, chance)
            home.restore({"library.sqlite": bytes_})
            found = []
            try:
                check = home.run("check", timeout=HANG)
                if home.library.read_bytes() != bytes_:
                    found.append("looking changed it")
                # One of another version is made anew from the shipped posts for this.
                listed = home.run("list", timeout=HANG)
            except subprocess.TimeoutExpired as error:
                problems.append((round, f"round {round} ({kind}), seed {seed}: {error}"))
                continue
            for result in (check, listed):
                if result.returncode not in (0, 1, 2):
                    found.append(f"status {result.returncode}: {result.stderr[:200]}")
            if check.returncode == 0:
                tally["silent"] += 1
                if posts(home.library) != whole:
                    found.append("a changed post is not reported")
            elif "`downlink" not in check.stdout:
                found.append(f"no advice: {check.stdout[:200]}")
            elif sound := posts_that_are_sound(check.stdout):
                tally["read"] += 1
                post = chance.choice(sound)
                if home.run("read", post, timeout=HANG).returncode != 0:
                    found.append(f"{post} cannot be read, of which nothing was said")
            problems += [(round, f"round {round} ({kind}), seed {seed}: {one}") for one in found]
    return problems, tally


def posts_that_are_sound(said):
    """Those of which `check` says nothing, where it speaks of posts only."""
    findings = [line for line in said.splitlines() if not line.startswith("note: ")]
    named = {line.split(":")[0] + ".md" for line in findings}
    return [name[:-3] for name in sorted(versions(1)) if name not in named] \
        if named <= set(versions(1)) else []


def bundles(program, count, seed=20):
    chance, problems, taken = random.Random(seed), [], 0
    with Home(program) as home, Home(program) as other:
        home.both_versions()
        file = home.root / "a 100%?#.bundle"
        written = home.run("bundle", "-o", str(file))
        if written.returncode != 0:
            return 0, [f"no bundle was written: {written.stderr}"], ""
        good = file.read_bytes()
        other.run("sync")
        whole = other.run("sync", str(file))
        if whole.returncode != 0:
            problems.append(f"a whole bundle is refused: {whole.stderr}")
        before = dump(other.library)
        cuts = [("cut", good[:size]) for size in range(0, len(good), PAGE)]
        for round in range(count):
            if round < len(PLANTS):
                file.write_bytes(good)
                connection = sqlite3.connect(file)
                connection.execute(PLANTS[round])
                connection.commit()
                connection.close()
                kind = PLANTS[round]
            else:
                kind, bytes_ = cuts[round - len(PLANTS)] if round - len(PLANTS) < len(cuts) \
                    else changed(good, chance)[::-1]
                file.write_bytes(bytes_)
            case = f"round {round} ({kind}), seed {seed}"
            beside = sorted(file.parent.iterdir())
            result = other.run("sync", str(file), timeout=40)
            check = other.run("check", str(file), timeout=40)
            if result.returncode not in (0, 1) or check.returncode not in (0, 1, 2):
                problems.append(f"{case}: status {result.returncode}: {result.stderr[:200]}")
            if sorted(file.parent.iterdir()) != beside:
                problems.append(f"{case}: something was made beside it")
            if dump(other.library) != before:
                problems.append(f"{case}: the library changed")
            if result.returncode == 0:
                taken += 1
                if round < len(PLANTS) + len(cuts):
                    problems.append(f"{case}: it was taken in")
    return count, problems, f"{taken} with a bit changed that means nothing"
