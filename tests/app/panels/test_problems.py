"""The problems panel: live, clickable, and fixes with a preview."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from app.canvas.changes import changes
from app.canvas.content import content
from app.look import theme
from app.panels.problems import ProblemsPanel
from app.project.document import Document
from app.project.files import new_project
from app.project.places import Place
from app.project.state import Trail
from app.training_panel.data_watch import DataWatch
from app.widgets.problem_card import DismissButton, FixButton, ProblemCard
from graph_model.editing.edits import new_node, remove_and_bridge
from graph_model.network import (
    Dismissal,
    Port,
    Position,
    Project,
    add_nodes,
    connect,
    remove_nodes,
    rename,
    set_arguments,
    with_network,
)
from graph_model.problems import Severity, SwapWithFeeder
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


def test_return_presses_the_fix_that_has_the_focus(document, find, qtbot):
    document.edit_network(
        set_arguments(document.network, find("Conv2d").id, {"kernel_size": 99}), "Set kernel_size"
    )
    panel, led = shown(qtbot, document), []
    panel.place_chosen.connect(led.append)
    button = panel.findChild(FixButton)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert not document.inference.has_errors
    assert led == []


def shown(qtbot, document) -> ProblemsPanel:
    made = ProblemsPanel(document, DataWatch(document))
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.show()
    return made


@pytest.fixture
def panel(qtbot, document):
    return shown(qtbot, document)


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
    qtbot.waitUntil(lambda: cards(panel) == [])


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


def test_what_a_fix_inserts_lies_between_the_cards_and_undo_takes_it_away(document, find, qtbot):
    flatten, linear = find("Flatten").id, find("Linear").id
    document.edit_network(remove_and_bridge(document.network, [flatten]), "Remove")
    before = document.state.layout
    panel = shown(qtbot, document)
    next(b for b in panel.findChildren(FixButton) if "Flatten" in b.text()).click()
    layout = document.state.layout
    assert layout[find("ReLU").id].y < layout[find("Flatten").id].y < layout[linear].y
    document.history.undo()
    assert document.state.layout == before


def test_a_name_without_end_widens_no_card(panel, document, find, qtbot):
    panel.resize(400, 300)
    document.edit_network(rename(document.network, find("Linear").id, "long_" * 40), "Rename")
    (card,) = cards(panel)
    qtbot.waitUntil(lambda: card.width() < 400)
    (button,) = card.findChildren(FixButton)
    assert button.geometry().right() < card.width()
    assert "…" in button.text()
    panel.resize(900, 300)
    qtbot.waitUntil(lambda: "…" not in button.text())


def test_layers_that_change_their_order_change_their_places(qtbot):
    document = Document(
        chain(("Input", {}), ("Dropout", {}), ("BatchNorm2d", {}), ("Flatten", {}), ("Output", {}))
    )
    panel = shown(qtbot, document)
    before = document.state.layout
    ids = {node.kind: node.id for node in document.network.nodes.values()}
    swap = next(
        button
        for button in panel.findChildren(FixButton)
        if isinstance(button._fix.change, SwapWithFeeder)
    )
    swap.click()
    assert document.state.layout[ids["Dropout"]] == before[ids["BatchNorm2d"]]
    assert document.state.layout[ids["BatchNorm2d"]] == before[ids["Dropout"]]


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
    panel = shown(qtbot, document)
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
    listed = [(card.found.way, card.problem.code) for card in cards(panel)]
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


@pytest.fixture
def advised(document, find):
    """Two activations in a row: the panel has one advice."""
    network = document.network
    relu = find("ReLU").id
    gelu = new_node(network, "GELU")
    (edge,) = (each for each in network.edges.values() if each.source.node == relu)
    network = connect(add_nodes(network, [gelu]), Port(relu, "output"), Port(gelu.id, "input"))
    document.edit_network(connect(network, Port(gelu.id, "output"), edge.target), "Add GELU")
    return gelu.id


def dismiss(card: ProblemCard) -> None:
    (button,) = card.findChildren(DismissButton)
    button.click()


def link(panel) -> QPushButton:
    (found,) = (each for each in panel.findChildren(QPushButton) if "dismissed" in each.text())
    return found


def test_advice_is_dismissed_and_brought_back(panel, document, advised, qtbot):
    (card,) = cards(panel)
    assert link(panel).isHidden()
    with qtbot.waitSignal(panel.count_changed) as signal:
        dismiss(card)
    assert signal.args == [0, None]
    assert cards(panel) == []
    assert document.state.problems_of(advised) == ()
    assert (link(panel).text(), link(panel).isHidden()) == ("1 dismissed", False)
    link(panel).click()
    (card,) = (each for each in cards(panel) if each.isVisible())
    assert not card.findChildren(FixButton)
    dismiss(card)
    (card,) = cards(panel)
    assert card.findChildren(FixButton)
    assert link(panel).isHidden()
    assert document.project.dismissed == frozenset()


def test_dismissing_is_a_step_that_undo_takes_back(panel, document, advised):
    before = document.project
    dismiss(cards(panel)[0])
    assert document.history.undoText() == "Dismiss"
    document.history.undo()
    assert document.project is before
    assert len(cards(panel)) == 1


@pytest.mark.usefixtures("too_large")
def test_an_error_cannot_be_dismissed(panel):
    assert cards(panel)
    assert not panel.findChildren(DismissButton)


def test_what_a_later_version_dismissed_is_noted(panel, document):
    assert panel._unknown.isHidden()
    known = Dismissal("main", "", "a_later_advice")
    document.open(replace(document.project, dismissed=frozenset({known})))
    assert "a_later_advice" in panel._unknown.text()
    assert not panel._unknown.isHidden()


def test_a_panel_that_nobody_sees_makes_no_cards_but_counts_once_the_edit_is_done(
    qtbot, document, find
):
    panel = ProblemsPanel(document, DataWatch(document))
    qtbot.addWidget(panel)
    with qtbot.waitSignal(panel.count_changed) as told:
        network = set_arguments(document.network, find("Conv2d").id, {"kernel_size": 40})
        document.edit_network(network, "Set kernel_size")
        assert not told.signal_triggered
    assert told.args == [len(document.inference.problems), Severity.ERROR]
    assert not panel.findChildren(ProblemCard)
    panel.show()
    assert len(cards(panel)) == len(document.inference.problems)


def test_an_edit_that_says_nothing_else_leaves_the_panel_alone(panel, document, find, qtbot):
    node = find("Conv2d").id
    with qtbot.assertNotEmitted(panel.count_changed, wait=20):
        document.edit_network(document.network, "Move", layout={node: Position(7, 7)})


def of_cards(panel) -> list[tuple[str, Severity]]:
    return [(card.problem.code, card.found.severity) for card in cards(panel)]


@pytest.fixture
def begun(qapp) -> Document:
    """A project in which nothing was drawn yet."""
    theme.manager().install()
    return Document(new_project())


def test_an_empty_project_has_no_problem(qtbot, begun):
    counted = []
    panel = shown(qtbot, begun)
    panel.count_changed.connect(lambda *told: counted.append(told))
    panel.refresh()
    assert of_cards(panel) == []
    assert counted[-1] == (0, None)


def test_the_first_card_is_not_scolded_but_what_is_still_to_do_is_told(qtbot, begun):
    panel, counted = shown(qtbot, begun), []
    panel.count_changed.connect(lambda *told: counted.append(told))
    node = new_node(begun.network, "Conv2d")
    begun.edit_network(add_nodes(begun.network, [node]), "")
    assert of_cards(panel) == [("no_input", Severity.ADVICE), ("no_output", Severity.ADVICE)]
    assert begun.state.problems_of(node.id) == ()
    assert content(begun.state, node).standing == "fine"
    assert counted[-1] == (0, Severity.ADVICE)
    ends = [new_node(begun.network, "Input"), new_node(begun.network, "Output")]
    begun.edit_network(add_nodes(begun.network, ends), "")
    assert ("missing_input", Severity.ERROR) in of_cards(panel)
    assert content(begun.state, node).standing == "error"
    assert counted[-1][0] > 0


def test_a_first_input_that_does_not_suit_the_data_is_not_scolded(qtbot, begun):
    panel = shown(qtbot, begun)
    node = new_node(begun.network, "Input", {"shape": ("N", 3, 32, 32)})
    begun.edit_network(add_nodes(begun.network, [node]), "")
    assert of_cards(panel) == [("no_output", Severity.ADVICE)]


def test_the_cards_are_told_anew_once_the_network_could_be_right(begun):
    before = begun.state
    node = new_node(begun.network, "Conv2d")
    begun.edit_network(add_nodes(begun.network, [node]), "")
    first = begun.state
    ends = [new_node(begun.network, "Input"), new_node(begun.network, "Output")]
    begun.edit_network(add_nodes(begun.network, ends), "")
    assert node.id in changes(first, begun.state).told
    assert node.id not in changes(before, before).told


@pytest.mark.usefixtures("too_large")
def test_of_a_fix_whose_node_is_gone_only_the_words_are_told(panel, document, find):
    button = panel.findChild(FixButton)
    assert "\n" in button.preview()
    project = document.project
    document.state = replace(
        document.state,
        project=with_network(project, remove_nodes(document.network, [find("Conv2d").id])),
    )  # as it is in the midst of an edit, when the cards are those of before
    assert "\n" not in button.preview()
    before = document.state
    button.click()
    assert document.state is before
