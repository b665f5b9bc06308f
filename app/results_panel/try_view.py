"""Trying a model: a sample of the data, one drawn, dropped, pasted, typed, or filled in."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QMimeData, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from app.look.style import set_role
from app.look.theme import SPACE
from app.results_panel.answer_view import AnswerView
from app.results_panel.drawing_form import DrawingForm
from app.results_panel.row_form import RowForm
from app.results_panel.text_form import TextForm
from app.widgets.button import Button
from app.widgets.scrolling import unmoved_by_wheel

if TYPE_CHECKING:
    from app.training.drawing import Drawable
    from app.training.rows import CellField

_ROOMIEST: Final = 100
"""The share of the height that goes to a row of one's own, as far as it needs it."""


class TryView(QWidget):
    """What is to be tried at the left, the answer at the right.

    ``sample_chosen`` carries the number of a sample, ``file_given`` a file, ``row_wanted`` the
    cells of a row; ``newest_wanted`` asks what comes next of a series.
    """

    sample_chosen = Signal(int)
    file_given = Signal(object)
    row_wanted = Signal(object)
    newest_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._takes_pictures = False
        self._pasted: Path | None = None
        self.number = unmoved_by_wheel(QSpinBox())
        """The number of a sample of the data."""
        self.number.lineEdit().setTextMargins(5, 0, 0, 0)
        self.number.valueChanged.connect(self.sample_chosen)
        self._file, self._paste, self._newest = Button(), Button(), Button()
        self._file.clicked.connect(self._ask_for_file)
        self._paste.clicked.connect(self._take_from_clipboard)
        self._newest.clicked.connect(self.newest_wanted)
        self._hint = QLabel()
        set_role(self._hint, "caption")
        self._hint.setWordWrap(True)
        self.drawing, self.row, self.text = DrawingForm(), RowForm(), TextForm()
        self.row.edited.connect(self.row_wanted)
        self.answer = AnswerView()
        head = QHBoxLayout()
        head.setSpacing(SPACE // 2)
        head.addWidget(self.number, 1)
        for button in (self._newest, self._file, self._paste):
            head.addWidget(button)
        left, given = QWidget(), QVBoxLayout()
        left.setLayout(given)
        given.setContentsMargins(0, 0, 0, 0)
        given.setSpacing(SPACE)
        given.addLayout(head)
        given.addWidget(self._hint)
        given.addWidget(self.drawing, _ROOMIEST)
        given.addWidget(self.row, _ROOMIEST)
        given.addWidget(self.text)
        given.addStretch(1)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(3 * SPACE)
        columns.addWidget(left, 1)
        columns.addWidget(self.answer, 1)
        self._retranslate()

    def offer(
        self,
        samples: int,
        cells: Sequence[CellField],
        drawable: Drawable | None,
        *,
        takes_pictures: bool,
        is_series: bool,
    ) -> None:
        """Offer what a model takes: samples, rows, drawings, pictures, the newest of series."""
        self.number.blockSignals(True)
        self.number.setRange(0, max(0, samples - 1))
        self.number.blockSignals(False)
        self.row.show_fields(cells)
        self.drawing.show_drawable(drawable)
        self._takes_pictures = takes_pictures
        self._paste.setVisible(takes_pictures)
        self._newest.setVisible(is_series)
        self._retranslate()

    def show_number(self, sample: int) -> None:
        """Let the number be that of a sample of the data, of which the model is not asked again."""
        self.number.blockSignals(True)
        self.number.setValue(sample)
        self.number.blockSignals(False)

    # ——— files and pictures ———

    def _ask_for_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Predict for a file"))
        if name:
            self.file_given.emit(Path(name))

    def _take_from_clipboard(self) -> None:
        """Try the picture, or the file, that was copied."""
        given: QMimeData | None = QGuiApplication.clipboard().mimeData()  # or None
        if given is None or not self._take(given):
            self.answer.complain(self.tr("There is no picture on the clipboard."))

    def _take(self, given: QMimeData) -> bool:
        path = _file_of(given)
        if path is None and self._takes_pictures and given.hasImage():
            path = self._kept(QImage(given.imageData()))
        if path is not None:
            self.file_given.emit(path)
        return path is not None

    def _kept(self, image: QImage) -> Path:
        """Keep a picture as a file, so that it is read as all others are."""
        if self._pasted is None:
            self._pasted = Path(tempfile.mkstemp(".png")[1])
            pasted = self._pasted
            self.destroyed.connect(lambda: pasted.unlink(missing_ok=True))
        image.save(str(self._pasted), "PNG")  # type: ignore[call-overload]  # stubs want bytes
        return self._pasted

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        given = event.mimeData()
        if _file_of(given) is not None or (self._takes_pictures and given.hasImage()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self._take(event.mimeData()):
            event.acceptProposedAction()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and self._takes_pictures:
            self._take_from_clipboard()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.number.setPrefix(self.tr("Sample "))
        self.number.setAccessibleName(self.tr("Number of the sample"))
        self._file.setText(self.tr("File…"))
        self._paste.setText(self.tr("Paste"))
        self._paste.setToolTip(self.tr("Try the picture on the clipboard (Ctrl+V)"))
        self._newest.setText(self.tr("Newest window"))
        self._newest.setToolTip(self.tr("Forecast what follows the last rows of each series"))
        if self._takes_pictures:
            hint = self.tr("A picture can also be dropped here.")
        elif self.row.fields:
            hint = self.tr("… or a row of your own:")
        else:
            hint = ""
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))


def _file_of(given: QMimeData) -> Path | None:
    """Return the first file of this computer that is given."""
    names = [url.toLocalFile() for url in given.urls() if url.isLocalFile()]
    return Path(names[0]) if names else None
