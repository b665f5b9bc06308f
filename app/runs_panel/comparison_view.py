"""Several runs together: a figure of theirs as curves, and what differs between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.background import Latest
from app.language.sentences import metric_title
from app.live_panels.plots import LivePlot
from app.look.style import set_role
from app.look.theme import SPACE
from app.runs.groups import Group
from app.runs.summaries import Summary
from app.runs_panel.comparing import (
    EPOCHS,
    SECONDS,
    STEPS,
    TRAIN,
    Read,
    curve_of,
    figures_of,
    mean_and_band,
    read,
    sections,
)
from app.runs_panel.words import group_name, told_apart
from app.widgets.arrangement import HORIZONTAL, Arrangement
from app.widgets.button import Button
from app.widgets.scrolling import unmoved_by_wheel

_MOST_DRAWN: Final = 40
"""How many curves are drawn at once; more cannot be told apart."""
_MOST_COLUMNS: Final = 12
_FIT: Final = 3
"""How many runs beside one another share the room there is."""
_WIDTH: Final = 132
"""The width, in pixels, that each of more has."""


class ComparisonView(QWidget):
    """Draws the runs that are chosen; a group of them as its mean, with a band of one deviation.

    ``canvas_wanted`` asks to see on the canvas what differs between the two runs.
    """

    canvas_wanted = Signal()

    def __init__(self, arrangement: Arrangement, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs: Sequence[Summary] = ()
        self._groups: Sequence[Group] = ()
        self._read = Read({})
        self._reader = Latest(self)
        self._reader.done.connect(self._take)
        self.figure, self.along = (unmoved_by_wheel(QComboBox()) for _ in range(2))
        for choice in (self.figure, self.along):
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for each in (STEPS, EPOCHS, SECONDS):
            self.along.addItem("", each)
        self.figure.currentIndexChanged.connect(lambda _: self._draw())
        self.along.currentIndexChanged.connect(lambda _: self._draw())
        self._over = QLabel()
        self._left_out = QLabel()
        for label in (self._over, self._left_out):
            set_role(label, "caption")
        self.plot = LivePlot(names_one=True)
        self.differences = QTreeWidget()
        self.differences.setObjectName("differences")
        self.differences.setSelectionMode(QTreeWidget.SelectionMode.NoSelection)
        self.differences.setAlternatingRowColors(True)
        self.differences.setUniformRowHeights(True)
        header = self.differences.header()
        header.setStretchLastSection(False)
        header.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.canvas = Button()
        self.canvas.clicked.connect(self.canvas_wanted)
        left, right = self._sides()
        split = arrangement.split("comparison", HORIZONTAL, (left, right), (600, 460), 0)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(split)
        self._retranslate()

    def _sides(self) -> tuple[QWidget, QWidget]:
        """Make the curves with their choices, and what differs beside them."""
        left, right = QWidget(), QWidget()
        bar = QHBoxLayout()
        bar.setContentsMargins(SPACE, SPACE // 2, SPACE, 0)
        bar.setSpacing(SPACE)
        for widget in (self.figure, self._over, self.along, self._left_out):
            bar.addWidget(widget)
        bar.addStretch(1)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.plot, 1)
        beside = QVBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(self.differences, 1)
        row = QHBoxLayout()
        row.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE // 2)
        row.addWidget(self.canvas)
        row.addStretch(1)
        beside.addLayout(row)
        return left, right

    def show_runs(self, runs: Sequence[Summary], groups: Sequence[Group] = ()) -> None:
        """Compare these; runs that are in one of the groups are drawn as its mean."""
        self._runs, self._groups, self._read = runs, groups, Read({})
        self.canvas.setVisible(len(runs) == 2 and not groups)
        self._draw()
        self._tell()
        if len(runs) > 1:
            self._reader.ask(read, [each.run.folder for each in runs])

    @property
    def comparison(self) -> object:
        """What differs between two runs, once it was read."""
        return self._read.comparison

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _take(self, found: Read) -> None:
        if [*found.epochs] != [each.run.folder for each in self._runs]:
            return
        self._read = found
        self._offer_figures()
        self._draw()
        self._tell()

    def _offer_figures(self) -> None:
        """Have the figures to choose from that these runs told; the one in use stays."""
        before, names = self.figure.currentData(), figures_of(self._read.epochs)
        self.figure.blockSignals(True)
        self.figure.clear()
        for name in names:
            self.figure.addItem(self._figure_title(name), name)
        self.figure.setCurrentIndex(max(0, self.figure.findData(before)))
        self.figure.blockSignals(False)

    def _figure_title(self, name: str) -> str:
        words = self.tr("Training {0}") if name.startswith(TRAIN) else self.tr("Validation {0}")
        return words.format(metric_title(name.removeprefix(TRAIN)))

    def _draw(self) -> None:
        self.plot.forget_curves()
        self.plot.set_title(self.figure.currentText())
        self.plot.set_unit(self.along.currentText())
        figure, along = self.figure.currentData() or "loss", self.along.currentData()
        curves = {
            each.run.folder: curve_of(self._read.epochs.get(each.run.folder, ()), figure, along)
            for each in self._runs
        }
        number = 0
        for group in self._groups:
            members = [curves[each.run.folder] for each in group.runs]
            mean, low, high = mean_and_band([each for each in members if len(each)])
            name = self.tr("{0}, mean of {1}").format(group_name(group), len(group.runs))
            self.plot.show_curve(name, mean, number, dots=True)
            self.plot.show_band(low, high, number)
            number += 1
        alone = self._alone()
        for each in alone[:_MOST_DRAWN]:
            curve, name = curves[each.run.folder], each.name
            if self._read.epochs and not len(curve):
                name = self.tr("{0} (no epoch finished)").format(name)
            self.plot.show_curve(name, curve, number, dots=True)
            number += 1
        more = len(alone) - _MOST_DRAWN
        self._left_out.setText(self.tr("and %n more", "", more) if more > 0 else "")
        self.plot.refresh()

    def _alone(self) -> list[Summary]:
        """Return the runs that are in none of the groups."""
        grouped = {each.run.folder for group in self._groups for each in group.runs}
        return [each for each in self._runs if each.run.folder not in grouped]

    def _tell(self) -> None:
        """Write what differs into the list."""
        shown: list[Summary | Group] = [*self._groups, *self._alone()]
        del shown[_MOST_COLUMNS:]
        names = [group_name(each) if isinstance(each, Group) else each.name for each in shown]
        self.differences.clear()
        self.differences.setColumnCount(1 + len(names))
        self.differences.setHeaderLabels(["", *told_apart(names)])
        for column, name in enumerate(names, 1):
            self.differences.headerItem().setToolTip(column, name)
        comparison = self._read.comparison if len(shown) == 2 and not self._groups else None
        for section in sections(shown, comparison):
            part = QTreeWidgetItem([section.title])
            self.differences.addTopLevelItem(part)
            for name, texts in section.rows:
                row = QTreeWidgetItem(part, [name, *texts])
                for column, text in enumerate(texts, 1):
                    row.setToolTip(column, text)
            if not section.rows:
                QTreeWidgetItem(part, [self.tr("the same")])
        self.differences.expandAll()
        fits = len(names) <= _FIT
        header, resize = self.differences.header(), QHeaderView.ResizeMode
        header.setSectionResizeMode(resize.Stretch if fits else resize.Interactive)
        header.setSectionResizeMode(0, resize.ResizeToContents)
        if not fits:
            for column in range(1, 1 + len(names)):
                header.resizeSection(column, _WIDTH)

    def _retranslate(self) -> None:
        words = {
            STEPS: self.tr("steps"),
            EPOCHS: self.tr("epochs"),
            SECONDS: self.tr("seconds"),
        }
        for at in range(self.along.count()):
            self.along.setItemText(at, words[self.along.itemData(at)])
        self._over.setText(self.tr("over"))
        self.canvas.setText(self.tr("Show on the canvas"))
        self.canvas.setToolTip(
            self.tr("Open the project of the second as a copy, with what differs from the first")
        )
        self._offer_figures()
        self._draw()
        self._tell()
