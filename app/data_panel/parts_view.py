"""The parts of a split as bars, each with how many samples it has and the shares of its classes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.data_panel.words import word
from app.language.numbers import grouped
from app.look import theme
from app.look.theme import SMALL, SPACE, ui_font

if TYPE_CHECKING:
    from app.data.preview import Part

_ROW: Final = 24
_NAME: Final = 76
_COUNT: Final = 104
_BAR: Final = 12
_MOST_TOLD: Final = 16


class PartsView(QWidget):
    """Shows a row for each part; the tip of each tells its classes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: Sequence[Part] = ()
        self._names: Sequence[str] = ()
        self.setFont(ui_font(SMALL))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.manager().changed.connect(self._repaint)

    def show_parts(self, parts: Sequence[Part], class_names: Sequence[str]) -> None:
        """Show these parts."""
        self._parts, self._names = parts, class_names
        self.setAccessibleName("; ".join(map(self._told, parts)))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, _ROW * len(self._parts))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        most = max((part.samples for part in self._parts), default=1) or 1
        for row, part in enumerate(self._parts):
            self._paint(painter, QRect(0, row * _ROW, self.width(), _ROW), part, most)
        painter.end()

    def _paint(self, painter: QPainter, room: QRect, part: Part, most: int) -> None:
        colours = theme.current()
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(colours.color("text_muted"))
        painter.drawText(QRect(room.left(), room.top(), _NAME, _ROW), middle, word(part.name))
        total = sum(each.samples for each in self._parts) or 1
        percent = f"{100 * part.samples / total:.0f}\N{NO-BREAK SPACE}%"
        count = QRect(room.right() - _COUNT, room.top(), _COUNT, _ROW)
        painter.setPen(colours.color("text"))
        told = f"{grouped(part.samples)} · {percent}"
        painter.drawText(count, middle | Qt.AlignmentFlag.AlignRight, told)
        left, right = room.left() + _NAME, count.left() - SPACE
        width = round((right - left) * part.samples / most)
        self._paint_bar(painter, QRect(left, room.center().y() - _BAR // 2, width, _BAR), part)

    def _paint_bar(self, painter: QPainter, bar: QRect, part: Part) -> None:
        """Paint the shares of the classes side by side, or one bar where there are none."""
        colours = theme.current()
        counts = part.class_counts
        if not counts or len(counts) > len(colours.curves):
            painter.fillRect(bar, colours.color("accent"))
            return
        done, total = 0, sum(counts) or 1
        for place, each in enumerate(counts):
            start = bar.left() + round(bar.width() * done / total)
            done += each
            end = bar.left() + round(bar.width() * done / total)
            painter.fillRect(start, bar.top(), end - start, bar.height(), _colour(place))

    def event(self, event: QEvent) -> bool:
        """Tell the classes of the part under the mouse."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = event.pos().y() // _ROW
            if 0 <= row < len(self._parts):
                QToolTip.showText(event.globalPos(), self._told(self._parts[row]), self)
            return True
        return super().event(event)

    def _repaint(self) -> None:
        self.update()

    def _told(self, part: Part) -> str:
        counted = zip(self._names, part.class_counts, strict=False)
        classes = [f"{name}: {grouped(count)}" for name, count in counted]
        more = ["…"] * (len(classes) > _MOST_TOLD)
        head = f"{word(part.name)}: {grouped(part.samples)}"
        return "\n".join((head, *classes[:_MOST_TOLD], *more))


def _colour(place: int) -> str:
    return theme.current().curves[place]
