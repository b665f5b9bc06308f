"""How the repeats of a block are arranged: in sequence, in a loop, or side by side."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from app.look.theme import CONTROL_HEIGHT, SMALL, monospace_font
from app.panels.argument_form import shared_arguments
from app.project.document import Document
from app.widgets.fields import NumberBox
from app.widgets.forms import LABEL_WIDTH
from app.widgets.reasons import set_reason
from app.widgets.scrolling import unmoved_by_wheel
from graph_model.arrangement import Arrangement
from graph_model.editing.repeating import arrange
from graph_model.inference.arguments import as_owner, is_condition
from graph_model.network import NodeId, used_network
from graph_model.problems import Refusal
from graph_model.values import integer

_ALONG: Final = integer("dim", 1, minimum=None)


class ArrangementSection(QWidget):
    """A choice, and the dimension along which repeats side by side are joined."""

    def __init__(self, document: Document, node: NodeId) -> None:
        super().__init__()
        self._document, self.node = document, node
        self._title, self._choice = QLabel(), unmoved_by_wheel(QComboBox())
        self._dim, self._along = QLabel(_ALONG.name), NumberBox(_ALONG)
        self._choice.addItems([""] * len(Arrangement))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        rows = ((self._title, self._choice), (self._dim, self._along))
        for row, (label, field) in enumerate(rows):
            label.setFont(monospace_font(SMALL))
            label.setBuddy(field)
            field.setFixedHeight(CONTROL_HEIGHT)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        self._choice.activated.connect(lambda _: self._set())
        self._along.valueChanged.connect(lambda _: self._set())
        self._retranslate()

    @staticmethod
    def concerns(document: Document, node: NodeId) -> bool:
        """Tell whether a node is a block that may be there more than once."""
        network = document.network
        owner = as_owner(network, network.nodes[node])
        if used_network(owner.kind) is None or owner.repeat == 1:
            return False
        try:
            return not is_condition(owner, document.inference.scope)
        except Refusal:  # of a formula that cannot be worked out yet
            return True

    def refresh(self) -> None:
        """Show how the repeats lie now; nothing of what is there once at most."""
        network = self._document.network
        node = as_owner(network, network.nodes[self.node])
        self.setVisible(self.concerns(self._document, self.node))
        set_reason(self, shared_arguments(network, self.node))
        self._choice.setCurrentIndex([*Arrangement].index(node.arrangement))
        self._along.show_number(node.along, "")
        for widget in (self._dim, self._along):
            widget.setVisible(node.arrangement.has_dimension)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        texts = {
            Arrangement.SEQUENCE: self.tr("in sequence"),
            Arrangement.SHARED: self.tr("in a loop, same weights"),
            Arrangement.CONCATENATED: self.tr("side by side, concatenated"),
            Arrangement.SUMMED: self.tr("side by side, summed"),
            Arrangement.STACKED: self.tr("side by side, stacked"),
        }
        for index, each in enumerate(Arrangement):
            self._choice.setItemText(index, texts[each])
        self._title.setText(self.tr("arranged"))
        self._title.setToolTip(self.tr("How the repeats of the block follow one another."))
        self._along.setToolTip(self.tr("The dimension along which what they give is joined."))

    def _set(self) -> None:
        if self.node not in self._document.network.nodes:
            return
        chosen, along = [*Arrangement][self._choice.currentIndex()], self._along.value()
        node = self._document.network.nodes[self.node]
        if (chosen, along) != (node.arrangement, node.along):
            network = arrange(self._document.network, self.node, chosen, along)
            self._document.edit_network(
                network, self.tr("Arrange Repeats"), merge=f"arrange {self.node}"
            )
