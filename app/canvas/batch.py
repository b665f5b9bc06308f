"""Many rectangles or lines in arrays that have the form of Qt's own, painted without a copy."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import add
from typing import Final, Generic, NamedTuple, TypeAlias, TypeVar, cast

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QPainter
from shiboken6 import Shiboken

_OF_ONE: Final = 4
"""How many numbers of an array a rectangle or a line takes."""
_IN_A_CELL: Final = 64
"""How many lie, about, in one of the cells that are in view, or are not."""

K = TypeVar("K", bound=Hashable)
Four: TypeAlias = tuple[float, float, float, float]
Area: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Rows: TypeAlias = tuple[int, int]
"""Rows of an array, from where up to where."""


class _Cell(NamedTuple):
    """What lies together: how far it reaches, and where in the array it is."""

    area: Area
    rows: Rows


class _Batch(Generic[K]):
    """Some of one look, by key. Those near one another lie side by side, in cells."""

    def __init__(self, members: Mapping[K, Four]) -> None:
        self._keys: list[K] = []
        self._cells: list[_Cell] = []
        for keys in _cells(members):
            first = len(self._keys)
            self._keys += keys
            area = self._around([members[key] for key in keys])
            self._cells.append(_Cell(area, (first, len(self._keys))))
        self._rows = {key: row for row, key in enumerate(self._keys)}
        self._numbers = array("d", chain.from_iterable(map(members.__getitem__, self._keys)))
        self._moved: set[int] = set()
        self._starts = [each.rows[0] for each in self._cells]
        self._moves = {each.rows: 0 for each in self._cells}

    def __getitem__(self, key: K) -> Four:
        first = _OF_ONE * self._rows[key]
        return cast(Four, tuple(self._numbers[first : first + _OF_ONE]))

    def __contains__(self, key: K) -> bool:
        return key in self._rows

    def __len__(self) -> int:
        return len(self._keys)

    def move(self, key: K, to: Four) -> None:
        """Let one lie elsewhere."""
        if self[key] == to:
            return
        row = self._rows[key]
        first = _OF_ONE * row
        self._numbers[first : first + _OF_ONE] = array("d", to)
        self._moved.add(row)
        self._moves[self._cells[bisect_right(self._starts, row) - 1].rows] += 1

    def moves(self, rows: Rows) -> int | None:
        """Return how often members of a cell were moved, ``None`` where the rows are no cell."""
        return self._moves.get(rows)

    def seen(self, areas: Sequence[Area]) -> Iterator[Rows]:
        """Yield the rows of the array, from where up to where, of cells that reach into areas."""
        seen = []
        for (a, b, c, d), rows in self._cells:
            for left, top, right, bottom in areas:
                if a <= right and c >= left and b <= bottom and d >= top:
                    seen.append(rows)
                    break
        yield from seen
        for row in self._moved:  # wherever they are by now
            if not any(first <= row < end for first, end in seen):
                yield row, row + 1

    def members(self, rows: Rows) -> Iterator[tuple[K, float, float]]:
        """Yield those in some rows, and the first two of their numbers."""
        first, end = rows
        numbers = self._numbers[_OF_ONE * first : _OF_ONE * end]
        yield from zip(self._keys[first:end], numbers[::_OF_ONE], numbers[1::_OF_ONE], strict=True)

    def paint(self, painter: QPainter, areas: Sequence[Area]) -> None:
        """Paint those that may lie in some areas, in as few calls as can be."""
        start, size = self._numbers.buffer_info()[0], _OF_ONE * self._numbers.itemsize
        for first, end in _joined(self.seen(areas)):
            self._draw(painter, start + size * first, end - first)

    def _around(self, some: Sequence[Four]) -> Area:
        raise NotImplementedError

    def _draw(self, painter: QPainter, at: int, count: int) -> None:
        raise NotImplementedError


class Rectangles(_Batch[K]):
    """Rectangles: left, top, width, height of each."""

    def _around(self, some: Sequence[Four]) -> Area:
        lefts, tops, widths, heights = zip(*some, strict=True)
        right, bottom = max(map(add, lefts, widths)), max(map(add, tops, heights))
        return min(lefts), min(tops), right, bottom

    def _draw(self, painter: QPainter, at: int, count: int) -> None:
        painter.drawRects(cast(QRectF, Shiboken.wrapInstance(at, QRectF)), count)


class Lines(_Batch[K]):
    """Lines: both coordinates of both ends of each."""

    def _around(self, some: Sequence[Four]) -> Area:
        x1, y1, x2, y2 = zip(*some, strict=True)
        return min(*x1, *x2), min(*y1, *y2), max(*x1, *x2), max(*y1, *y2)

    def _draw(self, painter: QPainter, at: int, count: int) -> None:
        painter.drawLines(cast(QLineF, Shiboken.wrapInstance(at, QLineF)), count)


def area_of(rect: QRectF) -> Area:
    """Return a rectangle as an area."""
    return rect.left(), rect.top(), rect.right(), rect.bottom()


def meets(one: Area, other: Area) -> bool:
    """Tell whether two areas have something in common, be it an edge."""
    return one[0] <= other[2] and one[2] >= other[0] and one[1] <= other[3] and one[3] >= other[1]


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
    cells: defaultdict[tuple[int, int], list[K]] = defaultdict(list)
    for key, x, y in zip(members, xs, ys, strict=True):
        cells[int((x - left) / side), int((y - top) / side)].append(key)
    for place in sorted(cells):
        yield cells[place]
