"""Drawing by hand what a model is to tell: the field, its brush, and what the model is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from numpy.typing import NDArray
from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.look.icons import icon
from app.look.style import set_role
from app.look.theme import SPACE
from app.results_panel.drawing_field import DrawingField
from app.widgets.scrolling import unmoved_by_wheel

if TYPE_CHECKING:
    from app.training.drawing import Drawable

_PAUSE: Final = 40
"""Milliseconds from one question to the next while it is being drawn."""
_ROOMIEST: Final = 100
"""The share of the height that goes to the field."""
_THIN, _USUAL, _THICK = 3, 10, 25
"""The width of the brush in hundredths of the field."""


class DrawingForm(QWidget):
    """``drawn`` carries the ink while it is drawn, and whether it is to be fitted to the data."""

    drawn = Signal(object, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = DrawingField()
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE)
        self._soon.timeout.connect(self._tell)
        self.field.changed.connect(self._changed)
        self._undo, self._clear = QToolButton(), QToolButton()
        self._undo.setIcon(icon("undo"))
        self._clear.setIcon(icon("delete"))
        self._undo.clicked.connect(self.field.undo)
        self._clear.clicked.connect(self.field.clear)
        self._brush_name = QLabel()
        set_role(self._brush_name, "caption")
        self.brush = unmoved_by_wheel(QSlider(Qt.Orientation.Horizontal))
        self.brush.setRange(_THIN, _THICK)
        self.brush.setValue(_USUAL)
        self.brush.setMaximumWidth(140)
        self.brush.valueChanged.connect(lambda width: self.field.set_brush(width / 100))
        self.fitted = QCheckBox()
        """Whether the ink is moved and scaled to lie as the samples of the data do."""
        self.fitted.setChecked(True)
        self.fitted.toggled.connect(lambda: self._soon.start())
        tools = QHBoxLayout()
        tools.setSpacing(SPACE // 2)
        for widget in (self._brush_name, self.brush):
            tools.addWidget(widget)
        tools.addStretch(1)
        tools.addWidget(self._undo)
        tools.addWidget(self._clear)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE // 2)
        box.addWidget(self.field, _ROOMIEST)
        box.addLayout(tools)
        box.addWidget(self.fitted)
        box.addStretch(1)
        self._retranslate()
        self.hide()

    def show_drawable(self, like: Drawable | None) -> None:
        """Offer to draw what is like the samples of some data; ``None`` offers nothing."""
        self.setVisible(like is not None)
        if like is not None:
            self.field.use(like.height, like.width, is_bright_on_dark=like.is_bright_on_dark)
        self._can_undo()

    @property
    def ink(self) -> NDArray[Any]:
        """What was drawn, from 0 to 1."""
        return self.field.ink()

    def _changed(self) -> None:
        self._can_undo()
        if not self._soon.isActive():  # asked while it is drawn, and not only after it
            self._soon.start()

    def _can_undo(self) -> None:
        for button in (self._undo, self._clear):
            button.setEnabled(not self.field.is_empty)

    def _tell(self) -> None:
        self.drawn.emit(self.ink, self.fitted.isChecked())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have no room around the field, and let the mouse show the brush as wide as it is now."""
        super().resizeEvent(event)
        self.field.setMaximumHeight(max(self.field.minimumHeight(), self.field.whole_height()))
        self.field.set_brush(self.brush.value() / 100)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._brush_name.setText(self.tr("Brush"))
        self.brush.setAccessibleName(self.tr("Width of the brush"))
        self.fitted.setText(self.tr("Placed and sized as in the data"))
        self.fitted.setToolTip(
            self.tr("What is drawn is cut out, scaled and put where the samples have theirs")
        )
        for button, words in (
            (self._undo, self.tr("Take back the last stroke (Ctrl+Z)")),
            (self._clear, self.tr("Clear (Delete)")),
        ):
            button.setToolTip(words)
            button.setAccessibleName(words)
        self.field.setAccessibleName(self.tr("Drawing"))
        self.field.setToolTip(self.tr("The left button draws, the right one erases"))
