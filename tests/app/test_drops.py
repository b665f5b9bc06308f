"""Files dropped on the window: projects are opened, data are what is trained on from then."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

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
        ("pictures", "image_folder"),
        ("digits", "fashion_mnist_folder"),
    ],
)
def test_data_become_those_of_the_recipe_and_are_shown(window, tmp_path, name, kind):
    path = tmp_path / name
    if "." in name:
        path.write_text("a,b\n1,2\n", encoding="utf-8")
    else:
        path.mkdir()
    if kind == "fashion_mnist_folder":
        (path / "train-images-idx3-ubyte.gz").write_bytes(b"")
    before = window.document.project
    assert drop(window, path)
    assert window.document.project.recipe.data == Choice(kind, {"path": str(path)})
    assert window.document.network is before.network
    assert window.workspaces.current is Workspace.TRAIN
    assert name in window.status.currentMessage()
    window.document.history.undo()
    assert window.document.project is before


def test_data_dropped_on_the_welcome_page_lead_to_the_recipe(make, tmp_path):
    window = make(empty_project())
    (tmp_path / "flowers.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert window.welcome.isVisible()
    assert drop(window, tmp_path / "flowers.csv")
    assert window.workspaces.training.isVisible()


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
