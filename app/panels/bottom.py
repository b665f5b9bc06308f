"""The tabs below the canvas: problems, code, training, runs."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QTabWidget, QWidget

from app.look.icons import icon
from app.panels.code import CodePanel
from app.panels.costs import CostsPanel
from app.panels.problems import ProblemsPanel
from app.project.document import Document, Selection
from app.training_panel.panel import TrainingPanel
from app.training_panel.runs import RunsPanel
from app.widgets.problem_card import ICONS
from graph_model.problems import Severity


class BottomTabs(QTabWidget):
    """One tab for each panel; that of the problems counts them."""

    def __init__(
        self, document: Document, selection: Selection, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)
        self.code = CodePanel(document, selection)
        self.training = TrainingPanel(document)
        self.problems = ProblemsPanel(document, self.training.watch)
        self.runs = RunsPanel()
        self.costs = CostsPanel(document, selection)
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

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _count_problems(self, count: int, worst: object) -> None:
        self._count = (count, worst if isinstance(worst, Severity) else None)
        self._retranslate()

    def _retranslate(self) -> None:
        count, worst = self._count
        problems = self.tr("Problems")
        self.setTabText(0, f"{problems}  {count}" if count else problems)
        self.setTabText(1, self.tr("Code"))
        self.setTabText(2, self.tr("Training"))
        self.setTabText(3, self.tr("Runs"))
        self.setTabText(4, self.tr("Layers"))
        self.setTabIcon(0, icon(*(ICONS[worst] if worst else ("success", "success"))))
