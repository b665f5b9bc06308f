"""Where the panels of a board lie: rows of cells, as a value that is edited by pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import Enum
from typing import Final

from graph_model.frozen import frozen

_SIZE: Final = 100
"""How high a new row is, and how wide a new cell; only their proportions count."""
_WIDEST: Final = 3
"""So many cells has a row at most to which a new panel comes by itself."""


class Side(Enum):
    """A side of a panel."""

    LEFT = "left"
    RIGHT = "right"
    ABOVE = "above"
    BELOW = "below"


@frozen
class Cell:
    """A panel and how wide it is beside the others of its row."""

    panel: str
    width: int = _SIZE


@frozen
class Row:
    """Cells from left to right, and how high they are beside other rows."""

    cells: tuple[Cell, ...]
    height: int = _SIZE

    @property
    def panels(self) -> tuple[str, ...]:
        """The panels from left to right."""
        return tuple(each.panel for each in self.cells)


@frozen
class Places:
    """Rows from above to below. A panel goes by its kind and, where it is not the first, a number:

    ``loss``, ``histograms.2``.
    """

    rows: tuple[Row, ...] = ()

    @property
    def panels(self) -> tuple[str, ...]:
        """All panels, row by row."""
        return tuple(panel for row in self.rows for panel in row.panels)

    def new_name(self, kind: str) -> str:
        """Return a name for one more panel of a kind."""
        names = [kind, *(f"{kind}.{number}" for number in range(2, len(self.panels) + 2))]
        return next(name for name in names if name not in self.panels)

    def with_new(self, panel: str) -> Places:
        """Return places with one more panel: in the emptiest row, or a new one where all are full.

        A new row is as high as the last one.
        """
        shortest = min(map(len, (row.cells for row in self.rows)), default=_WIDEST)
        if shortest >= _WIDEST:
            height = self.rows[-1].height if self.rows else _SIZE
            return Places((*self.rows, Row((Cell(panel),), height)))
        at = max(place for place, row in enumerate(self.rows) if len(row.cells) == shortest)
        return self._with(at, len(self.rows[at].cells), Cell(panel, self._usual_width(at)))

    def without(self, panel: str) -> Places:
        """Return places without a panel, nor a row that it alone was in."""
        rows = (
            replace(row, cells=tuple(each for each in row.cells if each.panel != panel))
            for row in self.rows
        )
        return Places(tuple(row for row in rows if row.cells))

    def beside(self, panel: str, other: str, side: Side) -> Places:
        """Return places in which a panel lies at a side of another one."""
        if panel == other:
            return self
        cell = next(each for row in self.rows for each in row.cells if each.panel == panel)
        rest = self.without(panel)
        at = next(place for place, row in enumerate(rest.rows) if other in row.panels)
        if side in (Side.ABOVE, Side.BELOW):
            row = Row((Cell(panel),), rest.rows[at].height)
            at += side is Side.BELOW
            return Places((*rest.rows[:at], row, *rest.rows[at:]))
        place = rest.rows[at].panels.index(other) + (side is Side.RIGHT)
        return rest._with(at, place, replace(cell, width=rest._usual_width(at)))

    def moved(self, panel: str, side: Side) -> Places:
        """Return places in which a panel is one further to a side; the same where it is the last.

        Upwards and downwards it goes to the next row, or to a new one beyond the last.
        """
        at = next(place for place, row in enumerate(self.rows) if panel in row.panels)
        panels = self.rows[at].panels
        place = panels.index(panel)
        if side in (Side.LEFT, Side.RIGHT):
            step = 1 if side is Side.RIGHT else -1
            if not 0 <= place + step < len(panels):
                return self
            return self.beside(panel, panels[place + step], side)
        next_row = at + (1 if side is Side.BELOW else -1)
        if 0 <= next_row < len(self.rows):
            others = self.rows[next_row].panels
            is_beyond = place >= len(others)
            other = others[-1] if is_beyond else others[place]
            return self.beside(panel, other, Side.RIGHT if is_beyond else Side.LEFT)
        if len(panels) == 1:
            return self
        return self.beside(panel, panels[place - 1 if place else 1], side)

    def sized(self, heights: Sequence[int], widths: Sequence[Sequence[int]]) -> Places:
        """Return places of other sizes, for each row its height and the widths of its cells."""
        return Places(
            tuple(
                Row(
                    tuple(
                        Cell(each.panel, max(1, width))
                        for each, width in zip(row.cells, row_widths, strict=True)
                    ),
                    max(1, height),
                )
                for row, height, row_widths in zip(self.rows, heights, widths, strict=True)
            )
        )

    def _usual_width(self, at: int) -> int:
        widths = [each.width for each in self.rows[at].cells]
        return round(sum(widths) / len(widths))

    def _with(self, at: int, place: int, cell: Cell) -> Places:
        cells = self.rows[at].cells
        row = replace(self.rows[at], cells=(*cells[:place], cell, *cells[place:]))
        return Places((*self.rows[:at], row, *self.rows[at + 1 :]))


def as_words(places: Places) -> tuple[str, ...]:
    """Return places as words to be remembered, one for each row: ``100 loss=60 metrics=40``."""
    return tuple(
        " ".join([str(row.height), *(f"{each.panel}={each.width}" for each in row.cells)])
        for row in places.rows
    )


def from_words(words: Iterable[str], kinds: Iterable[str]) -> Places:
    """Return what was remembered, without what is no panel of these kinds or is there already."""
    known, seen = frozenset(kinds), set[str]()
    rows: list[Row] = []
    for word in words:
        height, *entries = word.split(" ")
        cells: list[Cell] = []
        for entry in entries:
            panel, _, width = entry.partition("=")
            if kind_of(panel) in known and panel not in seen:
                seen.add(panel)
                cells.append(Cell(panel, _size(width)))
        if cells:
            rows.append(Row(tuple(cells), _size(height)))
    return Places(tuple(rows))


def kind_of(panel: str) -> str:
    """Return the kind of a panel."""
    return panel.partition(".")[0]


def _size(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 6 else _SIZE
