"""The inspector: the selected node, several of them, or the whole network."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QSizePolicy, QStackedWidget, QWidget
from shiboken6 import Shiboken

from app.background import AfterTheFrame
from app.late import late
from app.look import theme
from app.look.style import set_role
from app.panels.problem_foot import ProblemFoot
from app.panels.summary_page import NetworkPage, SelectionPage
from app.project.document import Document, Selection
from app.project.state import State, is_mere_move
from graph_model.network import Node
from graph_model.problems import Problem

if TYPE_CHECKING:
    from app.panels.edge_page import EdgePage
    from app.panels.node_page import NodePage

_TOP: Final = 12
_UNTOUCHABLE: Final = Qt.WidgetAttribute.WA_TransparentForMouseEvents
_MOST_PAGES: Final = 8
"""How many pages of nodes are kept, those shown last."""


class Inspector(QScrollArea):
    """Shows the page that suits the selection, and keeps it while only values change.

    Another selection is followed once the canvas shows it, for a new page takes longer than a
    frame; an edit at once. Where the node is gone, its page stands until that is painted, but takes
    no clicks.

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
        self._offered, self._for_edges = offered, for_edges
        self._node: NodePage | None = None
        self._pages: dict[tuple[object, ...], NodePage] = {}
        self._shown: tuple[object, ...] = ()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._network)
        self.setWidget(self._stack)
        self._network.block.place_chosen.connect(self.place_chosen)
        self._network.block.save_wanted.connect(self.save_wanted)
        theme.manager().changing.connect(self._forget_pages)
        self._soon = AfterTheFrame(self._follow, self)
        document.changed.connect(self._follow_edit)
        document.replaced.connect(self._forget_pages)
        selection.changed.connect(self._soon.start)
        self._refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Escape, which the fields pass on."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focus_name(self) -> None:
        """Put the cursor into the name of the selected node."""
        self.catch_up()
        if self._node is not None:
            self._node.focus_name()

    def catch_up(self) -> None:
        """Show what is selected now, where that waits for the canvas to be painted."""
        if self._soon.is_waiting:
            self._follow()

    def set_device(self, device: str) -> None:
        """Tell the largest batch for which this device has room."""
        self._network.cost.set_device(device)

    def showEvent(self, event: QShowEvent) -> None:
        """Follow what happened while nobody saw it."""
        self._refresh()
        super().showEvent(event)

    def _follow_edit(self, old: State, new: State) -> None:
        if is_mere_move(old, new):
            return
        if self._node is None or self._node.node_id in new.network.nodes or _has_focus(self):
            self._follow()
        else:
            self._stack.setAttribute(_UNTOUCHABLE)
            self._soon.start()

    def _follow(self) -> None:
        """Show what an edit or a selection made of the page; the one often comes of the other."""
        self._soon.stop()
        if self.isVisibleTo(self.window()) and self._shown != self._to_show():
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
        self._stack.setAttribute(_UNTOUCHABLE, False)
        node = self._document.network.nodes.get(self._selection.single or "")
        typed = self._node.typed_into(node) if self._node and node else ""
        before, self._node = self._node, self._page_of(node) if node else None
        if node is not None and self._node is not None:
            is_other = self._node is not before or node.id != self._node.node_id
            self._node.show_node(node)
            self._show(self._node)
            if is_other:
                self.verticalScrollBar().setValue(0)
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
        self._lay_out()

    def _lay_out(self) -> None:
        """Give the page its height before it is painted: Qt would some events later.

        Until then the fields of a higher page than that before lie upon each other.
        """
        page = self._stack.currentWidget()
        if page is not None and (layout := page.layout()) is not None:
            layout.activate()
        QApplication.sendEvent(self, QEvent(QEvent.Type.LayoutRequest))

    def _problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with the selected node, or with the selected edge."""
        state, edge = self._document.state, self._selection.single_edge
        if edge is None:
            return state.problems_of(self._selection.single or "") if self._node else ()
        found = state.problems_of(edge.target.node)
        return tuple(each for each in found if each.port == edge.target.name)

    def _show(self, page: QWidget) -> None:
        before = self._stack.currentWidget()
        if before is not None and before is not page:
            # a page that is not shown takes no room: else all would be as high as the highest
            before.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
            page.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            self._stack.setCurrentWidget(page)
            self.verticalScrollBar().setValue(0)

    @cached_property
    def _several(self) -> SelectionPage:
        page = SelectionPage(self._document, self._offered)
        self._stack.addWidget(page)
        return page

    @cached_property
    def _edge(self) -> EdgePage:
        page: EdgePage = late("app.panels.edge_page").EdgePage(
            self._document, self._selection, self._for_edges
        )
        self._stack.addWidget(page)
        return page

    def _page_of(self, node: Node) -> NodePage:
        """Return the page of a node: one that showed a node like it, if it is not being typed into.

        To make one takes 60 ms, to show another node on it 10.
        """
        made = late("app.panels.node_page")
        identity = made.identity(self._document, node)
        page: NodePage | None = self._pages.pop(identity, None)
        if page is not None and page.node_id != node.id and _has_focus(page):
            self._drop(page)
            page = None
        if page is None:
            page = made.NodePage(self._document, self._selection, node)
            self._stack.addWidget(page)
        self._pages[identity] = page
        while len(self._pages) > _MOST_PAGES:
            self._drop(self._pages.pop(next(iter(self._pages))))
        return page

    def _forget_pages(self) -> None:
        """Drop the pages that are not shown, instead of giving them another look.

        They go at once: Qt would give them that look as long as they are there.
        """
        kept = {identity: page for identity, page in self._pages.items() if page is self._node}
        for identity in self._pages.keys() - kept.keys():
            Shiboken.delete(self._pages[identity])
        self._pages = kept

    def _drop(self, page: NodePage) -> None:
        self._stack.removeWidget(page)
        page.deleteLater()


def _has_focus(page: QWidget) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and page.isAncestorOf(focused)
