"""What the inspector says when no single node is selected: of the network, or of several nodes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from app.document import Document
from app.numbers import byte_size, grouped, weight_bytes
from app.panels.block_section import BlockSection
from app.panels.parts import NameField, SpecRows, heading
from app.sentences import translate
from app.style import set_role
from app.theme import SPACE
from graph_model.infer import Inference
from graph_model.network import NodeId
from graph_model.tensors import TensorSpec


class NetworkPage(QWidget):
    """The name of the network, what goes in and comes out, and how large it is."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._title, self._name = heading(), NameField()
        self.block = BlockSection(document)
        self._inputs_title, self._inputs = heading(), SpecRows()
        self._outputs_title, self._outputs = heading(), SpecRows()
        self._size_title, self._size = heading(), _Facts()
        page = QVBoxLayout(self)
        page.setContentsMargins(2 * SPACE, 0, SPACE, 2 * SPACE)
        page.setSpacing(SPACE)
        for widget in (
            self._title,
            self._name,
            self.block,
            self._size_title,
            self._size,
            self._inputs_title,
            self._inputs,
            self._outputs_title,
            self._outputs,
        ):
            page.addWidget(widget)
        page.addStretch()
        self._title.setContentsMargins(0, 0, 0, 0)
        self._name.edited.connect(self._rename)
        self._retranslate()

    def refresh(self) -> None:
        """Show the network as it is now."""
        inference = self._document.inference
        self._tell_kind(is_block=inference.network.role == "block")
        self._name.show_name(inference.network.name)
        self.block.refresh()
        inputs, outputs = boundary_specs(inference)
        self._inputs.show_specs(inputs)
        self._outputs.show_specs(outputs)
        self._inputs_title.setVisible(bool(inputs))
        self._outputs_title.setVisible(bool(outputs))
        self._size.show_facts(_facts(inference, inference.network.nodes))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._inputs_title.setText(self.tr("Inputs"))
        self._outputs_title.setText(self.tr("Outputs"))
        self._size_title.setText(self.tr("Size"))
        self.refresh()

    def _tell_kind(self, *, is_block: bool) -> None:
        name = self.tr("Name of the block") if is_block else self.tr("Name of the network")
        self._title.setText(self.tr("Block") if is_block else self.tr("Network"))
        self._name.line.setAccessibleName(name)
        self._name.line.setToolTip(name)

    def _rename(self, name: str) -> None:
        if name.strip():
            network = replace(self._document.network, name=name)
            self._document.edit_network(network, self.tr("Rename the network"), merge="network")


class SelectionPage(QWidget):
    """How many nodes are selected, and how large they are together."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._title, self._size = heading(), _Facts()
        self._title.setContentsMargins(0, 0, 0, 0)
        page = QVBoxLayout(self)
        page.setContentsMargins(2 * SPACE, 0, SPACE, 2 * SPACE)
        page.setSpacing(SPACE)
        page.addWidget(self._title)
        page.addWidget(self._size)
        page.addStretch()

    def show_nodes(self, nodes: Collection[NodeId]) -> None:
        """Sum up these nodes."""
        self._title.setText(self.tr("{0} selected").format(len(nodes)))
        self._size.show_facts(_facts(self._document.inference, nodes))


class _Facts(QWidget):
    """Names on the left, figures on the right."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._labels: list[tuple[QLabel, QLabel]] = []

    def show_facts(self, facts: list[tuple[str, str]]) -> None:
        """Show these pairs, as many as there were before."""
        while len(self._labels) < len(facts):
            pair = (QLabel(), QLabel())
            set_role(pair[0], "muted")
            for column, label in enumerate(pair):
                self._grid.addWidget(label, len(self._labels), column)
            self._labels.append(pair)
        for pair, fact in zip(self._labels, facts, strict=True):
            pair[0].setText(fact[0])
            pair[1].setText(fact[1])


def boundary_specs(
    inference: Inference,
) -> tuple[dict[str, TensorSpec | None], dict[str, TensorSpec | None]]:
    """Return what each Input gives and each Output takes, by name."""
    results = inference.nodes
    inputs = {
        node.name: next(iter(results[node.id].outputs.values()), None)
        for node in inference.of_kind("Input")
    }
    outputs = {
        node.name: next(iter(results[node.id].inputs.values()), None)
        for node in inference.of_kind("Output")
    }
    return inputs, outputs


def _facts(inference: Inference, nodes: Collection[NodeId]) -> list[tuple[str, str]]:
    results = [inference.nodes[id] for id in nodes if id in inference.nodes]
    layers = sum(inference.network.nodes[id].kind not in ("Input", "Output") for id in nodes)
    memory = sum(weight_bytes(weight) for result in results for weight in result.weights)
    return [
        (translate("Facts", "Layers"), grouped(layers)),
        (
            translate("Facts", "Parameters"),
            grouped(sum(result.parameter_count for result in results)),
        ),
        (translate("Facts", "Weights in memory"), byte_size(memory)),
    ]
