"""Wires are things: selected, walked along, deleted, spliced, and connected to whole cards."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.look.theme import Mode
from graph_model.network import Edge, Node, Port, Position, add_nodes, connect

CTRL = Qt.KeyboardModifier.ControlModifier
INTO_RELU = Port("r", "input")
MIDDLE = QPointF(0, 240)
"""A point on the wire from the Linear to the ReLU."""


def add(document, *nodes: Node) -> None:
    """Put nodes beside the chain, one below the other."""
    places = {each.id: Position(300, 240 + 160 * row) for row, each in enumerate(nodes)}
    layout = {**document.state.layout, **places}
    document.edit_network(add_nodes(document.network, nodes), "", layout=layout)


def test_a_click_on_a_wire_selects_it_and_one_beside_it_nothing(view, mouse, selection):
    mouse.click(MIDDLE)
    assert (selection.nodes, selection.edges) == (set(), {INTO_RELU})
    assert selection.single_edge.source == Port("l", "output")
    mouse.click(QPointF(300, 300))
    assert selection.is_empty


def test_ctrl_adds_a_wire_to_the_selection_and_takes_it_out_again(view, mouse, selection):
    selection.set(["i"])
    mouse.click(MIDDLE, CTRL)
    mouse.click(QPointF(0, 400), CTRL)
    assert (selection.nodes, selection.edges) == ({"i"}, {INTO_RELU, Port("o", "input")})
    mouse.click(MIDDLE, CTRL)
    assert (selection.nodes, selection.edges) == ({"i"}, {Port("o", "input")})


def test_a_drag_that_begins_on_a_wire_selects_cards(view, mouse, selection):
    mouse.drag(MIDDLE, QPointF(-200, 340))
    assert (selection.nodes, selection.edges) == ({"r"}, set())


def test_a_selected_wire_is_seen_in_both_looks(view, themes, selection, mode: Mode):
    themes.set_mode(mode)
    view.canvas.catch_up()  # as painting does with what is in view
    wire = view.canvas.wires[INTO_RELU]
    before = wire.pen()
    selection.set((), [INTO_RELU])
    assert wire.pen().color() == themes.theme.color("accent_text") != before.color()
    assert wire.pen().widthF() > before.widthF()
    selection.set(())
    assert wire.pen() == before
    themes.set_mode(Mode.LIGHT)


def test_the_selection_of_a_wire_outlives_a_move_but_not_the_wire(view, document, selection):
    selection.set((), [INTO_RELU])
    view.editing.place({"r": Position(160, 320)})
    assert selection.edges == {INTO_RELU}
    document.edit_network(connect(document.network, Port("i", "output"), INTO_RELU), "")
    assert selection.is_empty


def test_delete_removes_selected_wires_and_nodes_in_one_step(view, document, selection, undone):
    selection.set(["i"], [INTO_RELU])
    view.editing.delete_selected()
    assert set(document.network.nodes) == {"l", "r", "o"}
    assert set(document.network.edges) == {Port("o", "input")}
    assert INTO_RELU not in view.canvas.wires
    assert document.history.count() == 1
    assert undone()


def test_delete_and_reconnect_keeps_the_chain(view, document, selection, undone):
    selection.set(["l", "r"])
    view.editing.delete_and_reconnect()
    target = Port("o", "input")
    assert document.network.edges == {target: Edge(Port("i", "output"), target)}
    assert document.history.count() == 1
    assert undone()


def test_delete_and_reconnect_goes_on_from_the_first_input(view, document, selection):
    add(document, Node("s", "Add", "sum"), Node("e", "Output", "z"))
    network = document.network
    for source, target in (("l", "input2"), ("r", "input1")):
        network = connect(network, Port(source, "output"), Port("s", target))
    document.edit_network(connect(network, Port("s", "output"), Port("e", "input")), "")
    selection.set(["s"])
    view.editing.delete_and_reconnect()
    assert document.network.edges[Port("e", "input")].source == Port("r", "output")


def test_the_keys_walk_from_node_to_wire_to_node(view, document, selection):
    seen = []
    for _ in range(4):
        view.follow_wire(forwards=True)
        seen.append(selection.single or selection.single_edge.target)
    assert seen == ["i", Port("l", "input"), "l", INTO_RELU]
    view.follow_wire(forwards=False)
    assert selection.nodes == {"l"}
    selection.set(())
    view.follow_wire(forwards=False)
    assert selection.nodes == {"o"}
    view.follow_wire(forwards=True)
    assert selection.nodes == {"o"}  # nothing comes after it


def test_arrows_go_from_wire_to_wire_of_the_same_node(view, document, selection):
    add(document, Node("d", "Dropout", "drop1"))
    wide = connect(document.network, Port("l", "output"), Port("d", "input"))
    document.edit_network(wide, "")
    selection.set((), [INTO_RELU])
    seen = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        QTest.keyClick(view, key)
        seen.append(selection.single_edge.target.node)
    assert seen == ["d", "r", "d"]


def test_the_menu_of_a_wire_is_asked_for_with_the_wire_selected(view, mouse, selection, qtbot):
    at = mouse.at(MIDDLE)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.viewport().mapToGlobal(at))
    with qtbot.waitSignal(view.menu_requested) as asked:
        QApplication.sendEvent(view.viewport(), event)
    assert selection.edges == {INTO_RELU}
    assert (asked.args[1] - MIDDLE).manhattanLength() < 3


def test_a_layer_typed_for_a_wire_is_spliced_in(view, document, selection, undone):
    selection.set((), [INTO_RELU])
    view.ask_for_layer()
    QTest.keyClicks(view.quick_add.line, "dropout 0.3")
    QTest.keyClick(view.quick_add.line, Qt.Key.Key_Return)
    new = selection.single
    assert document.network.nodes[new].arguments == {"p": 0.3}
    assert document.network.edges[INTO_RELU].source == Port(new, "output")
    assert document.network.edges[Port(new, "input")].source == Port("l", "output")
    assert document.history.count() == 1
    assert undone()


def test_a_double_click_on_a_wire_asks_for_a_layer_to_splice_in(view, mouse, document, qtbot):
    with qtbot.waitSignal(view.quick_add_requested) as asked:
        QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=mouse.at(MIDDLE))
    assert asked.args[1] == document.network.edges[INTO_RELU]


@pytest.mark.parametrize("where", [QPointF(60, 4), QPointF(-70, -20)])
def test_a_wire_dropped_on_a_card_takes_the_port_that_fits(view, mouse, document, port, where):
    add(document, Node("d", "Dropout", "drop1"))
    mouse.drag(port("l", "output"), view.canvas.cards["d"].pos() + where)
    assert document.network.edges[Port("d", "input")].source == Port("l", "output")
    assert not view.quick_add.isVisible()


def test_on_a_card_of_several_inputs_the_first_free_one_is_taken(view, mouse, document, port):
    add(document, Node("s", "Add", "sum"))
    for source in "lr":
        mouse.drag(port(source, "output"), view.canvas.cards["s"].pos() + QPointF(60, 4))
    edges = document.network.edges
    assert edges[Port("s", "input1")].source.node == "l"
    assert edges[Port("s", "input2")].source.node == "r"


def test_on_a_card_an_input_that_cannot_take_it_is_passed_over(view, mouse, document, port):
    add(document, Node("w", "Where", "chosen"))
    mouse.drag(port("l", "output"), view.canvas.cards["w"].pos() + QPointF(60, 4))
    assert document.network.edges[Port("w", "input")].source.node == "l"
    assert Port("w", "condition") not in document.network.edges


def test_where_nothing_is_free_a_wire_gives_way_to_one_that_fits(view, mouse, document, port):
    add(document, Node("d", "Dropout", "drop1"))
    for source in "lr":
        mouse.drag(port(source, "output"), view.canvas.cards["d"].pos() + QPointF(60, 4))
    assert document.network.edges[Port("d", "input")].source.node == "r"


def test_a_wire_drawn_backwards_is_dropped_on_a_card(view, mouse, document, port):
    add(document, Node("d", "Dropout", "drop1"))
    mouse.drag(port("d", "input"), view.canvas.cards["l"].pos() + QPointF(60, 4))
    assert document.network.edges[Port("d", "input")].source == Port("l", "output")


def test_from_farther_away_a_wire_between_ports_is_still_selected(view, mouse, selection):
    view.zoom_by(0.4, view.viewport().rect().center())
    mouse.click(MIDDLE)
    assert selection.edges == {INTO_RELU}
    mouse.click(QPointF(0, 400), CTRL)
    assert selection.edges == {INTO_RELU, Port("o", "input")}


def test_a_loose_card_dropped_on_a_wire_is_spliced_in(view, mouse, document, themes, undone):
    add(document, Node("d", "Dropout", "drop1"))
    start, wire = view.canvas.cards["d"].pos() + QPointF(60, 4), view.canvas.wires[INTO_RELU]
    mouse.press(start)
    mouse.move(MIDDLE + QPointF(200, 4), MIDDLE + QPointF(60, 4))
    assert wire.pen().color() == themes.theme.color("accent_text")
    mouse.release(MIDDLE + QPointF(60, 4))
    edges = document.network.edges
    assert edges[Port("d", "input")].source == Port("l", "output")
    assert edges[INTO_RELU].source == Port("d", "output")
    layout = document.state.layout
    assert layout["l"].y < layout["d"].y < layout["r"].y
    assert document.history.count() == 2  # with the one that added the card
    assert undone()


@pytest.mark.parametrize("node", ["wired", "without an output", "taken back"])
def test_no_other_card_is_spliced_in(view, mouse, document, node):
    add(document, Node("d", "Dropout", "drop1"), Node("e", "Output", "z"))
    if node == "wired":
        wired = connect(document.network, Port("i", "output"), Port("d", "input"))
        document.edit_network(wired, "")
    before = document.network
    start = view.canvas.cards["e" if node == "without an output" else "d"].pos() + QPointF(60, 4)
    mouse.press(start)
    mouse.move(MIDDLE + QPointF(200, 4), MIDDLE + QPointF(60, 4))
    if node == "taken back":
        QTest.keyClick(view, Qt.Key.Key_Escape)
    mouse.release(MIDDLE + QPointF(60, 4))
    assert document.network is before


def test_wires_take_on_another_look_when_they_come_into_view(view, themes):
    old = {port: wire.pen() for port, wire in view.canvas.wires.items()}
    themes.set_mode(Mode.DARK)
    view.canvas.catch_up(QRectF(-9000, -9000, 1, 1))
    assert {port: wire.pen() for port, wire in view.canvas.wires.items()} == old
    view.grab()
    assert all(wire.pen() != old[port] for port, wire in view.canvas.wires.items())
    themes.set_mode(Mode.LIGHT)
    view.canvas.catch_up()
    assert {port: wire.pen() for port, wire in view.canvas.wires.items()} == old
