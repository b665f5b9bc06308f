"""Of what is told of many epochs, as much as memory should hold."""

from __future__ import annotations

from typing import Final, Protocol, TypeVar

MOST: Final = 64
"""The number of epochs of which something is remembered."""


class OfEpoch(Protocol):
    """What was told at the end of an epoch."""

    @property
    def epoch(self) -> int: ...


AnyOfEpoch = TypeVar("AnyOfEpoch", bound=OfEpoch)


class EpochsKept(list[AnyOfEpoch]):
    """A list to which events of epochs are added, of which a part stays."""

    def __init__(self) -> None:
        super().__init__()
        self._apart = 1

    def add(self, event: AnyOfEpoch) -> None:
        """Take one in; of many those stay that are equally far apart, and the last."""
        while len(self) >= MOST:
            self._apart *= 2
            self[:] = [each for each in self if not each.epoch % self._apart]
        if self and self[-1].epoch % self._apart:
            self.pop()
        self.append(event)
