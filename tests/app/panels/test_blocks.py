"""Blocks in the inspector: formulas in fields, the page of a use, repeats and shared weights."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QSpinBox

from app.canvas.content import content
from app.panels.arrangement_section import ArrangementSection
from app.panels.inspector import Inspector
from app.project.document import Document, Selection
from app.widgets.forms import ParameterForm
from app.widgets.formula_field import FormulaField
from graph_model.arrangement import Arrangement
from graph_model.formula_parser import parse_formula
from graph_model.formulas import Name, write
from graph_model.network import Node, add_nodes, set_repeat, share_weights, used_network


@pytest.fixture
def document(inside_a_block: Document) -> Document:
    return inside_a_block


@pytest.fixture
def inspector(qtbot, document):
    made = Inspector(document, Selection(document))
    made._selection.changed.connect(made.catch_up)
    qtbot.addWidget(made)
    made.resize(304, 800)
    made.show()
    return made


@pytest.fixture
def select(inspector):
    return lambda node: inspector._selection.set([node])


def form(inspector) -> ParameterForm:
    return next(each for each in inspector.findChildren(ParameterForm) if each.isVisible())


def field(inspector, name) -> FormulaField:
    return form(inspector).field(name)


def texts(widget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def button(widget, text) -> QPushButton:
    return next(
        each
        for each in widget.findChildren(QPushButton)
        if each.isVisible() and text in each.text()
    )


def type_over(line, text) -> None:
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)


def test_a_formula_shows_the_value_it_has_at_the_use_looked_at(inspector, document, select) -> None:
    select("squeeze")
    channels = field(inspector, "out_channels")
    assert channels.line.text() == "channels"
    assert "= 20" in texts(inspector)
    document.leave()
    document.enter("stage2")
    select("squeeze")
    assert "= 24" in texts(inspector)


def test_a_formula_is_taken_on_while_it_is_typed_in_one_step(inspector, document, select) -> None:
    select("squeeze")
    channels = field(inspector, "out_channels")
    type_over(channels.line, "channels * 2")
    assert write(document.network.nodes["squeeze"].formulas["out_channels"]) == "channels * 2"
    assert document.inference.nodes["squeeze"].arguments["out_channels"] == 40
    assert "= 40" in texts(inspector)
    assert document.history.count() == 1
    document.history.undo()
    assert channels.line.text() == "channels"


def test_letters_typed_into_a_number_begin_a_formula(inspector, document, select) -> None:
    select("squeeze")
    stride = field(inspector, "stride")
    box = stride.findChild(QSpinBox)
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "d")
    assert stride.is_formula
    assert QApplication.focusWidget() is stride.line
    QTest.keyClicks(stride.line, "epth")
    assert document.network.nodes["squeeze"].formulas["stride"] == Name("depth")
    assert "stride" not in document.network.nodes["squeeze"].arguments


def test_a_number_makes_it_plain_again(inspector, document, select) -> None:
    select("squeeze")
    channels = field(inspector, "out_channels")
    type_over(channels.line, "48")
    assert document.network.nodes["squeeze"].formulas  # it may go on: 48 * channels
    QTest.keyClick(channels.line, Qt.Key.Key_Return)
    assert not channels.is_formula
    assert document.network.nodes["squeeze"].arguments["out_channels"] == 48
    assert not document.network.nodes["squeeze"].formulas
    assert channels.findChild(QSpinBox).value() == 48


def test_wrong_text_keeps_the_focus_and_says_why(inspector, document, select) -> None:
    select("squeeze")
    channels = field(inspector, "out_channels")
    type_over(channels.line, "channels *")
    QTest.keyClick(channels.line, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is channels.line
    assert channels.line.text() == "channels *"
    assert any("“channels *”" in text for text in texts(inspector))
    QTest.keyClick(channels.line, Qt.Key.Key_Escape)
    assert channels.line.text() == "channels"
    assert not any("“channels *”" in text for text in texts(inspector))


def test_a_name_that_is_missing_can_be_added_with_a_click(inspector, document, select) -> None:
    select("squeeze")
    channels = field(inspector, "out_channels")
    type_over(channels.line, "width * 2")
    QTest.keyClick(channels.line, Qt.Key.Key_Return)
    assert any("channels, depth, growth" in text for text in texts(inspector))
    before = document.history.count()
    button(inspector, "“width”").click()
    assert document.history.count() == before + 1
    added = document.network.parameters[-1]
    assert (added.name, added.default) == ("width", 20)
    assert document.inference.nodes["squeeze"].arguments["out_channels"] == 40
    assert "= 40" in texts(inspector)


def test_what_a_formula_gives_is_held_to_the_bounds(inspector, document, select) -> None:
    select("squeeze")
    channels = field(inspector, "out_channels")
    type_over(channels.line, "channels - 20")
    assert "= 0" in texts(inspector)
    assert any("at least 1" in text for text in texts(inspector))


def test_the_equals_sign_begins_a_formula_and_escape_ends_it(inspector, document, select) -> None:
    select("squeeze")
    bias = field(inspector, "bias")
    QTest.keyClick(bias.plain.focusProxy(), Qt.Key.Key_Equal)
    assert bias.is_formula
    QTest.keyClicks(bias.line, "depth > 2")
    assert document.inference.nodes["squeeze"].arguments["bias"] is False
    document.history.undo()
    assert not bias.is_formula
    QTest.keyClick(bias.plain.focusProxy(), Qt.Key.Key_Equal)
    QTest.keyClick(bias.line, Qt.Key.Key_Escape)
    assert not bias.is_formula


def test_names_are_completed_where_the_cursor_is(inspector, select) -> None:
    select("squeeze")
    line = field(inspector, "out_channels").line
    type_over(line, "2 * gro")
    assert line.completer().currentCompletion() == "2 * growth"


def test_an_argument_becomes_a_parameter_of_the_block(inspector, document, select) -> None:
    select("squeeze")
    field(inspector, "stride").promotion_wanted.emit()
    assert document.network.parameters[-1].name == "stride"
    assert field(inspector, "stride").line.text() == "stride"
    assert document.history.count() == 1


def test_the_repeats_of_a_block_can_be_a_number_or_a_formula(inspector, document, select) -> None:
    select("layers")
    repeat = field(inspector, "repeat")
    assert repeat.line.text() == "depth"
    assert "= 2" in texts(inspector)
    type_over(repeat.line, "depth * 2")
    assert document.inference.nodes["layers"].repeat == 4
    type_over(repeat.line, "3")
    QTest.keyClick(repeat.line, Qt.Key.Key_Return)
    assert document.network.nodes["layers"].repeat == 3
    repeat.findChild(QSpinBox).setValue(5)
    assert document.network.nodes["layers"].repeat == 5


def test_a_condition_tells_whether_a_block_is_used_at_all(inspector, document, select) -> None:
    select("layers")
    repeat = field(inspector, "repeat")
    type_over(repeat.line, "depth > 2")
    assert "= False" in texts(inspector)
    assert not any("whole number" in text for text in texts(form(inspector)))
    assert document.inference.nodes["layers"].passes == ()
    document.leave()
    document.enter("stage2")
    select("layers")
    assert "= True" in texts(inspector)
    assert document.inference.nodes["layers"].repeat == 1


def test_a_use_says_its_block_and_leads_into_it(inspector, document, select) -> None:
    select("layers")
    assert "Dense layer" in texts(inspector)
    counts = [each.inference.parameter_count for each in document.inference.nodes["layers"].passes]
    assert f"{counts[0]:,} + {counts[1]:,} = {sum(counts):,}" in texts(inspector)
    button(inspector, "Dense layer").click()
    assert document.network.id == "layer"


def test_in_a_network_of_its_own_fields_take_no_formulas(inspector, document, select) -> None:
    document.leave()
    select("fc")
    assert inspector.findChild(FormulaField) is None


def test_a_new_parameter_of_the_block_appears_at_its_use(inspector, document, select) -> None:
    select("squeeze")
    field(inspector, "stride").promotion_wanted.emit()
    document.leave()
    select("stage1")
    assert field(inspector, "stride").parameter.name == "stride"


def test_shared_weights_are_named_at_both_and_can_be_parted(inspector, document, select) -> None:
    network = add_nodes(document.network, [Node("again", "Conv2d", "again")])
    document.edit_network(share_weights(network, "again", "squeeze"), "Share")
    select("again")
    assert not form(inspector).isEnabled()
    assert field(inspector, "out_channels").line.text() == "channels"
    button(inspector, "squeeze").click()
    assert any("again" in text for text in texts(inspector))
    select("again")
    button(inspector, "Stop").click()
    assert document.network.nodes["again"].shares == ""
    assert form(inspector).isEnabled()


def test_an_argument_of_a_repeated_block_may_differ_by_repeat(qtbot, inspector, document) -> None:
    document.leave()
    network = document.network
    use = next(node for node in network.nodes.values() if node.kind.startswith("block:"))
    document.edit_network(set_repeat(network, use.id, 1), "once")
    inspector._selection.set([use.id])
    name = document.state.kind(use.kind).parameters[0].name
    assert not isinstance(form(inspector).field(name), FormulaField)
    document.edit_network(set_repeat(document.network, use.id, 6), "often")
    field(inspector, name).begin_formula("")
    QTest.keyClicks(field(inspector, name).line, "2 ** (3 + i)")
    formula = document.network.nodes[use.id].formulas[name]
    assert write(formula) == "2 ** (3 + i)"
    assert "= 8, 16, 32, 64, …" in texts(inspector)
    field(inspector, name)._fill_menu()
    offered = {each.text(): each.isEnabled() for each in field(inspector, name)._menu.actions()}
    assert offered["i = 0 … 5"]
    assert not offered["Make this a parameter of the block"]
    assert "i" not in field(inspector, "repeat").line.names


def test_repeats_are_arranged_in_the_inspector(qtbot, inspector, document) -> None:
    document.leave()
    use = next(id for id, node in document.network.nodes.items() if used_network(node.kind))
    inspector._selection.set([use])
    document.edit_network(set_repeat(document.network, use, 1), "once")
    assert inspector.findChild(ArrangementSection) is None
    document.edit_network(set_repeat(document.network, use, 3), "often")
    section = next(e for e in inspector.findChildren(ArrangementSection) if e.isVisible())
    choice, along = section.findChild(QComboBox), section.findChild(QSpinBox)
    assert not along.isVisible()
    choice.setCurrentIndex(choice.findText("side by side, concatenated"))
    choice.activated.emit(choice.currentIndex())
    assert along.isVisible()
    along.setValue(-1)
    node = document.network.nodes[use]
    assert (node.arrangement, node.along) == (Arrangement.CONCATENATED, -1)
    assert content(document.state, node).times == "×3 ∥ cat"
    document.history.undo()
    assert document.network.nodes[use].arrangement is Arrangement.SEQUENCE
    assert choice.currentText() == "in sequence"
    document.edit_network(set_repeat(document.network, use, parse_formula("1 == 2")), "never")
    assert not section.isVisible()
    document.edit_network(set_repeat(document.network, use, parse_formula("1 // 0")), "wrong")
    assert section.isVisible()
