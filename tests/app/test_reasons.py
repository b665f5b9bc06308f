"""A grey control says why it is grey, and a click on it leads to where that can be mended."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QToolButton, QToolTip

from app.actions.specs import SPECS
from app.widgets.reasons import GuidedAction, MenuGuide, Reason, reason_of, set_reason
from app.workspaces.kinds import Workspace
from graph_model.network import Network, Node, add_nodes, with_network
from graph_model.problems import Problem

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier

# The offscreen platform can neither raise a popup nor grab the keyboard for it, and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)")


def click(widget, at: QPoint) -> None:
    """Send the events of a click, as Qt does to grey widgets as well."""
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        none = Qt.KeyboardModifier.NoModifier
        event = QMouseEvent(kind, QPointF(at), QPointF(widget.mapToGlobal(at)), LEFT, LEFT, none)
        QApplication.sendEvent(widget, event)


def rest(widget, at: QPoint) -> str:
    """Rest on a place, and return the tip that is shown."""
    event = QHelpEvent(QEvent.Type.ToolTip, at, widget.mapToGlobal(at))
    QApplication.sendEvent(widget, event)
    return QToolTip.text()


def broken(window) -> Network:
    """Return the network with a layer that is given nothing."""
    return add_nodes(window.document.network, [Node("x", "Add", "sum")])


def break_network(window) -> None:
    """Add a layer that is given nothing."""
    window.document.edit_network(broken(window), "")


def test_every_grey_action_says_why(window):
    break_network(window)
    for id in SPECS:
        action = window.actions_by_id[id]
        assert action.isEnabled() or action.reason.text, id


def test_an_action_has_no_reason_once_it_can_be_done(window):
    actions = window.actions_by_id
    assert reason_of(actions["cut"]).text == "Select a layer first."
    window.selection.set([next(iter(window.document.network.nodes))])
    assert actions["cut"].isEnabled()
    assert reason_of(actions["cut"]) is None


def test_a_click_on_the_grey_start_leads_to_the_problems(window):
    break_network(window)
    start = window.actions_by_id["train_start"]
    button = next(b for b in window.top_bar.findChildren(QToolButton) if b.defaultAction() is start)
    assert not button.isEnabled()
    assert "error" in rest(button, QPoint(4, 4))
    assert window.bottom.currentWidget() is not window.bottom.problems
    click(button, QPoint(4, 4))
    assert window.bottom.currentWidget() is window.bottom.problems


def test_a_grey_entry_of_a_menu_says_why_and_leads_there(qtbot, look):
    menu, led = QMenu(), []
    qtbot.addWidget(menu)
    MenuGuide(menu)
    action = GuidedAction("Export", menu)
    menu.addAction(action)
    action.set_reason(Reason("The network has errors.", lambda: led.append(True)))
    menu.popup(QPoint(20, 20))
    at = menu.actionGeometry(action).center()
    assert rest(menu, at) == "The network has errors. Click to go there."
    click(menu, at)
    assert led == [True]
    assert not menu.isVisible()
    menu.hide()


def test_a_grey_button_keeps_its_own_tip_beside_the_reason(qtbot, look):
    button = QPushButton("Go")
    qtbot.addWidget(button)
    button.setToolTip("Goes.")
    button.show()
    set_reason(button, Reason("Nothing is chosen."))
    assert not button.isEnabled()
    assert rest(button, QPoint(2, 2)) == "Goes.\nNothing is chosen."
    set_reason(button, None)
    assert button.isEnabled()
    assert rest(button, QPoint(2, 2)) == "Goes."


def test_the_command_palette_lists_grey_commands_with_their_reasons(window):
    break_network(window)
    window.actions_by_id["commands"].trigger()
    popup = QApplication.activePopupWidget()
    QTest.keyClicks(popup.search, "export code")
    command = popup.list.item(0).data(Qt.ItemDataRole.UserRole)
    assert command.reason is not None
    QTest.keyClick(popup.search, Qt.Key.Key_Return)
    assert window.bottom.currentWidget() is window.bottom.problems


def test_a_node_is_found_by_its_name_or_kind(window):
    assert SPECS["find_node"].keys == ("Ctrl+F",)
    for typed, kind in (("linear1", "Linear"), ("relu", "ReLU")):
        window.actions_by_id["find_node"].trigger()
        popup = QApplication.activePopupWidget()
        QTest.keyClicks(popup.search, typed)
        QTest.keyClick(popup.search, Qt.Key.Key_Return)
        assert window.document.network.nodes[window.selection.single].kind == kind


@pytest.mark.parametrize(
    ("key", "modifiers", "added"),
    [
        (Qt.Key.Key_D, Qt.KeyboardModifier.ShiftModifier, 1),
        (Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier, 1),
        (Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier, -1),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.AltModifier, -1),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier, -1),
    ],
)
def test_keys_of_the_canvas_edit_what_is_selected(window, key, modifiers, added):
    relu = next(id for id, node in window.document.network.nodes.items() if node.kind == "ReLU")
    count = len(window.document.network.nodes)
    window.selection.set([relu])
    QTest.keyClick(window.canvas, key, modifiers)
    assert len(window.document.network.nodes) == count + added


@pytest.mark.parametrize("key", [Qt.Key.Key_F, Qt.Key.Key_Home])
def test_keys_of_the_canvas_frame_the_network(window, key):
    window.canvas.zoom_by(0.2, QPoint(0, 0))
    far = window.canvas.zoom
    window.selection.set(list(window.document.network.nodes)[:2])
    QTest.keyClick(window.canvas, key)
    assert window.canvas.zoom > far


@pytest.mark.parametrize("workspace", ["draw", "train"])
def test_quick_add_opens_within_the_canvas_where_there_is_room(window, workspace):
    window.actions_by_id[f"workspace_{workspace}"].trigger()
    view, popup = window.canvas, window.canvas.quick_add
    port = view.viewport()
    popup.open_at(view.mapToScene(port.width() - 5, port.height() // 2), None)
    left, right = (port.mapToGlobal(each).x() for each in (QPoint(), QPoint(port.width(), 0)))
    screen = view.screen().availableGeometry()
    frame = 4  # that the screen of the tests may lay around it
    assert screen.left() <= popup.x() <= screen.right() - popup.width() + frame
    if port.width() > popup.width():
        assert left <= popup.x() <= right - popup.width() + frame
    popup.hide()


def test_tab_on_the_canvas_opens_quick_add(window):
    QTest.keyClick(window.canvas, Qt.Key.Key_Tab)
    assert window.canvas.quick_add.isVisible()
    window.canvas.quick_add.hide()


def test_brackets_walk_along_the_wires(window):
    QTest.keyClick(window.canvas, Qt.Key.Key_BracketRight)
    QTest.keyClick(window.canvas, Qt.Key.Key_BracketRight)
    assert window.selection.single_edge is not None
    assert window.actions_by_id["insert_layer"].isEnabled()


@pytest.mark.parametrize(
    ("key", "held", "said"),
    [
        (Qt.Key.Key_Insert, NONE, "Insert Layer into the Wire: Select a wire first."),
        (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, "Undo: There is nothing to undo."),
        (Qt.Key.Key_F5, NONE, "Start"),
    ],
)
def test_a_key_whose_action_is_grey_says_why(window, key, held, said):
    window.workspaces.go_to(Workspace.DRAW)
    window.document.open(with_network(window.document.project, broken(window)))
    window.selection.set([next(iter(window.document.network.nodes))])
    window.activateWindow()
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, key, held)
    assert window.status.currentMessage().startswith(said)


def test_keys_of_the_canvas_are_spoken_of_there_alone(window):
    window.selection.set([next(iter(window.document.network.nodes))])
    window.activateWindow()
    window.bottom.setFocus()
    QTest.keyClick(window.bottom, Qt.Key.Key_Insert)
    assert window.status.currentMessage() == ""


def test_nobody_is_sent_to_where_one_is_already(window, qtbot):
    start = window.actions_by_id["train_start"]
    qtbot.waitUntil(lambda: window.trainer.can_start, timeout=60_000)
    window.trainer.watch.facts = Problem("data_not_found", {"path": "x"})
    window.actions_by_id["workspace_draw"].trigger()
    assert reason_of(start).tip == "The data cannot be read. Click to go there."
    window.actions_by_id["workspace_train"].trigger()
    assert reason_of(start).tip == "The data cannot be read."
