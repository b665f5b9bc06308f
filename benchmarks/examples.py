"""What the examples reach: the median over three seeds, and how long one run takes.

./dev bench examples
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from app.examples import BY_NAME, EXAMPLES, Example, load_example
from app.training.events import Finished
from app.training.job import Job
from app.training.loop import train

SEEDS = (0, 1, 2)


def main(names: Sequence[str]) -> int:
    """Train each example, all of them where none is named; 1 where a figure is not reached."""
    missed = 0
    print(f"{'example':18} {'figure':9} {'stated':>7} {'median':>7} {'test':>7} {'seconds':>8}")
    for example in [BY_NAME[name] for name in names] or EXAMPLES:
        ends = [run(example, seed) for seed in SEEDS]
        reached = median(end.validation[example.metric] for end in ends)
        test = median(end.test[example.metric] for end in ends)
        seconds = median(end.seconds for end in ends)
        missed += reached < example.reaches
        print(
            f"{example.name:18} {example.metric:9} {example.reaches:7.3f} {reached:7.3f} "
            f"{test:7.3f} {seconds:8.1f}",
            flush=True,
        )
    return 1 if missed else 0


def run(example: Example, seed: int) -> Finished:
    """Train an example once."""
    project = load_example(example.name)
    project = replace(project, recipe=replace(project.recipe, seed=seed))
    *_, end = train(Job(project, threads=os.cpu_count() or 1))
    assert isinstance(end, Finished), end
    return end


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
