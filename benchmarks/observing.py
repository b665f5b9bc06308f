"""What it costs to watch a training: its throughput with observers relative to that without.

    python -m benchmarks.observing [--runs N]

Gradients and activations are looked at as often as the window has them looked at. Each watched run
follows one that nobody watches, of the same network on the same data; CPU time of the thread is
taken, which other work on the machine does not change, and the median of the ratios counts.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from statistics import median

from app.observing.observers import OBSERVERS
from app.runs.events import Event, Observed
from app.runs.job import Job
from app.training.control import Control
from app.training.engine import train
from benchmarks.training import CASES, Case, ours

TARGET = 0.95


def compare(case: Case, runs: int) -> None:
    """Print the share of its speed that a training keeps, and how often it was looked at."""
    shares, looks, steps = [], [], 0.0

    def watched(job: Job) -> Iterator[Event]:
        control = Control.of_nobody()
        control.observe(*OBSERVERS)
        count = 0
        for event in train(job, control):
            count += isinstance(event, Observed)
            yield event
        looks.append(count)

    for _ in range(runs):
        alone = ours(train, case.job(), time.thread_time)
        shares.append(alone / ours(watched, case.job(), time.thread_time))
        steps = alone
    share = median(shares)
    print(
        f"{case.name:4} {1000 * steps / case.steps:6.2f} ms a step  watched {share:6.1%}"
        f"  ({min(shares):.1%} to {max(shares):.1%}, {median(looks):.0f} looks)"
        f"{'' if share >= TARGET else f'  below {TARGET}'}",
        flush=True,
    )


def main() -> None:
    """Print the shares."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--runs", type=int, default=5)
    for case in CASES:
        compare(case, parser.parse_args().runs)


if __name__ == "__main__":
    main()
