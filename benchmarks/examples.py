"""What the examples reach: the median of three seeds, on the validation and the test split.

    python -m benchmarks.examples [NAME ...]

Each seed also splits the data anew. A line fails (exit code 1) where the median on the validation
split is below the figure that the example states, or a run takes three minutes or more.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from statistics import median

from app.project.examples import TRAINED, Example
from app.runs.events import Finished
from app.runs.job import Job
from app.training.headless import run_headless
from graph_model.files.storage import load
from graph_model.problems import GraphError

SEEDS = (0, 1, 2)
MOST_SECONDS = 180.0


def run(example: Example, seed: int) -> Finished:
    """Train an example from one seed."""
    project = load(example.path)
    job = Job(replace(project, recipe=replace(project.recipe, seed=seed)))
    last = run_headless(job, lambda _: None)
    if not isinstance(last, Finished):
        raise GraphError(last.problem.message)
    return last


def main() -> int:
    """Train the named examples, or all."""
    names = sys.argv[1:]
    missed = False
    print(f"{'example':20}{'metric':>10}{'stated':>8}{'validation':>12}{'test':>8}{'seconds':>9}")
    for example in TRAINED:
        if names and example.name not in names:
            continue
        ends = [run(example, seed) for seed in SEEDS]
        validation = median(end.validation[example.metric] for end in ends)
        test = median(end.test[example.metric] for end in ends)
        seconds = max(end.seconds for end in ends)
        missed |= validation < example.reaches or seconds >= MOST_SECONDS
        print(
            f"{example.name:20}{example.metric:>10}{example.reaches:8.3f}{validation:12.4f}"
            f"{test:8.4f}{seconds:9.1f}",
            flush=True,
        )
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
