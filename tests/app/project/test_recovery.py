"""Unsaved work in the window: kept within a second, brought back, and never saved over unasked."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QDeadlineTimer, QThread, QTimer
from PySide6.QtWidgets import QMessageBox, QWidget

from app.project import recovery as recovery_module
from app.project.document import Document
from app.project.files import Files
from app.project.recovery import Recovery
from app.settings import SettingsStore, home
from graph_model.editing.edits import new_node
from graph_model.files.journal import Journal, left_behind
from graph_model.files.storage import load, read, save
from graph_model.network import add_nodes, empty_project

Button = QMessageBox.StandardButton


class Editor:
    """A document with what keeps it, as in a window."""

    def __init__(self, window: QWidget) -> None:
        self.document = Document(empty_project("Drawn"), window)
        self.files = Files(self.document, SettingsStore(), window)
        self.recovery = Recovery(self.document, window)

    def edit(self) -> None:
        network = self.document.network
        self.document.edit_network(add_nodes(network, [new_node(network, "ReLU")]), "Add")

    def crash(self) -> None:
        """Release the lock, as the system does for a program that is killed."""
        self.recovery.write()
        self.recovery._journal._lock.release()


@pytest.fixture
def make(qtbot):
    """Return a function that makes an editor."""

    def made() -> Editor:
        window = QWidget()
        qtbot.addWidget(window)
        return Editor(window)

    return made


def crashed_on(path, make):
    """Return an editor that crashed with unsaved work on a file."""
    save(empty_project("Before"), path)
    crashed = make()
    crashed.document.open(*read(path))
    crashed.edit()
    crashed.crash()
    return crashed


def entries():
    return list((home() / "recovery").glob("*.recovery"))


def test_who_never_pauses_is_kept_too(make, qtbot):
    editor = make()
    editing = QTimer(interval=1)
    editing.timeout.connect(editor.edit)
    editing.start()
    qtbot.waitUntil(lambda: entries() != [])
    editing.stop()
    editor.recovery.close()
    assert entries() == []


def test_what_comes_while_the_journal_is_written_is_written_next(make, qtbot, monkeypatch):
    editor = make()
    may_end = threading.Event()
    written = []

    def write(_journal, project, _origin):
        may_end.wait(60)
        written.append(project)

    monkeypatch.setattr(Journal, "write", write)
    editor.edit()
    first = editor.document.project
    editor.edit()
    editor.edit()
    may_end.set()
    qtbot.waitUntil(lambda: written[-1:] == [editor.document.project])
    assert written in ([first, editor.document.project], [editor.document.project])
    editor.recovery.close()


def test_an_edit_is_kept_before_the_window_has_followed_it(make, qtbot):
    """With thousands of nodes that can take a second, within which the program may be killed."""
    editor = make()
    found = []

    def follow_slowly(_old, _new):
        deadline = QDeadlineTimer(60_000)
        while not entries() and not deadline.hasExpired():
            QThread.yieldCurrentThread()
        found.extend(entries())

    editor.document.changed.connect(follow_slowly)
    editor.edit()
    assert len(found) == 1
    editor.recovery.close()


def test_a_project_saved_meanwhile_leaves_no_entry(make, tmp_path):
    editor = make()
    editor.edit()
    editor.recovery.write()
    assert len(entries()) == 1
    editor.edit()
    editor.files.save_to(tmp_path / "net.weft")  # while it is being written
    editor.recovery.write()
    assert entries() == []
    editor.recovery.close()


def test_a_newer_file_is_not_saved_over_unasked_by_what_was_brought_back(make, answer, tmp_path):
    path = tmp_path / "net.weft"
    crashed = crashed_on(path, make)
    save(empty_project("Newer"), path)
    editor = make()
    asked = answer(Button.Yes, Button.No, Button.Yes)
    editor.recovery.offer()
    assert "changed later" in asked[0]
    assert editor.document.project == crashed.document.project
    assert not editor.files.save()
    assert "changed meanwhile" in asked[1]
    assert load(path) == empty_project("Newer")
    assert editor.files.save()
    assert load(path) == crashed.document.project
    editor.recovery.close()


def test_the_file_as_it_was_is_saved_over_without_a_question(make, answer, tmp_path):
    path = tmp_path / "net.weft"
    crashed = crashed_on(path, make)
    editor = make()
    asked = answer(Button.Yes)
    editor.recovery.offer()
    assert "changed later" not in asked[0]
    assert editor.files.save()
    assert load(path) == crashed.document.project
    editor.recovery.close()


def test_of_several_crashes_the_next_is_offered_when_one_is_given_up(make, answer):
    crashed = [make(), make(), make()]
    for editor in crashed:
        editor.edit()
        editor.crash()
    editor = make()
    asked = answer(Button.Discard, Button.Yes)
    editor.recovery.offer()
    assert len(asked) == 2
    assert editor.document.is_modified
    (left,) = left_behind(home() / "recovery")
    left.keep()
    editor.recovery.close()
    assert entries() == [left.file]


def test_unanswered_it_stays(make, answer):
    crashed = make()
    crashed.edit()
    crashed.crash()
    answer(Button.Cancel)
    make().recovery.offer()
    assert len(entries()) == 1


def test_what_was_brought_back_outlives_the_next_crash_at_once(make, answer):
    crashed = make()
    crashed.edit()
    crashed.crash()
    editor = make()
    answer(Button.Yes)
    editor.recovery.offer()
    editor.recovery._journal._lock.release()  # before a single turn of the event loop
    (again,) = left_behind(home() / "recovery")
    assert again.project == crashed.document.project
    again.discard()


def test_a_full_disk_is_told_tried_again_and_told_to_be_over(make, qtbot, monkeypatch):
    monkeypatch.setattr(recovery_module, "_TRY_AGAIN", 1)
    full = True
    write = Journal.write

    def written(journal, *what):
        if full:
            raise OSError(28, "No space left on device")
        write(journal, *what)

    monkeypatch.setattr(Journal, "write", written)
    editor = make()
    said = []
    editor.recovery.failed.connect(said.append)
    editor.edit()
    editor.recovery.write()
    editor.recovery.write()
    assert said == ["No space left on device"]
    full = False
    qtbot.waitUntil(lambda: said == ["No space left on device", ""])
    assert len(entries()) == 1
    editor.recovery.close()
