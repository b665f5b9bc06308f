"""The tabs below the canvas: problems, code, layers, values."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QTabWidget, QWidget

from app.late import late
from app.look.icons import icon
from app.overlays.inspection import Inspection
from app.panels.code import CodePanel
from app.panels.problems import ProblemsPanel
from app.project.document import Document, Selection
from app.training_panel.data_watch import DataWatch
from app.widgets.counting_tabs import CountingTabBar
from app.widgets.late_page import LatePage
from app.widgets.problem_card import ICONS
from app.widgets.scrolling import unmoved_by_wheel
from graph_model.problems import Severity


class BottomTabs(QTabWidget):
    """One tab for each panel; that of the problems counts them."""

    def __init__(
        self,
        document: Document,
        selection: Selection,
        watch: DataWatch,
        inspection: Inspection,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._selection = document, selection
        self._inspection = inspection
        self._bar = CountingTabBar()
        self.setTabBar(self._bar)
        self.setDocumentMode(True)
        unmoved_by_wheel(self.tabBar())
        self.code = CodePanel(document, selection)
        self.problems = ProblemsPanel(document, watch)
        self.costs = LatePage(self._make_costs)
        self.values = LatePage(self._make_values)
        self._count: tuple[int, Severity | None] = (0, None)
        for panel in (self.problems, self.code, self.costs, self.values):
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

    def _make_costs(self) -> QWidget:
        panel: QWidget = late("app.panels.costs").CostsPanel(self._document, self._selection)
        return panel

    def _make_values(self) -> QWidget:
        panel: QWidget = late("app.values_panel.panel").ValuesPanel(
            self._document, self._selection, self._inspection
        )
        return panel

    def tab(self, name: str) -> QWidget:
        """Return the panel of a tab by its name in the actions."""
        return {
            "problems": self.problems,
            "code": self.code,
            "layers": self.costs,
            "values": self.values,
        }[name]

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
        self.setTabText(2, self.tr("Layers"))
        self.setTabText(3, self.tr("Values"))
        self.setTabIcon(0, icon(*(ICONS[worst] if worst else ("success", "success"))))
