"""Says how far an arrangement is that lasts, and lets one cancel it."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from app.canvas.arranging import Arranging
from app.language.sentences import translate
from app.look.style import set_role
from app.look.theme import SPACE
from app.widgets.button import Button

_FROM: Final = 3
"""At which word on the way to appear: what is done sooner needs none."""


class ArrangingNote(QFrame):
    """Appears while a large network is being arranged."""

    def __init__(self, arranging: Arranging, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self._words = 0
        self._text = QLabel()
        set_role(self._text, "caption")
        self.cancel = Button()
        self.cancel.clicked.connect(arranging.cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE, 4, 4, 4)
        row.addWidget(self._text)
        row.addWidget(self.cancel)
        arranging.told.connect(self._tell)
        self.hide()

    def _tell(self, part: float) -> None:
        """Follow the work; at its end, or before it has lasted, show nothing."""
        self._words = 0 if part == 1 else self._words + 1
        if self._words >= _FROM:
            percent = round(100 * part)
            self._text.setText(translate("Overlay", "Arranging: {0} %").format(percent))
            self.cancel.setText(translate("Overlay", "Cancel"))
            self.adjustSize()
        self.setVisible(self._words >= _FROM)
