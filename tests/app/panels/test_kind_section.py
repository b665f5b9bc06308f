"""A card of a block told to follow a parameter, and the parameter's list of layer kinds."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.canvas.content import content
from app.panels.kind_section import KindSection
from app.panels.parameter_row import ParameterRow
from app.project.document import Document
from app.project.places import Trail
from graph_model.network import Network, Project
from graph_model.values import Type
from tests.codegen.blocks import network

BLOCK: Network = network({}, "unit", "Unit", {
    "x": ("Input", {"shape": ("N", 8)}, ""),
    "act": ("ReLU", {}, "x"),
    "y": ("Output", {}, "act"),
})  # fmt: skip
MAIN: Network = network({"unit": BLOCK}, "main", "Main", {
    "x": ("Input", {"shape": ("N", 8)}, ""),
    "part": ("[unit]", {}, "x"),
    "y": ("Output", {}, "part"),
})  # fmt: skip


@pytest.fixture
def document(qtbot: QtBot) -> Document:
    document = Document(Project({"main": MAIN, "unit": BLOCK}, "main"))
    document.go_to(Trail("unit"))
    return document


def test_a_new_parameter_lists_kinds_and_the_card_says_whom_it_follows(
    document: Document, qtbot: QtBot
) -> None:
    section = KindSection(document, "act")
    qtbot.addWidget(section)
    section.refresh()
    last = section._choice.count() - 1
    section._choice.setCurrentIndex(last)
    section._choice.activated.emit(last)
    (parameter,) = document.network.parameters
    assert (parameter.name, parameter.type) == ("activation", Type.LAYER)
    assert content(document.state, document.network.nodes["act"]).kind == "activation: ReLU"
    row = ParameterRow(document, "unit", 0, parameter)
    qtbot.addWidget(row)
    row.show_parameter(parameter, "ReLU")
    row._kinds.setText("hardswish, ELU(alpha=0.5)")
    assert isinstance(row._kinds, QLineEdit)
    row._kinds.editingFinished.emit()
    (changed,) = document.network.parameters
    assert changed.choices == ("Hardswish", "ELU(alpha=0.5)")
    assert changed.default == "Hardswish"
    assert document.network.nodes["act"].kind == "Hardswish"
    section.refresh()
    section._choice.setCurrentIndex(0)
    section._choice.activated.emit(0)
    assert document.network.nodes["act"].kind_from == ""
