"""A batch as the network sees it: pictures, curves, or rows of numbers, each with its target."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QListWidget,
    QStackedWidget,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from app.language.numbers import figure
from app.look.theme import SMALL, ui_font
from app.widgets.cells import Role, fill
from app.widgets.sample_pictures import as_curves, as_mask, as_pixmap, beside

if TYPE_CHECKING:
    from app.data.preview import Batch

_SIDE: Final = 64
_CURVE: Final = (120, 56)
_CELL: Final = (88, 92)
_PAIR_SIDE: Final = 48
_PAIR_CELL: Final = (120, 76)
_CURVE_CELL: Final = (136, 84)
_MOST_COLUMNS: Final = 40
_ROW: Final = 24
_WIDEST: Final = 420
"""How many pixels a column takes at most."""
_FEW: Final = 4
_LONG: Final = 20
_PAD: Final = "<pad>"
_SIGNS: Final = (_PAD, "<unknown>")


class BatchView(QWidget):
    """Shows the samples of one Input, with what the first Output is held against."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures = QListWidget()
        self.pictures.setFont(ui_font(SMALL))
        self.pictures.setViewMode(QListWidget.ViewMode.IconMode)
        self.pictures.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.pictures.setMovement(QListWidget.Movement.Static)
        self.pictures.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.rows = QTableWidget()
        self.rows.setShowGrid(False)
        self.rows.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.rows.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.rows.verticalHeader().hide()
        self.rows.verticalHeader().setDefaultSectionSize(_ROW)
        self.rows.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.rows.horizontalHeader().setMaximumSectionSize(_WIDEST)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.pictures)
        self._pages.addWidget(self.rows)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._pages)
        self._shown: tuple[Batch, Sequence[str], str] | None = None

    def show_batch(
        self,
        batch: Batch | None,
        class_names: Sequence[str],
        name: str = "",
    ) -> None:
        """Show samples of an Input; indices of words as a text."""
        self._shown = (batch, class_names, name) if batch is not None else None
        self.pictures.clear()
        self.rows.setRowCount(0)
        if batch is None or not batch.inputs:
            return
        samples = batch.inputs.get(name, next(iter(batch.inputs.values())))
        targets = next(iter(batch.targets.values()), None)
        told = [
            described(targets[place], class_names, batch.words) if targets is not None else ""
            for place in range(len(samples))
        ]
        shape = samples.shape[1:]
        if batch.words and is_text(samples[0]):
            texts = [as_text(each, batch.words) for each in samples]
            self._show_cells([[text] for text in texts], [self.tr("Text")], told)
        elif len(shape) == 3 and shape[0] in (1, 3):
            pictures = [as_pixmap(each, _SIDE) for each in samples]
            answers = [_picture(each) for each in targets] if targets is not None else []
            if answers and all(each is not None for each in answers):
                pictures = [as_pixmap(each, _PAIR_SIDE) for each in samples]
                both = zip(pictures, filter(None, answers), strict=True)
                pictures = [beside(picture, answer) for picture, answer in both]
                self._show_pictures(pictures, [""] * len(pictures), _PAIR_CELL)
            else:
                self._show_pictures(pictures, told, _CELL)
        elif len(shape) == 2:
            # A single row is a wave, whose steps in time are last.
            curves = [as_curves(each.T if shape[0] == 1 else each, *_CURVE) for each in samples]
            self._show_pictures(curves, told, _CURVE_CELL)
        else:
            flat = samples.reshape(len(samples), -1)
            self._show_rows(flat, told, batch.names)

    def _show_pictures(
        self, pictures: Sequence[QPixmap], told: Sequence[str], cell: tuple[int, int]
    ) -> None:
        self._pages.setCurrentWidget(self.pictures)
        self.pictures.setIconSize(QSize(cell[0] - 16, cell[1] - 28))
        self.pictures.setGridSize(QSize(*cell))
        metrics = self.pictures.fontMetrics()
        middle, first = Qt.TextElideMode.ElideMiddle, self.pictures.count()
        self.pictures.addItems([metrics.elidedText(each, middle, cell[0] - 24) for each in told])
        for row, (picture, words) in enumerate(zip(pictures, told, strict=True), first):
            shown = {Role.DecorationRole: QIcon(picture), Role.ToolTipRole: words}
            fill(self.pictures.model(), row, 0, shown)

    def _show_rows(self, samples: Any, told: Sequence[str], names: Sequence[str]) -> None:
        """Show numbers, of wide rows the first ones."""
        count = samples.shape[1]
        width, more = min(count, _MOST_COLUMNS), ["…"] * (count > _MOST_COLUMNS)
        heads = [*(names or tuple(map(str, range(count))))[:width], *more]
        cells = [[*map(_cell, values[:width]), *more] for values in samples]
        self._show_cells(cells, heads, told)

    def _show_cells(
        self, cells: Sequence[Sequence[str]], heads: Sequence[str], told: Sequence[str]
    ) -> None:
        """Show rows of words or numbers, before each what it is held against."""
        self._pages.setCurrentWidget(self.rows)
        self.rows.setColumnCount(1 + len(heads))
        self.rows.setHorizontalHeaderLabels([self.tr("Target"), *heads])
        self.rows.setRowCount(len(cells))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self.rows.horizontalHeader().setDefaultAlignment(left if len(heads) == 1 else right)
        for row, (words, target) in enumerate(zip(cells, told, strict=True)):
            for column, word in enumerate((target, *words)):
                shown: dict[Role, object] = {Role.DisplayRole: word}
                shown[Role.ToolTipRole] = word if len(word) > _LONG else ""
                if column and len(heads) > 1:
                    shown[Role.TextAlignmentRole] = int(right)
                fill(self.rows.model(), row, column, shown)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange and self._shown is not None:
            self.show_batch(*self._shown)
        super().changeEvent(event)


