"""The pictures that a model gives, as a grid: beside the originals where there are any."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QRect, QSize
from PySide6.QtGui import QHelpEvent, QImage, QPainter, QPaintEvent, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from app.look.style import set_role
from app.look.theme import SPACE
from app.results_panel.images import as_image
from app.widgets.scrolling import unmoved_by_wheel

if TYPE_CHECKING:
    from app.runs.pictures import Shown

_SIDE: Final = 48
"""About how wide a picture is, in pixels: small ones grow by a whole factor."""
_LARGEST: Final = 96
_GAP: Final = 8
_BESIDE: Final = 2
"""The gap between a picture and its original."""
_LEAST: Final = 140


class PicturesView(QWidget):
    """Shows what one of the outputs that give pictures gives; which one can be chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Sequence[Shown] = ()
        self._title, self._told = QLabel(), QLabel()
        set_role(self._title, "heading")
        set_role(self._told, "caption")
        self._told.setWordWrap(True)
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        self._outputs = unmoved_by_wheel(QComboBox())
        self._outputs.currentIndexChanged.connect(self._show_chosen)
        self._beside = QCheckBox()
        self._beside.setChecked(True)
        self._beside.toggled.connect(self._show_chosen)
        self._grid = _Grid()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE // 2)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(self._outputs)
        head.addStretch(1)
        head.addWidget(self._beside)
        box.addLayout(head)
        box.addWidget(self._told)
        box.addSpacing(SPACE // 2)
        box.addWidget(self._grid, 1)
        self._retranslate()

    def show_pictures(self, shown: Sequence[Shown]) -> None:
        """Show the pictures of the first of these outputs, and offer the others."""
        self._shown = shown
        self._outputs.blockSignals(True)
        self._outputs.clear()
        self._outputs.addItems([each.output for each in shown])
        self._outputs.blockSignals(False)
        self._outputs.setVisible(len(shown) > 1)
        self._show_chosen()

    def update_pictures(self, shown: Sequence[Shown]) -> None:
        """Show other pictures of the same outputs, that of the chosen one first."""
        if [each.output for each in shown] != [each.output for each in self._shown]:
            self.show_pictures(shown)
        else:
            self._shown = shown
            self._show_chosen()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            self._show_chosen()
        super().changeEvent(event)

    def _show_chosen(self) -> None:
        if not self._shown:
            return
        chosen = self._shown[max(0, self._outputs.currentIndex())]
        self._beside.setVisible(chosen.originals is not None)
        pairs = chosen.originals is not None and self._beside.isChecked()
        told = self.tr("On the left each original, on the right what “{0}” gives for it.")
        self._told.setText((told if pairs else self.tr("What “{0}” gives.")).format(chosen.output))
        low, high = chosen.low, chosen.high
        pictures = [as_image(each, low, high) for each in chosen.pictures]
        originals = chosen.originals if pairs and chosen.originals is not None else ()
        names = [self.tr("Sample {0}").format(each) for each in chosen.samples]
        follows = chosen.originals is not None
        self._grid.show_images(
            pictures, [as_image(each, low, high) for each in originals], names if follows else ()
        )

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Pictures"))
        self._beside.setText(self.tr("Originals"))
        self._outputs.setAccessibleName(self.tr("Output"))


class _Grid(QWidget):
    """As many pictures as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self._pictures: Sequence[QImage] = ()
        self._originals: Sequence[QImage] = ()
        self._names: Sequence[str] = ()
        self.setMinimumSize(_LEAST, _LEAST)

    def sizeHint(self) -> QSize:
        return QSize(400, 280)

    def show_images(
        self, pictures: Sequence[QImage], originals: Sequence[QImage], names: Sequence[str]
    ) -> None:
        """Show pictures beside their originals, if any; ``names`` are told of each, if any."""
        self._pictures, self._originals, self._names = pictures, originals, names
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for place, picture in enumerate(self._pictures[: self._room()]):
            cell = self._cell(place)
            if self._originals:
                painter.drawImage(QRect(cell.topLeft(), self._size()), self._originals[place])
                cell.setLeft(cell.left() + self._size().width() + _BESIDE)
            painter.drawImage(cell, picture)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip and self._names:
            found = (at for at in range(self._room()) if self._cell(at).contains(event.pos()))
            place = next(found, len(self._names))
            QToolTip.showText(event.globalPos(), "".join(self._names[place : place + 1]), self)
            return True
        return super().event(event)

    def _size(self) -> QSize:
        """Return how large a picture is drawn."""
        if not self._pictures:
            return QSize(_SIDE, _SIDE)
        size = self._pictures[0].size()
        longest = max(size.width(), size.height())
        if longest > _LARGEST:
            return size.scaled(_LARGEST, _LARGEST, Qt.AspectRatioMode.KeepAspectRatio)
        return size * max(1, round(_SIDE / longest))

    def _columns(self) -> int:
        return max(1, (self.width() + _GAP) // (self._width() + _GAP))

    def _width(self) -> int:
        width = self._size().width()
        return 2 * width + _BESIDE if self._originals else width

    def _room(self) -> int:
        rows = max(1, (self.height() + _GAP) // (self._size().height() + _GAP))
        return min(len(self._pictures), rows * self._columns())

    def _cell(self, place: int) -> QRect:
        row, column = divmod(place, self._columns())
        size = QSize(self._width(), self._size().height())
        return QRect(QPoint(column * (size.width() + _GAP), row * (size.height() + _GAP)), size)
