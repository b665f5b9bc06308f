"""How a run is told on a terminal: a bar while it goes on, a line for every epoch."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Final, TextIO

from app.runs.events import (
    BegunWith,
    EpochEnded,
    Event,
    Failed,
    Figure,
    Finished,
    Kept,
    Metrics,
    Noticed,
    NotKept,
    Resumed,
    Started,
    Unreached,
    numbers,
)
from app.runs.record import Record
from graph_model.network import Network

_WIDTH: Final = 24
_CLEAR: Final = "\r\x1b[K"


class Progress:
    """Tells a run: lines to one stream, and a bar where that is a terminal."""

    def __init__(self, network: Network, stream: TextIO | None = None) -> None:
        self._network = network
        self._stream = stream or sys.stdout
        self._live = self._stream.isatty()
        self.record = Record()

    def show(self, event: Event) -> None:
        """Take one event in, and tell it."""
        self.record.add(event)
        match event:
            case Started():
                self._line(
                    f"{event.parameters:,} parameters on {event.device}; {event.train_samples:,} "
                    f"samples to train, {event.validation_samples:,} to validate, "
                    f"{event.test_samples:,} to test"
                )
                if event.left_out:
                    self._line(f"{event.left_out:,} rows left out: a value is missing")
            case BegunWith():
                self._line(f"begins with {event.taken} weights of {event.path}")
                if event.left:
                    self._line(f"  left as new: {', '.join(event.left)}")
                if event.unused:
                    self._line(f"  not used: {', '.join(event.unused)}")
            case Resumed():
                self._line(f"goes on after {event.epoch} epochs, {event.step:,} steps")
            case EpochEnded():
                star = " *" if event.is_best else ""
                self._line(f"{self._epoch(event)}  {figures(event.validation)}{star}")
                if event.unreadable:
                    first = event.first_unreadable
                    self._line(f"  left out: {event.unreadable:,}, the first: {first}")
            case Noticed():
                self._notice(event)
            case Finished():
                self._end(event)
            case NotKept(problem) | Unreached(problem):
                self._line(f"warning: {problem.message}")
            case Kept(folder):
                self._line(f"The run is kept in {folder}.")
            case Failed(problem):
                node = self._network.nodes.get(problem.node)
                self._line(f"error: {f'{node.name}: ' if node else ''}{problem.message}")
        if self._live and self.record.ended is None:
            self._stream.write(f"{_CLEAR}{self._bar()} {clock(self.record.seconds_left())} left")
        self._stream.flush()

    def _notice(self, event: Noticed) -> None:
        """Tell what looks wrong, beside the figures, and what would mend it."""
        problem = event.problem
        fixes = "".join(f"\n  {fix.message}." for fix in problem.fixes)
        start = _CLEAR if self._live else ""
        print(f"{start}noticed in step {event.step}: {problem.message}{fixes}", file=sys.stderr)

    def _end(self, event: Finished) -> None:
        word = "stopped" if event.stopped else "done"
        self._line(f"{word} after {event.epochs} epochs, {clock(event.seconds)}")
        self._line(f"validation (epoch {event.best_epoch}): {figures(event.validation)}")
        if event.test:
            self._line(f"test: {figures(event.test)}")
        for name, figure in (event.test or event.validation).items():
            for line in _lines(name, figure):
                self._line(line)

    def _epoch(self, event: EpochEnded) -> str:
        started = self.record.started
        total = started.epochs if started else event.epoch
        return f"{self._bar()} epoch {event.epoch:{len(str(total))}}/{total}"

    def _bar(self) -> str:
        done = self.record.fraction or 0.0
        full = round(done * _WIDTH)
        return f"[{'█' * full}{'·' * (_WIDTH - full)}] {done:4.0%}"

    def _line(self, text: str) -> None:
        self._stream.write(f"{_CLEAR if self._live else ''}{text}\n")


def figures(metrics: Metrics) -> str:
    """Write figures on one line: ``loss 0.07120  accuracy 0.9833``."""
    return "  ".join(f"{name} {value:#.4g}" for name, value in numbers(metrics).items())


def _lines(name: str, figure: Figure) -> Iterator[str]:
    """Write a figure of many numbers below its name: one line for each class or true class."""
    if isinstance(figure, int | float):
        return
    yield f"{name}:"
    for index, row in enumerate(figure):
        cells = " ".join(map(str, row)) if isinstance(row, Sequence) else f"{row:#.4g}"
        yield f"{index:6}  {cells}"


def clock(seconds: float | None) -> str:
    """Write a duration as minutes and seconds."""
    if seconds is None:
        return "–:––"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"
