"""The problems panel: live, clickable, and fixes with a preview."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from app.look import theme
from app.panels.problems import ProblemsPanel
from app.project.document import Document
from app.project.places import Place
from app.project.state import Trail
from app.training_panel.data_watch import DataWatch
from app.widgets.problem_card import FixButton, ProblemCard
from graph_model.edits import new_node
from graph_model.network import Project, add_nodes, remove_nodes, set_arguments
from graph_model.problems import Severity
from tests.app.panels.conftest import chain
from tests.codegen.blocks import SAMPLES


@pytest.fixture
def document(qapp) -> Document:
    """A network that fits the digits, on which a new project trains."""
    theme.manager().install()
    return Document(
        chain(
            ("Input", {"shape": ("N", 1, 8, 8)}),
            ("Conv2d", {"out_channels": 64, "kernel_size": 3}),
            ("ReLU", {}),
            ("Flatten", {}),
            ("Linear", {"out_features": 10}),
            ("Output", {}),
        )
    )


@pytest.fixture
def panel(qtbot, document):
    made = ProblemsPanel(document, DataWatch(document))
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.show()
    return made


def cards(panel) -> list[ProblemCard]:
    return [card for card in panel.findChildren(ProblemCard) if not card.isHidden()]


@pytest.fixture
def too_large(document, find):
    """A kernel larger than its input."""
    network = set_arguments(document.network, find("Conv2d").id, {"kernel_size": 40})
    document.edit_network(network, "Set kernel_size")


def test_a_network_in_order_has_none(panel):
    assert cards(panel) == []


def test_a_problem_appears_with_the_edit_and_goes_with_undo(panel, document, find, qtbot):
    with qtbot.waitSignal(panel.count_changed) as signal:
        network = set_arguments(document.network, find("Conv2d").id, {"kernel_size": 40})
        document.edit_network(network, "Set kernel_size")
    assert signal.args == [len(document.inference.problems), Severity.ERROR]
    assert len(cards(panel)) == len(document.inference.problems) > 0
    document.history.undo()
    assert cards(panel) == []


@pytest.mark.usefixtures("too_large")
def test_a_click_and_enter_go_to_the_node(panel, find, qtbot):
    card = cards(panel)[0]
    with qtbot.waitSignal(panel.place_chosen) as signal:
        QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    assert signal.args == [Place(Trail("main"), find("Conv2d").id)]
    with qtbot.waitSignal(panel.place_chosen):
        QTest.keyClick(card, Qt.Key.Key_Return)


def test_what_does_not_fit_the_data_is_listed_and_leads_to_the_recipe(panel, document, find, qtbot):
    with qtbot.waitSignal(panel.count_changed, check_params_cb=lambda count, _: count == 1) as told:
        network = set_arguments(document.network, find("Linear").id, {"out_features": 7})
        document.edit_network(network, "Set out_features")
    assert told.args == [1, Severity.WARNING]
    assert not document.inference.has_errors
    with qtbot.waitSignals([panel.place_chosen, panel.recipe_chosen]):
        QTest.mouseClick(cards(panel)[0], Qt.MouseButton.LeftButton)
    panel.findChildren(FixButton)[0].click()
    assert cards(panel) == []


@pytest.mark.usefixtures("too_large")
def test_the_preview_says_what_will_be(panel, document, find):
    button = panel.findChildren(FixButton)[0]
    preview = button.preview()
    button.click()
    assert not document.inference.has_errors
    shape = next(iter(document.inference.nodes[find("Conv2d").id].outputs.values()))
    assert str(shape) in preview
    assert f"{document.inference.parameter_count:,}" in preview
    document.history.undo()
    assert document.inference.has_errors


@pytest.mark.usefixtures("too_large")
def test_cards_of_other_problems_stay(panel, document, find):
    before = cards(panel)[0]
    document.edit_network(remove_nodes(document.network, [find("Output").id]), "Delete")
    assert before in cards(panel)
    assert len(cards(panel)) > 1


def test_a_thousand_problems_are_counted_but_not_all_drawn(panel, document):

    network = document.network
    for _ in range(150):
        network = add_nodes(network, [new_node(network, "Linear")])
    document.edit_network(network, "Add")
    assert len(cards(panel)) == 100


def title_of(card) -> str:
    return next(
        each.text() for each in card.findChildren(QLabel) if each.property("role") == "heading"
    )


@pytest.fixture
def within(qapp, qtbot):
    """A panel on a DenseNet in whose layers a stride is 0."""
    theme.manager().install()
    document = Document(Project(SAMPLES["dense"], "main"))
    layer = document.project.networks["layer"]
    document.edit_network(set_arguments(layer, "conv", {"stride": 0}), "Set stride")
    panel = ProblemsPanel(document, DataWatch(document))
    qtbot.addWidget(panel)
    panel.show()
    return panel, document


def test_a_problem_within_blocks_says_the_way_and_leads_there(within, qtbot):
    panel, document = within
    card = cards(panel)[0]
    assert title_of(card).startswith("stage1 › layers › conv")
    with qtbot.waitSignal(panel.place_chosen) as signal:
        QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    (place,) = signal.args
    document.go_to(place.trail)
    assert document.network.id == "layer"
    assert place.node == "conv"


def test_a_fix_within_a_block_is_one_step_and_foretold_for_the_whole(within):
    panel, document = within
    button = cards(panel)[0].findChild(FixButton)
    assert "Problems:" in button.preview()
    before = document.project.networks
    button.click()
    assert {id for id in before if document.project.networks[id] is not before[id]} == {"layer"}
    assert not document.main.has_errors
    document.history.undo()
    assert document.project.networks is before


def test_inside_a_block_its_own_warnings_are_listed_once(within):
    panel, document = within
    document.history.undo()
    layer = document.project.networks["layer"]
    relu = set_arguments(layer, "relu", {"inplace": True})
    document.edit_network(add_nodes(relu, [new_node(relu, "ReLU")]), "Add ReLU")
    document.enter("stage1")
    document.enter("layers")
    listed = [(found.way, found.problem.code) for found, _, _ in panel._cards]
    assert (("stage1", "layers", "relu1"), "missing_input") in listed
    assert (("stage1", "layers", "relu1"), "unused_output") in listed
    assert len(listed) == len(set(listed))


def test_a_problem_that_several_uses_have_is_listed_once_where_one_is(within):
    panel, document = within
    document.history.undo()
    layer = document.project.networks["layer"]
    document.edit_network(add_nodes(layer, [new_node(layer, "ReLU")]), "Add ReLU")
    (card,) = [card for card in cards(panel) if card.problem.code == "missing_input"]
    assert "stage1 › layers › relu1 and in 1 other" in title_of(card)
    document.enter("stage2")
    document.enter("layers")
    (card,) = [card for card in cards(panel) if card.problem.code == "missing_input"]
    assert "stage2 › layers › relu1 and in 1 other" in title_of(card)
