"""What the inspector says of a block: its parameters, to be edited, and where it is used."""

from __future__ import annotations

import html
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from app.look.icons import icon
from app.look.style import set_role
from app.panels.parameter_row import ParameterRow
from app.project.document import Document
from app.project.places import Place, trail_to
from app.widgets.button import Button
from app.widgets.page_parts import discard, heading
from graph_model.blocks import uses
from graph_model.editing.block_parameters import add_parameter
from graph_model.network import Network, NetworkId, Node, free_name
from graph_model.values import integer

_MOST_USES: Final = 8


class BlockSection(QWidget):
    """Hidden while the network on the canvas is no block.

    ``place_chosen`` asks to show a use, ``save_wanted`` to put the block into the library.
    """

    place_chosen = Signal(object)
    save_wanted = Signal(str)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._rows: list[ParameterRow] = []
        self._found: list[tuple[NetworkId, Node]] = []
        self._title, self._add, self._none = heading(), QToolButton(), QLabel()
        self._list = QVBoxLayout()
        self._uses_title, self._uses = heading(), QLabel()
        self._save = Button()
        self._uses.setWordWrap(True)
        self._none.setWordWrap(True)
        set_role(self._none, "muted")
        self._add.setIcon(icon("plus"))
        self._save.setIcon(icon("save"))
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self._add, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addWidget(self._none)
        column.addLayout(self._list)
        column.addWidget(self._uses_title)
        column.addWidget(self._uses)
        column.addWidget(self._save, 0, Qt.AlignmentFlag.AlignLeft)
        self._add.clicked.connect(self._add_parameter)
        self._uses.linkActivated.connect(self._go_to_use)
        self._save.clicked.connect(lambda: self.save_wanted.emit(self._document.network.id))
        self._retranslate()

    def refresh(self) -> None:
        """Show the block as it is now."""
        network = self._document.network
        self.setVisible(network.role == "block")
        if network.role == "block":
            self._show_parameters(network)
            self._show_uses(network)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            self.refresh()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Parameters of the block"))
        self._none.setText(
            self.tr(
                "None yet. With parameters such as channels its uses can differ: "
                "its nodes have formulas of them."
            )
        )
        self._add.setToolTip(self.tr("Add a parameter"))
        self._add.setAccessibleName(self.tr("Add a parameter"))
        self._save.setText(self.tr("Save to my library"))

    def _show_parameters(self, block: Network) -> None:
        """Show each parameter in its row, and keep the rows while only values differ."""
        parameters, scope = block.parameters, self._document.inference.scope
        fits = len(parameters) == len(self._rows) and all(
            row.suits(block.id, parameter)
            for row, parameter in zip(self._rows, parameters, strict=True)
        )
        if not fits:
            for row in self._rows:
                discard(row)
            self._rows = [
                ParameterRow(self._document, block.id, place, parameter)
                for place, parameter in enumerate(parameters)
            ]
            for row in self._rows:
                self._list.addWidget(row)
                row.show()  # now, so that it can take the focus
        for row, parameter in zip(self._rows, parameters, strict=True):
            row.show_parameter(parameter, scope.get(parameter.name, parameter.default))
        self._none.setVisible(not parameters)

    def _show_uses(self, block: Network) -> None:
        project = self._document.project
        self._found = uses(project.networks, block.id)
        self._uses_title.setText(self.tr("Used %n time(s)", "", len(self._found)))
        links = [
            f'<a href="{place}">{html.escape(self._written(network, node))}</a>'
            for place, (network, node) in enumerate(self._found[:_MOST_USES])
        ]
        if len(self._found) > _MOST_USES:
            links.append(self.tr("… and {0} more").format(len(self._found) - _MOST_USES))
        self._uses.setText("<br>".join(links))
        self._uses.setVisible(bool(links))

    def _written(self, network: NetworkId, node: Node) -> str:
        project = self._document.project
        return (
            node.name
            if network == project.main
            else f"{project.networks[network].name} › {node.name}"
        )

    def _go_to_use(self, link: str) -> None:
        network, node = self._found[int(link)]
        state = self._document.state
        self.place_chosen.emit(Place(trail_to(state, state.project.main, network), node.id))

    def _add_parameter(self) -> None:
        network = self._document.network
        taken = {each.name for each in network.parameters}
        name = free_name("parameter", taken)
        added = integer(name, 1, minimum=None)
        project = add_parameter(self._document.project, network.id, added)
        self._document.edit(project, self.tr("Add parameter {0}").format(name))
        self._rows[-1].focus_name()
