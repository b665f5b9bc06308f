"""What values are seen of: which sample, which repeat of the block, which weights."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QMenu, QSpinBox, QToolButton, QWidget

from app.late import late
from app.look.icons import icon
from app.look.style import set_role
from app.look.theme import CONTROL_HEIGHT, SPACE
from app.overlays.inspection import Inspection, weights_text
from app.project.document import Document
from app.runs.folder import runs_folder
from app.values_panel.chosen import Chosen
from app.widgets.scrolling import unmoved_by_wheel

_SPLITS: Final = ("validation", "train", "test")
_LARGEST: Final = 10**9
_WIDTH: Final = 92
_MOST_OFFERED: Final = 12
"""How many weights are offered, those of the newest runs."""


class SampleBar(QWidget):
    """``changed`` says that something else is to be seen."""

    changed = Signal()

    def __init__(self, document: Document, inspection: Inspection) -> None:
        super().__init__()
        self._document, self._inspection = document, inspection
        self.title = QLabel()
        set_role(self.title, "heading")
        self._of = QLabel()
        set_role(self._of, "caption")
        self.split = unmoved_by_wheel(QComboBox())
        for each in _SPLITS:
            self.split.addItem("", each)
        self.sample, self.repeat = (unmoved_by_wheel(QSpinBox()) for _ in range(2))
        self.sample.setRange(1, _LARGEST)
        self.repeat.setRange(1, 1)
        self._words = QLabel(), QLabel()
        self.next = QToolButton()
        self.next.setIcon(icon("chevron-right"))
        self.next.setAutoRaise(True)
        self.weights = QToolButton()
        self.weights.setAutoRaise(True)
        self.weights.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self.weights)
        self.weights.setMenu(self._menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, SPACE // 2, SPACE, 0)
        row.setSpacing(SPACE // 2)
        row.addWidget(self.title)
        row.addStretch()
        for widget in (
            self._words[0],
            self.repeat,
            self._words[1],
            self.sample,
            self._of,
            self.next,
            self.split,
            self.weights,
        ):
            row.addWidget(widget)
        for field in (self.sample, self.repeat, self.split):
            field.setFixedHeight(CONTROL_HEIGHT)
        self.sample.setFixedWidth(_WIDTH)
        self.sample.valueChanged.connect(self.changed)
        self.repeat.valueChanged.connect(self.changed)
        self.split.activated.connect(lambda _: self._begin_split())
        self.next.clicked.connect(self.sample.stepUp)
        self._menu.aboutToShow.connect(self._offer_weights)
        self.retranslate()

    def show_chosen(self, chosen: Chosen | None) -> None:
        """Offer what there is to choose from for what is selected."""
        self.title.setText(chosen.title if chosen else "")
        repeats = chosen.repeats if chosen else 0
        for each in (self._words[0], self.repeat):
            each.setVisible(repeats > 1)
        self.repeat.blockSignals(True)
        self.repeat.setMaximum(max(1, repeats))
        self.repeat.blockSignals(False)

    def show_turn(self, turn: int) -> None:
        """Show the repeat that is on the canvas."""
        self.repeat.blockSignals(True)
        self.repeat.setValue(turn + 1)
        self.repeat.blockSignals(False)

    def show_seen(self, split: str, sample: int, samples: int, weights: Path | None) -> None:
        """Show what was seen in the end: there may be fewer samples, or no such split."""
        for field, value in ((self.sample, sample + 1), (self.split, self.split.findData(split))):
            field.blockSignals(True)
            if isinstance(field, QSpinBox):
                field.setMaximum(samples)
                field.setValue(value)
            else:
                field.setCurrentIndex(value)
            field.blockSignals(False)
        self._of.setText(self.tr("of {0}").format(f"{samples:,}"))
        self.weights.setText(f"{weights_text(weights)} ▾")

    def retranslate(self) -> None:
        """Follow the language."""
        self._words[0].setText(self.tr("Repeat"))
        self._words[1].setText(self.tr("Sample"))
        for at, text in enumerate((self.tr("validation"), self.tr("training"), self.tr("test"))):
            self.split.setItemText(at, text)
        self.split.setAccessibleName(self.tr("Split"))
        self.sample.setAccessibleName(self.tr("Sample"))
        self.repeat.setAccessibleName(self.tr("Repeat"))
        self.next.setToolTip(self.tr("Next sample"))
        self.next.setAccessibleName(self.tr("Next sample"))
        self.weights.setToolTip(self.tr("Which weights"))
        self.weights.setAccessibleName(self.tr("Which weights"))

    def _begin_split(self) -> None:
        """Show the first sample of another split."""
        self.sample.blockSignals(True)
        self.sample.setMaximum(_LARGEST)
        self.sample.setValue(1)
        self.sample.blockSignals(False)
        self.changed.emit()

    def _offer_weights(self) -> None:
        """Offer the best there are, new ones, and those that runs kept of this network."""
        self._menu.clear()
        inspection = self._inspection
        is_best = inspection.file is None and not inspection.are_new
        best = self._menu.addAction(self.tr("The best there are"), inspection.choose)
        new = self._menu.addAction(
            self.tr("Initial, as a training begins"), lambda: inspection.choose(are_new=True)
        )
        for action, is_chosen in ((best, is_best), (new, inspection.are_new)):
            action.setCheckable(True)
            action.setChecked(is_chosen)
        find = late("app.runs.weights").weights_of_network
        kept = find(self._document.project, runs_folder())
        if kept:
            self._menu.addSeparator()
        for each in kept[:_MOST_OFFERED]:
            action = self._menu.addAction(weights_text(each.path), self._chooser(each.path))
            action.setCheckable(True)
            action.setChecked(inspection.file == each.path)

    def _chooser(self, path: Path) -> Callable[[], None]:
        return lambda: self._inspection.choose(path)
