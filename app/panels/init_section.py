"""What the weights and biases of a layer, or of all layers of a network, begin with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QEvent, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.look.style import set_role
from app.look.theme import SPACE
from app.project.document import Document
from app.widgets.choice_editor import ChoiceEditor
from app.widgets.page_parts import heading
from graph_model.editing.initialising import set_init
from graph_model.entry import Entry
from graph_model.inference.infer import NodeResult
from graph_model.initialisation.check import covered
from graph_model.initialisation.groups import GROUPS, filled
from graph_model.initialisation.kinds import INITS
from graph_model.network import NodeId
from graph_model.recipe import Choice

_USUAL: Final = ""
"""What stands for nothing chosen."""
_CHOICES: Final[Mapping[str, Entry]] = {
    _USUAL: Entry(_USUAL, "", shown=str(QT_TRANSLATE_NOOP("Recipe", "As PyTorch does"))),
    **INITS,
}


class InitSection(QWidget):
    """A menu for the weights and one for the biases; without a node, those of the network."""

    def __init__(self, document: Document, node: NodeId = "") -> None:
        super().__init__()
        self._document, self.node = document, node
        self._title, self._about = heading(), QLabel()
        self._about.setWordWrap(True)
        self._about.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self._about, "caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self._title)
        column.addWidget(self._about)
        self._editors: dict[str, ChoiceEditor] = {}
        self._column = column
        self._retranslate()

    @staticmethod
    def concerns(document: Document, node: NodeId) -> bool:
        """Tell whether a node has anything that could begin otherwise."""
        return bool(_groups(document, node))

    def refresh(self) -> None:
        """Show what is chosen now; nothing where there is nothing that could begin otherwise."""
        network = self._document.network
        owner = network.nodes[self.node] if self.node else network
        groups = _groups(self._document, self.node)
        for group in GROUPS:
            if group in groups and group not in self._editors:
                self._add_editor(group)
        for group, editor in self._editors.items():
            editor.show_choice(owner.init.get(group, Choice(_USUAL)))
            editor.setVisible(group in groups)
        self.setVisible(bool(groups))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _add_editor(self, group: str) -> None:
        """Make the menu of a group, below those of the groups before it."""
        editor = ChoiceEditor(_CHOICES, Choice(_USUAL), label=group)
        editor.edited.connect(partial(self._set, group))
        before = [each for each in GROUPS[: GROUPS.index(group)] if each in self._editors]
        self._editors[group] = editor
        self._column.insertWidget(2 + len(before), editor)

    def _set(self, group: str, chosen: Choice) -> None:
        if self.node and self.node not in self._document.network.nodes:
            return
        kept = None if chosen.kind == _USUAL else chosen
        network = set_init(self._document.network, self.node, group, kept)
        text = self.tr("Initialise {0}").format(group)
        self._document.edit_network(network, text, merge=f"init {self.node} {group}")

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Initialisation"))
        self._about.setText(
            self.tr(
                "Of all linear layers, convolutions and embeddings within, unless they say "
                "otherwise themselves."
            )
        )
        self._about.setVisible(not self.node)


def _groups(document: Document, id: NodeId) -> set[str]:
    """Return the groups of which a node, or without one the network, has tensors to begin."""
    owner = document.network.nodes[id] if id else document.network
    return {*owner.init, *(_of_node(document, id) if id else _of_network(document))}


def _of_node(document: Document, id: NodeId) -> Iterable[str]:
    """Return the groups of which the layer has learned tensors of its own."""
    result = document.inference.nodes.get(id, NodeResult())
    if document.network.nodes[id].shares:
        return ()
    return [group for group in GROUPS if filled(result.weights, group)]


def _of_network(document: Document) -> Iterable[str]:
    """Return the groups of which layers of the network have tensors that it goes for."""
    nodes, found = document.network.nodes, set[str]()
    for id, result in document.inference.nodes.items():
        if result.weights:
            kind = nodes[id].kind
            found.update(each for each in GROUPS if covered(kind, result.weights, each))
        if len(found) == len(GROUPS):  # the first layers have them all, as a rule
            break
    return found
