"""Whether the kind of a card is its own or follows from a parameter of the block around."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from app.look.theme import CONTROL_HEIGHT, SMALL, monospace_font
from app.panels.parameter_row import type_title
from app.project.document import Document
from app.widgets.forms import LABEL_WIDTH
from app.widgets.scrolling import unmoved_by_wheel
from graph_model.editing.node_kinds import follow_kind, make_kind_parameter, may_follow
from graph_model.kind_parameters import layer_parameters
from graph_model.network import NodeId
from graph_model.values import Type

_NEW: Final = "+"


class KindSection(QWidget):
    """A choice: the kind of its own, or one of the block's parameters of the type layer."""

    def __init__(self, document: Document, node: NodeId) -> None:
        super().__init__()
        self._document, self.node = document, node
        self._title, self._choice = QLabel(), unmoved_by_wheel(QComboBox())
        self._title.setFont(monospace_font(SMALL))
        self._title.setBuddy(self._choice)
        self._title.setMinimumWidth(LABEL_WIDTH)
        self._choice.setFixedHeight(CONTROL_HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._title)
        row.addWidget(self._choice, 1)
        self._choice.activated.connect(self._choose)
        self._retranslate()

    @staticmethod
    def concerns(document: Document, node: NodeId) -> bool:
        """Tell whether the kind of a node may come from elsewhere."""
        network, shown = document.network, document.network.nodes[node]
        return network.role == "block" and (may_follow(shown) or bool(shown.kind_from))

    def refresh(self) -> None:
        """Show where the kind comes from; nothing outside of blocks, where it is always its own."""
        network = self._document.network
        node = network.nodes[self.node]
        known = layer_parameters(network)
        self.setVisible(self.concerns(self._document, self.node))
        self._choice.clear()
        self._choice.addItem(self.tr("its own"), "")
        for name in dict.fromkeys((*known, *filter(None, [node.kind_from]))):
            self._choice.addItem(self.tr("parameter {0}").format(name), name)
        self._choice.addItem(self.tr("a new parameter"), _NEW)
        self._choice.setCurrentIndex(self._choice.findData(node.kind_from))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            if self.node in self._document.network.nodes:
                self.refresh()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("kind"))
        text = self.tr(
            "Whether it is always of this kind, or each use of the block chooses it from a list: "
            "a parameter of the type {0}."
        )
        self.setToolTip(text.format(type_title(Type.LAYER)))
        self._choice.setAccessibleName(self.tr("Where its kind comes from"))

    def _choose(self, index: int) -> None:
        if self.node not in self._document.network.nodes:
            return
        chosen, network = self._choice.itemData(index), self._document.network
        if chosen == network.nodes[self.node].kind_from:
            return
        if chosen == _NEW:
            project = make_kind_parameter(self._document.project, network.id, self.node)
            self._document.edit(project, self.tr("Make the Kind a Parameter"))
            return
        text = self.tr("Set where the Kind Comes From")
        self._document.edit_network(follow_kind(network, self.node, chosen), text)
