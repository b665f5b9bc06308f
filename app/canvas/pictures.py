"""Pictures of cards that are painted again and again, kept for as long as there is room."""

from __future__ import annotations

import math
from array import array
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from typing import Final, NamedTuple, cast
from weakref import finalize

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPixmap, QTransform
from shiboken6 import Shiboken

_MOST: Final = 32 << 20
"""How many bytes of pictures are kept: about what fills a large screen twice."""
_OF_A_PART: Final = 10
"""How many numbers tell Qt of one part: its centre, its place in the picture, its size and more."""
_AT_ONCE: Final = 120
"""How many pictures are drawn for one frame; what else there is to see is painted without."""


class Sheet(NamedTuple):
    """Several pictures on one, and where Qt is to paint each part of it, in the form of its own."""

    picture: QPixmap
    parts: array[float]

    def paint(self, painter: QPainter) -> None:
        """Paint all of them in one call."""
        if not self.parts:
            return
        at = self.parts.buffer_info()[0]
        first = Shiboken.wrapInstance(at, QPainter.PixmapFragment)
        count = len(self.parts) // _OF_A_PART
        painter.drawPixmapFragments(cast(QPainter.PixmapFragment, first), count, self.picture)


class Look:
    """How something looks by now; once it looks otherwise, it has another one."""

    __slots__ = ("__weakref__",)


class Pictures:
    """Keeps the pictures used last, each under a key that tells all of what it shows."""

    def __init__(self, most: int = _MOST) -> None:
        self._most, self._bytes = most, 0
        self._kept: OrderedDict[Hashable, QPixmap | Sheet] = OrderedDict()
        self._left = _AT_ONCE

    def __len__(self) -> int:
        return len(self._kept)

    def begin_frame(self) -> None:
        """Allow for so many new pictures once more."""
        self._left = _AT_ONCE

    def picture(self, key: Hashable, draw: Callable[[], QPixmap]) -> QPixmap | None:
        """Return a picture, drawn where it is not kept; ``None`` where the frame has had enough."""
        return cast("QPixmap | None", self._get(key, draw, 1))

    def picture_of(
        self, look: Look, level: Hashable, draw: Callable[[], QPixmap]
    ) -> QPixmap | None:
        """Return a picture of what has a look, kept no longer than anything looks so."""
        key = (id(look), level)
        was_kept = key in self._kept
        found = self.picture(key, draw)
        if found is not None and not was_kept:
            finalize(look, self._forget, key).atexit = False
        return found

    def shared_picture(self, key: Hashable, draw: Callable[[], QPixmap]) -> QPixmap:
        """Return a picture that serves many, drawn where it is not kept."""
        return cast(QPixmap, self._get(key, draw, 0))

    def sheet(self, key: Hashable, draw: Callable[[], Sheet], count: int) -> Sheet | None:
        """Return a sheet of so many pictures, ``None`` where the frame has had enough."""
        return cast("Sheet | None", self._get(key, draw, count))

    def _get(
        self, key: Hashable, draw: Callable[[], QPixmap | Sheet], count: int
    ) -> QPixmap | Sheet | None:
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        elif self._left > 0 or not count:
            self._left -= count
            found = self._kept[key] = draw()
            self._bytes += _size(found)
            while self._bytes > self._most and len(self._kept) > 1:
                self._bytes -= _size(self._kept.popitem(last=False)[1])
        return found

    def _forget(self, key: Hashable) -> None:
        found = self._kept.pop(key, None)
        if found is not None:
            self._bytes -= _size(found)

    def clear(self) -> None:
        """Let go of all."""
        self._kept.clear()
        self._bytes = 0


def drawn(area: QRectF, scale: float, paint: Callable[[QPainter], None]) -> QPixmap:
    """Return a picture of an area, a pixel of it ``scale`` pixels of the picture wide."""
    picture = QPixmap(max(1, round(area.width() * scale)), max(1, round(area.height() * scale)))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    painter.translate(-area.topLeft())
    paint(painter)
    painter.end()
    picture.setDevicePixelRatio(scale)
    return picture


def sheet(
    size: QSizeF,
    scale: float,
    centres: Sequence[tuple[float, float]],
    paint: Callable[[QPainter, int], None],
) -> Sheet:
    """Return pictures of one size, to be painted around these centres.

    ``paint`` paints the one of a number around the origin.
    """
    width, height = (max(1, math.ceil(each * scale)) for each in (size.width(), size.height()))
    if not centres:
        return Sheet(QPixmap(), array("d"))
    columns = math.ceil(math.sqrt(len(centres)))
    picture = QPixmap(columns * width, math.ceil(len(centres) / columns) * height)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    parts = array("d")
    for number, centre in enumerate(centres):
        left, top = number % columns * width, number // columns * height
        painter.setWorldTransform(
            QTransform(scale, 0, 0, scale, left + width / 2, top + height / 2)
        )
        paint(painter, number)
        parts.extend((*centre, left, top, width, height, 1 / scale, 1 / scale, 0, 1))
    painter.end()
    return Sheet(picture, parts)


def _size(of: QPixmap | Sheet) -> int:
    picture = of.picture if isinstance(of, Sheet) else of
    return 4 * picture.width() * picture.height()
