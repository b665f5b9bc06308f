"""Kills one of two processes that share a training, again and again, and compares the losses.

``python -m tools.rank_storm [--kills 20]`` prints a line for each kill, and exits with 1 where the
run does not come to its end with the losses of one process.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Final

import psutil

from app.project.examples import load_example
from app.runs.events import Event, Finished, Steps
from app.runs.job import Job
from app.training.engine import train
from app.training.scripted import train_at
from app.training.torchrun import Torchrun
from graph_model.recipe import Choice

_SMALL: Final = 1e-2
"""A loss below which a difference counts by itself: after many epochs some losses are 0."""


def main() -> int:
    """Train once alone and once with kills, and tell how far apart they are."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    project = load_example("iris-mlp")
    recipe = replace(project.recipe, epochs=40 * options.kills, options=(Choice("distributed"),))
    job = Job(replace(project, recipe=recipe), threads=1)
    alone = _losses(list(train(job)))
    chance, killed, events = random.Random(options.seed), 0, []
    with tempfile.TemporaryDirectory() as folder:
        place = Torchrun(2, restarts=options.kills + 2)
        due = chance.randrange(1, 60)
        for event in train_at(place, replace(job, folder=Path(folder) / "run")):
            events.append(event)
            due -= 1
            if due == 0 and killed < options.kills:
                killed += _kill_one(chance)
                due = chance.randrange(1, 60)
                print(f"kill {killed} after {len(events)} events", flush=True)
    print(events[-1])
    shared = _losses(events)
    worst = max(
        (abs(a - b) / max(abs(a), _SMALL) for a, b in zip(alone, shared, strict=False)),
        default=math.inf,
    )
    print(f"{killed} kills, {len(shared)} of {len(alone)} losses, largest difference {worst:.1e}")
    is_whole = isinstance(events[-1], Finished) and len(shared) == len(alone)
    return 0 if is_whole and worst < 1e-3 else 1


def _kill_one(chance: random.Random) -> int:
    """Kill one of the processes that train; return how many were."""
    children = {each: each.cmdline() for each in psutil.Process().children(recursive=True)}
    training = [each for each, line in children.items() if _is_script(line)]
    if not training:
        return 0
    chance.choice(training).kill()
    return 1


def _is_script(line: list[str]) -> bool:
    return "watched.py" in line and "torch.distributed.run" not in line


def _losses(events: list[Event]) -> list[float]:
    return [loss for event in events if isinstance(event, Steps) for loss in event.losses]


if __name__ == "__main__":
    sys.exit(main())
