"""Project files as the window handles them, and what is asked before one is replaced."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.project.document import Document
from app.project.files import Files
from app.settings import SettingsStore
from graph_model.editing.edits import new_node
from graph_model.files.storage import load, read, save
from graph_model.network import add_nodes, empty_project

Button = QMessageBox.StandardButton


@pytest.fixture
def make(qtbot):
    """Return a function that opens a project as a window does."""

    def opened(path: Path | None = None) -> Files:
        window = QWidget()
        qtbot.addWidget(window)
        project, origin = read(path) if path else (empty_project(), None)
        document = Document(project, window)
        document.set_origin(origin)
        return Files(document, SettingsStore(), window)

    return opened


def edit(files: Files) -> None:
    network = files._document.network
    files._document.edit_network(add_nodes(network, [new_node(network, "ReLU")]), "Add")


def test_what_another_window_saved_meanwhile_is_not_lost_unasked(make, answer, tmp_path):
    path = tmp_path / "net.weft"
    save(empty_project(), path)
    mine, other = make(path), make(path)
    edit(other)
    assert other.save()
    theirs = load(path)
    edit(mine)
    edit(mine)
    asked = answer(Button.No, Button.Yes)
    assert not mine.save()
    assert "net.weft" in asked[0]
    assert load(path) == theirs
    assert mine._document.is_modified
    assert mine.save()
    assert load(path) == mine._document.project != theirs
    edit(mine)
    assert mine.save()
    assert len(asked) == 2


def test_a_file_that_is_gone_is_written_again(make, tmp_path):
    path = tmp_path / "net.weft"
    save(empty_project(), path)
    files = make(path)
    path.unlink()
    assert files.save()
    assert load(path) == files._document.project


def test_a_file_is_not_replaced_unasked_because_its_ending_was_left_out(
    make, answer, tmp_path, monkeypatch
):
    there = tmp_path / "net.v2.weft"
    save(empty_project(), there)
    typed = str(tmp_path / "net.v2")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (typed, ""))
    files = make()
    edit(files)
    asked = answer(Button.No, Button.Yes)
    assert not files.save_as()
    assert load(there) == empty_project()
    assert "net.v2.weft" in asked[0]
    assert files.save_as()
    assert load(there) == files._document.project
