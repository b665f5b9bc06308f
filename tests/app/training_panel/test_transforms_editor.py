"""Transforms are added, put in order, set and left out, each as a step of the history."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton

from app.project.document import Document
from app.training_panel.data_watch import DataWatch
from app.training_panel.transforms_editor import TransformsEditor
from app.widgets.reasons import GuidedAction
from graph_model.recipe import Choice


@pytest.fixture
def editor(document: Document, qtbot) -> TransformsEditor:
    editor = TransformsEditor(document, DataWatch(document))
    qtbot.addWidget(editor)
    editor.show()
    return editor


def chosen(document: Document) -> list[str]:
    return [each.kind for each in document.project.recipe.transforms]


def entry(editor: TransformsEditor, kind: str) -> GuidedAction:
    return next(each for each in editor.menu.actions() if each.data() == kind)


def press(editor: TransformsEditor, name: str, qtbot) -> None:
    QApplication.processEvents()
    buttons = editor.findChildren(QToolButton)
    button = next(b for b in buttons if b.accessibleName() == name and b.isVisible())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_transforms_are_a_list_with_an_order(editor, document, qtbot):
    before = document.project
    for kind in ("mixup", "noise"):
        entry(editor, kind).trigger()
    assert chosen(document) == ["mixup", "noise"]
    press(editor, "Do it later: MixUp", qtbot)
    assert chosen(document) == ["noise", "mixup"]
    assert editor.summary == "Noise, MixUp"
    editor._forms[0].edited.emit("deviation", 0.5)
    editor._forms[0].edited.emit("deviation", 0.25)
    assert document.project.recipe.transforms[0] == Choice("noise", {"deviation": 0.25})
    press(editor, "Leave it out: MixUp", qtbot)
    assert chosen(document) == ["noise"]
    editor._forms[0].reset.emit("deviation")
    assert document.project.recipe.transforms == (Choice("noise"),)
    while document.history.canUndo():
        document.history.undo()
    assert document.project is before
    assert chosen(document) == []


def test_what_does_not_suit_the_data_is_grey_and_says_why(editor, document):
    editor.menu.aboutToShow.emit()
    open_now = {each.data() for each in editor.menu.actions() if each.isEnabled()}
    assert open_now == {"scale", "noise", "mixup", "feature_dropout"}
    crop = entry(editor, "crop")
    assert "pictures of shape N×C×H×W" in crop.reason.text
    assert "N×4" in crop.reason.text
    crop.trigger()
    assert chosen(document) == []
    entry(editor, "scale").trigger()
    editor.menu.aboutToShow.emit()
    assert "twice" in entry(editor, "scale").reason.text
    entry(editor, "noise").trigger()
    editor.menu.aboutToShow.emit()
    assert entry(editor, "noise").isEnabled()
