"""Does to downlink what chance and bad intentions may do, and counts what it survives.

    torture.py PROGRAM [--level commit|nightly|release] [--only T01,T02]

A row says what was done how often, and PASS, FAIL with every failure, or SKIP and why. The exit
status is 1 if anything failed; at the level `release` nothing may be skipped.
"""

import argparse
import sys
import time

import damage
import front
import interrupted
import pathological
import power
import remedies
import repositories
import rivals
import surroundings

# What is done, and how often at each level.
TESTS = {
    "T01": ("syncs killed", interrupted.killed, (4, 1000, 10_000)),
    "T02": ("power cuts", power.cuts, (90, 30_000, 300_000)),
    "T03": ("failing system calls", interrupted.faults, (4, 720, 720)),
    "T05": ("full disks", surroundings.full_disks, (2, 30, 60)),
    "T06": ("reads beside rival syncs", rivals.rivals, (1, 60, 3600)),
    "T07": ("damaged libraries", damage.libraries, (7, 2000, 100_000)),
    "T09": ("marks in a row", pathological.families, (5000, 50_000, 400_000)),
    "T19": ("hostile repositories and addresses", repositories.hostile, (10, 76, 200)),
    "T20": ("planted and damaged bundles", damage.bundles, (6, 500, 10_000)),
    "T21": ("traps in folders", surroundings.folders, (6, 15, 15)),
    "T27": ("runs watched", surroundings.isolation, (3, 8, 8)),
    "T28": ("front matters", front.fronts, (60, 5000, 50_000)),
    "T30": ("damages, each with its remedy", remedies.helped, (5, 32, 32)),
}
LEVELS = ("commit", "nightly", "release")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--level", choices=LEVELS, default="nightly")
    parser.add_argument("--only", default=",".join(TESTS))
    options = parser.parse_args()
    failed = False
    for name in options.only.split(","):
        what, run, counts = TESTS[name]
        start = time.monotonic()
        count, problems, note = run(options.program, counts[LEVELS.index(options.level)])
        word = "FAIL" if problems else "SKIP" if note.startswith("SKIP") else "PASS"
        failed |= bool(problems) or (word == "SKIP" and options.level == "release")
        print(f"{name} {word}  {count} {what}, {time.monotonic() - start:.1f} s"
              + (f" ({note})" if note else ""), flush=True)
        for problem in problems[:20]:
            print(f"    {problem}", flush=True)
    sys.exit(failed)


main()
