"""Some samples at once, each with what it is and what it was taken for: cards, or rows."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QListWidget,
    QStackedWidget,
    QTableWidget,
    QWidget,
)

from app.language.sentences import translate
from app.look import theme
from app.look.theme import SMALL, ui_font
from app.results_panel.described import (
    described,
    in_lines,
    predicted_words,
    share_right,
    true_words,
)
from app.results_panel.images import as_pixmap
from app.runs.looks import Looks
from app.runs.predictions import Places, Predictions
from app.widgets.cells import Role, fill
from app.widgets.sample_pictures import as_curves, as_mask, beside

_SIDE: Final = 56
_CURVE: Final = (108, 48)
_CELL: Final = 120
_PAD: Final = 4
_GAP: Final = 2
_ROOM: Final = _CELL - 6 * _PAD
"""What Qt leaves of a cell for text, which it cuts at the end: where the percentage stands."""
_ROW: Final = 24
_WIDEST, _WIDEST_TEXT = 280, 640
"""How many pixels a column takes at most, and that of a text."""


class SampleList(QStackedWidget):
    """Samples in the order they are given; ``opened`` carries the number of one in the data.

    Pictures and curves are cards, texts and rows of numbers a table, with names of its columns.
    """

    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._numbers: list[int] = []
        self.cards = QListWidget()
        self.cards.setViewMode(QListWidget.ViewMode.IconMode)
        self.cards.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.cards.setMovement(QListWidget.Movement.Static)
        self.cards.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.cards.setSpacing(_GAP)
        self.cards.setFont(ui_font(SMALL))
        self.cards.setMinimumWidth(_CELL + 16)
        self.rows = QTableWidget()
        self.rows.setShowGrid(False)
        self.rows.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.rows.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.rows.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.rows.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.rows.verticalHeader().hide()
        self.rows.verticalHeader().setDefaultSectionSize(_ROW)
        self.rows.horizontalHeader().setMaximumSectionSize(_WIDEST)
        self.rows.setMinimumWidth(_CELL + 16)
        for page in (self.cards, self.rows):
            page.setFrameShape(page.Shape.NoFrame)
            self.addWidget(page)
        for page in (self.cards, self.rows):
            page.activated.connect(lambda index: self._open(index.row()))
        self._shown: tuple[Predictions, Places, Looks] | None = None
        theme.manager().changed.connect(self._show_again)

    def _show_again(self) -> None:
        """Draw in the colours, or say in the language, that are in use now."""
        if self._shown is not None:
            self.show_samples(*self._shown)

    def show_samples(self, predictions: Predictions, places: Places, looks: Looks) -> None:
        """Show the predictions at these places; ``looks`` has the same samples in this order."""
        self._shown = (predictions, places, looks)
        self._numbers = [int(predictions.samples[place]) for place in places]
        are_cards = looks.pictures is not None or looks.curves is not None
        self.setCurrentWidget(self.cards if are_cards else self.rows)
        if are_cards:
            self._show_cards(predictions, places, looks)
        else:
            self._show_rows(predictions, places, looks)

    @property
    def numbers(self) -> list[int]:
        """The numbers of the samples in the data, in their order."""
        return self._numbers

    @property
    def shows_rows(self) -> bool:
        """Whether the samples are rows of a table, and not cards."""
        return self.currentWidget() is self.rows

    def _open(self, row: int) -> None:
        if 0 <= row < len(self._numbers):
            self.opened.emit(self._numbers[row])

    # ——— cards ———

    def _show_cards(self, predictions: Predictions, places: Places, looks: Looks) -> None:
        at = self.cards.verticalScrollBar().value()
        self.cards.clear()
        has_masks = predictions.is_mask and looks.pictures is not None
        count = 2 + bool(len(predictions.true)) if has_masks else 1
        side = QSize(*_CURVE) if looks.curves is not None else QSize(_SIDE, _SIDE)
        width = max(_CELL, count * (_SIDE + 2 * _PAD))
        self.cards.setIconSize(QSize(width - 2 * _PAD, _SIDE) if has_masks else side)
        captions = [self._caption(predictions, place) for place in places.tolist()]
        lines = max(map(len, captions), default=0)
        height = self.cards.iconSize().height() + lines * self.cards.fontMetrics().lineSpacing()
        self.cards.addItems(list(map(self._elided, captions)))
        for row, place in enumerate(places.tolist()):
            picture = _picture(looks, row)
            if has_masks:
                picture = _with_masks(picture, predictions, place)
            shown: dict[Role, object] = {
                Role.DecorationRole: QIcon(picture),
                Role.SizeHintRole: QSize(width, height + 3 * _PAD),
                Role.TextAlignmentRole: int(Qt.AlignmentFlag.AlignHCenter),
                Role.ToolTipRole: self._tip(predictions, place),
            }
            if _is_wrong(predictions, place):
                shown[Role.ForegroundRole] = theme.current().color("error")
            fill(self.cards.model(), row, 0, shown)
        self.cards.verticalScrollBar().setValue(at)

    def _caption(self, predictions: Predictions, place: int) -> list[str]:
        """Return what stands under a sample; what is too long has its percentage in a line more."""
        if predictions.is_mask:
            return [share_right(predictions, place)] * bool(len(predictions.true))
        *before, last = in_lines(described(predictions, place))
        name, dot, percent = last.rpartition(" · ")
        if dot and self.cards.fontMetrics().horizontalAdvance(last) > _ROOM:
            return [*before, name, percent]
        return [*before, last]

    def _elided(self, lines: list[str]) -> str:
        metrics, mode = self.cards.fontMetrics(), Qt.TextElideMode.ElideRight
        return "\n".join(metrics.elidedText(line, mode, _ROOM) for line in lines)

    def _tip(self, predictions: Predictions, place: int) -> str:
        sample = int(predictions.samples[place])
        told = self.tr("Sample {0}").format(sample)
        if len(predictions.losses):
            loss = f"{predictions.losses[place]:.3g}"
            told = self.tr("Sample {0}, loss {1}").format(sample, loss)
        return "\n".join((described(predictions, place), told, self.tr("A double click tries it.")))

    # ——— rows ———

    def _show_rows(self, predictions: Predictions, places: Places, looks: Looks) -> None:
        has_loss, has_truth = bool(len(predictions.losses)), bool(len(predictions.true))
        heads = [self.tr("Sample")]
        heads += [self.tr("true")] * has_truth + [self.tr("predicted")]
        heads += [self.tr("loss")] * has_loss + [self.tr("Text")] * bool(looks.texts)
        fixed = len(heads)
        heads += [translate("ArrayName", name) for name in looks.columns]
        self.rows.clear()
        self.rows.setColumnCount(len(heads))
        self.rows.setHorizontalHeaderLabels(heads)
        self.rows.setRowCount(len(places))
        for row, place in enumerate(places.tolist()):
            words = [str(int(predictions.samples[place]))]
            words += [true_words(predictions, place)] * has_truth
            words += [predicted_words(predictions, place)]
            words += [f"{predictions.losses[place]:.3g}"] if has_loss else []
            words += [" ".join(looks.texts[row].split())] if looks.texts else []
            words += looks.cells[row] if looks.cells else ()
            is_wrong = _is_wrong(predictions, place)
            for column, word in enumerate(words):
                tip = word if column < fixed else f"{heads[column]}: {word}"
                shown: dict[Role, object] = {Role.DisplayRole: word, Role.ToolTipRole: tip}
                if is_wrong and column == 1 + has_truth:
                    shown[Role.ForegroundRole] = theme.current().color("error")
                fill(self.rows.model(), row, column, shown)
        header = self.rows.horizontalHeader()
        header.setMaximumSectionSize(_WIDEST_TEXT if looks.texts else _WIDEST)
        header.setStretchLastSection(bool(looks.texts))
        header.resizeSections(QHeaderView.ResizeMode.ResizeToContents)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._show_again()
        super().changeEvent(event)


def _picture(looks: Looks, row: int) -> QPixmap:
    if looks.pictures is not None:
        return as_pixmap(np.asarray(looks.pictures[row]), _SIDE) or QPixmap()
    assert looks.curves is not None
    return as_curves(np.asarray(looks.curves[row]), *_CURVE)


def _with_masks(picture: QPixmap, predictions: Predictions, place: int) -> QPixmap:
    """Return a picture, what each of its pixels is where that is known, and was taken for."""
    if len(predictions.true):
        picture = beside(picture, as_mask(predictions.true[place], _SIDE))
    return beside(picture, as_mask(predictions.predicted[place], _SIDE))


def _is_wrong(predictions: Predictions, place: int) -> bool:
    """Tell whether a sample was taken for another class."""
    has_truth = predictions.is_flat and bool(len(predictions.true))
    return has_truth and bool(predictions.true[place] != predictions.predicted[place])
