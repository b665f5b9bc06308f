"""The window while it trains: what it costs the training, and how late its event loop is.

    python -m benchmarks.window [--rounds N] [--every-panel]

Trains the models of ``benchmarks.training`` from the workspace *Train* of a window, with the usual
panels in sight, or one of every kind: in a thread and in a process of its own. One run each, in
slices that alternate: in one the window looks and draws as always, in the next it sleeps and
nothing is asked of the training, which has then what it has without a window; then a heartbeat of
5 ms tells how late the event loop is. The beat has slices of its own because it costs the training
as well: it takes the interpreter two hundred times a second. What follows an epoch for who looks
counts, evaluation does not.

Times are by the clock, less what the thread waited for a processor, as Linux counts it. That is not
all that other work on the machine changes: where the window loses its processor in the midst of
drawing, the training waits for it too. So what it keeps is told by the processor's time as well: as
if all that the window works were taken from it, beside what its own steps take longer. ``first`` is
the longest delay up to two seconds after the run began.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LAYERWEFT_HOME"] = tempfile.mkdtemp()

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from app.live_panels.kinds import KINDS
from app.look import theme
from app.main_window import MainWindow
from app.opening import collect_here
from app.runs.events import EpochEnded, Event, Steps
from app.settings import SettingsStore
from app.training.control import Control
from app.training_panel.session import TrainingSession
from app.workspaces.kinds import Workspace
from benchmarks.training import CASES, Case

TARGETS = {"MLP": 0.85, "CNN": 0.97}
IN_PROCESS = 0.97
LATEST = 16.0
HEARTBEAT = 5
"""Milliseconds between two beats."""
SLICE = 1.0
"""Seconds of a slice, of which the first tenth is left out."""
BEGINNING = 2.0
"""Seconds of the beginning of a run, whose delays are told apart."""
MANY = 10_000
"""Epochs: more than there are slices for."""


class Way(Enum):
    """What the window does in a slice."""

    LOOKS = auto()
    SLEEPS = auto()
    BEATS = auto()


class Moment(NamedTuple):
    """When so many steps had been told of, and how long their thread had worked and waited by then.

    ``is_end`` of an epoch, which was evaluated since the moment before.
    """

    time: float
    worked: float
    waited: float
    steps: int
    is_end: bool


class Slice(NamedTuple):
    """What the window did from one time to another, and the processor's time that it took."""

    way: Way
    begin: float
    end: float
    worked: float


class Heart:
    """Notes how late each beat of a timer in the window's event loop is."""

    def __init__(self) -> None:
        self.delays: list[float] = []
        self._last = self._waited = 0.0
        self._timer = QTimer(interval=HEARTBEAT)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Begin to listen."""
        self._last, self._waited = time.perf_counter(), of_processor(OWN)[1]
        self._timer.start()

    def stop(self) -> None:
        """Listen no more."""
        self._timer.stop()

    def _beat(self) -> None:
        now, waited = time.perf_counter(), of_processor(OWN)[1]
        passed = now - self._last - (waited - self._waited)
        self.delays.append(max(0.0, 1000 * passed - HEARTBEAT))
        self._last, self._waited = now, waited


OWN = "thread-self"


def of_processor(thread: str) -> tuple[float, float]:
    """Return how many seconds a thread had a processor and waited for one, 0 where nobody knows."""
    with suppress(OSError):
        worked, waited, _ = Path(f"/proc/{thread}/schedstat").read_text().split()
        return int(worked) / 1e9, int(waited) / 1e9
    return 0.0, 0.0


def training_thread() -> str:
    """Return the thread that trains: this one, or the first of a process of its own."""
    children = multiprocessing.active_children()
    return str(children[0].pid) if children else OWN


@dataclass(slots=True)
class Measured:
    """A run in slices."""

    moments: list[Moment] = field(default_factory=list)
    slices: list[Slice] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    delays: list[float] = field(default_factory=list)

    def listen(
        self, run: Callable[[Control], Iterator[Event]]
    ) -> Callable[[Control], Iterator[Event]]:
        """Return the same run, each of whose events is noted as it comes."""

        def heard(control: Control) -> Iterator[Event]:
            steps = 0
            for event in run(control):
                steps += len(event.losses) if isinstance(event, Steps) else 0
                worked, waited = of_processor(training_thread())
                is_end = isinstance(event, EpochEnded)
                self.moments.append(Moment(time.perf_counter(), worked, waited, steps, is_end))
                yield event

        return heard

    def speeds(self, way: Way) -> tuple[float, float]:
        """Return the steps a second in such slices: by the clock, and by the processor."""
        parts = [each for each in self.slices if each.way is way]
        steps = seconds = worked = 0.0
        for before, after in pairwise(self.moments):
            begin, end = before.time - SLICE / 10, after.time
            if not after.is_end and any(part.begin < begin and end < part.end for part in parts):
                steps += after.steps - before.steps
                seconds += after.time - before.time - (after.waited - before.waited)
                worked += after.worked - before.worked
        return steps / seconds if seconds else np.nan, steps / worked if worked else np.nan

    @property
    def kept(self) -> tuple[float, float]:
        """The share of its speed that the training keeps, by the clock and by the processor."""
        looking, sleeping = self.speeds(Way.LOOKS), self.speeds(Way.SLEEPS)
        return looking[0] / sleeping[0], looking[1] / sleeping[1]

    @property
    def works(self) -> float:
        """The share of the time that the window's thread works."""
        parts = [each for each in self.slices if each.way is Way.LOOKS]
        return median(part.worked / (part.end - part.begin) for part in parts)


