"""Follows a network while it computes, through its blocks and their repeats."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple, TypeAlias

from torch import Tensor

from graph_model.network import NodeId
from graph_model.recipe import NodePath
from graph_model.recipes.within import join


class Spot(NamedTuple):
    """A node in one pass of the blocks around it: which repeat of each that is, from 0 on."""

    path: NodePath
    turns: tuple[int, ...] = ()


Look: TypeAlias = Callable[[Spot, str, Tensor], None]
"""Takes what a node gives at a port, at once: an operation in place may write over it later."""


class _Level:
    """One ``forward`` under way: where it is, the node in hand, and how often blocks were used."""

    def __init__(self, path: NodePath, turns: tuple[int, ...]) -> None:
        self.path, self.turns = path, turns
        self.node: NodeId = ""
        self.began = 0.0
        self.uses: Counter[NodeId] = Counter()

    def spot(self, node: NodeId) -> Spot:
        return Spot(join(self.path, node), self.turns)


class Watch:
    """Is told by :func:`codegen.build.build_watched` what is computed, and tells who looks.

    ``seconds`` is what each node took when it was computed last, a block all that is within it.
    """

    def __init__(self) -> None:
        self.look: Look | None = None
        self.seconds: dict[Spot, float] = {}
        self._levels: list[_Level] = []

    @contextmanager
    def within(self) -> Iterator[None]:
        """Go into a ``forward``."""
        self._levels.append(self._entered())
        try:
            yield
        finally:
            self._levels.pop()

    def _entered(self) -> _Level:
        if not self._levels:
            return _Level("", ())
        around = self._levels[-1]
        turn = around.uses[around.node]
        around.uses[around.node] += 1
        return _Level(join(around.path, around.node), (*around.turns, turn))

    def begin(self, node: NodeId) -> None:
        """Take it that this node is computed next."""
        level = self._levels[-1]
        level.node, level.began = node, time.perf_counter()

    def saw(self, node: NodeId, port: str, value: object) -> None:
        """Hand on what a node gives."""
        level = self._levels[-1]
        spot = level.spot(node)
        if node == level.node and level.began:
            self.seconds[spot] = time.perf_counter() - level.began
            level.began = 0.0
        if self.look is not None and isinstance(value, Tensor):
            self.look(spot, port, value.detach())
