"""The norm that a layer computes its weight with: weight norm, spectral norm, or none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.look.theme import SPACE
from app.project.document import Document
from app.widgets.choice_editor import ChoiceEditor
from app.widgets.page_parts import heading
from graph_model.editing.parametrizing import set_parametrization
from graph_model.entry import Entry
from graph_model.inference.infer import NodeResult
from graph_model.network import NodeId
from graph_model.parametrizations.kinds import PARAMETRIZATIONS
from graph_model.parametrizations.tensors import has_matrix, without_norm
from graph_model.recipe import Choice

_NONE: Final = ""
"""What stands for nothing chosen."""
_CHOICES: Final[Mapping[str, Entry]] = {
    _NONE: Entry(_NONE, "", shown=str(QT_TRANSLATE_NOOP("Recipe", "None"))),
    **PARAMETRIZATIONS,
}


class NormSection(QWidget):
    """A menu of the norms, for a layer that has one matrix as its weight."""

    def __init__(self, document: Document, node: NodeId) -> None:
        super().__init__()
        self._document, self.node = document, node
        self._title = heading()
        self._editor = ChoiceEditor(_CHOICES, Choice(_NONE), label="weight")
        self._editor.edited.connect(self._set)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self._title)
        column.addWidget(self._editor)
        self._retranslate()

    @staticmethod
    def concerns(document: Document, node: NodeId) -> bool:
        """Tell whether a node has a weight of its own to norm."""
        shown = document.network.nodes[node]
        result = document.inference.nodes.get(node, NodeResult())
        is_own = not shown.shares and has_matrix(shown.kind, without_norm(result.weights))
        return is_own or shown.parametrization is not None

    def refresh(self) -> None:
        """Show what is chosen now; nothing where there is no weight to norm."""
        node = self._document.network.nodes[self.node]
        self._editor.show_choice(node.parametrization or Choice(_NONE))
        self.setVisible(self.concerns(self._document, self.node))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _set(self, chosen: Choice) -> None:
        if self.node not in self._document.network.nodes:
            return
        kept = None if chosen.kind == _NONE else chosen
        network = set_parametrization(self._document.network, self.node, kept)
        text = self.tr("Norm of the weight")
        self._document.edit_network(network, text, merge=f"norm {self.node}")

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Norm of the weight"))
