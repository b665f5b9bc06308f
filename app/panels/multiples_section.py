"""What the symbolic sizes of an Input are multiples of, so that none is rounded down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from app.language.sentences import multiples_text
from app.look.style import set_role
from app.look.theme import SMALL, SPACE, monospace_font
from app.project.document import Document
from app.widgets.button import Button
from app.widgets.fields import NumberBox
from app.widgets.page_parts import discard
from graph_model.constraints import BATCH
from graph_model.inference.rounding import state_multiples, unrounded
from graph_model.layers.input_output import stated_multiples
from graph_model.network import NodeId
from graph_model.values import LARGEST_MULTIPLE, integer

_DIVISOR: Final = integer("multiple of", 1, maximum=LARGEST_MULTIPLE)


class MultiplesSection(QWidget):
    """A number beside each symbolic size of an Input, and an offer where sizes are rounded."""

    def __init__(self, document: Document, node: NodeId) -> None:
        super().__init__()
        self._document, self.node = document, node
        self._boxes: dict[str, NumberBox] = {}
        self._rows = QWidget()
        self._grid = QGridLayout(self._rows)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE)
        self._grid.setColumnStretch(2, 1)
        self._rounded, self._offer = QLabel(), Button()
        self._rounded.setWordWrap(True)
        self._rounded.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self._rounded, "muted")
        self._offer.clicked.connect(lambda: self._state(self._offered))
        self._offered: Mapping[str, int] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._rows)
        column.addWidget(self._rounded)
        column.addWidget(self._offer, 0, Qt.AlignmentFlag.AlignLeft)

    @staticmethod
    def concerns(document: Document, node: NodeId) -> bool:
        """Tell whether a node brings in symbolic sizes."""
        return bool(_names(document, node))

    def refresh(self) -> None:
        """Show what is stated now; nothing of a node that brings in no symbolic size."""
        node = self._document.network.nodes[self.node]
        stated = stated_multiples(node.arguments) if node.kind == "Input" else {}
        names = _names(self._document, self.node)
        if names != tuple(self._boxes):
            self._rebuild(names)
        for name, box in self._boxes.items():
            box.show_number(stated.get(name, 1), "")
        found = unrounded(self._document.inference) if names else {}
        self._offered = {name: divisor for name, divisor in found.items() if name in names}
        example = self._example() if self._offered else ""
        self._rounded.setText(self.tr("“//” rounds down, as in {0}.").format(example))
        self._offer.setText(self.tr("State: {0}").format(multiples_text(self._offered)))
        self._offer.setToolTip(self.tr("Then no size in the network is rounded."))
        self._rounded.setVisible(bool(self._offered))
        self._offer.setVisible(bool(self._offered))
        self.setVisible(bool(names))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._rebuild(())
            if self.node in self._document.network.nodes:
                self.refresh()
        super().changeEvent(event)

    def _rebuild(self, names: tuple[str, ...]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            discard(item.widget())
        self._boxes = {}
        for row, name in enumerate(names):
            symbol, words, box = QLabel(name), QLabel(self.tr("multiple of")), NumberBox(_DIVISOR)
            symbol.setFont(monospace_font(SMALL))
            set_role(words, "muted")
            box.setSpecialValueText(self.tr("any size"))
            box.setAccessibleName(self.tr("{0} is a multiple of").format(name))
            box.valueChanged.connect(lambda value, name=name: self._state({name: value}))
            for column, widget in enumerate((symbol, words, box)):
                self._grid.addWidget(widget, row, column)
            self._boxes[name] = box

    def _example(self) -> str:
        """Return a size that is rounded, of those shown on the canvas."""
        state = self._document.state
        specs = (s for each in state.inference.nodes.values() for s in each.outputs.values())
        dims = (str(dim) for spec in specs for dim in state.shown(spec).shape)
        return next((dim for dim in dims if "//" in dim), "")

    def _state(self, stated: Mapping[str, int]) -> None:
        if self.node not in self._document.network.nodes:
            return
        network = state_multiples(self._document.network, self.node, stated)
        text = self.tr("State: {0}").format(multiples_text(stated))
        self._document.edit_network(network, text, merge=f"multiples {self.node} {list(stated)}")


def _names(document: Document, id: NodeId) -> tuple[str, ...]:
    """Return the symbolic sizes but the batch; none in a block, which is given its sizes."""
    result = document.inference.nodes.get(id)
    spec = result.outputs.get("output") if result else None
    is_given = document.network.role == "block"
    if document.network.nodes[id].kind != "Input" or is_given or spec is None:
        return ()
    names = dict.fromkeys(str(dim) for dim in spec.shape if not isinstance(dim, int))
    return tuple(name for name in names if name not in BATCH)
