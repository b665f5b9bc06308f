"""The edits of the canvas, each one step of the history."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from app.canvas import clipboard
from app.layout.measures import GRID, HEIGHT, WIDTH
from app.panels.kind_mime import KIND_MIME
from app.quick_add.reading import suggestions
from graph_model.network import Node, Port, Position, add_nodes, remove_nodes
from graph_model.recipe import Choice
from tests.app.canvas.conftest import project

COPY, LEFT = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton


def kinds(document) -> list[str]:
    return sorted(node.kind for node in document.network.nodes.values())


def carrying(text: bytes, mime: str = KIND_MIME) -> QMimeData:
    """Return what a drag carries."""
    data = QMimeData()
    data.setData(mime, text)
    return data


def drag(view, data: QMimeData, at: QPointF) -> bool:
    """Drag something into the view to a point of the scene; return whether it is welcome."""
    none = Qt.KeyboardModifier.NoModifier
    for kind in (QDragEnterEvent, QDragMoveEvent):
        event = kind(view.mapFromScene(at), COPY, data, LEFT, none)
        QApplication.sendEvent(view.viewport(), event)
        if not event.isAccepted():
            return False  # Qt tells of no moves where it was not let in
    return True


def drop(view, text: bytes, at: QPointF, mime: str = KIND_MIME) -> bool:
    """Drag something over the view and drop it; return whether it was taken."""
    data = carrying(text, mime)
    if not drag(view, data, at):
        return False
    none = Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(view.mapFromScene(at)), COPY, data, LEFT, none)
    QApplication.sendEvent(view.viewport(), event)
    return event.isAccepted()


def test_a_dropped_layer_lies_where_it_was_dropped(view, document, selection, undone):
    assert drop(view, b"Dropout", QPointF(250, 106))
    added = selection.single
    assert document.network.nodes[added].kind == "Dropout"
    assert view.canvas.centre(added) == document.state.layout[added] == Position(248, 104)
    assert undone()
    assert added not in view.canvas.cards


def test_a_layer_dropped_on_a_wire_is_inserted(view, document, selection, undone):
    middle = QPointF(0, 240)
    assert drop(view, b"Dropout", middle)
    new = selection.single
    edges = document.network.edges
    assert edges[Port(new, "input")].source == Port("l", "output")
    assert edges[Port("r", "input")].source == Port(new, "output")
    layout = document.state.layout
    assert layout["l"].y + HEIGHT < layout[new].y < layout["r"].y - HEIGHT
    assert layout["o"].y - layout["r"].y == 160
    assert document.history.count() == 1
    assert undone()


def test_the_wire_below_a_drag_is_marked(view, themes):
    accent, wire = themes.theme.color("accent_text"), view.canvas.wires[Port("r", "input")]
    data = carrying(b"Dropout")
    for at, marked in (
        (QPointF(0, 240), True),
        (QPointF(300, 240), False),
        (QPointF(0, 240), True),
    ):
        assert drag(view, data, at)
        assert (wire.pen().color() == accent) is marked
    QApplication.sendEvent(view.viewport(), QDragLeaveEvent())
    assert wire.pen().color() != accent


@pytest.mark.parametrize(
    ("text", "mime"),
    [
        (b"NoSuchLayer", KIND_MIME),
        (b"\xff\xfe", KIND_MIME),
        (b"os.system", KIND_MIME),
        (b"Linear", "text/plain"),
    ],
)
def test_anything_else_dropped_is_refused(view, document, text, mime):
    assert not drop(view, text, QPointF(250, 100), mime)
    assert not document.history.canUndo()


def test_a_layer_added_to_a_selected_one_is_wired_below_it(view, document, selection, undone):
    selection.set(["l"])
    view.add_kind("Dropout")
    new = selection.single
    assert document.network.edges[Port(new, "input")].source == Port("l", "output")
    at, lead = document.state.layout[new], document.state.layout["l"]
    assert at.y > lead.y
    others = [place for id, place in document.state.layout.items() if id != new]
    assert all(abs(at.x - p.x) >= WIDTH or abs(at.y - p.y) >= HEIGHT for p in others)
    assert undone()


def test_a_layer_added_to_nothing_lies_free_in_view(view, document, selection):
    view.add_kind("Dropout")
    new = selection.single
    assert Port(new, "input") not in document.network.edges
    at = document.state.layout[new]
    assert view.area().contains(QPointF(at.x, at.y))


def test_deleting_and_undoing(view, document, selection, undone):
    selection.set(["l", "r"])
    view.editing.delete_selected()
    assert set(view.canvas.cards) == {"i", "o"}
    assert not view.canvas.wires
    assert selection.nodes == set()
    assert undone()
    assert set(view.canvas.cards) == {"i", "l", "r", "o"}
    assert len(view.canvas.wires) == 3


def test_duplicating_copies_the_edges_between(view, document, selection, undone):
    selection.set(["l", "r"])
    view.editing.duplicate()
    assert kinds(document) == ["Input", "Linear", "Linear", "Output", "ReLU", "ReLU"]
    fresh = {document.network.nodes[id].kind: id for id in selection.nodes}
    edges = document.network.edges
    assert edges[Port(fresh["ReLU"], "input")].source == Port(fresh["Linear"], "output")
    assert Port(fresh["Linear"], "input") not in edges
    names = [node.name for node in document.network.nodes.values()]
    assert len(set(names)) == len(names)
    assert undone()


def test_copies_come_into_view(view, document, selection):
    for _ in range(8):
        selection.set(["l", "r"])
        view.editing.duplicate()
        assert view.area().contains(view.selected_rect())


def test_cut_and_paste_through_the_clipboard(view, document, selection, undone):
    selection.set(["l", "r"])
    view.editing.cut()
    assert kinds(document) == ["Input", "Output"]
    view.paste()
    assert kinds(document) == ["Input", "Linear", "Output", "ReLU"]
    linear = next(n for n in document.network.nodes.values() if n.kind == "Linear")
    assert linear.arguments["out_features"] == 4
    assert linear.name == "fc1"
    assert document.history.count() == 2
    assert undone()


def test_copies_keep_their_places_among_themselves(view, document, selection):
    selection.set(["l", "r"])
    view.editing.copy()
    view.paste()
    first, second = sorted(document.state.layout[id].y for id in selection.nodes)
    assert second - first == 160
    assert all(
        document.state.layout[id].x % GRID == document.state.layout[id].y % GRID == 0
        for id in selection.nodes
    )


def test_nothing_selected_leaves_the_clipboard_alone(view, selection):
    QGuiApplication.clipboard().setText("mine")
    selection.set([])
    view.editing.copy()
    assert QGuiApplication.clipboard().text() == "mine"


def test_hostile_clipboards_are_refused(view, document, selection):
    selection.set(["l"])
    view.editing.copy()
    data = QGuiApplication.clipboard().mimeData()
    honest = json.loads(bytes(data.data(clipboard.FORMAT).data()))
    text = json.dumps(honest)
    for hostile in (
        "",
        "{}",
        "[1, 2",
        text[:-3],
        text.replace('"Linear"', '"__import__"'),
        text.replace('"fc1"', '"a\\nimport os"'),
        text + text,
        "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    ):
        mime = QMimeData()
        mime.setData(clipboard.FORMAT, hostile.encode())
        QGuiApplication.clipboard().setMimeData(mime)
        before = document.network
        view.paste()
        if document.network is not before:
            # What the format admits as a name is for the checks of names to complain of.
            assert document.inference.has_errors, hostile
            document.history.undo()


def test_arrow_keys_move_in_one_step(view, document, selection, undone):
    selection.set(["l"])
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert document.state.layout["l"] == Position(3 * GRID, 160 + GRID)
    assert document.history.count() == 1
    selection.set(["r"])
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert document.history.count() == 2
    assert undone()


def test_arranging_is_one_step(view, document, undone):
    view.editing.place({"l": Position(500, 0), "r": Position(-300, 700)})
    view.arranging.arrange()
    layout = document.state.layout
    assert len({layout[id].x for id in "ilro"}) == 1
    assert [layout[id].y for id in "ilro"] == sorted(layout[id].y for id in "ilro")
    assert document.history.count() == 2
    assert undone()


def test_a_large_network_is_arranged_beside_the_window(view, document, qtbot):
    nodes = {str(i): Node(str(i), "Identity", f"id{i}") for i in range(400)}
    document.open(project(nodes, [], {"0": Position(8, 8)}))
    with qtbot.waitSignal(view.arranging.arranged, timeout=20_000):
        view.arranging.arrange()
    assert len(set(document.state.layout.values())) == 400


def test_what_was_edited_while_it_was_arranged_is_arranged_anew_with_a_word(view, document, qtbot):
    nodes = {str(i): Node(str(i), "Identity", f"id{i}") for i in range(400)}
    document.open(project(nodes, [], {"0": Position(8, 8)}))
    said = []
    view.said.connect(said.append)
    view.arranging.arrange()
    document.edit_network(add_nodes(document.network, [Node("n", "ReLU", "r")]), "")
    with qtbot.waitSignal(view.arranging.arranged, timeout=20_000):
        pass
    assert len(set(document.state.layout.values())) == 401
    assert document.network.nodes["n"].kind == "ReLU"
    assert [each for each in said if "arranged anew" in each]


def test_what_keeps_being_edited_is_not_arranged_and_that_is_said(view, document, qtbot):
    nodes = {str(i): Node(str(i), "Identity", f"id{i}") for i in range(400)}
    document.open(project(nodes, [], {"0": Position(8, 8)}))
    said, added = [], iter(range(100))

    def edit() -> None:
        number = next(added)
        new = Node(f"n{number}", "ReLU", f"r{number}")
        document.edit_network(add_nodes(document.network, [new]), "")

    view.said.connect(said.append)
    view.arranging.told.connect(lambda part: edit() if part == 1 else None)
    view.arranging.arrange()
    qtbot.waitUntil(lambda: not view.arranging.is_busy, timeout=20_000)
    assert said[-1].startswith("Not arranged")
    assert document.state.layout == {"0": Position(8, 8)}


def test_another_project_is_not_arranged_in_place_of_the_one_that_was_meant(view, document, qtbot):
    nodes = {str(i): Node(str(i), "Identity", f"id{i}") for i in range(400)}
    document.open(project(nodes, [], {"0": Position(8, 8)}))
    view.arranging.arrange()
    document.open(project(nodes, [], {"0": Position(16, 16)}))
    qtbot.waitUntil(lambda: not view.arranging.is_busy, timeout=20_000)
    assert document.state.layout == {"0": Position(16, 16)}


def test_quick_add_opens_and_typing_adds_a_wired_layer(view, document, selection, undone):
    selection.set(["r"])
    view.ask_for_layer()
    assert view.quick_add.isVisible()
    QTest.keyClicks(view.quick_add.line, "linear 32")
    QTest.keyClick(view.quick_add.line, Qt.Key.Key_Return)
    assert not view.quick_add.isVisible()
    new = document.network.nodes[selection.single]
    assert (new.kind, new.arguments) == ("Linear", {"out_features": 32})
    assert document.network.edges[Port(new.id, "input")].source == Port("r", "output")
    assert undone()


def test_a_line_of_several_layers_is_one_step_and_each_feeds_the_next(
    view, document, selection, undone
):
    selection.set(["r"])
    view.ask_for_layer()
    QTest.keyClicks(view.quick_add.line, "linear 32 relu > 2 linear 8")
    QTest.keyClick(view.quick_add.line, Qt.Key.Key_Return)
    nodes, at, kinds = document.network.nodes, selection.single, []
    while at != "r":
        kinds.append(nodes[at].kind)
        at = document.network.edges[Port(at, "input")].source.node
    assert kinds == ["Linear", "Linear", "ReLU", "Linear"]
    assert len(set(document.state.layout.values())) == len(document.state.layout)
    assert undone()


def test_a_line_of_several_layers_goes_into_a_wire_in_its_order(view, document, undone):
    edge = next(iter(document.network.edges.values()))
    cards = suggestions("linear 32 > relu > dropout")[0].cards
    view.add_cards(cards, QPointF(0, 0), edge)
    at, kinds = edge.target, []
    while (source := document.network.edges[at].source) != edge.source:
        kinds.append(document.network.nodes[source.node].kind)
        at = Port(source.node, "input")
    assert kinds == ["Dropout", "ReLU", "Linear"]
    assert undone()


def test_quick_add_follows_the_dimensions_of_what_is_selected(view, document, selection):
    view.add_kind("Input", QPointF(0, 900), {"shape": ("N", 3, 100)})
    view.ask_for_layer()
    QTest.keyClicks(view.quick_add.line, "conv 8")
    QTest.keyClick(view.quick_add.line, Qt.Key.Key_Return)
    assert document.network.nodes[selection.single].kind == "Conv1d"


def test_quick_add_tells_an_unknown_name_from_values_that_do_not_suit(view):
    view.ask_for_layer()
    QTest.keyClicks(view.quick_add.line, "linear -3")
    assert view.quick_add._help.text() == "Linear takes no “-3”."
    view.quick_add.line.setText("linaer 3")
    assert view.quick_add._help.text() == "No layer is called “linaer”."


def test_quick_add_at_a_wire_end_connects_to_it(view, document, selection, mouse, port):
    mouse.drag(port("r", "output"), QPointF(250, 420))
    QTest.keyClicks(view.quick_add.line, "dropout 0.3")
    QTest.keyClick(view.quick_add.line, Qt.Key.Key_Return)
    new = document.network.nodes[selection.single]
    assert new.arguments == {"p": 0.3}
    assert document.network.edges[Port(new.id, "input")].source == Port("r", "output")
    at = document.state.layout[new.id]
    assert abs(at.x - 250) <= GRID
    assert abs(at.y - 420) <= GRID


def test_an_empty_canvas_offers_examples(view, document, qtbot, selection):
    assert not view.overlay.hint.isVisible()
    view.select_all()
    view.editing.delete_selected()
    assert view.overlay.hint.isVisible()
    with qtbot.waitSignal(view.example_requested) as chosen:
        QTest.mouseClick(view.overlay.hint.cards[0], Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert chosen.args == ["iris-mlp"]


def test_an_empty_canvas_leads_to_data_that_were_opened(view, document, qtbot):
    view.select_all()
    view.editing.delete_selected()
    hint = view.overlay.hint
    assert not hint.to_data.isVisible()
    data = Choice("csv", {"path": "/somewhere/visits.csv"})
    recipe = replace(document.project.recipe, data=data)
    document.edit(replace(document.project, recipe=recipe), "data")
    assert "visits.csv" in hint.to_data.text()
    with qtbot.waitSignal(document.readings.wanted):
        QTest.mouseClick(hint.to_data, Qt.MouseButton.LeftButton)


def offered(view) -> list[str]:
    """Return what quick-add lists."""
    rows = range(view.quick_add._list.count())
    return [view.quick_add._list.item(row).text() for row in rows]


def test_a_wire_dropped_in_empty_space_offers_what_fits_there_best_first(view, mouse, port):
    mouse.drag(port("l", "output"), QPointF(300, 240))
    assert offered(view)[0] == "ReLU"
    assert {"Linear", "Output"} <= set(offered(view))
    assert not {"Conv2d", "Embedding", "Input"} & set(offered(view))
    mouse.drag(port("l", "input"), QPointF(300, 100))  # takes the end of a wire off instead
    view.quick_add.hide()
    mouse.drag(port("l", "input"), QPointF(-300, 100))
    assert "Output" not in offered(view)
    assert "Flatten" in offered(view)[:3]


def test_what_is_typed_at_a_wire_may_be_anything_but_what_does_not_fit_says_so(
    view, mouse, port, document, selection
):
    mouse.drag(port("l", "output"), QPointF(300, 240))
    view.quick_add.line.setText("conv2d 8")
    assert "Conv2d takes 4 dimensions" in view.quick_add._help.text()
    view.quick_add.line.setText("lstm 64")
    assert offered(view)[0].startswith("LSTM")
    view.quick_add.line.setText("where")
    QTest.keyClick(view.quick_add.line, Qt.Key.Key_Return)
    assert document.network.edges[Port(selection.single, "input")].source == Port("l", "output")


def test_arranging_a_large_network_is_cancelled(view, document, qtbot):
    nodes = {str(i): Node(str(i), "Identity", f"id{i}") for i in range(3000)}
    document.open(project(nodes, [], {"0": Position(8, 8)}))
    view.arranging.arrange()
    assert view.arranging.is_busy
    view.arranging.cancel()
    qtbot.waitUntil(lambda: not view.arranging.is_busy, timeout=20_000)
    assert document.state.layout == {"0": Position(8, 8)}
    assert document.history.count() == 0


def test_what_lasts_says_how_far_it_is_and_can_be_cancelled(view):
    view.show()
    note = view.overlay.note
    for part in (0.0, 0.1):
        view.arranging.told.emit(part)
    assert note.isHidden()
    view.arranging.told.emit(0.25)
    assert note.isVisible()
    assert "25" in note.findChild(QLabel).text()
    view.arranging.told.emit(1.0)
    assert note.isHidden()


def test_what_is_offered_for_a_port_is_merely_added_where_that_is_gone(view, document, mouse, port):
    mouse.drag(port("r", "output"), QPointF(250, 420))
    document.edit_network(remove_nodes(document.network, ["r"]), "")
    QTest.keyClicks(view.quick_add.line, "dropout > relu")
    QTest.keyClick(view.quick_add.line, Qt.Key.Key_Return)
    assert [node.kind for node in document.network.nodes.values()][-2:] == ["Dropout", "ReLU"]
