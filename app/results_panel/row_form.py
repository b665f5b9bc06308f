"""A row of one's own to try a model on: a field for each column of the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.look.theme import SPACE
from app.widgets.scrolling import unmoved_by_wheel

if TYPE_CHECKING:
    from app.training.rows import CellField

_LEAST: Final = 260
"""The height that several fields have at least; they are scrolled where there is no more."""
_WIDEST_NAME: Final = 110
_PAUSE: Final = 150
"""Milliseconds without another letter after which the model is asked."""


class RowForm(QWidget):
    """Fields for numbers and menus for words; ``edited`` carries the cells by column."""

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: Mapping[str, QLineEdit | QComboBox] = {}
        """The field of each column."""
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE)
        self._soon.timeout.connect(lambda: self.edited.emit(self.cells))
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._area)
        self.hide()

    @property
    def cells(self) -> Mapping[str, str]:
        """What stands in the fields."""
        return {
            name: field.currentText() if isinstance(field, QComboBox) else field.text()
            for name, field in self.fields.items()
        }

    def show_fields(self, fields: Sequence[CellField]) -> None:
        """Ask for these cells; for none where there are none."""
        page = QWidget()
        form = QFormLayout(page)
        form.setContentsMargins(0, 0, SPACE, 0)
        form.setVerticalSpacing(SPACE // 2)
        made = {}
        for each in fields:
            made[each.name] = self._field(each)
            label = QLabel()
            label.setTextFormat(Qt.TextFormat.PlainText)
            middle = Qt.TextElideMode.ElideMiddle
            label.setText(label.fontMetrics().elidedText(each.name, middle, _WIDEST_NAME))
            label.setToolTip(each.name)
            label.setBuddy(made[each.name])
            form.addRow(label, made[each.name])
        self.fields = made
        self._area.setWidget(page)
        height = page.sizeHint().height()
        self._area.setMinimumHeight(min(height, _LEAST))
        self.setMaximumHeight(height)
        self.setVisible(bool(made))

    def show_cells(self, cells: Mapping[str, str]) -> None:
        """Let these cells stand in the fields of their names, of which the model is not asked.

        What is being typed stays.
        """
        if self._soon.isActive():
            return
        for name, words in cells.items():
            field = self.fields.get(name)
            if isinstance(field, QComboBox):
                field.setCurrentText(words)
            elif field is not None:
                field.setText(words)

    def _field(self, cell: CellField) -> QLineEdit | QComboBox:
        if cell.words:
            menu = unmoved_by_wheel(QComboBox())
            menu.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            menu.setMinimumContentsLength(4)
            menu.addItems(list(cell.words))
            menu.setCurrentText(cell.usual)
            menu.activated.connect(lambda: self._soon.start())
            menu.setAccessibleName(cell.name)
            return menu
        line = QLineEdit(cell.usual)
        line.setMinimumWidth(48)
        line.textEdited.connect(lambda: self._soon.start())
        line.setAccessibleName(cell.name)
        return line
