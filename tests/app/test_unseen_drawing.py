"""Where the drawing is not in view nothing is done to it, and keys go to what has the focus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeView

from app.runs.folder import runs_folder
from app.widgets.reasons import reason_of
from app.workspaces.kinds import Workspace
from tests.app.runs.kept import keep_run


def test_what_is_done_to_the_drawing_is_done_where_it_is_seen(window):
    window.canvas.select_all()
    chosen, before = window.selection.nodes, window.document.project
    for workspace in ("runs", "data"):
        window.actions_by_id[f"workspace_{workspace}"].trigger()
        for id in ("select_all", "cut", "duplicate", "rename", "arrange", "make_block"):
            action = window.actions_by_id[id]
            assert not action.isEnabled(), id
            assert "not in view" in reason_of(action).text
    assert window.document.project is before
    window.actions_by_id["workspace_train"].trigger()
    assert window.workspaces.has_canvas == window.actions_by_id["duplicate"].isEnabled()
    window.actions_by_id["workspace_runs"].trigger()
    window.canvas.editing.copy()
    count = len(window.document.network.nodes)
    window.actions_by_id["paste"].trigger()
    assert window.workspaces.current is Workspace.DRAW
    assert len(window.document.network.nodes) > count
    assert window.actions_by_id["cut"].isEnabled()
    assert chosen != window.selection.nodes


def test_keys_go_to_the_list_of_runs_where_that_has_the_focus(make, qtbot):
    for number in range(3):
        keep_run(runs_folder() / f"run{number}")
    window = make()
    window.canvas.select_all()
    chosen = window.selection.nodes
    window.actions_by_id["workspace_runs"].trigger()
    table = window.findChild(QTreeView, "runs")
    qtbot.waitUntil(lambda: table.model().rowCount() == 3, timeout=10_000)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(table.chosen()) == 3
    assert window.selection.nodes == chosen
