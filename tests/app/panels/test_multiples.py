"""What an Input states of its symbolic sizes, in the inspector and on the canvas."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.canvas.content import content
from app.panels.multiples_section import MultiplesSection
from app.panels.node_page import NodePage
from app.project.document import Document, Selection
from app.widgets.fields import NumberBox
from graph_model.network import set_arguments
from tests.app.panels.conftest import chain


@pytest.fixture
def document(qapp) -> Document:
    conv = {"out_channels": 8, "kernel_size": 3, "stride": 2, "padding": 1}
    return Document(
        chain(
            ("Input", {"shape": ("N", 3, "H", "W")}),
            ("Conv2d", conv),
            ("ReLU", {}),
            ("Conv2d", conv),
            ("Output", {}),
        )
    )


@pytest.fixture
def page(qtbot, document, find):
    made = NodePage(document, Selection(document), find("Input"))
    qtbot.addWidget(made)
    made.show()
    made.refresh()
    document.changed.connect(lambda *_: made.refresh())
    return made


def _section(page) -> MultiplesSection:
    return page.findChild(MultiplesSection)


def _offer(page) -> QPushButton:
    return _section(page).findChild(QPushButton)


def _boxes(page) -> list[NumberBox]:
    """Return the boxes shown; those of before may not be gone yet."""
    return [box for box in _section(page).findChildren(NumberBox) if not box.isHidden()]


def _shapes(document) -> list[str]:
    return [content(document.state, node).shape for node in document.network.nodes.values()]


def test_one_click_states_what_ends_the_rounding(page, document):
    before = document.project
    assert _shapes(document)[1:3] == ["N×8×(H + 1)//2×(W + 1)//2"] * 2
    assert "H divisible by 4, W divisible by 4" in _offer(page).text()
    QTest.mouseClick(_offer(page), Qt.MouseButton.LeftButton)
    assert _shapes(document)[1:4] == ["N×8×H/2×W/2"] * 2 + ["N×8×H/4×W/4"]
    assert _offer(page).isHidden()
    assert [box.value() for box in _boxes(page)] == [4, 4]
    document.history.undo()
    assert document.project is before
    assert not _offer(page).isHidden()


def test_a_number_beside_a_size_states_it_and_the_lowest_takes_it_back(page, document, find):
    height, width = _boxes(page)
    height.setValue(32)
    assert find("Input").arguments["multiples"] == ("H", 32)
    assert _shapes(document)[1] == "N×8×H/2×(W + 1)//2"
    assert (height.value(), width.value()) == (32, 1)
    height.setValue(1)
    assert find("Input").arguments["multiples"] == ()
    assert height.text() == "any size"


def test_the_rows_follow_the_names_of_the_sizes(qtbot, page, document, find):
    document.edit_network(
        set_arguments(document.network, find("Input").id, {"shape": ("N", 3, "L", 32)}), ""
    )
    qtbot.waitUntil(lambda: len(_boxes(page)) == 1)  # Qt shows what joins a layout a little later
    assert _boxes(page)[0].accessibleName() == "L is a multiple of"
    document.edit_network(
        set_arguments(document.network, find("Input").id, {"shape": ("N", 3, 32, 32)}), ""
    )
    assert _section(page).isHidden()


def test_a_layer_has_no_such_section(qtbot, document, find):
    made = NodePage(document, Selection(document), find("ReLU"))
    qtbot.addWidget(made)
    made.show()
    made.refresh()
    assert _section(made) is None
