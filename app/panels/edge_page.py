"""What the inspector says of one edge: where it leads from and to, and what flows there."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout

from app.explain.asking import output_question
from app.explain.labels import NumbersLabel
from app.explain.showing import show_explanation
from app.look.style import set_role
from app.look.theme import SPACE
from app.project.document import Document, Selection
from app.widgets.button import Button
from app.widgets.page_parts import ActionButton, Page, SpecRows, heading
from graph_model.network import Edge, NodeId, Port


class EdgePage(Page):
    """Shows whichever edge it is given; its ends lead to their nodes. ``offered`` can be done."""

    def __init__(
        self, document: Document, selection: Selection, offered: Iterable[QAction]
    ) -> None:
        super().__init__()
        self._document, self._selection = document, selection
        self._edge: Edge | None = None
        self._title = heading()
        self._title.setContentsMargins(0, 0, 0, 0)
        self._words = [QLabel(), QLabel()]
        self._ends = [Button(), Button()]
        self._shape_title, self._shape = heading(), SpecRows(document)
        ends = QGridLayout()
        ends.setColumnStretch(1, 1)
        ends.setHorizontalSpacing(SPACE)
        ends.setVerticalSpacing(0)
        for row, (word, end) in enumerate(zip(self._words, self._ends, strict=True)):
            set_role(word, "caption")
            set_role(end, "link")
            ends.addWidget(word, row, 0)
            ends.addWidget(end, row, 1, Qt.AlignmentFlag.AlignLeft)
        page = QVBoxLayout(self)
        page.setContentsMargins(2 * SPACE, 0, SPACE, 2 * SPACE)
        page.setSpacing(SPACE)
        page.addWidget(self._title)
        page.addLayout(ends)
        page.addWidget(self._shape_title)
        page.addWidget(self._shape)
        page.addSpacing(SPACE)
        for action in offered:
            page.addWidget(ActionButton(action), 0, Qt.AlignmentFlag.AlignLeft)
        page.addStretch()
        self._ends[0].clicked.connect(lambda: self._go_to(lambda edge: edge.source.node))
        self._ends[1].clicked.connect(lambda: self._go_to(lambda edge: edge.target.node))
        self._shape.asked.connect(self._explain)
        self._retranslate()

    def show_edge(self, edge: Edge) -> None:
        """Show an edge as it is now."""
        self._edge = edge
        for button, port in zip(self._ends, (edge.source, edge.target), strict=True):
            button.setText(self._named(port).replace("&", "&&"))
        spec = self._document.inference.spec(edge.source)
        self._shape.show_specs({edge.source.name: spec})

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Wire"))
        for label, text in zip(self._words, (self.tr("From"), self.tr("To")), strict=True):
            label.setText(text)
        self._shape_title.setText(self.tr("Shape"))

    def _named(self, port: Port) -> str:
        return f"{self._document.network.nodes[port.node].name} · {port.name}"

    def _go_to(self, end: Callable[[Edge], NodeId]) -> None:
        if self._edge is not None:
            self._selection.set([end(self._edge)])

    def _explain(self, port: str, index: int, label: NumbersLabel) -> None:
        if self._edge is not None:
            question = output_question(self._document, self._edge.source.node, port, index)
            show_explanation(self._document, question, label, label.extent())