def _picture(target: Any) -> QPixmap | None:
    """Return a mask of classes, or what is to be made of a picture, as a picture."""
    if target.ndim == 2 and target.dtype.kind in "iu":
        return as_mask(target, _PAIR_SIDE)
    if target.ndim == 3 and target.shape[0] in (1, 3):
        return as_pixmap(target, _PAIR_SIDE)
    return None


def is_text(sample: Any) -> bool:
    """Tell whether a sample is a row of indices."""
    return sample.ndim == 1 and sample.dtype.kind in "iu"


def as_text(tokens: Any, words: Sequence[str]) -> str:
    """Return the text that indices of words stand for, without what only fills it up."""
    found = [words[at] for at in tokens.tolist() if 0 <= at < len(words)]
    while found and found[-1] == _PAD:
        found.pop()
    are_letters = all(len(word) == 1 for word in found if word not in _SIGNS)
    return ("" if are_letters else " ").join(found).replace("\n", "↵")


def _cell(value: Any) -> str:
    return str(int(value)) if value.dtype.kind in "iu" else figure(float(value), 3)


def described(target: Any, class_names: Sequence[str], words: Sequence[str] = ()) -> str:
    """Return what a sample is held against: its class, the text that follows, or a few numbers."""
    if words and is_text(target):
        return as_text(target, words)
    if target.ndim == 0 and target.dtype.kind in "iu":
        index = int(target)
        return class_names[index] if 0 <= index < len(class_names) else str(index)
    flat = target.ravel()
    if len(flat) == len(class_names) > 1:  # of samples that were mixed: a share of each class
        best = sorted(range(len(flat)), key=lambda place: -flat[place])[:2]
        shares = [f"{class_names[at]} {100 * flat[at]:.0f}\N{NO-BREAK SPACE}%" for at in best]
        return ", ".join(shares[: 1 + (flat[best[1]] > 0.005)])
    text = ", ".join(figure(float(value)) for value in flat[:_FEW])
    return text + (" …" if len(flat) > _FEW else "")
