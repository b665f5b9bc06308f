"""The inspector: the selected node, several of them, or the whole network."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from app.look.style import set_role
from app.panels.node_page import NodePage
from app.panels.summary_page import NetworkPage, SelectionPage
from app.project.document import Document, Selection


class Inspector(QScrollArea):
    """Shows the page that suits the selection, and keeps it while only values change.

    ``place_chosen`` asks to show the use of a block, ``save_wanted`` to put a block into the
    user's library, ``left`` to go back to the canvas. ``offered`` are actions for several nodes.
    """

    place_chosen = Signal(object)
    save_wanted = Signal(str)
    left = Signal()

    def __init__(
        self, document: Document, selection: Selection, offered: Iterable[QAction] = ()
    ) -> None:
        super().__init__()
        self._document, self._selection = document, selection
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setViewportMargins(0, 12, 0, 0)
        set_role(self, "panel")
        self._network = NetworkPage(document)
        self._several = SelectionPage(document, offered)
        self._node: NodePage | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self._network)
        self._stack.addWidget(self._several)
        self.setWidget(self._stack)
        self._network.block.place_chosen.connect(self.place_chosen)
        self._network.block.save_wanted.connect(self.save_wanted)
        document.changed.connect(self._follow)
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

    def _follow(self) -> None:
        if not self.isHidden():
            self._refresh()

    def _refresh(self) -> None:
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
        elif self._selection.nodes:
            self._several.show_nodes(self._selection.nodes)
            self._show(self._several)
        else:
            self._network.refresh()
            self._show(self._network)

    def _show(self, page: QWidget) -> None:
        if self._stack.currentWidget() is not page:
            self._stack.setCurrentWidget(page)
            self.verticalScrollBar().setValue(0)

    def _drop_node_page(self) -> None:
        if self._node is not None:
            self._stack.removeWidget(self._node)
            self._node.deleteLater()
            self._node = None
