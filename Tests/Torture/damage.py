"""T07, T20 and T30: libraries and bundles that are damaged or planted."""

import random
import sqlite3

from home import Home, dump

PAGE = 4096
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
    generator, problems, silent = random.Random(seed), [], 0
    with Home(program) as home:
        (files, _), _ = home.both_versions()
        home.write_posts(1)
        good = files["library.sqlite"]
        whole = posts(home.library)
        for round in range(count):
            bytes_, kind = changed(good, generator)
            home.restore({"library.sqlite": bytes_})
            case = f"round {round} ({kind}), seed {seed}"
            try:
                check = home.run("check", timeout=4)
                if home.library.read_bytes() != bytes_:
                    problems.append(f"{case}: looking changed it")
                # One of another version is made anew from the shipped posts for this.
                listed = home.run("list", timeout=4)
            except Exception as error:
                problems.append(f"{case}: {error}")
                continue
            for result in (check, listed):
                if result.returncode not in (0, 1, 2):
                    problems.append(f"{case}: status {result.returncode}: {result.stderr[:200]}")
            if check.returncode == 0:
                silent += 1
                if posts(home.library) != whole:
                    problems.append(f"{case}: a changed post is not reported")
            elif "`downlink" not in check.stdout:
                problems.append(f"{case}: no advice: {check.stdout[:200]}")
    return count, problems, f"{silent} touched nothing that is read"


def bundles(program, count, seed=20):
    generator, problems, taken = random.Random(seed), [], 0
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
                    else changed(good, generator)[::-1]
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
