"""Names on the left, figures on the right."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.explain.labels import NumbersLabel
from app.look.style import set_role


class Facts(QWidget):
    """Names on the left, figures on the right; that at ``link_row`` can be clicked."""

    asked = Signal(object)
    """The figure that was clicked, as the label that it stands in."""

    def __init__(self, link_row: int | None = None) -> None:
        super().__init__()
        self._link_row = link_row
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._labels: list[tuple[QLabel, QLabel]] = []

    def show_facts(self, facts: list[tuple[str, str]]) -> None:
        """Show these pairs, in the rows that there are as far as they go."""
        while len(self._labels) < len(facts):
            pair = (QLabel(), self._figure(len(self._labels)))
            set_role(pair[0], "muted")
            for column, label in enumerate(pair):
                self._grid.addWidget(label, len(self._labels), column)
            self._labels.append(pair)
        for row, pair in enumerate(self._labels):
            for label in pair:
                label.setVisible(row < len(facts))
        for (name, figure), (title, text) in zip(self._labels, facts, strict=False):
            name.setText(title)
            if isinstance(figure, NumbersLabel):
                figure.show_numbers((text,))
            else:
                figure.setText(text)

    def _figure(self, row: int) -> QLabel:
        if row != self._link_row:
            return QLabel()
        figure = NumbersLabel(is_code=False)
        figure.asked.connect(lambda: self.asked.emit(figure))
        return figure
