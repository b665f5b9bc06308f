"""Transforms are added, put in order, set and left out, each as a step of the history."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton

from app.project.document import Document
from app.training_panel import transforms_editor
from app.training_panel.transforms_editor import TransformsEditor
from graph_model.entry import Entry, catalogue
from graph_model.recipe import Choice
from graph_model.values import number

KINDS = catalogue(
    (
        Entry("flip", "Flips.", shown="Flip"),
        Entry("noise", "Adds.", (number("deviation", 0.1, "How much."),), shown="Noise"),
    )
)


@pytest.fixture
def editor(document: Document, qtbot, monkeypatch) -> TransformsEditor:
    monkeypatch.setattr(transforms_editor, "TRANSFORMS", KINDS)
    editor = TransformsEditor(document)
    qtbot.addWidget(editor)
    editor.show()
    return editor


def chosen(document: Document) -> list[str]:
    return [each.kind for each in document.project.recipe.transforms]


def press(editor: TransformsEditor, name: str, qtbot) -> None:
    QApplication.processEvents()
    buttons = editor.findChildren(QToolButton)
    button = next(b for b in buttons if b.accessibleName() == name and b.isVisible())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_transforms_are_a_list_with_an_order(editor, document, qtbot):
    before = document.project
    for action in editor.menu.actions():
        action.trigger()
    assert chosen(document) == ["flip", "noise"]
    press(editor, "Do it later: Flip", qtbot)
    assert chosen(document) == ["noise", "flip"]
    assert editor.summary == "Noise, Flip"
    editor._forms[0].edited.emit("deviation", 0.5)
    editor._forms[0].edited.emit("deviation", 0.25)
    assert document.project.recipe.transforms[0] == Choice("noise", {"deviation": 0.25})
    press(editor, "Leave it out: Flip", qtbot)
    assert chosen(document) == ["noise"]
    editor._forms[0].reset.emit("deviation")
    assert document.project.recipe.transforms == (Choice("noise"),)
    while document.history.canUndo():
        document.history.undo()
    assert document.project is before
    assert chosen(document) == []
