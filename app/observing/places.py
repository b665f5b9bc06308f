"""Which node of the drawing is under way: by lines of the generated text, and by its modules."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from traceback import FrameSummary
from types import FrameType
from typing import Final, TypeAlias

from app.observing.nodes import Nodes
from codegen.build import Built
from codegen.emit import Origin
from graph_model.network import NodeId
from graph_model.recipe import BETWEEN, NodePath
from graph_model.recipes.within import join

Spot: TypeAlias = tuple[FrameSummary, ...]
"""The frames of the generated text on the stack, the outermost first."""
_BYTES: Final = 2
"""What an instruction of CPython takes: by their number the columns of a line are kept."""


class Places:
    """Tells the path of the node for which torch is called just now."""

    def __init__(self, built: Built, nodes: Nodes) -> None:
        self._built, self._nodes = built, nodes
        self._known: dict[tuple[object, ...], tuple[NodePath, ...]] = {}
        self._times: Counter[tuple[object, ...]] = Counter()

    def begin(self) -> None:
        """Begin a step: what a loop calls is told apart by the turn in which it does."""
        self._times.clear()

    def now(self, module: str, function: str) -> NodePath:
        """Return the path of the node under way, "" outside the network.

        ``module`` is the name of the innermost module under way, which finds what lies in a chain
        that has no text of its own, and the layers of a list in a loop; ``function`` is what is
        called of torch.
        """
        spot = tuple(_spots(self._built.file_name))
        key = (module, function, *((each.lineno, each.colno, each.end_colno) for each in spot))
        if key not in self._known:
            self._known[key] = self._paths(spot, module, function)
        paths, turn = self._known[key], self._times[key]
        self._times[key] += 1
        return paths[turn % len(paths)]

    def _paths(self, spot: Spot, module: str, function: str) -> tuple[NodePath, ...]:
        """Return the path of the node; of functions that a loop calls those of all turns."""
        origins = [origin for each in spot if (origin := self._built.origin_of(each)) is not None]
        path = join(*(each.node for each in origins))
        is_in_loop = bool(origins) and not origins[-1].text
        by_name = self._nodes.find(module) if module else None
        if by_name is not None:
            depth, here = by_name.path.count(BETWEEN), path.count(BETWEEN)
            is_told = not path or depth > here or (is_in_loop and depth == here)
            return (by_name.path if is_told else path,)
        if is_in_loop:
            around = [each.node for each in origins[:-1]]
            turns = self._of_function(spot[-1], function)
            return tuple(join(*around, each) for each in turns) or (path,)
        return (path,)

    def _of_function(self, frame: FrameSummary, function: str) -> list[NodeId]:
        """Return the nodes of a line of a loop that call a function by the name of their kind."""
        found = self._built.origins_of(frame)
        return [each.node for each in found if self._kind(each) == function.replace("_", "")]

    def _kind(self, origin: Origin) -> str:
        return self._nodes.kind(origin.network, origin.node).lower()


def _spots(file_name: str) -> Iterator[FrameSummary]:
    """Return the frames of a file on the stack, the outermost first."""
    found: list[FrameSummary] = []
    frame: FrameType | None = sys._getframe(2)
    while frame is not None:
        if frame.f_code.co_filename == file_name:
            found.append(_summary(frame))
        frame = frame.f_back
    yield from reversed(found)


def _summary(frame: FrameType) -> FrameSummary:
    """Return a frame with the columns of the expression that it is at."""
    code = frame.f_code
    where = next(islice(code.co_positions(), frame.f_lasti // _BYTES, None))
    line, end_line, column, end_column = where
    return FrameSummary(
        code.co_filename,
        line or frame.f_lineno,
        code.co_name,
        lookup_line=False,
        end_lineno=end_line,
        colno=column,
        end_colno=end_column,
    )
