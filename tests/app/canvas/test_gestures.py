"""What the mouse does: selecting, moving, connecting, panning and zooming."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from app.canvas.hits import PortHit
from graph_model.network import Edge, Node, Port, Position, add_nodes, connect, empty_project

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
BODY = QPointF(60, 4)
"""A place on a card beside its ports."""


def body(view, node: str) -> QPointF:
    return view.canvas.cards[node].pos() + BODY


def wheel(view, at: QPoint, turn: int, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    event = QWheelEvent(
        QPointF(at),
        QPointF(view.viewport().mapToGlobal(at)),
        QPoint(),
        QPoint(0, turn),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def test_a_click_selects_and_one_on_the_canvas_selects_nothing(view, mouse, selection):
    mouse.click(body(view, "l"))
    assert selection.nodes == {"l"}
    mouse.click(body(view, "r"))
    assert selection.nodes == {"r"}
    mouse.click(QPointF(300, 300))
    assert selection.nodes == set()


@pytest.mark.parametrize("key", [SHIFT, CTRL], ids=["shift", "ctrl"])
def test_a_key_adds_to_the_selection_and_takes_from_it(view, mouse, selection, key):
    mouse.click(body(view, "l"))
    mouse.click(body(view, "r"), key)
    assert selection.nodes == {"l", "r"}
    mouse.click(body(view, "l"), key)
    assert selection.nodes == {"r"}


def test_a_rubber_band_selects_what_it_touches(view, mouse, selection):
    mouse.drag(QPointF(-180, 100), QPointF(-60, 340))
    assert selection.nodes == {"l", "r"}


def test_escape_takes_a_rubber_band_back(view, mouse, selection):
    selection.set(["o"])
    mouse.press(QPointF(-180, 100))
    mouse.move(QPointF(-60, 340))
    assert selection.nodes == {"l", "r"}
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert selection.nodes == {"o"}


def test_all_are_selected_at_once(view, selection):
    view.select_all()
    assert selection.nodes == {"i", "l", "r", "o"}


def test_dragging_a_card_moves_it_on_the_grid_in_one_step(view, mouse, document, undone):
    start = body(view, "l")
    mouse.drag(start, start + QPointF(61, 18))
    assert document.state.layout["l"] == Position(64, 176)
    assert document.history.count() == 1
    assert document.network is document.state.network
    assert undone()
    assert view.canvas.centre("l") == Position(0, 160)


def test_a_move_touches_neither_shapes_nor_code(view, mouse, document):
    network, inference = document.network, document.inference
    mouse.drag(body(view, "l"), body(view, "l") + QPointF(80, 0))
    assert document.network is network
    assert document.inference is inference


def test_dragging_several_cards_keeps_their_distances(view, mouse, document, selection):
    selection.set(["l", "r"])
    start = body(view, "r")
    mouse.drag(start, start + QPointF(100, -30))
    layout = document.state.layout
    assert layout["r"].y - layout["l"].y == 160
    assert layout["r"].x == layout["l"].x != 0
    assert layout["i"] == Position(0, 0)


def test_escape_during_a_drag_puts_the_card_back(view, mouse, document):
    start = body(view, "l")
    mouse.press(start)
    mouse.move(start + QPointF(100, 50))
    assert view.canvas.centre("l") != Position(0, 160)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.canvas.centre("l") == Position(0, 160)
    mouse.release(start)
    assert not document.history.canUndo()


def test_an_undo_during_a_drag_ends_the_drag(view, mouse, document):
    view.editing.place({"r": Position(400, 320)})
    start = body(view, "l")
    mouse.press(start)
    mouse.move(start + QPointF(100, 50))
    document.history.undo()
    assert view.canvas.centre("l") == Position(0, 160)
    assert view.canvas.centre("r") == Position(0, 320)
    mouse.release(start)
    assert not document.history.canUndo()


def test_wires_follow_a_dragged_card(view, mouse, port):
    mouse.press(body(view, "l"))
    mouse.move(body(view, "l") + QPointF(200, 0))
    wire = view.canvas.wires[Port("l", "input")]
    assert wire.path().currentPosition() == port("l", "input")


@pytest.mark.parametrize("backwards", [False, True], ids=["from output", "from input"])
def test_connecting_by_dragging_between_ports(view, mouse, document, port, undone, backwards):
    free = add_nodes(document.network, [Node("d", "Dropout", "drop1")])
    document.edit_network(free, "", layout={**document.state.layout, "d": Position(260, 240)})
    ends = [port("l", "output"), port("d", "input")]
    mouse.drag(*(reversed(ends) if backwards else ends))
    target = Port("d", "input")
    assert document.network.edges[target] == Edge(Port("l", "output"), target)
    assert str(document.inference.nodes["d"].outputs["output"]) == "N×4"
    assert target in view.canvas.wires
    assert undone()


def test_every_port_shows_whether_the_wire_would_fit(view, mouse, document, port, qtbot):
    nodes = [Node("d", "Dropout", "drop1"), Node("c", "Conv2d", "conv1", {"out_channels": 4})]
    layout = {**document.state.layout, "d": Position(260, 240), "c": Position(260, 400)}
    document.edit_network(add_nodes(document.network, nodes), "", layout=layout)
    view.move(0, 80)
    mouse.press(port("r", "output"))
    mouse.move(QPointF(200, 380))
    cards = view.canvas.cards
    qtbot.waitUntil(lambda: all(cards[id].fits for id in "lodc"))
    assert cards["d"].fits == {("input", True): True}
    assert cards["c"].fits == {("input", True): False}
    assert cards["l"].fits == {("input", True): False}  # that would close a circle
    mouse.move(port("c", "input"))
    assert QToolTip.text() == "Conv2d takes 4 dimensions (N×C×H×W), but N×4 has 2."
    (tip,) = (each for each in QApplication.topLevelWidgets() if each.inherits("QTipLabel"))
    beside = view.viewport().mapToGlobal(mouse.at(port("c", "input")))
    assert 0 <= tip.y() - beside.y() < 40  # Qt moves it aside where the screen ends
    mouse.move(QPointF(200, 380))
    mouse.release(QPointF(200, 380))
    assert not any(card.fits for card in cards.values())


def test_ports_that_come_into_view_while_a_wire_is_dragged_show_it_too(
    view, mouse, document, port, qtbot
):
    layout = {**document.state.layout, "d": Position(260, 3000)}
    free = add_nodes(document.network, [Node("d", "Dropout", "drop1")])
    document.edit_network(free, "", layout=layout)
    cards = view.canvas.cards
    mouse.press(port("r", "output"))
    mouse.move(QPointF(200, 380))
    qtbot.waitUntil(lambda: bool(cards["o"].fits))
    assert not cards["d"].fits
    view.centerOn(QPointF(260, 2900))
    mouse.move(QPointF(200, 2800))
    qtbot.waitUntil(lambda: cards["d"].fits == {("input", True): True})
    mouse.release(QPointF(200, 2800))
    view.quick_add.hide()


def test_an_input_that_could_never_take_the_wire_says_so_before_the_others_are_connected(
    view, mouse, document, port, qtbot
):
    nodes = [
        Node("t", "Input", "tokens", {"shape": ("N", "T"), "dtype": "int64"}),
        Node("a", "MultiheadAttention", "attention1"),
        Node("s", "Add", "sum"),
        Node("g", "Gather", "taken"),
    ]
    places = {each.id: Position(300, 160 * index) for index, each in enumerate(nodes)}
    layout = {**document.state.layout, **places}
    document.edit_network(add_nodes(document.network, nodes), "", layout=layout)
    view.fit()
    cards = view.canvas.cards
    mouse.press(port("t", "output"))
    mouse.move(port("t", "output") + QPointF(-40, 20))
    qtbot.waitUntil(lambda: all(cards[id].fits for id in "asg"))
    assert cards["a"].fits["query", True] is False
    assert cards["s"].fits == {("input1", True): True, ("input2", True): True}
    assert cards["g"].fits == {("input", True): True, ("index", True): True}
    QTest.keyClick(view, Qt.Key.Key_Escape)
    mouse.press(port("i", "output"))
    mouse.move(port("i", "output") + QPointF(-40, 20))
    qtbot.waitUntil(lambda: bool(cards["g"].fits))
    assert cards["g"].fits == {("input", True): True, ("index", True): False}


def test_the_first_of_two_states_fits_before_the_second_is_connected(
    view, mouse, document, port, qtbot
):
    nodes = [
        Node("s", "Input", "sequence", {"shape": ("N", "T", 8)}),
        Node("h", "Input", "state", {"shape": (1, "N", 64)}),
        Node("w", "Input", "other", {"shape": (1, "N", 32)}),
        Node("m", "LSTM", "lstm1"),
    ]
    network = add_nodes(document.network, nodes)
    network = connect(network, Port("s", "output"), Port("m", "input"))
    places = {each.id: Position(300, 160 * index) for index, each in enumerate(nodes)}
    document.edit_network(network, "", layout={**document.state.layout, **places})
    view.fit()
    fits = []
    for source in "hw":
        mouse.press(port(source, "output"))
        mouse.move(port(source, "output") + QPointF(-40, 20))
        qtbot.waitUntil(lambda: ("h_0", True) in view.canvas.cards["m"].fits)
        fits.append(view.canvas.cards["m"].fits["h_0", True])
        QTest.keyClick(view, Qt.Key.Key_Escape)
        mouse.release(port(source, "output"))
    assert fits == [True, False]


def test_an_edge_that_would_close_a_circle_is_refused(view, mouse, document, port, qtbot):
    with qtbot.waitSignal(view.said) as said:
        mouse.drag(port("r", "output"), port("l", "input"))
    assert said.args == ["That would close a circle."]
    assert not document.history.canUndo()


def test_an_edge_that_does_not_fit_is_laid_and_shown_red(view, mouse, document, port, themes):
    conv = Node("c", "Conv2d", "conv1", {"out_channels": 4})
    layout = {**document.state.layout, "c": Position(260, 400)}
    document.edit_network(add_nodes(document.network, [conv]), "", layout=layout)
    mouse.drag(port("r", "output"), port("c", "input"))
    wire = view.canvas.wires[Port("c", "input")]
    assert wire.pen().color() == themes.theme.color("error")
    assert wire.toolTip()
    assert view.canvas.cards["c"].content.standing == "error"


def test_an_end_dragged_to_another_port_moves_the_edge(view, mouse, document, port, undone):
    free = add_nodes(document.network, [Node("d", "Dropout", "drop1")])
    document.edit_network(free, "", layout={**document.state.layout, "d": Position(260, 240)})
    mouse.drag(port("o", "input"), port("d", "input"))
    assert Port("o", "input") not in document.network.edges
    assert document.network.edges[Port("d", "input")].source == Port("r", "output")
    assert document.history.count() == 2
    assert undone()


def test_an_end_dragged_off_into_nothing_is_disconnected(view, mouse, document, port, undone):
    mouse.drag(port("o", "input"), QPointF(250, 420))
    assert Port("o", "input") not in document.network.edges
    assert Port("o", "input") not in view.canvas.wires
    assert document.history.undoText() == "Disconnect"
    assert undone()
    assert view.canvas.wires[Port("o", "input")].isVisible()


def test_a_click_on_one_of_several_selects_it_alone(view, mouse, selection):
    view.select_all()
    mouse.click(view.canvas.cards["l"].pos())
    assert selection.nodes == {"l"}


def test_a_click_on_an_end_leaves_the_edge(view, mouse, document, port):
    mouse.press(port("o", "input"))
    mouse.release(port("o", "input"))
    assert not document.history.canUndo()
    assert view.canvas.wires[Port("o", "input")].isVisible()


def test_an_end_put_back_changes_nothing(view, mouse, document, port):
    mouse.press(port("o", "input"))
    mouse.move(QPointF(250, 420), port("o", "input"))
    mouse.release(port("o", "input"))
    assert not document.history.canUndo()
    assert view.canvas.wires[Port("o", "input")].isVisible()


def test_escape_during_connecting_leaves_the_edge(view, mouse, document, port):
    mouse.press(port("o", "input"))
    mouse.move(QPointF(250, 420))
    assert not view.canvas.wires[Port("o", "input")].isVisible()
    QTest.keyClick(view, Qt.Key.Key_Escape)
    mouse.release(QPointF(250, 420))
    assert view.canvas.wires[Port("o", "input")].isVisible()
    assert not document.history.canUndo()


def test_a_wire_dropped_into_nothing_asks_for_a_layer(view, mouse, port, qtbot):
    with qtbot.waitSignal(view.quick_add_requested) as asked:
        mouse.drag(port("r", "output"), QPointF(250, 420))
    at, hit = asked.args
    assert isinstance(hit, PortHit)
    assert (hit.port, hit.is_input) == (Port("r", "output"), False)
    assert (at - QPointF(250, 420)).manhattanLength() < 4
    assert view.quick_add.isVisible()


@pytest.mark.parametrize("by", ["middle button", "space"])
def test_panning(view, mouse, by, document):
    view.zoom_by(2, view.viewport().rect().center())
    button = Qt.MouseButton.MiddleButton
    if by == "space":
        QTest.keyPress(view, Qt.Key.Key_Space)
        button = Qt.MouseButton.LeftButton
    under = view.mapToScene(QPoint(450, 400))
    QTest.mousePress(view.viewport(), button, pos=QPoint(450, 400))
    QTest.mouseMove(view.viewport(), QPoint(400, 340))
    QTest.mouseRelease(view.viewport(), button, pos=QPoint(400, 340))
    QTest.keyRelease(view, Qt.Key.Key_Space)
    assert view.mapToScene(QPoint(400, 340)) == under
    assert not document.history.canUndo()


def test_the_wheel_scrolls_and_shift_scrolls_across(view):
    before = view.area().center()
    wheel(view, QPoint(450, 400), -120)
    down = view.area().center() - before
    assert down.x() == 0 < down.y()
    wheel(view, QPoint(450, 400), -120, SHIFT)
    assert (view.area().center() - before).x() > 0


def test_zooming_keeps_what_lies_below_the_mouse(view):
    at = QPoint(200, 150)
    before, zoom = view.mapToScene(at), view.zoom
    wheel(view, at, 240, CTRL)
    assert view.zoom == pytest.approx(zoom * 1.2**2)
    assert (view.mapToScene(at) - before).manhattanLength() < 2 / view.zoom
    wheel(view, at, -1200, CTRL)
    assert (view.mapToScene(at) - before).manhattanLength() < 4 / view.zoom


def test_zoom_has_bounds(view):
    for _ in range(60):
        view.zoom_out()
    assert 0 < view.zoom < 0.1
    for _ in range(60):
        QTest.keyClick(view, Qt.Key.Key_Plus)
    assert 2 < view.zoom < 4


def test_fit_shows_all_and_framing_what_is_selected(view, selection, document):
    far = {**document.state.layout, "o": Position(0, 3000)}
    document.edit_network(document.network, "", layout=far)
    selection.set(["i", "l"])
    view.fit()
    whole = view.zoom
    assert all(view.area().contains(card.pos()) for card in view.canvas.cards.values())
    view.frame()
    assert view.zoom > whole
    assert view.area().contains(view.canvas.cards["l"].pos())
    assert not view.area().contains(view.canvas.cards["o"].pos())
    selection.set((), [Port("r", "input")])
    view.frame()
    assert view.area().contains(QPointF(0, 201))
    assert view.area().contains(QPointF(0, 279))
    selection.set(())
    view.frame()
    assert view.zoom == whole


def test_revealing_scrolls_there(view, document):
    layout = {**document.state.layout, "o": Position(4000, 3000)}
    document.edit_network(document.network, "", layout=layout)
    view.reveal("o")
    assert view.area().contains(QPointF(4000, 3000))


def test_double_click_on_the_canvas_offers_quick_add(view, mouse, qtbot):
    with qtbot.waitSignal(view.quick_add_requested) as asked:
        QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, 40))
    assert asked.args[1] is None


def test_hovering_points_out_card_and_port(view, mouse, port):
    mouse.move(body(view, "l"))
    assert view.canvas.cards["l"].is_hovered
    mouse.move(port("r", "output"))
    assert not view.canvas.cards["l"].is_hovered
    assert view.canvas.cards["r"].hovered_port == ("output", False)
    mouse.move(QPointF(300, 300))
    assert not view.canvas.cards["r"].is_hovered


def test_an_empty_canvas_can_be_used_where_its_hint_lies_too(view, document, qtbot):
    document.open(empty_project())
    hint = view.overlay.hint
    assert hint.isVisible()
    at = hint.geometry().topLeft() + QPoint(6, 6)
    with qtbot.waitSignal(view.quick_add_requested) as asked:
        QTest.mouseDClick(hint, Qt.MouseButton.LeftButton, pos=QPoint(6, 6))
    assert (view.mapFromScene(asked.args[0]) - at).manhattanLength() < 3
