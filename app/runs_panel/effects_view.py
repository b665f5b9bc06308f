"""What each setting of an experiment does: a row for each of its values, with mean and error."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QLineF, QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.experiments.effects import Level, effects
from app.look import theme
from app.look.style import set_role
from app.look.theme import SPACE
from app.runs.summaries import Summary
from app.runs_panel.figure_choice import FigureChoice, figure_of, varied
from app.runs_panel.lessons import lessons
from app.runs_panel.words import value_text

_SHOWN: Final = Qt.ItemDataRole.UserRole
"""Mean, error, and the lowest and highest of all that is shown."""
_DOT: Final = 3.5
_MOST_LESSONS: Final = 2
"""The settings, of those that explain most, whose lesson is told in words above the list."""


class EffectsView(QWidget):
    """Shows the settings, the one that explains most of a figure first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs: Sequence[Summary] = ()
        self.figure = FigureChoice()
        self.figure.currentIndexChanged.connect(lambda _: self._tell())
        self._help = QLabel()
        set_role(self._help, "caption")
        self.list = QTreeWidget()
        self.list.setSelectionMode(QTreeWidget.SelectionMode.NoSelection)
        self.list.setUniformRowHeights(True)
        self.list.setColumnCount(4)
        self.list.setItemDelegateForColumn(3, _Bars(self.list))
        self.lesson = QLabel()
        """What the runs teach, in words."""
        self.lesson.setWordWrap(True)
        self.lesson.setTextFormat(Qt.TextFormat.PlainText)
        self.lesson.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.lesson.setContentsMargins(SPACE, 0, SPACE, SPACE)
        bar = QHBoxLayout()
        bar.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE // 2)
        bar.setSpacing(SPACE)
        bar.addWidget(self.figure)
        bar.addWidget(self._help, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(bar)
        box.addWidget(self.lesson)
        box.addWidget(self.list, 1)
        self._retranslate()

    def show_runs(self, runs: Sequence[Summary]) -> None:
        """Tell the effects in these runs."""
        self._runs = runs
        self.figure.offer(runs)
        self._tell()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _tell(self) -> None:
        key = self.figure.key
        found = effects(
            [(each.settings, figure_of(each, key)) for each in self._runs], varied(self._runs)
        )
        levels = [level for each in found for level in each.levels]
        low, high = _span(levels)
        words = lessons(found, key)[:_MOST_LESSONS]
        self.lesson.setText("\n".join(words))
        self.lesson.setVisible(bool(words))
        self.list.clear()
        for effect in found:
            told = self.tr("explains {0} %").format(f"{100 * effect.share:.0f}")
            part = QTreeWidgetItem([effect.setting, "", told])
            self.list.addTopLevelItem(part)
            for level in effect.levels:
                count = self.tr("%n run(s)", "", level.count)
                name = value_text(level.value, effect.setting) or self.tr("without")
                row = QTreeWidgetItem(part, [name, count, _mean(level)])
                row.setData(3, _SHOWN, (level.mean, level.error, low, high))
        self.list.expandAll()

    def _retranslate(self) -> None:
        self._help.setText(
            self.tr("Mean of the runs with each value ± its standard error; over all the others.")
        )
        self._help.setToolTip(
            self.tr(
                "What a setting explains is the share of the variance that lies between its "
                "values (eta squared). Few runs make it large by chance."
            )
        )
        words = (self.tr("Setting"), self.tr("Runs"), self.tr("Mean"), "")
        self.list.setHeaderLabels(words)
        header = self.list.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self._tell()


class _Bars(QStyledItemDelegate):
    """Paints a mean as a dot with its error as a line, all on one scale."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        shown = index.data(_SHOWN)
        if not shown:
            return
        mean, error, low, high = shown
        colours, room = theme.current(), QRectF(option.rect).adjusted(8, 0, -8, 0)  # type: ignore[attr-defined]  # PySide6 has no types for options
        wide = (high - low) or 1.0

        def x(value: float) -> float:
            return room.left() + (value - low) / wide * room.width()

        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        y = room.center().y()
        painter.setPen(QPen(colours.color("border"), 1))
        painter.drawLine(QLineF(room.left(), y, room.right(), y))
        painter.setPen(QPen(colours.color("accent"), 2))
        if math.isfinite(error):
            painter.drawLine(QLineF(x(mean - error), y, x(mean + error), y))
        painter.setBrush(colours.color("accent"))
        painter.drawEllipse(QRectF(x(mean) - _DOT, y - _DOT, 2 * _DOT, 2 * _DOT))
        painter.restore()


def _span(levels: Sequence[Level]) -> tuple[float, float]:
    """Return what all means with their errors lie between."""
    errors = [each.error if math.isfinite(each.error) else 0.0 for each in levels]
    ends = [
        each.mean + sign * error
        for each, error in zip(levels, errors, strict=True)
        for sign in (-1, 1)
    ]
    return min(ends, default=0.0), max(ends, default=1.0)


def _mean(level: Level) -> str:
    if not math.isfinite(level.error):
        return f"{level.mean:.4g}"
    return f"{level.mean:.4g} ± {level.error:.2g}"
