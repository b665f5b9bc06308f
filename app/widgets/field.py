"""What all fields that edit one value have in common."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.language.sentences import complaint_sentence
from graph_model.complaints import complaint
from graph_model.values import Parameter, Value


class Field(QWidget):
    """Edits one value; ``edited`` carries each new one that suits the parameter.

    ``complained`` carries why what was typed does not suit, or nothing once it does.
    """

    edited = Signal(object)
    complained = Signal(str)
    is_long = False
    """Whether it needs a line of its own, below its name."""

    def __init__(self, parameter: Parameter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parameter = parameter
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)

    def show_value(self, value: Value, resolved: Value) -> None:
        """Show ``value``; where it is ``None``, what follows for it is ``resolved``."""
        raise NotImplementedError

    def set_control_height(self, height: int) -> None:
        """Make what is typed into this high."""
        self.setFixedHeight(height)

    def offer(self, value: Value) -> None:
        """Pass on a value that was typed, or say what is wrong with it."""
        wrong = complaint(self.parameter, value)
        self.complained.emit(complaint_sentence(wrong) if wrong else "")
        if wrong is None:
            self.edited.emit(value)

    def _add(self, widget: QWidget, stretch: int = 1) -> None:
        widget.setAccessibleName(self.parameter.name)
        self._row.addWidget(widget, stretch)
        if self.focusProxy() is None:
            self.setFocusProxy(widget)
