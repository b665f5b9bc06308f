"""The inspector where it is narrowest: nothing in its fields is cut off, and no room is wasted."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QComboBox, QSpinBox, QStyle, QStyleOptionComboBox

from app.panels.inspector import Inspector
from app.panels.problem_foot import ProblemFoot
from app.project.document import Selection
from app.widgets.fields import make_field
from app.widgets.forms import ParameterForm
from app.widgets.formula_field import FormulaField
from graph_model.editing.edits import new_node
from graph_model.layers import LAYERS
from graph_model.network import add_nodes, with_network
from tests.app.panels.conftest import chain

NARROW = 304
"""Pixels that the inspector has in a window of 1280."""


@pytest.fixture
def inspector(qtbot, document):
    made = Inspector(document, Selection(document))
    made._selection.changed.connect(made.catch_up)
    made.chosen = made._selection
    qtbot.addWidget(made)
    made.resize(NARROW, 500)  # so that its bar stands beside it
    made.show()
    return made


def _select(inspector, document, kind: str) -> None:
    found = next(each for each in document.network.nodes.values() if each.kind == kind)
    inspector.chosen.set([found.id])


def _room(menu: QComboBox) -> int:
    option = QStyleOptionComboBox()
    menu.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    return (
        menu.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, menu).width()
    )


@pytest.mark.parametrize("kind", ["Linear", "Conv2d"])
def test_what_the_weights_begin_with_can_be_read(inspector, document, qapp, kind):
    _select(inspector, document, kind)
    qapp.processEvents()
    menus = [each for each in inspector.findChildren(QComboBox) if each.isVisible()]
    assert menus
    for menu in menus:
        room = _room(menu)
        wide = [
            (text, menu.fontMetrics().horizontalAdvance(text) - room)
            for text in map(menu.itemText, range(menu.count()))
            if menu.fontMetrics().horizontalAdvance(text) > room
        ]
        assert not wide


@pytest.mark.parametrize("kind", ["MaxPool1d", "MaxPool2d", "MaxPool3d"])
def test_a_stride_that_follows_can_be_read(inspector, document, qapp, kind):
    sides = (16,) * int(kind[-2])
    document.open(chain(("Input", {"shape": ("N", 3, *sides)}), (kind, {}), ("Output", {})))
    _select(inspector, document, kind)
    qapp.processEvents()
    boxes = [each for each in inspector.findChildren(QSpinBox) if each.isVisible()]
    assert len(boxes) > 3
    for box in boxes:
        line = box.lineEdit()
        margins = line.textMargins().left() + line.textMargins().right() + 4  # 2 of Qt's own each
        room = line.width() - margins
        assert box.fontMetrics().horizontalAdvance(box.text()) <= room, box.text()


def test_the_foot_is_as_high_as_what_it_says(inspector, document, qapp):
    image = ("Input", {"shape": ("N", 3, 8, 8)})
    drawn = chain(image, ("Linear", {}), ("Linear", {}), ("ReLU", {}), ("Output", {}))
    network = drawn.networks[drawn.main]
    document.open(with_network(drawn, add_nodes(network, [new_node(network, "Tanh", {})])))
    inspector.resize(NARROW, 1200)
    foot = inspector.findChild(ProblemFoot)
    heights = []
    for kind in ("Linear", "Tanh", "Linear", "Tanh"):
        _select(inspector, document, kind)
        told = foot.height()
        qapp.processEvents()
        heights.append(foot.height())
        assert told == foot.height() == foot.widget().layout().totalHeightForWidth(foot.width())
    assert heights[0] != heights[1]


@pytest.mark.parametrize("make", [make_field, FormulaField])
def test_no_form_of_a_layer_is_wider_than_the_inspector(qtbot, make):
    room = NARROW - 10 - 24  # less its bar and its margins
    wide = {}
    for kind in LAYERS.values():
        form = ParameterForm(kind.parameters, {}, make=make)
        qtbot.addWidget(form)
        form.ensurePolished()
        if (needed := form.minimumSizeHint().width()) > room:
            wide[kind.name] = needed
    assert not wide
