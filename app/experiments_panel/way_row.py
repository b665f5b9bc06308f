"""How the trials of an experiment are found: all combinations, some of them, or as TPE proposes."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QSpinBox, QWidget

from app.experiments.experiment import Experiment
from app.experiments.proposing import is_available
from app.experiments.trials import MOST
from app.language.sentences import problem_sentence
from app.look.theme import SPACE
from app.widgets.scrolling import unmoved_by_wheel
from graph_model.problems import Problem

NUMBER: Final = 96
"""The width, in pixels, of a field for a number."""
_ALL, _SOME, _TPE = range(3)
_LARGEST_SEED: Final = 2**31 - 1


class WayRow(QWidget):
    """Says how many trials there are, by which seed, and whether those that lag are stopped."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.way = unmoved_by_wheel(QComboBox())
        self.way.addItems(["", "", ""])
        self.number, self._seed = (unmoved_by_wheel(QSpinBox()) for _ in range(2))
        self.number.setRange(1, MOST)
        self.number.setValue(10)
        self._seed.setRange(0, _LARGEST_SEED)
        for field in (self.number, self._seed):
            field.setFixedWidth(NUMBER)
            field.valueChanged.connect(lambda _: self.changed.emit())
        self.prune = QCheckBox()
        self.prune.toggled.connect(lambda _: self.changed.emit())
        self._number_label, self._seed_label = QLabel(), QLabel()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(SPACE)
        row = (self.way, self._number_label, self.number, self._seed_label, self._seed)
        for column, widget in enumerate(row):
            grid.addWidget(widget, 0, column)
        grid.addWidget(self.prune, 1, 0, 1, 6)
        grid.setColumnStretch(5, 1)
        self.way.currentIndexChanged.connect(lambda _: self._follow())
        self._retranslate()
        self._follow()

    @property
    def proposes(self) -> bool:
        """Whether TPE is to propose trials."""
        return self.way.currentIndex() == _TPE

    @property
    def count(self) -> int:
        """How many trials are asked for, where not all combinations are."""
        return self.number.value()

    @property
    def some(self) -> int:
        """How many combinations are to be drawn, 0 for all of them."""
        return self.count if self.way.currentIndex() == _SOME else 0

    @property
    def seed(self) -> int:
        """What combinations are drawn by, and trials proposed."""
        return self._seed.value()

    @property
    def prunes(self) -> bool:
        """Whether trials that lag behind the others are to be stopped."""
        return self.prune.isChecked()

    def show_experiment(self, experiment: Experiment, *, is_added: bool) -> None:
        """Have the way of an experiment; where trials are added to it, that stays as it is."""
        self.prune.setChecked(experiment.prunes)
        if experiment.search is not None:
            self.way.setCurrentIndex(_TPE)
            self._seed.setValue(experiment.search.seed)
        self.prune.setDisabled(is_added)
        self._can_propose(not is_added)
        for field in (self.way, self._seed):
            field.setDisabled(experiment.search is not None)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _can_propose(self, is_allowed: bool) -> None:
        """Have TPE to choose where it is installed, and say why it is grey where it is not."""
        model = self.way.model()
        assert isinstance(model, QStandardItemModel)
        item = model.item(_TPE)
        item.setEnabled(is_allowed and is_available())
        missing = "" if is_available() else problem_sentence(Problem("optuna_missing"))
        item.setData(missing, Qt.ItemDataRole.ToolTipRole)

    def _follow(self) -> None:
        is_counted = self.way.currentIndex() != _ALL
        for widget in (self._number_label, self.number, self._seed_label, self._seed):
            widget.setVisible(is_counted)
        self.changed.emit()

    def _retranslate(self) -> None:
        ways = (
            self.tr("Every combination"),
            self.tr("Some of them, by chance"),
            self.tr("As TPE proposes, by what came before"),
        )
        for number, words in enumerate(ways):
            self.way.setItemText(number, words)
        self._number_label.setText(self.tr("Runs"))
        self._seed_label.setText(self.tr("Seed"))
        self.prune.setText(self.tr("Stop runs that lag behind the median of the others"))
        self.way.setAccessibleName(self.tr("How runs are found"))
