"""The inspector: the selected node, several of them, or the whole network."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from app.look.style import set_role
from app.panels.edge_page import EdgePage
from app.panels.node_page import NodePage
from app.panels.problem_foot import ProblemFoot
from app.panels.summary_page import NetworkPage, SelectionPage
from app.project.document import Document, Selection
from app.project.state import State, is_mere_move
from graph_model.problems import Problem

_TOP: Final = 12


class Inspector(QScrollArea):
    """Shows the page that suits the selection, and keeps it while only values change.

    ``place_chosen`` asks to show the use of a block, ``save_wanted`` to put a block into the
    user's library, ``left`` to go back to the canvas. ``offered`` are actions for several nodes,
    ``for_edges`` those for an edge.
    """

    place_chosen = Signal(object)
    save_wanted = Signal(str)
    left = Signal()

    def __init__(
        self,
        document: Document,
        selection: Selection,
        offered: Iterable[QAction] = (),
        for_edges: Iterable[QAction] = (),
    ) -> None:
        super().__init__()
        self._document, self._selection = document, selection
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setViewportMargins(0, _TOP, 0, 0)
        self.verticalScrollBar().rangeChanged.connect(self._place_foot)
        set_role(self, "panel")
        self._foot = ProblemFoot(document, self)
        self._network = NetworkPage(document)
        self._several = SelectionPage(document, offered)
        self._edge = EdgePage(document, selection, for_edges)
        self._node: NodePage | None = None
        self._shown: tuple[object, ...] = ()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._network)
        self._stack.addWidget(self._several)
        self._stack.addWidget(self._edge)
        self.setWidget(self._stack)
        self._network.block.place_chosen.connect(self.place_chosen)
        self._network.block.save_wanted.connect(self.save_wanted)
        document.changed.connect(self._follow_edit)
        selection.changed.connect(self._follow)
        self._refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Escape, which the fields pass on."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focus_name(self) -> None:
        """Put the cursor into the name of the selected node."""
        if self._node is not None:
            self._node.focus_name()

    def set_device(self, device: str) -> None:
        """Tell the largest batch for which this device has room."""
        self._network.cost.set_device(device)

    def showEvent(self, event: QShowEvent) -> None:
        """Follow what happened while nobody saw it."""
        self._refresh()
        super().showEvent(event)

    def _follow_edit(self, old: State, new: State) -> None:
        if not is_mere_move(old, new):
            self._follow()

    def _follow(self) -> None:
        """Show what an edit or a selection made of the page; the one often comes of the other."""
        if not self.isHidden() and self._shown != self._to_show():
            self._refresh()

    def _to_show(self) -> tuple[object, ...]:
        """Return what the page is made from."""
        selection = self._selection
        return id(self._document.state), selection.nodes, selection.edges

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._foot.problems.rebuild()
            self._place_foot()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the problems at the foot."""
        super().resizeEvent(event)
        self._place_foot()

    def _place_foot(self) -> None:
        """Leave the problems as much room at the foot as they need, below what stays in place."""
        height = self._foot.take_place(self.rect().adjusted(0, _TOP, 0, 0))
        bar = self.verticalScrollBar()
        is_shown = bar.maximum() > bar.minimum()
        # the fields keep their width when the bar comes and goes
        self.setViewportMargins(0, _TOP, 0 if is_shown else bar.sizeHint().width(), height)

    def _refresh(self) -> None:
        self._shown = self._to_show()
        node = self._document.network.nodes.get(self._selection.single or "")
        typed = self._node.typed_into(node) if self._node and node else ""
        if node is None or self._node is None or not self._node.is_of(node):
            self._drop_node_page()
        if node is not None:
            if self._node is None:
                self._node = NodePage(self._document, self._selection, node)
                self._stack.addWidget(self._node)
            self._node.refresh()
            self._show(self._node)
            if typed:
                self._node.type_into(typed)
        elif (edge := self._selection.single_edge) is not None:
            self._edge.show_edge(edge)
            self._show(self._edge)
        elif self._selection.nodes:
            self._several.show_nodes(self._selection.nodes)
            self._show(self._several)
        else:
            self._network.refresh()
            self._show(self._network)
        self._foot.show_problems(self._problems())
        self._place_foot()

    def _problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with the selected node, or with the selected edge."""
        state, edge = self._document.state, self._selection.single_edge
        if edge is None:
            return state.problems_of(self._selection.single or "") if self._node else ()
        found = state.problems_of(edge.target.node)
        return tuple(each for each in found if each.port == edge.target.name)

    def _show(self, page: QWidget) -> None:
        if self._stack.currentWidget() is not page:
            self._stack.setCurrentWidget(page)
            self.verticalScrollBar().setValue(0)

    def _drop_node_page(self) -> None:
        if self._node is not None:
            self._stack.removeWidget(self._node)
            self._node.deleteLater()
            self._node = None
