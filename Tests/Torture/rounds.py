"""The rounds of a row, shared by workers: processes that have homes of their own."""

import collections
import concurrent.futures
import random

WORKERS = 2


def shared(work, count, *arguments):
    """Calls `work(rounds, *arguments)` on each worker, with every second of the rounds.

    It gives problems as (round, text), and a Counter; here come the texts in the order of the
    rounds, and the sum.
    """
    workers = max(1, min(count, WORKERS))
    shares = [range(first, count, workers) for first in range(workers)]
    if workers == 1:
        results = [work(shares[0], *arguments)]
    else:
        with concurrent.futures.ProcessPoolExecutor(workers) as pool:
            results = [task.result() for task in
                       [pool.submit(work, share, *arguments) for share in shares]]
    problems = sorted(problem for found, _ in results for problem in found)
    return ([text for _, text in problems],
            sum((tally for _, tally in results), collections.Counter()))


def generator(seed, round):
    """What is random in a round, whoever does it."""
    return random.Random(f"{seed} {round}")
