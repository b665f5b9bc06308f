"""The field of a name: what is typed there is undone there, and the project's edits above it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.widgets.page_parts import NameField
from graph_model.problems import Problem


def test_undo_goes_to_the_project_where_nothing_was_typed(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    field = NameField()
    QVBoxLayout(window).addWidget(field)
    asked: list[bool] = []
    QShortcut(QKeySequence.StandardKey.Undo, window, lambda: asked.append(True))
    field.show_name("block1")
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    field.line.setFocus()
    QTest.keyClick(field.line, "a")
    QTest.keySequence(field.line, QKeySequence.StandardKey.Undo)
    assert (field.line.text(), asked) == ("block1", [])
    QTest.keyClick(field.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert asked == [True]


def test_what_will_not_do_leaves_the_name_before_it_and_not_its_first_letters(qtbot: QtBot) -> None:
    field = NameField()
    qtbot.addWidget(field)
    field.show_name("first")

    def take(name: str) -> None:
        problem = Problem("bad_name", {"name": name, "reason": ""}) if name == "class" else None
        field.complain(problem)
        if problem is None:
            field.show_name(name)

    field.edited.connect(take)
    field.line.clear()
    QTest.keyClicks(field.line, "class")
    assert field.line.text() == "class"
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert field.line.text() == "first"
    field.line.selectAll()
    QTest.keyClicks(field.line, "second")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert field.line.text() == "second"
