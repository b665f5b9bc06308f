"""What the inspector says when no single node is selected: of the network, or of several nodes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.explain.asking import count_question, input_question, output_question
from app.explain.labels import NumbersLabel
from app.explain.showing import show_explanation
from app.language.numbers import grouped
from app.language.sentences import translate
from app.look.theme import SPACE
from app.panels.block_section import BlockSection
from app.panels.cost_section import CostSection
from app.panels.facts import Facts
from app.panels.init_section import InitSection
from app.project.document import Document
from app.widgets.page_parts import ActionButton, NameField, Page, SpecRows, heading
from graph_model.inference.infer import Inference
from graph_model.network import NodeId
from graph_model.tensors import TensorSpec

_PARAMETERS: Final = 1
"""The row of the parameter count among the facts."""


class NetworkPage(Page):
    """The name of the network, what goes in and comes out, and how large it is."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._title, self._name = heading(), NameField()
        self.block = BlockSection(document)
        self._inputs_title, self._inputs = heading(), SpecRows(document)
        self._outputs_title, self._outputs = heading(), SpecRows(document)
        self._size_title, self._size = heading(), Facts(_PARAMETERS)
        self._init = InitSection(document)
        self.cost = CostSection(document)
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
            self._init,
            self.cost,  # known a moment later than the rest, which must not move for it
        ):
            page.addWidget(widget)
        page.addStretch()
        self._title.setContentsMargins(0, 0, 0, 0)
        self._name.edited.connect(self._rename)
        self._inputs.asked.connect(self._explain_input)
        self._outputs.asked.connect(self._explain_output)
        self._size.asked.connect(self._explain_count)
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
        self._size.show_facts(_network_facts(inference))
        self._init.refresh()
        self.cost.show_nodes()

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

    def _explain_input(self, name: str, index: int, label: NumbersLabel) -> None:
        question = output_question(self._document, self._named("Input", name), "output", index)
        show_explanation(self._document, question, label, label.extent())

    def _explain_output(self, name: str, index: int, label: NumbersLabel) -> None:
        question = input_question(self._document, self._named("Output", name), "input", index)
        show_explanation(self._document, question, label, label.extent())

    def _explain_count(self, label: NumbersLabel) -> None:
        show_explanation(self._document, count_question(self._document), label, label.extent())

    def _named(self, kind: str, name: str) -> NodeId:
        return next(node.id for node in self._document.inference.of_kind(kind) if node.name == name)

    def _rename(self, name: str) -> None:
        if name.strip():
            network = replace(self._document.network, name=name)
            self._document.edit_network(network, self.tr("Rename the network"), merge="network")


class SelectionPage(Page):
    """How many nodes are selected, how large they are together, and what is ``offered`` to do."""

    def __init__(self, document: Document, offered: Iterable[QAction]) -> None:
        super().__init__()
        self._document = document
        self._title, self._size = heading(), Facts()
        self._title.setContentsMargins(0, 0, 0, 0)
        self._cost = CostSection(document)
        page = QVBoxLayout(self)
        page.setContentsMargins(2 * SPACE, 0, SPACE, 2 * SPACE)
        page.setSpacing(SPACE)
        page.addWidget(self._title)
        page.addWidget(self._size)
        for action in offered:
            page.addWidget(ActionButton(action), 0, Qt.AlignmentFlag.AlignLeft)
        page.addWidget(self._cost)
        page.addStretch()

    def show_nodes(self, nodes: Collection[NodeId]) -> None:
        """Sum up these nodes."""
        self._title.setText(self.tr("{0} selected").format(len(nodes)))
        self._size.show_facts(_facts_of(self._document.inference, nodes))
        self._cost.show_nodes(nodes)


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


def _network_facts(inference: Inference) -> list[tuple[str, str]]:
    """Return how many layers there are, and their parameters."""
    ends = len(inference.of_kind("Input")) + len(inference.of_kind("Output"))
    return _facts(len(inference.network.nodes) - ends, inference.parameter_count)


def _facts_of(inference: Inference, nodes: Collection[NodeId]) -> list[tuple[str, str]]:
    """Return how many layers these are, and their parameters, of which shared ones count once."""
    used = [inference.network.nodes[id] for id in nodes]
    layers = sum(node.kind not in ("Input", "Output") for node in used)
    owners = {node.shares or node.id for node in used} & inference.nodes.keys()
    return _facts(layers, sum(inference.nodes[id].parameter_count for id in owners))


def _facts(layers: int, parameters: int) -> list[tuple[str, str]]:
    return [
        (translate("Facts", "Layers"), grouped(layers)),
        (translate("Facts", "Parameters"), grouped(parameters)),
    ]
