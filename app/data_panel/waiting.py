"""What stands in the place of the columns as long as data are looked at, and a way to stop that."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from app.data.progress import Reading
from app.look.style import set_role
from app.look.theme import SPACE
from app.widgets.button import Button

_EVERY: Final = 200
"""Milliseconds between looks at how far it is."""
_WIDE: Final = 280


class Waiting(QWidget):
    """Says that data are looked at, and how far that is; ``stop_wanted`` and ``again_wanted``."""

    stop_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading: Reading | None = None
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(self.text, "muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(_WIDE)
        self.button = Button()
        self.button.clicked.connect(self._press)
        box = QVBoxLayout(self)
        box.setSpacing(SPACE)
        box.addStretch()
        box.addWidget(self.text)
        for widget in (self.bar, self.button):
            box.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch()
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self._follow)
        self._retranslate()

    def show_reading(self, reading: Reading | None) -> None:
        """Follow what is under way; ``None`` where it was stopped."""
        self._reading = reading
        self.bar.setVisible(reading is not None)
        self._retranslate()
        self._follow()
        if reading is None:
            self._timer.stop()
        else:
            self._timer.start()

    def _follow(self) -> None:
        done = self._reading.done if self._reading is not None else None
        self.bar.setRange(0, 0 if done is None else 1000)
        self.bar.setValue(0 if done is None else round(1000 * done))

    def _press(self) -> None:
        if self._reading is None:
            self.again_wanted.emit()
        else:
            self.stop_wanted.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        is_stopped = self._reading is None
        self.text.setText(
            self.tr("The data were not looked at to the end.")
            if is_stopped
            else self.tr("Looking at the data: their columns, their split and a batch…")
        )
        self.button.setText(self.tr("Look at Them") if is_stopped else self.tr("Stop"))
