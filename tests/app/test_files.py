"""Files in the window: saved, opened and dropped, and what is unsaved."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QCloseEvent, QDropEvent, QTextCursor
from PySide6.QtWidgets import QFileDialog, QMessageBox

from app.commands.project import open_project
from app.project.examples import EXAMPLES, load_example
from app.project.opened import Opened
from app.runs.folder import EVENTS, PROJECT
from graph_model.files.storage import load, save
from graph_model.network import empty_project

Button = QMessageBox.StandardButton


def edit(window) -> None:
    window.canvas.add_kind("ReLU")


def choose(monkeypatch, path) -> None:
    """Answer the next file dialogs."""
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_: (str(path), ""))


def test_a_file_is_saved_and_opened_again(window, make, tmp_path, monkeypatch):
    path = tmp_path / "net.weft"
    choose(monkeypatch, path)
    edit(window)
    window.actions_by_id["save"].trigger()
    assert load(path) == window.document.project
    assert not window.document.is_modified
    assert "net.weft" in window.windowTitle()
    other = make(empty_project())
    other.files.open_path(path)
    assert other.document.project == window.document.project
    assert other.files.recent() == [path.resolve()]


def test_what_another_window_saved_meanwhile_is_not_lost_unasked(
    window, make, answer, tmp_path, monkeypatch
):
    path = tmp_path / "net.weft"
    choose(monkeypatch, path)
    window.actions_by_id["save"].trigger()
    other = make(path=path)
    edit(other)
    edit(other)
    other.actions_by_id["save"].trigger()
    theirs = load(path)
    edit(window)
    asked = answer(Button.No, Button.Yes)
    window.actions_by_id["save"].trigger()
    assert "net.weft" in asked[0]
    assert load(path) == theirs
    assert window.document.is_modified
    window.actions_by_id["save"].trigger()
    assert load(path) == window.document.project != theirs
    edit(window)
    window.actions_by_id["save"].trigger()
    assert len(asked) == 2


def test_a_file_is_not_replaced_unasked_because_its_ending_was_left_out(
    window, answer, tmp_path, monkeypatch
):
    there = tmp_path / "net.v2.weft"
    save(empty_project(), there)
    choose(monkeypatch, tmp_path / "net.v2")
    asked = answer(Button.No, Button.Yes)
    window.actions_by_id["save_as"].trigger()
    assert load(there) == empty_project()
    assert "net.v2.weft" in asked[0]
    window.actions_by_id["save_as"].trigger()
    assert load(there) == window.document.project


def test_the_title_marks_what_is_not_saved(window):
    edit(window)
    assert window.isWindowModified()
    window.actions_by_id["undo"].trigger()
    assert not window.isWindowModified()


def test_cancel_keeps_unsaved_work(window, answer):
    asked = answer(Button.Cancel)
    edit(window)
    before = window.document.project
    window.actions_by_id["new"].trigger()
    assert window.document.project is before
    assert len(asked) == 1


def test_discard_lets_it_go(window, answer):
    answer(Button.Discard)
    edit(window)
    window.actions_by_id["new"].trigger()
    assert not window.document.network.nodes
    assert not window.document.is_modified


def test_save_at_the_question_saves_first(window, answer, tmp_path, monkeypatch):
    answer(Button.Save)
    choose(monkeypatch, tmp_path / "kept.weft")
    edit(window)
    kept = window.document.project
    window.actions_by_id["new"].trigger()
    assert load(tmp_path / "kept.weft") == kept


def test_closing_asks_about_unsaved_work(window, answer):
    answer(Button.Cancel)
    edit(window)
    event = QCloseEvent()
    window.closeEvent(event)
    assert not event.isAccepted()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": "layerweft", "version": 99}', "\x00"])
def test_a_damaged_file_is_refused_and_what_is_open_stays(window, answer, tmp_path, text):
    path = tmp_path / "damaged.weft"
    path.write_text(text)
    asked = answer()
    before = window.document.project
    window.files.open_path(path)
    assert window.document.project is before
    assert "damaged.weft" in asked[0]


def test_a_file_that_cannot_be_written_says_so_and_loses_nothing(window, answer, tmp_path):
    asked = answer()
    edit(window)
    assert not window.files.save_to(tmp_path / "missing" / "net.weft")
    assert "net.weft" in asked[0]
    assert window.document.is_modified


def test_a_project_dropped_on_the_window_is_opened(window, tmp_path):
    path = tmp_path / "dropped.weft"
    save(load_example("perceptron"), path)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)
    assert window.document.path == path


def test_recent_files_are_offered_and_open(window, tmp_path):
    window.files.save_to(tmp_path / "mine.weft")
    window.files.new()
    window.files.recent_menu.aboutToShow.emit()
    entry = window.files.recent_menu.actions()[0]
    assert entry.text() == "mine.weft"
    entry.trigger()
    assert window.document.path == tmp_path / "mine.weft"


def kept_run(folder):
    """Return the project of a run as its folder holds it."""
    folder.mkdir()
    save(load_example("perceptron"), folder / PROJECT)
    (folder / EVENTS).write_text("")
    return folder / PROJECT


def test_the_record_of_a_run_opens_as_a_copy_and_is_never_saved_over(
    window, answer, tmp_path, monkeypatch
):
    record = kept_run(tmp_path / "2026-01-02 10.20.30 Digits")
    before = record.read_bytes()
    window.workspaces.project_wanted.emit(record)
    assert window.document.project == load_example("perceptron")
    assert window.document.path is None
    assert "2026-01-02 10.20.30 Digits" in window.windowTitle()
    assert str(record) in window.status.currentMessage()
    assert window.files.recent() == []
    edit(window)
    proposed = []
    monkeypatch.setattr(
        QFileDialog,
        "getSaveFileName",
        lambda *words: proposed.append(words[2]) or (str(record), ""),
    )
    asked = answer()
    window.actions_by_id["save"].trigger()
    assert proposed[0].endswith("2026-01-02 10.20.30 Digits.weft")
    assert "stays as it is" in asked[0]
    assert record.read_bytes() == before
    assert window.document.is_modified
    choose(monkeypatch, tmp_path / "mine.weft")
    window.actions_by_id["save"].trigger()
    assert load(tmp_path / "mine.weft") == window.document.project
    assert "mine.weft" in window.windowTitle()


def test_a_record_among_the_recent_files_of_an_older_version_is_not_offered(window, tmp_path):
    record = kept_run(tmp_path / "run")
    window.store.set(window.store.value.with_recent(record))
    assert window.files.recent() == []


def test_a_record_given_on_the_command_line_or_linked_is_a_copy_too(tmp_path):
    record = kept_run(tmp_path / "run")
    (tmp_path / "link.weft").symlink_to(record)
    for path in (record, tmp_path / "link.weft"):
        assert open_project(str(path)) == Opened(load_example("perceptron"), title="run")
    (record.parent / "mine.weft").write_bytes(record.read_bytes())
    assert open_project(str(record.parent / "mine.weft")).origin is not None


def test_what_comes_with_the_application_opens_as_a_copy():
    for each in EXAMPLES:
        assert open_project(str(each.path)) == Opened(load_example(each.name))


def test_a_file_that_changed_while_the_window_was_being_opened_is_asked_about(
    make, answer, tmp_path
):
    path = tmp_path / "net.weft"
    save(load_example("perceptron"), path)
    opened = open_project(str(path))
    save(empty_project(), path)  # before there is a window
    window = make()
    window.document.open(opened.project, opened.origin)
    edit(window)
    asked = answer(Button.No)
    window.actions_by_id["save"].trigger()
    assert "changed meanwhile" in asked[0]
    assert load(path) == empty_project()


def test_leaving_asks_about_code_that_is_not_understood(window, answer, qtbot):
    code = window.bottom.code
    qtbot.waitUntil(lambda: code.is_settled and bool(code.text))
    code.edits._pause.setInterval(10_000)
    code.view.moveCursor(QTextCursor.MoveOperation.End)
    code.view.insertPlainText("\n(")
    asked = answer(Button.Cancel, Button.Discard)
    assert not window.close()
    assert window.close()
    assert len(asked) == 2
    assert "Discard these edits?" in asked[0]


def test_what_was_just_typed_in_the_code_is_saved(window, tmp_path, monkeypatch, qtbot):
    path = tmp_path / "net.weft"
    choose(monkeypatch, path)
    code = window.bottom.code
    qtbot.waitUntil(lambda: code.is_settled and bool(code.text))
    code.edits._pause.setInterval(10_000)
    code.view.find("Linear(4, ")
    code.view.moveCursor(QTextCursor.MoveOperation.Right)
    code.view.insertPlainText("1")
    window.actions_by_id["save"].trigger()
    widths = [each.arguments.get("out_features") for each in load(path).network.nodes.values()]
    assert any(str(each).startswith("1") for each in widths if each)
    assert not window.document.is_modified