class Measuring:
    """Has a run done in a window, in slices."""

    def __init__(self, window: MainWindow, rounds: int, done: Callable[[], None]) -> None:
        self.measured = Measured()
        self._session: TrainingSession = window.trainer.session
        self._heart, self._done = Heart(), done
        self._ways = [way for _ in range(rounds) for way in Way]
        self._way, self._began, self._worked = Way.BEATS, 0.0, 0.0
        self._asked: dict[str, tuple[str, ...]] = {}
        self._timer = QTimer(singleShot=True)
        self._timer.timeout.connect(self._go_on)
        begin = self._session.start
        self._session.start = lambda run: begin(self.measured.listen(run))  # type: ignore[method-assign]
        window.trainer.run_started.connect(self._begin)
        self._session.ended.connect(lambda _: done())

    def _begin(self) -> None:
        self._heart.start()
        self._timer.start(round(1000 * BEGINNING))

    def _go_on(self) -> None:
        """End a slice and begin the next."""
        if not self.measured.moments or not self.measured.moments[-1].steps:
            self._timer.start(round(1000 * SLICE))  # the data are still being read
            return
        now, worked = time.perf_counter(), time.thread_time()
        if not self._began:
            self.measured.first = [*self._heart.delays]
            self._heart.delays.clear()
        else:
            part = Slice(self._way, self._began, now, worked - self._worked)
            self.measured.slices.append(part)
        self._heart.stop()
        self._look()
        if not self._ways:
            self.measured.delays = self._heart.delays
            self._session.stop()
            return
        self._way = self._ways.pop(0)
        if self._way is Way.SLEEPS:
            self._sleep()
        if self._way is Way.BEATS:
            self._heart.start()
        self._began, self._worked = now, worked
        self._timer.start(round(1000 * SLICE))

    def _sleep(self) -> None:
        self._session._timer.stop()
        self._asked = dict(self._session._wanted)
        for asker in self._asked:
            self._session.observe(asker)

    def _look(self) -> None:
        self._session._timer.start()
        for asker, observers in self._asked.items():
            self._session.observe(asker, *observers)
        self._asked = {}


def in_window(
    application: QApplication, case: Case, rounds: int, *, isolated: bool, every_panel: bool
) -> Measured:
    """Train a case in a window, and return what was measured."""
    window = MainWindow(case.job().project, None, SettingsStore())
    window.resize(1280, 800)
    window.show()
    window.workspaces.go_to(Workspace.TRAIN)
    board = window.workspaces.training.inside.curves
    for name in KINDS:
        if every_panel and name not in board.places.panels:
            board.add(name)
    window.trainer.is_isolated = isolated
    measuring = Measuring(window, rounds, application.quit)
    waiting = QTimer(interval=20)  # for the data, which is read in the background

    def begin() -> None:
        if window.trainer.can_start:
            waiting.stop()
            window.trainer.start()

    waiting.timeout.connect(begin)
    waiting.start()
    application.exec()
    window.document.history.setClean()  # nothing to be asked about
    window.close()
    window.deleteLater()
    application.processEvents()
    return measuring.measured


def main() -> int:
    """Print a row for each case, in a thread and in a process."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--every-panel", action="store_true")
    options = parser.parse_args()
    application = QApplication(sys.argv[:1])
    collect_here(application)
    theme.manager().install()
    print(" " * 13 + "window works  training keeps  by processor  late p50     p99   first")
    for case in CASES:
        for isolated in (False, True):
            measured = in_window(
                application,
                replace(case, epochs=MANY),
                options.rounds,
                isolated=isolated,
                every_panel=options.every_panel,
            )
            target = IN_PROCESS if isolated else TARGETS[case.name]
            p50, p99 = np.percentile(measured.delays, (50, 99))
            by_clock, by_processor = measured.kept
            by_processor *= 1.0 if isolated else 1 - measured.works
            wrong = [f"below {target:.0%}"] * (max(by_clock, by_processor) < target)
            wrong += [f"later than {LATEST} ms"] * bool(p99 > LATEST)
            print(
                f"{case.name} {'process' if isolated else 'thread':8}{measured.works:13.1%}"
                f"{by_clock:16.1%}{by_processor:14.1%}"
                f"{p50:10.2f}{p99:8.2f}{max(measured.first):8.1f}",
                *wrong,
                flush=True,
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
