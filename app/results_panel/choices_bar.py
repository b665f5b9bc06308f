"""Of what results are shown: of which split, of which output, and with which weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from app.language.numbers import grouped
from app.look.style import set_role
from app.look.theme import SPACE
from app.runs.folder import BEST, LAST
from app.widgets.scrolling import unmoved_by_wheel

if TYPE_CHECKING:
    from app.results_panel.asking import Outcome


_LEAST: Final = 64
"""How many pixels a menu keeps where it is narrow."""


class ChoicesBar(QWidget):
    """Three menus; ``asked`` says that the model is to be asked, ``output_chosen`` which output."""

    asked = Signal()
    output_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._splits: Mapping[str, int] = {}
        self._asked = 0
        self._weights: Sequence[Path] = ()
        self.split = unmoved_by_wheel(QComboBox())
        """Training, validation or test."""
        self.output = unmoved_by_wheel(QComboBox())
        """One of several outputs."""
        self.weights = unmoved_by_wheel(QComboBox())
        """Those of the best epoch, or the last ones."""
        self.split.activated.connect(self.asked)
        self.weights.activated.connect(self.asked)
        self.output.activated.connect(self.output_chosen)
        self._told = QLabel()
        set_role(self._told, "caption")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE // 2)
        for widget in (self.split, self.output, self.weights):
            row.addWidget(widget)
        row.addWidget(self._told, 1)
        self._retranslate()

    @property
    def chosen_split(self) -> str:
        """The split that is chosen, nothing where that is not known yet."""
        names = list(self._splits)
        return names[self.split.currentIndex()] if names else ""

    @property
    def chosen_weights(self) -> Path | None:
        """The weights that are chosen."""
        return self._weights[max(0, self.weights.currentIndex())] if self._weights else None

    @property
    def chosen_output(self) -> int:
        """The place of the output that is chosen."""
        return max(0, self.output.currentIndex())

    def begin(self, folder: Path | None) -> None:
        """Offer the weights that a run has kept, and nothing else yet."""
        files = [folder / BEST, folder / LAST] if folder is not None else []
        self._weights = [each for each in files if each.exists()]
        self._splits = {}
        self.output.clear()
        self.split.clear()
        self.weights.clear()
        self.weights.addItems([""] * len(self._weights))
        self._retranslate()

    def show_outcome(self, outcome: Outcome) -> None:
        """Offer the splits and the outputs that there are."""
        self._splits, self._asked = outcome.splits, outcome.asked
        self.split.clear()
        self.split.addItems([""] * len(outcome.splits))
        self.split.setCurrentIndex(list(outcome.splits).index(outcome.split))
        names = [each.output for each in outcome.predictions]
        if [self.output.itemText(place) for place in range(self.output.count())] != names:
            self.output.clear()
            self.output.addItems(names)
        self._retranslate()

    def tell(self, words: str) -> None:
        """Say what is under way."""
        self._told.setText(words)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        words = {
            "test": self.tr("Test: {0}"),
            "validation": self.tr("Validation: {0}"),
            "train": self.tr("Training: {0}"),
        }
        for place, (name, count) in enumerate(self._splits.items()):
            told = grouped(count)
            if place == self.split.currentIndex() and self._asked < count:
                told = self.tr("{0} of {1}").format(grouped(self._asked), told)
            self.split.setItemText(place, words[name].format(told))
        for place, path in enumerate(self._weights):
            best = path.name == BEST
            self.weights.setItemText(place, self.tr("Best weights") if best else self.tr("Last"))
        for menu, name, least in (
            (self.split, self.tr("Samples that the model is asked of"), 1),
            (self.output, self.tr("Output"), 2),
            (self.weights, self.tr("Weights: of the best epoch, or the last ones"), 2),
        ):
            menu.setAccessibleName(name)
            menu.setToolTip(name)
            menu.setVisible(menu.count() >= least)
            menu.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            menu.setMinimumWidth(_LEAST)
