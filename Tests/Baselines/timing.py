"""Options and timing shared by the twins.

`bench` runs a step in windows and prints one line: the median and best rate by wall clock, the
spread between windows, the rate per CPU-second (the figure to compare on one thread) and, where
there is one, the loss. Words on the command line choose the row of that name.
"""
import argparse
import statistics
import time

import torch


def options(**extra):
    """Parse the common options and those given as name=default; set threads and seed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("row", nargs="*", help="name of the only row to run")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--windows", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=0.6, help="length of one window")
    parser.add_argument("--compile", action="store_true", help="use torch.compile")
    parser.add_argument(
        "--fused", action=argparse.BooleanOptionalAction, default=True, help="use the fused AdamW")
    for name, default in extra.items():
        parser.add_argument("--" + name, type=type(default), default=default)
    parsed = parser.parse_args()
    torch.set_num_threads(parsed.threads)
    torch.manual_seed(0)
    return parsed


def bench(name, step, options, unit="steps/s", warm=20):
    """Time `step`, which may return a loss, and print one line about it."""
    if options.row and " ".join(options.row) != name:
        return
    start, done = time.perf_counter(), 0
    while done < warm and (done < 3 or time.perf_counter() - start < 8):
        step()
        done += 1
    start = time.perf_counter()
    step()
    count = max(1, int(options.seconds / max(time.perf_counter() - start, 1e-7)))

    wall, cpu, loss = [], [], None
    for _ in range(options.windows):
        wall_start, cpu_start = time.perf_counter(), time.process_time()
        for _ in range(count):
            loss = step()
        wall.append(count / (time.perf_counter() - wall_start))
        cpu.append(count / (time.process_time() - cpu_start))

    median = statistics.median(wall)
    spread = 100 * (max(wall) - min(wall)) / median
    tail = "" if loss is None else f" loss={float(loss):.4f}"
    print(
        f"{name:34s} threads={options.threads} median={median:10.1f} {unit} best={max(wall):10.1f} "
        f"spread={spread:4.0f}%  per-CPU-second={statistics.median(cpu):10.1f} "
        f"(best {max(cpu):.1f}){tail}",
        flush=True,
    )
