"""The inspector: what it shows of a node, of several and of the network, and its edits."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QPushButton, QSpinBox

from app.language.numbers import count_formula
from app.look import theme
from app.panels.argument_form import ArgumentForm
from app.panels.cost_section import CostSection
from app.panels.edge_page import EdgePage
from app.panels.inspector import Inspector
from app.panels.node_page import NodePage
from app.project.examples import load_example
from app.widgets.forms import ParameterForm
from app.widgets.page_parts import ActionButton
from app.widgets.problem_card import FixButton, ProblemCard
from graph_model.inference.infer import infer
from graph_model.network import Port, add_nodes, disconnect, remove_nodes, rename, set_arguments
from tests.app.panels.conftest import chain


@pytest.fixture
def inspector(qtbot, document, selection):
    made = Inspector(document, selection)
    selection.changed.connect(made.catch_up)
    qtbot.addWidget(made)
    made.resize(320, 800)
    made.show()
    return made


def texts(widget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def field(inspector, name):
    return inspector.findChild(ParameterForm).field(name)


def test_with_nothing_selected_it_sums_up_the_network(inspector, document):
    shown = texts(inspector)
    assert "N×3×32×32" in shown
    assert "N×10" in shown
    assert f"{document.inference.parameter_count:,}" in shown


def test_weights_that_are_shared_count_once(inspector, document, qapp):
    document.open(load_example("gpt-2"))
    qapp.processEvents()
    assert "124,439,808" in texts(inspector)


def test_the_count_comes_with_its_formula(inspector, selection, find):
    selection.set([find("Conv2d").id])
    assert "weight 64×3×3×3 + bias 64 = 1,792" in texts(inspector)


def test_many_weights_stand_below_each_other(document):
    document.open(chain(("Input", {"shape": ("N", "T", 8)}), ("GRU", {"hidden_size": 4})))
    gru = next(node for node in document.network.nodes.values() if node.kind == "GRU")
    rows = count_formula(document.inference.nodes[gru.id].weights).split("\n")
    expected = dict(torch.nn.GRU(8, 4).named_parameters())
    assert [row.split() for row in rows[:-1]] == [
        [name, "×".join(map(str, weight.shape))] for name, weight in expected.items()
    ]
    assert rows[-1] == f"= {sum(weight.numel() for weight in expected.values())}"


def test_an_input_without_an_edge_says_so(inspector, document, selection):
    document.open(chain(("Input", {"shape": ("N", "T", 8)}), ("GRU", {"hidden_size": 4})))
    gru = next(node for node in document.network.nodes.values() if node.kind == "GRU")
    selection.set([gru.id])
    assert texts(inspector).count("not connected") == 1


def test_shapes_in_and_out_follow_an_edit(inspector, selection, find):
    selection.set([find("Conv2d").id])
    assert "N×64×30×30" in texts(inspector)
    field(inspector, "out_channels").findChild(QSpinBox).setValue(8)
    assert "N×8×30×30" in texts(inspector)


def test_typing_merges_into_one_step_and_can_be_undone(inspector, selection, document, find):
    selection.set([find("Linear").id])
    box = field(inspector, "out_features").findChild(QSpinBox)
    for value in (11, 12, 13):
        box.setValue(value)
    assert find("Linear").arguments["out_features"] == 13
    assert document.history.count() == 1
    document.history.undo()
    assert find("Linear").arguments["out_features"] == 10
    assert box.value() == 10


def test_the_page_stays_while_only_values_change(inspector, selection, document, find):
    selection.set([find("Conv2d").id])
    page = inspector.findChild(NodePage)
    document.edit_network(
        set_arguments(document.network, find("Conv2d").id, {"out_channels": 5}), "Set"
    )
    assert inspector.findChild(NodePage) is page
    assert field(inspector, "out_channels").findChild(QSpinBox).value() == 5


def test_a_bad_name_is_explained_and_not_taken(inspector, selection, find):
    selection.set([find("Conv2d").id])
    line = inspector.findChild(NodePage).findChild(QLineEdit)
    name = find("Conv2d").name
    line.selectAll()
    QTest.keyClicks(line, "class")
    assert find("Conv2d").name == "clas"
    assert any("“class”" in text for text in texts(inspector))
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == find("Conv2d").name == name, "it has the name again that it had"


def test_a_taken_name_is_explained_and_not_taken(inspector, selection, find):
    selection.set([find("Conv2d").id])
    line = inspector.findChild(NodePage).findChild(QLineEdit)
    line.selectAll()
    QTest.keyClicks(line, find("ReLU").name)
    assert find("Conv2d").name != find("ReLU").name
    assert any(find("ReLU").name in text for text in texts(inspector))


def test_a_problem_stands_with_its_fix_which_is_one_step(inspector, selection, document, find):
    conv = find("Conv2d").id
    document.edit_network(set_arguments(document.network, conv, {"kernel_size": 40}), "Set")
    selection.set([conv])
    count = document.history.count()
    button = inspector.findChild(FixButton)
    expected = infer(document.network).problems_by_node[conv][0].fixes[0]
    button.click()
    assert not document.inference.has_errors
    assert document.history.count() == count + 1
    assert expected.node == conv


def test_reset_returns_to_the_default(inspector, selection, document, find):
    selection.set([find("Conv2d").id])
    inspector.findChild(ParameterForm).reset.emit("out_channels")
    assert "out_channels" not in find("Conv2d").arguments


def test_several_nodes_are_summed_up(inspector, selection, document, find):
    both = [find("Conv2d").id, find("Linear").id]
    selection.set(both)
    total = sum(document.inference.nodes[id].parameter_count for id in both)
    assert f"{total:,}" in texts(inspector)


def test_a_removed_node_leaves_the_inspector(inspector, selection, document, find):
    selection.set([find("Conv2d").id])
    document.edit_network(remove_nodes(document.network, [find("Conv2d").id]), "Delete")
    assert inspector.findChild(QLabel) is not None
    assert not selection.nodes


def test_a_problem_takes_no_more_room_than_it_needs(inspector, document, selection, find):
    into = Port(find("Linear").id, "input")
    document.edit_network(disconnect(document.network, [into]), "Disconnect")
    selection.set([find("Linear").id])
    card = inspector.findChild(ProblemCard)
    QApplication.processEvents()
    assert card.height() <= card.heightForWidth(card.width())


def test_a_layer_is_frozen_by_a_tick_in_one_step(inspector, selection, document, find):
    selection.set([find("Conv2d").id])
    tick = next(each for each in inspector.findChild(NodePage).findChildren(QCheckBox)
                if each.text() == "Frozen")  # fmt: skip
    tick.click()
    assert find("Conv2d").frozen
    document.history.undo()
    assert not find("Conv2d").frozen
    assert not tick.isChecked()


def test_costs_of_a_node_and_of_all(inspector, selection, find, qtbot):
    selection.set([find("Conv2d").id])
    section = inspector.findChild(NodePage).findChild(CostSection)
    qtbot.waitUntil(lambda: "Receptive field" in texts(section))
    shown = texts(section)
    assert "3×3" in shown
    assert any(text.endswith("%)") for text in shown)
    selection.set([])
    whole = next(each for each in inspector.findChildren(CostSection) if each.isVisible())
    qtbot.waitUntil(lambda: "Gradients and optimizer" in texts(whole))
    largest = texts(whole)[texts(whole).index("Largest batch that fits") + 1]
    assert int(largest.removesuffix(" and more").replace(",", "")) > 1


def test_costs_tell_what_a_length_is_taken_for(inspector, document, qtbot):
    document.open(load_example("gpt-2"))
    section = next(each for each in inspector.findChildren(CostSection) if each.isVisible())
    qtbot.waitUntil(lambda: any(text.startswith("Cost with T = ") for text in texts(section)))


def test_a_repeat_typed_digit_by_digit_makes_one_block_in_one_step(
    inspector, document, selection, find, qtbot
):
    before, conv = document.project, find("Conv2d")
    selection.set([conv.id])
    qtbot.waitExposed(inspector)
    inspector.activateWindow()
    line = field(inspector, "repeat").findChild(QLineEdit)
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "1")
    assert document.project is before
    line.selectAll()
    for digit in "25":
        QTest.keyClicks(QApplication.focusWidget(), digit)
        QApplication.processEvents()
    assert document.network.nodes[conv.id].repeat == 25
    assert QApplication.focusWidget().value() == 25
    assert document.history.count() == 1
    document.history.undo()
    assert document.project is before


def test_a_form_is_no_window_before_it_has_its_place(document, find, qtbot):
    conv = find("Conv2d")
    form = ArgumentForm(document, conv, document.state.kind(conv.kind))
    qtbot.addWidget(form)
    assert not form.isVisible()


def test_several_nodes_are_offered_what_can_be_done_with_them(qtbot, document, selection):
    action = QAction("Make Block")
    action.setEnabled(False)
    inspector = Inspector(document, selection, [action])
    selection.changed.connect(inspector.catch_up)
    qtbot.addWidget(inspector)
    inspector.show()
    assert not inspector.findChildren(ActionButton)
    selection.set(document.network.nodes)
    (button,) = inspector.findChildren(ActionButton)
    assert (button.isVisible(), button.isEnabled(), button.text()) == (True, False, "Make Block")
    action.setEnabled(True)
    action.setText("Other words")
    with qtbot.waitSignal(action.triggered):
        button.click()
    assert button.text() == "Other words"


def test_a_selected_wire_says_where_it_leads_and_what_flows_there(
    inspector, document, selection, find
):
    conv, into = find("Conv2d"), Port(find("Conv2d").id, "input")
    selection.set((), [into])
    page = inspector.findChild(EdgePage)
    assert page.isVisible()
    assert "N×3×32×32" in texts(inspector)
    ends = [button for button in page.findChildren(QPushButton) if "·" in button.text()]
    assert ends[1].text() == f"{conv.name} · input"
    ends[1].click()
    assert selection.nodes == {conv.id}
    assert inspector.findChild(NodePage).isVisible()


def test_a_wire_that_does_not_fit_says_why(inspector, document, selection, find):
    into = Port(find("Conv2d").id, "input")
    network = set_arguments(document.network, find("Input").id, {"shape": ("N", 3)})
    document.edit_network(network, "")
    selection.set((), [into])
    assert "Conv2d takes 4 dimensions" in " ".join(texts(inspector))


def test_layers_that_are_alike_share_a_page_and_each_is_edited_there(
    inspector, selection, document, find
):
    first = find("Conv2d")
    second = replace(first, id="second", name="second", arguments={"out_channels": 3})
    document.edit_network(add_nodes(document.network, [second]), "")
    selection.set([first.id])
    page = inspector.findChild(NodePage)
    QApplication.focusWidget().clearFocus()  # as a click on the canvas does
    selection.set([second.id])
    assert (inspector.findChildren(NodePage), page.isVisible()) == ([page], True)
    box = field(inspector, "out_channels").findChild(QSpinBox)
    assert box.value() == 3
    box.setValue(7)
    assert document.network.nodes[second.id].arguments["out_channels"] == 7
    assert find("Conv2d") == first
    page.findChild(QLineEdit).setFocus()
    selection.set([first.id])
    assert not page.isVisible()  # what is being typed stays with its layer


def test_a_short_page_is_not_scrolled_as_far_as_a_long_one(inspector, selection, find, qapp):
    inspector.resize(320, 500)
    reach = {}
    for kind in ("Conv2d", "ReLU"):
        selection.set([find(kind).id])
        for _ in range(3):  # the scroll area follows its content in steps
            qapp.processEvents()
        reach[kind] = inspector.verticalScrollBar().maximum()
    assert reach["Conv2d"] > 0
    assert reach["ReLU"] == 0


def test_pages_that_are_not_shown_are_not_given_another_theme(inspector, selection, find):
    for kind in ("Conv2d", "ReLU", "Linear"):
        selection.set([find(kind).id])
    assert len(inspector.findChildren(NodePage)) == 3
    theme.manager().toggle()
    assert len(inspector.findChildren(NodePage)) == 1  # no event of Qt's is waited for
    theme.manager().toggle()
    selection.set([find("ReLU").id])
    assert "ReLU" in texts(inspector)


def test_the_link_of_a_page_follows_the_theme(inspector, selection, find):
    selection.set([find("Conv2d").id])
    page = inspector.findChild(NodePage)
    (label,) = [each for each in page.findChildren(QLabel) if "href" in each.text()]
    before = label.grab().toImage()
    theme.manager().toggle()
    after = label.grab().toImage()
    selection.set([])
    selection.set([find("Conv2d").id])
    fresh = label.grab().toImage()
    theme.manager().toggle()
    assert after != before
    assert after == fresh


def test_another_selection_is_followed_after_the_frame_and_an_edit_at_once(
    qtbot, document, selection, find
):
    made = Inspector(document, selection)
    qtbot.addWidget(made)
    made.show()
    selection.set([find("Conv2d").id])
    assert made._node is None
    document.edit_network(rename(document.network, find("Conv2d").id, "first"), "Rename")
    assert made._node.node_id == find("Conv2d").id
    selection.set([find("Linear").id])
    qtbot.waitUntil(lambda: made._node.node_id == find("Linear").id)


def test_a_page_has_the_height_of_its_fields_before_it_is_painted(inspector, selection, find):
    inspector.resize(300, 200)
    selection.set([find("Conv2d").id])
    inspector.catch_up()
    layout = inspector.widget().currentWidget().layout()
    parts = [layout.itemAt(place).widget() for place in range(layout.count())]
    shown = [each.geometry() for each in parts if each is not None and each.isVisible()]
    assert not any(above.intersects(below) for above, below in pairwise(shown))
