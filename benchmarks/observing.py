"""What it costs to watch a training: the processor time of a look, over the time between two.

    python -m benchmarks.observing [--pairs N]

The text of a training takes plain and observed steps in turn, on the same data; processor time of
the thread is taken, which other work on the machine hardly changes, and medians count. Those who
look at a step alone are measured alone, all others together. With it stands what the engine asks at
each step where nobody watches, and what it takes to read a loss for signs that something is wrong.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from statistics import median
from timeit import timeit

import torch

from app.diagnosis.chance import Chance
from app.diagnosis.signs import Signs
from app.observing import observing
from app.observing.catalogue import ALONE, OBSERVERS
from app.observing.observing import Observing
from app.training.building import begin
from app.training.control import Control
from app.training.samples import read_samples
from benchmarks.training import CASES, Case
from codegen.build import build_project

MOST = 0.05


def compare(case: Case, names: Sequence[str], pairs: int) -> None:
    """Print what a look adds to a step, and the share of the time that all looks take."""
    job = case.job()
    torch.set_num_threads(1)
    training = begin(job, read_samples(job), build_project(job.project))
    events, watching = training.events(), Observing(training)
    next(events)
    plain, observed = [], []
    while len(observed) < pairs:
        for times, is_observed in ((plain, False), (observed, True)):
            while not 0 < training.step < training.steps - 2:  # no evaluation among them
                next(events)
            began = time.thread_time()
            if is_observed:
                watching._due = 0.0
                watching.before_step(names)
            next(events)
            if is_observed:
                assert watching.after_step(1) is not None
            times.append(time.thread_time() - began)
    step, look = median(plain), max(0.0, median(observed) - median(plain))
    apart = max(observing._LEAST, observing._APART * median(observed))
    share, quiet = look / (apart + look), _asked(watching) / step
    who = names[0] if len(names) == 1 else "others"
    print(
        f"{case.name:4} {who:11} {1000 * step:6.2f} ms a step; a look adds {1000 * look:.2f} ms "
        f"every {apart:.2f} s: {share:.2%}{f'  above {MOST:.0%}' if share > MOST else ''}; "
        f"where nobody watches {quiet:.4%}, reading its loss for signs {_read() / step:.4%}",
        flush=True,
    )


def _asked(watching: Observing) -> float:
    """Return the seconds that it takes to ask whether anybody watches, once a step."""
    control, count = Control(), 100_000
    return timeit(lambda: control.observers or watching.is_attached, number=count) / count


def _read() -> float:
    """Return the seconds that it takes to read a loss for signs that something is wrong."""
    signs, losses = Signs(Chance(2.3)), [2.3 * 0.99**step for step in range(500)]
    began = time.thread_time()
    for _ in range(100):
        signs.take_losses(losses)
    return (time.thread_time() - began) / 50_000


def main() -> None:
    """Print the shares."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--pairs", type=int, default=100)
    others = [each for each in OBSERVERS if each not in ALONE]
    pairs = parser.parse_args().pairs
    for case in CASES:
        compare(case, others, pairs)
        for name in ALONE:
            compare(case, [name], pairs)


if __name__ == "__main__":
    main()
