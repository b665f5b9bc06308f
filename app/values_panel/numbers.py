"""A tensor in numbers: what it is, where its numbers lie, and the first of them."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from app.inspecting.seen import Seen
from app.look.style import set_role
from app.look.theme import SMALL, SPACE, monospace_font
from app.overlays.words import plain_text
from app.widgets.scrolling import unmoved_by_wheel


class NumbersView(QWidget):
    """The numbers of one port; where there are several, one chooses, and ``chosen`` says so."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._values: tuple[Seen, ...] = ()
        self.port = unmoved_by_wheel(QComboBox())
        self._names = [QLabel() for _ in range(7)]
        self._figures = [QLabel() for _ in range(7)]
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE)
        grid.setVerticalSpacing(1)
        for at, (name, figure) in enumerate(zip(self._names, self._figures, strict=True)):
            set_role(name, "caption")
            figure.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(name, at, 0)
            grid.addWidget(figure, at, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.port)
        box.addLayout(grid)
        box.addStretch()
        self.port.activated.connect(lambda _: self._choose())
        self._retranslate()

    def show_values(self, values: tuple[Seen, ...]) -> None:
        """Show the first of these, or the port that was chosen before."""
        before = self.port.currentText()
        self._values = values
        self.port.clear()
        self.port.addItems([each.port for each in values])
        self.port.setCurrentIndex(max(0, self.port.findText(before)))
        self.port.setVisible(len(values) > 1)
        self._refresh()

    @property
    def shown(self) -> Seen | None:
        """The port that is shown."""
        return self._values[max(0, self.port.currentIndex())] if self._values else None

    def _choose(self) -> None:
        self._refresh()
        self.chosen.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        words = (
            self.tr("shape"),
            self.tr("dtype"),
            self.tr("min"),
            self.tr("max"),
            self.tr("mean"),
            self.tr("std"),
            self.tr("zeros"),
        )
        for label, word in zip(self._names, words, strict=True):
            label.setText(word)

    def _refresh(self) -> None:
        """Show the port that is chosen."""
        seen = self.shown
        if seen is None:
            return
        facts = seen.facts
        zeros = f"{100 * facts.zeros:.3g} %"
        if facts.not_finite:
            zeros += "  " + self.tr("{0} not finite").format(f"{facts.not_finite:,}")
        numbers = (facts.minimum, facts.maximum, facts.mean, facts.deviation)
        figures = ("×".join(map(str, facts.shape)) or "()", facts.dtype)
        texts = (*figures, *map(plain_text, numbers), zeros)
        for label, text in zip(self._figures, texts, strict=True):
            label.setText(text)


class HeadView(QLabel):
    """The first numbers of a tensor, in rows and columns."""

    def __init__(self) -> None:
        super().__init__()
        self.setFont(monospace_font(SMALL))
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def show_head(self, seen: Seen) -> None:
        """Show those of a port."""
        self.setText(head_text(seen))


def head_text(seen: Seen) -> str:
    """Write the first numbers in columns, with an ellipsis where there are more."""
    rows = [[_number(each) for each in row] for row in seen.head]
    if not rows or not rows[0]:
        return ""
    width = max(len(each) for row in rows for each in row)
    more = " …" if seen.facts.shape and seen.facts.shape[-1] > len(rows[0]) else ""
    return "\n".join(" ".join(each.rjust(width) for each in row) + more for row in rows)


def _number(value: np.generic) -> str:
    number = value.item()
    return f"{number:.3g}" if isinstance(number, float | complex) else str(number)
