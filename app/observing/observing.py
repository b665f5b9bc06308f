"""When observers look: at a step now and then, so that they take a small share of the time."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Final, TypeVar

from torch.utils.hooks import RemovableHandle

from app.observing.catalogue import ALONE, observer_of
from app.observing.observers import Observer, Trained
from app.runs.events import Observed

T = TypeVar("T")

_LEAST: Final = 0.2
"""Seconds from one look to the next at least."""
_APART: Final = 20
"""How many times as long as an observed step it is to the next: they take a 21st of the time at
most, since looking takes less than the whole step does."""


class Observing:
    """Attaches observers to a step of a training when it is time, and asks them after it.

    While nobody is to look there are no hooks: it costs nothing.
    """

    def __init__(self, training: Trained) -> None:
        self._training = training
        self._observers: list[Observer] = []
        self._handles: list[RemovableHandle] = []
        self._began = self._due = 0.0
        self._turns = 0

    @property
    def is_attached(self) -> bool:
        """Whether the step under way is observed."""
        return bool(self._handles)

    def before_step(self, names: Sequence[str]) -> None:
        """Attach these observers where it is time to look again."""
        now = time.perf_counter()
        if self._handles or now < self._due:
            return
        self._began, self._due = now, now + _LEAST
        for observer in filter(None, map(observer_of, self._next_of(names))):
            handles = [*observer.attach(self._training)]
            if handles:
                self._observers.append(observer)
                self._handles += handles

    def _next_of(self, names: Sequence[str]) -> Sequence[str]:
        """Return whose turn it is: of one who looks alone, or of all others together."""
        others = [each for each in names if each not in ALONE]
        groups = [*([each] for each in names if each in ALONE), *filter(None, [others])]
        self._turns += 1
        return groups[(self._turns - 1) % len(groups)] if groups else []

    def after_step(self, step: int) -> Observed | None:
        """Return what was seen of a step, and look no more for a while.

        A batch that is only added up moves no weights: then the next one is looked at too.
        """
        figures = [each.figures() for each in self._observers]
        if not all(figures):
            return None
        arrays = [each.arrays() for each in self._observers]
        self.detach()
        now = time.perf_counter()
        self._due = now + max(_LEAST, _APART * (now - self._began))
        return Observed(step, _joined(figures), _joined(arrays))

    def detach(self) -> None:
        """Take all hooks away."""
        for handle in self._handles:
            handle.remove()
        self._handles.clear()
        self._observers.clear()


def _joined(seen: Sequence[Mapping[str, Mapping[str, T]]]) -> dict[str, Mapping[str, T]]:
    """Return what all observers saw by name; of two that saw the same, of several layers, both."""
    joined: dict[str, Mapping[str, T]] = {}
    for each in seen:
        for name, found in each.items():
            joined[name] = {**joined.get(name, {}), **found}
    return joined
