"""What comes in: projects are opened, files and pasted tables are what is trained on from then."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from app.project.examples import load_example
from app.widgets.problem_card import FindButton
from app.workspaces.kinds import Workspace
from graph_model.files.storage import save
from graph_model.network import empty_project
from graph_model.recipe import Choice


def drop(window, *paths: Path) -> bool:
    """Drag files onto the window and drop them; return whether they were taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)
    entering = QDragEnterEvent(QPoint(300, 300), copy, data, left, none)
    QApplication.sendEvent(window.top_bar.window(), entering)
    if not entering.isAccepted():
        return False
    dropping = QDropEvent(QPointF(300, 300), copy, data, left, none)
    QApplication.sendEvent(window.top_bar.window(), dropping)
    return dropping.isAccepted()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("flowers.csv", "csv"),
        ("FLOWERS.CSV", "csv"),
        ("flowers.tsv", "csv"),
        ("flowers.npz", "npz"),
        ("flowers.npy", "npz"),
        ("flowers.txt", "csv"),
        ("pictures", "image_folder"),
        ("digits", "fashion_mnist_folder"),
    ],
)
def test_data_become_those_of_the_recipe_and_are_shown(window, tmp_path, name, kind):
    path = tmp_path / name
    if "." in name:
        path.write_text("a,b\n1,2\n3,4\n", encoding="utf-8")
    else:
        path.mkdir()
    if kind == "fashion_mnist_folder":
        (path / "train-images-idx3-ubyte.gz").write_bytes(b"")
    before = window.document.project
    assert drop(window, path)
    assert window.document.project.recipe.data == Choice(kind, {"path": str(path)})
    assert window.document.network is before.network
    assert window.workspaces.current is Workspace.DATA
    assert name in window.status.currentMessage()
    window.document.history.undo()
    assert window.document.project is before


def test_data_dropped_on_the_welcome_page_are_looked_at(make, tmp_path):
    window = make(empty_project())
    (tmp_path / "flowers.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert window.welcome.isVisible()
    assert drop(window, tmp_path / "flowers.csv")
    assert window.workspaces.data.isVisible()


def test_a_project_is_opened(window, tmp_path):
    save(empty_project("Dropped"), tmp_path / "net.weft")
    assert drop(window, tmp_path / "net.weft")
    assert window.document.network.name == "Dropped"


def test_anything_else_is_refused(window, tmp_path):
    before = window.document.project
    (tmp_path / "notes.docx").write_bytes(b"")
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("a,b\n1,2\n", encoding="utf-8")
    assert not drop(window, tmp_path / "notes.docx")
    assert not drop(window, tmp_path / "a.csv", tmp_path / "b.csv")
    assert window.document.project is before


TABLE = "size\tkind\n" + "\n".join(f"{n / 2}\t{'ab'[n % 2]}" for n in range(20))


@pytest.mark.parametrize("has_file", [False, True])
def test_a_pasted_table_is_kept_and_looked_at(window, tmp_path, monkeypatch, qtbot, has_file):
    monkeypatch.setenv("LAYERWEFT_HOME", str(tmp_path / "home"))
    folder = tmp_path / "home" / "data"
    if has_file:
        window.document.set_origin(save(window.document.project, tmp_path / "p.weft"))
        folder = tmp_path
    QApplication.clipboard().setText(TABLE)
    qtbot.keyClick(window.top_bar.window(), "v", Qt.KeyboardModifier.ControlModifier)
    path = folder / "pasted.tsv"
    assert path.read_text(encoding="utf-8") == TABLE
    assert window.document.project.recipe.data == Choice("csv", {"path": str(path)})
    assert window.workspaces.current is Workspace.DATA
    assert str(path) in window.status.currentMessage()
    window.actions_by_id["paste"].trigger()
    assert (folder / "pasted-2.tsv").exists()
    window.document.history.undo()
    window.document.history.undo()


@pytest.mark.parametrize(
    "text", ["a sentence, with a comma", "one\ntwo\nthree", "a,b\n1\n2,3\n", ""]
)
def test_other_text_is_no_table(window, text):
    before = window.document.project
    QApplication.clipboard().setText(text)
    window.actions_by_id["paste"].trigger()
    assert window.document.project is before


def test_layers_on_the_clipboard_are_pasted_as_layers(window):
    window.canvas.select_all()
    window.actions_by_id["copy"].trigger()
    count = len(window.document.network.nodes)
    window.actions_by_id["paste"].trigger()
    assert len(window.document.network.nodes) == 2 * count


def test_data_are_opened_by_a_dialog(window, tmp_path, monkeypatch):
    path = tmp_path / "flowers.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    window.actions_by_id["open_data"].trigger()
    assert window.document.project.recipe.data == Choice("csv", {"path": str(path)})
    assert window.workspaces.current is Workspace.DATA


@pytest.fixture
def moved(tmp_path):
    """A project in a file, its table beside it, and both moved apart."""
    rows = [f"{n},{n % 7},{n % 3}" for n in range(60)]
    table = tmp_path / "a" / "flowers.csv"
    table.parent.mkdir()
    table.write_text("\n".join(["x,y,kind", *rows]), encoding="utf-8")
    project = load_example("iris-mlp")
    data = Choice("csv", {"path": str(table), "delimiter": "comma"})
    project = replace(project, recipe=replace(project.recipe, data=data))
    save(project, tmp_path / "a" / "p.weft")
    (tmp_path / "b").mkdir()
    table.rename(tmp_path / "b" / "flowers.csv")
    return tmp_path / "a" / "p.weft"


def test_data_that_moved_are_asked_for_once_and_keep_what_was_decided(
    make, moved, tmp_path, monkeypatch, qtbot
):
    window = make(path=moved)
    qtbot.waitUntil(lambda: window.findChildren(QMessageBox) != [])
    (box,) = window.findChildren(QMessageBox)
    found = str(tmp_path / "b" / "flowers.csv")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (found, ""))
    qtbot.mouseClick(box.buttons()[0], Qt.MouseButton.LeftButton)
    expected = Choice("csv", {"path": found, "delimiter": "comma"})
    assert window.document.project.recipe.data == expected
    qtbot.waitUntil(lambda: window.trainer.watch.facts is not None)
    window.document.history.undo()
    qtbot.waitUntil(lambda: any(p.code == "data_not_found" for p in window.trainer.watch.problems))
    assert not any(each.isVisible() for each in window.findChildren(QMessageBox))
    window.workspaces.go_to(Workspace.DATA)
    button = window.workspaces.data.inside.source.findChild(FindButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)  # what is said of them leads there as well
    assert window.document.project.recipe.data == expected
    window.document.history.setClean()


def test_a_file_of_another_kind_is_said_to_be_such(window, tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr(QMessageBox, "information", lambda _, title, text: told.append(text))
    path = tmp_path / "data.pkl"
    path.write_bytes(b"\x80\x04.")
    before = window.document.project
    assert drop(window, path)
    assert window.document.project is before
    assert ["numpy.savez" in text for text in told] == [True]


def test_a_file_is_taken_as_a_copy_though_it_is_offered_to_be_moved(make, tmp_path):
    """Some file managers delete what was moved away."""
    window = make(empty_project())
    (tmp_path / "flowers.csv").write_text("a,b\n1,x\n2,y\n")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "flowers.csv"))])
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)
    dropping = QDropEvent(QPointF(300, 300), actions, data, left, none)
    QApplication.sendEvent(window.top_bar.window(), dropping)
    assert dropping.dropAction() is Qt.DropAction.CopyAction
