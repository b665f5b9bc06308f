"""Many rectangles or lines in arrays that have the form of Qt's own, painted without a copy."""

from __future__ import annotations

import math
from array import array
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, Generic, NamedTuple, TypeAlias, TypeVar, cast

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QPainter
from shiboken6 import Shiboken

_OF_ONE: Final = 4
"""How many numbers of an array a rectangle or a line takes."""
_IN_A_CELL: Final = 100
"""How many lie, about, in one of the cells that are in view, or are not."""

K = TypeVar("K", bound=Hashable)
Four: TypeAlias = tuple[float, float, float, float]
Rows: TypeAlias = tuple[int, int]


class _Cell(NamedTuple):
    """What lies together: how far it reaches, and where in the array it is."""

    left: float
    top: float
    right: float
    bottom: float
    rows: Rows

    def is_seen(self, area: QRectF) -> bool:
        """Tell whether something of it may lie in an area."""
        return (
            self.left <= area.right()
            and self.right >= area.left()
            and self.top <= area.bottom()
            and self.bottom >= area.top()
        )


class _Batch(Generic[K]):
    """Some of one look, by key. Those near one another lie side by side, in cells."""

    def __init__(self, members: Mapping[K, Four]) -> None:
        self._keys: list[K] = []
        self._cells: list[_Cell] = []
        for keys in _cells(members):
            first = len(self._keys)
            self._keys += keys
            ends = [self._ends(members[key]) for key in keys]
            lefts, tops, rights, bottoms = zip(*ends, strict=True)
            reach = (min(lefts), min(tops), max(rights), max(bottoms))
            self._cells.append(_Cell(*reach, (first, len(self._keys))))
        self._rows = {key: row for row, key in enumerate(self._keys)}
        self._numbers = array("d", chain.from_iterable(map(members.__getitem__, self._keys)))
        self._moved: set[int] = set()

    def __getitem__(self, key: K) -> Four:
        first = _OF_ONE * self._rows[key]
        return cast(Four, tuple(self._numbers[first : first + _OF_ONE]))

    def __contains__(self, key: K) -> bool:
        return key in self._rows

    def __len__(self) -> int:
        return len(self._keys)

    def move(self, key: K, to: Four) -> None:
        """Let one lie elsewhere."""
        row = self._rows[key]
        first = _OF_ONE * row
        self._numbers[first : first + _OF_ONE] = array("d", to)
        self._moved.add(row)

    def seen(self, areas: Sequence[QRectF]) -> Iterator[Rows]:
        """Yield the rows of the array, from where up to where, of cells that reach into areas."""
        seen = [each.rows for each in self._cells if any(map(each.is_seen, areas))]
        yield from seen
        for row in self._moved:  # wherever they are by now
            if not any(first <= row < end for first, end in seen):
                yield row, row + 1

    def members(self, rows: Rows) -> Iterator[tuple[K, float, float]]:
        """Yield those in some rows, and the first two of their numbers."""
        first, end = rows
        numbers = self._numbers[_OF_ONE * first : _OF_ONE * end]
        yield from zip(self._keys[first:end], numbers[::_OF_ONE], numbers[1::_OF_ONE], strict=True)

    def paint(self, painter: QPainter, areas: Sequence[QRectF]) -> None:
        """Paint those that may lie in some areas, in as few calls as can be."""
        start, size = self._numbers.buffer_info()[0], _OF_ONE * self._numbers.itemsize
        for first, end in _joined(self.seen(areas)):
            self._draw(painter, start + size * first, end - first)

    def _ends(self, of: Four) -> Four:
        raise NotImplementedError

    def _draw(self, painter: QPainter, at: int, count: int) -> None:
        raise NotImplementedError


class Rectangles(_Batch[K]):
    """Rectangles: left, top, width, height of each."""

    def _ends(self, of: Four) -> Four:
        left, top, width, height = of
        return left, top, left + width, top + height

    def _draw(self, painter: QPainter, at: int, count: int) -> None:
        painter.drawRects(cast(QRectF, Shiboken.wrapInstance(at, QRectF)), count)


class Lines(_Batch[K]):
    """Lines: both coordinates of both ends of each."""

    def _ends(self, of: Four) -> Four:
        x1, y1, x2, y2 = of
        return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)

    def _draw(self, painter: QPainter, at: int, count: int) -> None:
        painter.drawLines(cast(QLineF, Shiboken.wrapInstance(at, QLineF)), count)


def _joined(rows: Iterable[Rows]) -> Iterator[Rows]:
    """Yield the same rows, in one where the next begins where the last one ends."""
    first = end = 0
    for start, stop in rows:
        if start != end:
            if first < end:
                yield first, end
            first = start
        end = stop
    if first < end:
        yield first, end


def _cells(members: Mapping[K, Four]) -> Iterator[Collection[K]]:
    """Yield the keys of those that begin in one cell after another of a grid laid over all."""
    if not members:
        return
    xs, ys = [four[0] for four in members.values()], [four[1] for four in members.values()]
    left, top = min(xs), min(ys)
    width, height = max(xs) - left, max(ys) - top
    share = _IN_A_CELL / len(members)
    side = max(math.sqrt(width * height * share), max(width, height) * share, 1.0)
    cells: dict[tuple[int, int], list[K]] = {}
    for key, x, y in zip(members, xs, ys, strict=True):
        cells.setdefault((int((x - left) / side), int((y - top) / side)), []).append(key)
    for place in sorted(cells):
        yield cells[place]
