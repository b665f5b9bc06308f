"""Channels as numbers that are joined where they can only go together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from graph_model.recipe import NodePath

Line: TypeAlias = tuple[int, ...]
"""The channels along an axis, one for each of its places."""
Axes: TypeAlias = "tuple[Line | None, ...]"
"""What each axis of a tensor carries: ``None`` for what is no channel, such as the batch."""


class Channels:
    """Numbers that stand for channels; those that are joined have one root.

    A channel is fixed where the node at a path cannot do without it, and loose where its going
    changes the others a little, as under a layer norm.
    """

    def __init__(self) -> None:
        self._above: list[int] = []
        self._fixed: dict[int, NodePath] = {}
        self._loose: set[int] = set()

    def fresh(self, count: int) -> Line:
        """Return so many new channels."""
        first = len(self._above)
        self._above.extend(range(first, first + count))
        return tuple(range(first, first + count))

    def root(self, channel: int) -> int:
        """Return the one that stands for all that a channel is joined with."""
        above = self._above
        while above[channel] != channel:
            above[channel] = above[above[channel]]
            channel = above[channel]
        return channel

    def join(self, one: Iterable[int], other: Iterable[int]) -> None:
        """Let the channels of two lines go together, place by place."""
        for a, b in zip(one, other, strict=True):
            kept, gone = self.root(a), self.root(b)
            if kept == gone:
                continue
            self._above[gone] = kept
            if gone in self._fixed:
                self._fixed.setdefault(kept, self._fixed.pop(gone))
            if gone in self._loose:
                self._loose.add(kept)

    def join_all(self, lines: Sequence[Line]) -> None:
        """Let the channels of several lines go together, place by place."""
        for other in lines[1:]:
            self.join(lines[0], other)

    def fix(self, line: Iterable[int], path: NodePath) -> None:
        """Say that the node at a path needs all of these."""
        for channel in line:
            self._fixed.setdefault(self.root(channel), path)

    def loosen(self, line: Iterable[int]) -> None:
        """Say that the others of these change where one of them goes."""
        self._loose.update(map(self.root, line))

    def fixed_by(self, root: int) -> NodePath | None:
        """Return the node that needs a channel, ``None`` where it can go."""
        return self._fixed.get(root)

    def is_loose(self, root: int) -> bool:
        """Tell whether others change where this one goes."""
        return root in self._loose
