"""The welcome page is left and returned to, and goes on with what was open last."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QPushButton

from graph_model.files.storage import save
from graph_model.network import empty_project, rename


def buttons(window) -> list[str]:
    return [each.text() for each in window.welcome._page.findChildren(QPushButton)]


def press(window, text: str) -> None:
    found = window.welcome._page.findChildren(QPushButton)
    next(each for each in found if each.text() == text).click()


def test_the_page_is_left_with_escape_and_returned_to(window):
    assert not window.welcome.isVisible()
    window.actions_by_id["welcome"].trigger()
    assert window.welcome.isVisible()
    before = window.document.project
    QTest.keyClick(window.welcome, Qt.Key.Key_Escape)
    assert not window.welcome.isVisible()
    window.actions_by_id["welcome"].trigger()
    window.actions_by_id["welcome"].trigger()
    assert window.canvas.isVisible()
    assert window.document.project is before


def test_the_page_leads_back_to_what_is_open(window):
    window.actions_by_id["welcome"].trigger()
    first = buttons(window)[0]
    assert first == "Back to Iris MLP"
    press(window, first)
    assert window.canvas.isVisible()


def test_at_the_first_start_the_page_offers_a_new_network(make):
    window = make(empty_project())
    assert buttons(window)[:3] == ["New network", "Open…", "Back to the canvas"]
    press(window, "Back to the canvas")
    assert window.canvas.isVisible()
    assert not window.document.history.canUndo()


def test_the_page_stays_where_a_new_network_is_thought_better_of(window, answer):
    network = window.document.network
    window.document.edit_network(rename(network, next(iter(network.nodes)), "other"), "Rename")
    before = window.document.project
    window.actions_by_id["welcome"].trigger()
    asked = answer(QMessageBox.StandardButton.Cancel)
    press(window, "New network")
    assert len(asked) == 1
    assert window.document.project is before
    assert window.welcome.isVisible()


def test_what_was_open_last_is_gone_on_with(make, tmp_path):
    for name in ("first", "second"):
        save(empty_project(name), tmp_path / f"{name}.weft")
        make(empty_project()).files.open_path(tmp_path / f"{name}.weft")
    window = make(empty_project())
    assert buttons(window)[0] == "Continue with second"
    press(window, "Continue with second")
    assert window.document.network.name == "second"
    window.actions_by_id["continue"].trigger()
    assert window.document.network.name == "first"


def test_without_another_project_there_is_nothing_to_go_on_with(window):
    before = window.document.project
    window.actions_by_id["continue"].trigger()
    assert window.document.project is before
    assert window.status.currentMessage() == "No other project was opened before."


def test_what_is_asked_for_on_the_page_is_shown(window):
    window.actions_by_id["welcome"].trigger()
    window.actions_by_id["show_problems"].trigger()
    assert window.bottom.problems.isVisible()
