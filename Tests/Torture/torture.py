"""Does to downlink what chance and bad intentions may do, and counts what it survives.

    torture.py PROGRAM [--level commit|nightly|release] [--only T01,T02]

A row says what was done how often, and PASS, FAIL with every failure, or SKIP and why. Rows that
measure time run alone and first, the others in two lanes. The exit status is 1 if anything failed;
at the level `release` nothing may be skipped.
"""

import argparse
import collections
import concurrent.futures
import sys
import time
import traceback

import damage
import folders
import front
import interrupted
import pathological
import power
import remedies
import repositories
import rivals
import rounds
import surroundings

# What is done, and how often at each level; nightly T03 makes every call fail that a sync makes.
TESTS = {
    "T01": ("syncs killed", interrupted.killed, (100, 1000, 10_000)),
    "T02": ("power cuts", power.cuts, (1400, 30_000, 300_000)),
    "T03": ("failing system calls", interrupted.faults, (100, 100_000, 100_000)),
    "T05": ("full disks", surroundings.full_disks, (4, 30, 60)),
    "T06": ("reads beside rival syncs", rivals.rivals, (10, 180, 28_800)),
    "T07": ("damaged libraries", damage.libraries, (300, 5000, 100_000)),
    "T09": ("marks in a row", pathological.families, (5000, 50_000, 400_000)),
    "T19": ("hostile repositories and addresses", repositories.hostile, (40, 76, 200)),
    "T20": ("planted and damaged bundles", damage.bundles, (60, 500, 10_000)),
    "T21": ("traps in folders", folders.folders, (27, 27, 27)),
    "T27": ("runs watched", surroundings.isolation, (8, 8, 8)),
    "T28": ("front matters", front.fronts, (60, 5000, 50_000)),
    "T30": ("damages, each with its remedy", remedies.helped, (20, 32, 32)),
}
ALONE = ("T06", "T09")
LEVELS = ("commit", "nightly", "release")


def outcome(name, program, level, workers):
    """PASS, FAIL or SKIP, and what there is to say of it."""
    what, run, counts = TESTS[name]
    rounds.WORKERS = workers
    start = time.monotonic()
    try:
        count, problems, note = run(program, counts[LEVELS.index(level)])
    except Exception:
        count, problems, note = 0, [traceback.format_exc()], ""
    word = "FAIL" if problems else "SKIP" if "SKIP" in note else "PASS"
    said = [f"{name} {word}  {count} {what}, {time.monotonic() - start:.1f} s"
            + (f" ({note})" if note else "")]
    return word, "\n".join(said + [f"    {problem}" for problem in problems[:20]])


def outcomes(names, program, level):
    """Those of all rows, in their order."""
    alone = {name: outcome(name, program, level, 2) for name in names if name in ALONE}
    others = [name for name in names if name not in ALONE]
    with concurrent.futures.ProcessPoolExecutor(2) as lanes:
        # A row that has no other beside it may have both cores.
        tasks = {name: lanes.submit(outcome, name, program, level, 2 if len(others) == 1 else 1)
                 for name in others}
        for name in names:
            yield alone.get(name) or tasks[name].result()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--level", choices=LEVELS, default="nightly")
    parser.add_argument("--only", default=",".join(TESTS))
    options = parser.parse_args()
    start, words = time.monotonic(), collections.Counter()
    for word, said in outcomes(options.only.split(","), options.program, options.level):
        print(said, flush=True)
        words[word] += 1
    minutes, seconds = divmod(round(time.monotonic() - start), 60)
    print(f"{words['PASS']} of {words.total()} rows passed, {words['FAIL']} failed, "
          f"{words['SKIP']} skipped, in {minutes}:{seconds:02} min")
    sys.exit(words["FAIL"] > 0 or (options.level == "release" and words["SKIP"] > 0))


main()
