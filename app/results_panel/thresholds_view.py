"""ROC, and precision over recall, of every class against the rest; and what a threshold gives."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import pyqtgraph
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from app.look import theme
from app.look.style import set_role
from app.look.theme import SPACE
from app.results_panel.chart import Chart, Plot, thinned
from app.runs.thresholds import Thresholds
from app.widgets.scrolling import unmoved_by_wheel

_FINEST: Final = 1000
_WIDEST: Final = 260
"""How wide, in pixels, the menu of the classes is at most."""
_MOST_FAINT: Final = 20
"""How many other classes are drawn faintly: more make one grey surface."""
_WHOLE: Final = (0.0, 1.0)


class ThresholdsView(Chart):
    """Both curves of the chosen class over those of the others, and its figures at a threshold."""

    file_name = "roc_and_precision_recall"

    def __init__(self, parent: QWidget | None = None) -> None:
        body = QWidget()
        super().__init__(body, parent)
        self._all: tuple[Thresholds, ...] = ()
        self._names: tuple[str, ...] = ()
        self.roc, self.recall = Plot(), Plot()
        plots = QHBoxLayout()
        plots.setSpacing(SPACE)
        self._captions = [QLabel(), QLabel()]
        for plot, caption in zip((self.roc, self.recall), self._captions, strict=True):
            set_role(caption, "caption")
            plot.frame(_WHOLE, _WHOLE)
            plot.setMouseEnabled(False, False)
            column = QVBoxLayout()
            column.addWidget(caption)
            column.addWidget(plot, 1)
            plots.addLayout(column, 1)
        self.of_class = unmoved_by_wheel(QComboBox())
        """The class that is told from the rest."""
        self.of_class.currentIndexChanged.connect(self._draw)
        self.of_class.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.of_class.setMaximumWidth(_WIDEST)
        self.controls.addWidget(self.of_class)
        self.threshold = unmoved_by_wheel(QSlider(Qt.Orientation.Horizontal))
        """From which score on a sample is taken for the class, in thousandths."""
        self.threshold.setRange(0, _FINEST)
        self.threshold.setValue(_FINEST // 2)
        self.threshold.valueChanged.connect(self._show_threshold)
        self._threshold_name, self.figures = QLabel(), QLabel()
        self.figures.setWordWrap(True)
        self.figures.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        line = QHBoxLayout()
        line.addWidget(self._threshold_name)
        line.addWidget(self.threshold, 1)
        box = QVBoxLayout(body)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(plots, 1)
        box.addLayout(line)
        box.addWidget(self.figures)
        self._dots = [pyqtgraph.ScatterPlotItem(size=10) for _ in range(2)]
        theme.manager().changed.connect(self._draw)
        self.retranslate()

    def show_thresholds(self, all_classes: tuple[Thresholds, ...], names: Sequence[str]) -> None:
        """Show these, one for each class; of two classes the second one, which says yes."""
        before = self.of_class.currentIndex() if tuple(names) == self._names else -1
        self._all, self._names = all_classes, tuple(names)
        self.of_class.blockSignals(True)
        self.of_class.clear()
        self.of_class.addItems(list(names))
        self.of_class.setCurrentIndex(before if before >= 0 else int(len(names) == 2))
        self.of_class.blockSignals(False)
        self._draw()

    def wait(self) -> None:
        """Say that the curves are being worked out."""
        self.figures.setText(self.tr("The curves are being worked out …"))

    @property
    def title(self) -> str:
        """What it is called."""
        return self.tr("ROC and precision–recall")

    @property
    def _chosen(self) -> Thresholds | None:
        place = self.of_class.currentIndex()
        return self._all[place] if 0 <= place < len(self._all) else None

    @property
    def rows(self) -> Iterator[Sequence[object]]:
        """Every threshold of every class."""
        yield "class", "threshold", "false_positive_rate", "recall", "precision"
        for name, each in zip(self._names, self._all, strict=True):
            false_alarms, recall = each.roc()
            _, precision = each.precision_recall()
            scores = [math.inf, *each.scores.tolist()]
            columns = (scores, false_alarms.tolist(), recall.tolist(), precision.tolist())
            for row in zip(*columns, strict=True):
                yield name, *row

    def _draw(self) -> None:
        colours, chosen = theme.current(), self._chosen
        for plot in (self.roc, self.recall):
            plot.plotItem.clear()
        thin = pyqtgraph.mkPen(colours.border_strong, width=1, style=Qt.PenStyle.DashLine)
        self.roc.plot([0, 1], [0, 1], pen=thin)
        if chosen is None:
            return
        if chosen.positives:
            base = chosen.positives / (chosen.positives + chosen.negatives)
            self.recall.plot([0, 1], [base, base], pen=thin)
        if len(self._all) > 2:
            faint = pyqtgraph.mkPen(colours.border_strong, width=1)
            for each in self._all[:_MOST_FAINT]:
                if each is not chosen and each.can_be_judged:
                    self._draw_curves(each, faint)
        self._draw_curves(chosen, pyqtgraph.mkPen(colours.accent, width=2))
        for plot, dot in zip((self.roc, self.recall), self._dots, strict=True):
            dot.setBrush(pyqtgraph.mkBrush(colours.curves[1]))
            dot.setPen(pyqtgraph.mkPen(colours.surface, width=1.5))
            dot.setZValue(10)
            plot.plotItem.addItem(dot)
        self.retranslate()

    def _draw_curves(self, each: Thresholds, pen: object) -> None:
        self.roc.plot(*thinned(*each.roc()), pen=pen)
        recall, precision = each.precision_recall()
        self.recall.plot(*thinned(recall, precision), pen=pen)

    def _show_threshold(self) -> None:
        """Mark the threshold on both curves, and say what comes of it."""
        value = self.threshold.value() / _FINEST
        self._threshold_name.setText(self.tr("Threshold {0}").format(f"{value:.3f}"))
        if self._chosen is None:
            self.figures.clear()
            return
        at = self._chosen.at(value)
        self._dots[0].setData([at.false_alarms], [at.recall])
        precision = 1.0 if math.isnan(at.precision) else at.precision
        self._dots[1].setData([at.recall], [precision])
        parts = [
            self.tr("Precision {0}").format(_share(at.precision)),
            self.tr("Recall {0}").format(_share(at.recall)),
            self.tr("F1 {0}").format(_share(at.f1)),
            self.tr("False alarms {0}").format(_share(at.false_alarms)),
            self.tr("{0} found, {1} missed, {2} false").format(at.right, at.missed, at.wrong),
        ]
        self.figures.setText("   ·\u00a0\u00a0\u00a0".join(parts))

    def retranslate(self) -> None:
        """Say all in the language in use."""
        super().retranslate()
        self.of_class.setAccessibleName(self.tr("Class"))
        self.of_class.setToolTip(self.tr("The class that is told from the rest"))
        self.threshold.setAccessibleName(self.tr("Threshold"))
        self.threshold.setToolTip(
            self.tr("From this probability on a sample is taken for the class")
        )
        chosen = self._chosen
        areas = (chosen.roc_auc(), chosen.average_precision()) if chosen else (np.nan, np.nan)
        words = (self.tr("ROC, AUC {0}"), self.tr("Average precision {0}"))
        for caption, text, area in zip(self._captions, words, areas, strict=True):
            caption.setText(text.format(_share(area)))
        self.roc.name_axes(self.tr("false positive rate"), self.tr("true positive rate"))
        self.recall.name_axes(self.tr("recall"), self.tr("precision"))
        self._show_threshold()


def _share(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.3f}"
