"""The tabs below the canvas: problems, code, training, runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from app.late import late
from app.look.icons import icon
from app.panels.code import CodePanel
from app.panels.problems import ProblemsPanel
from app.project.document import Document, Selection
from app.training_panel.trainer import Trainer
from app.widgets.counting_tabs import CountingTabBar
from app.widgets.late_page import LatePage
from app.widgets.problem_card import ICONS
from app.widgets.scrolling import unmoved_by_wheel
from graph_model.problems import Severity

if TYPE_CHECKING:
    from app.training_panel.runs import RunsPanel


class BottomTabs(QTabWidget):
    """One tab for each panel; that of the problems counts them.

    ``project_wanted`` asks to open the project as it was in a run.
    """

    project_wanted = Signal(Path)

    def __init__(
        self,
        document: Document,
        selection: Selection,
        trainer: Trainer,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._selection, self._trainer = document, selection, trainer
        self._bar = CountingTabBar()
        self.setTabBar(self._bar)
        self.setDocumentMode(True)
        unmoved_by_wheel(self.tabBar())
        self.code = CodePanel(document, selection)
        self.problems = ProblemsPanel(document, trainer.watch)
        self.training = LatePage(self._make_training)
        self.runs = LatePage(self._make_runs)
        self.costs = LatePage(self._make_costs)
        self._count: tuple[int, Severity | None] = (0, None)
        for panel in (self.problems, self.code, self.training, self.runs, self.costs):
            self.addTab(panel, "")
        self.setCornerWidget(self.code.buttons)
        self.currentChanged.connect(
            lambda _: self.code.buttons.setVisible(self.currentWidget() is self.code)
        )
        self.setCurrentWidget(self.code)
        self.problems.count_changed.connect(self._count_problems)
        self.code.problems_requested.connect(lambda: self.setCurrentWidget(self.problems))
        self.problems.refresh()
        self._retranslate()

    def _make_training(self) -> QWidget:
        panel: QWidget = late("app.training_panel.panel").TrainingPanel(
            self._document, self._trainer
        )
        return panel

    def _make_runs(self) -> QWidget:
        panel = late("app.training_panel.runs").RunsPanel(self._document)
        panel.project_wanted.connect(self.project_wanted)
        panel.go_on_wanted.connect(self._trainer.go_on)
        panel.weights_wanted.connect(self._trainer.begin_with)
        panel.weights_wanted.connect(lambda _: self.setCurrentWidget(self.training))
        self._trainer.run_ended.connect(panel.refresh)
        self._trainer.state_changed.connect(lambda: self._say_whether_free(panel))
        self._say_whether_free(panel)
        made: QWidget = panel
        return made

    def _say_whether_free(self, panel: RunsPanel) -> None:
        panel.show_obstacle("" if self._trainer.is_free else self.tr("A training is running."))

    def _make_costs(self) -> QWidget:
        panel: QWidget = late("app.panels.costs").CostsPanel(self._document, self._selection)
        return panel

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _count_problems(self, count: int, worst: object) -> None:
        told = (count, worst if isinstance(worst, Severity) else None)
        if told != self._count:
            self._count = told
            self._retranslate()

    def _retranslate(self) -> None:
        count, worst = self._count
        self._bar.show_count(self.tr("Problems"), count)
        self.setTabText(1, self.tr("Code"))
        self.setTabText(2, self.tr("Training"))
        self.setTabText(3, self.tr("Runs"))
        self.setTabText(4, self.tr("Layers"))
        self.setTabIcon(0, icon(*(ICONS[worst] if worst else ("success", "success"))))
