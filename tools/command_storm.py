"""Random pauses, single steps and stops of a run, in a thread and in a process of its own.

``python -m tools.command_storm [--commands 2000]`` prints how long commands took to be followed,
and exits with 1 where one was not, or where something went on running.
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import queue
import random
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from app.project.examples import load_example
from app.runs.events import Event, Failed, Finished, Steps
from app.runs.job import Job
from app.training.control import Control
from app.training.engine import train
from app.training.process import train_in_process

_Drive = Callable[[Job, Control], Iterator[Event]]
_PATIENCE: Final = 60.0
"""Seconds after which a command counts as not followed."""
_QUIET: Final = 0.5
"""Seconds without an event after which a paused run has told all that it did before."""
DRIVES: Final[dict[str, _Drive]] = {"thread": train, "process": train_in_process}


class Storm:
    """One run that is told what to do at random, and what it tells in return."""

    def __init__(self, job: Job, drive: _Drive) -> None:
        self.control, self.events = Control(), queue.Queue[Event]()
        self.last_step = 0
        self._thread = threading.Thread(target=self._drive, args=(job, drive))
        self.control.pause()
        self._thread.start()

    def _drive(self, job: Job, drive: _Drive) -> None:
        for event in drive(job, self.control):
            self.events.put(event)

    def step(self) -> float:
        """Have one step done, and return the seconds until it was told; the run is paused."""
        began, before = time.perf_counter(), self.last_step
        self.control.step()
        while self.last_step < before + 1:
            self._take()
        if self.last_step != before + 1:
            raise AssertionError(f"{self.last_step - before} steps instead of one")
        return time.perf_counter() - began

    def go_on(self) -> float:
        """Let it go on, pause it again, and return the seconds until it told its last step."""
        self.control.resume()
        self._take_steps()
        last = began = time.perf_counter()
        self.control.pause()
        with contextlib.suppress(queue.Empty):
            while True:
                self._take(_QUIET)
                last = time.perf_counter()
        return last - began

    def stop(self) -> tuple[float, Event]:
        """End it; return the seconds that took, and its last event."""
        began = time.perf_counter()
        self.control.stop()
        event = self._take()
        while not isinstance(event, Finished):
            event = self._take()
        self._thread.join(_PATIENCE)
        if self._thread.is_alive():
            raise AssertionError("the thread goes on")
        return time.perf_counter() - began, event

    def _take(self, patience: float = _PATIENCE) -> Event:
        event = self.events.get(timeout=patience)
        if isinstance(event, Steps):
            self.last_step = event.step
        if isinstance(event, Failed):  # or it would look as if nobody had followed a command
            raise AssertionError(event)
        return event

    def _take_steps(self) -> None:
        while not isinstance(self._take(), Steps):
            pass


def storm(name: str, commands: int, seed: int = 0, pauses: float = 0.1) -> list[float]:
    """Give so many commands, and return how long each took; raises where one is not followed.

    ``pauses`` is the share of those that let the run go on and pause it again.
    """
    project = load_example("iris-mlp")
    project = replace(project, recipe=replace(project.recipe, epochs=1_000_000))
    chance = random.Random(seed)
    took: list[float] = []
    while len(took) < commands:
        run = Storm(Job(project, threads=1), DRIVES[name])
        run.step()  # by then it has begun
        for _ in range(min(commands - len(took), chance.randrange(50, 200))):
            is_left_alone = chance.random() < pauses
            took.append(run.go_on() if is_left_alone else run.step())
        took.append(run.stop()[0])
    return took


def main() -> int:
    """Storm both, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--commands", type=int, default=2000)
    options = parser.parse_args()
    for name in DRIVES:
        took = sorted(storm(name, options.commands))
        p99 = took[int(0.99 * (len(took) - 1))]
        print(f"{name}: {len(took)} commands, median {1000 * took[len(took) // 2]:.1f} ms, "
              f"p99 {1000 * p99:.1f} ms")  # fmt: skip
    left = [*multiprocessing.active_children(), *threading.enumerate()[1:]]
    print(f"still running: {left or 'nothing'}")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
