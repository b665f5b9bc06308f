"""What the inspector says of a node besides its arguments: its block, and shared weights."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.look.icons import icon
from app.look.style import set_role
from app.project.document import Document, Selection
from app.widgets.button import Button
from graph_model.inference.infer import NodeResult
from graph_model.mappings import in_order
from graph_model.network import Node, NodeId, freeze, stop_sharing, used_layer, used_network


class UseSection(QWidget):
    """Leads into the block or code that a node uses, and to the node whose weights it shares."""

    def __init__(self, document: Document, selection: Selection, node: NodeId) -> None:
        super().__init__()
        self._document, self._selection, self.node = document, selection, node
        self._open, self._shared, self._stop = Button(), Button(), Button()
        self._frozen = QCheckBox()
        self._with_weights: NodeId = ""
        self._sharers = QLabel()
        self._sharers.setWordWrap(True)
        self._sharers.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self._sharers, "muted")
        self._open.setIcon(icon("block"))
        self._edit = Button()
        self._edit.setIcon(icon("code"))
        self._shared.setIcon(icon("link", "accent_text"))
        set_role(self._shared, "link")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._edit, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout()
        row.addWidget(self._shared)
        row.addStretch()
        row.addWidget(self._stop)
        column.addLayout(row)
        column.addWidget(self._sharers)
        column.addWidget(self._frozen)
        self._open.clicked.connect(lambda: self._document.enter(self.node))
        self._edit.clicked.connect(lambda: self._document.open_layer(self.node))
        self._shared.clicked.connect(lambda: self._selection.set([self._use().shares]))
        self._stop.clicked.connect(self._stop_sharing)
        self._frozen.clicked.connect(self._freeze)

    def refresh(self) -> None:
        """Show what goes for the node as it is now."""
        network, node = self._document.network, self._use()
        block = self._document.project.networks.get(used_network(node.kind) or "")
        layer = self._document.project.layers.get(used_layer(node.kind) or "")
        owner = network.nodes.get(node.shares)
        sharing = self._document.inference.sharing
        others = {id for id, owner in sharing.items() if owner == node.id}
        sharers = [network.nodes[id].name for id in in_order(network.nodes, others)]
        self._open.setText(self.tr("Open {0}").format(block.name) if block else "")
        self._edit.setText(self.tr("Edit the code of {0}").format(layer.name) if layer else "")
        self._shared.setText(self.tr("Weights of {0}").format(owner.name) if owner else "")
        self._stop.setText(self.tr("Stop sharing"))
        self._sharers.setText(
            self.tr("Its weights are those of {0} too").format(", ".join(sharers))
        )
        self._open.setVisible(block is not None)
        self._edit.setVisible(layer is not None)
        self._shared.setVisible(owner is not None)
        self._stop.setVisible(bool(node.shares))
        self._sharers.setVisible(bool(sharers))
        result = self._document.inference.nodes.get(self.node, NodeResult())
        if result.outputs:  # while nothing is known, the form below is to stay where it is
            self._with_weights = self.node if result.parameter_count else ""
        is_trained = self._with_weights == self.node and not node.shares
        self._frozen.setText(self.tr("Frozen"))
        self._frozen.setToolTip(self.tr("Training leaves these weights as they are."))
        self._frozen.setChecked(node.frozen)
        self._frozen.setVisible(is_trained or node.frozen)
        self.setVisible(bool(block or layer or node.shares or sharers or is_trained or node.frozen))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange and self.node in self._document.network.nodes:
            self.refresh()
        super().changeEvent(event)

    def _use(self) -> Node:
        return self._document.network.nodes[self.node]

    def _stop_sharing(self) -> None:
        if self.node not in self._document.network.nodes:
            return
        network = stop_sharing(self._document.network, self.node)
        self._document.edit_network(network, self.tr("Stop sharing weights"))

    def _freeze(self, frozen: bool) -> None:
        if self.node not in self._document.network.nodes:
            return
        network = freeze(self._document.network, self.node, frozen=frozen)
        title = self.tr("Freeze the weights") if frozen else self.tr("Train the weights")
        self._document.edit_network(network, title)
