"""What opens for a moment is gone afterwards: menus, dialogs and what the window forgets."""

from __future__ import annotations

import gc
import sys
import weakref
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QMessageBox

from app.canvas.menu import offer_menu
from app.data import reading
from app.data.dataset import Dataset
from app.data.preview import Preview, preview
from app.inspecting.held import Held
from app.main_window import MainWindow
from app.project.document import STEPS, Document
from app.project.examples import load_example
from app.training_panel.data_watch import DataWatch
from app.training_panel.trainer import Trainer
from app.widgets.folders import show_folder
from graph_model.inference.infer import infer_project
from graph_model.network import empty_project
from graph_model.recipes.facts import DataFacts


def by_escape(menu: QMenu) -> None:
    QTest.keyClick(menu, Qt.Key.Key_Escape)


def by_choice(menu: QMenu) -> None:
    chosen = next(each for each in menu.actions() if each.isEnabled() and not each.menu())
    chosen.setCheckable(True)
    menu.setActiveAction(chosen)
    chosen.triggered.disconnect()
    QTest.keyClick(menu, Qt.Key.Key_Return)


def shown_menu() -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def canvas_menu(window: MainWindow, close: Callable[[QMenu], None]) -> None:
    offer_menu(window.canvas, window.actions_by_id, QPoint(200, 200), QPointF())
    close(shown_menu())


def costs_menu(window: MainWindow, close: Callable[[QMenu], None]) -> None:
    window.bottom.costs.inside._offer_copy()
    close(shown_menu())


def reject_soon() -> None:
    """Reject the dialog that is about to wait for its end."""

    timer = QTimer(interval=0)

    def reject() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            timer.stop()
            dialog.reject()

    timer.timeout.connect(reject)
    timer.start()


def export(window: MainWindow) -> None:
    reject_soon()
    window.actions_by_id["export"].trigger()


def folder(window: MainWindow) -> None:
    reject_soon()
    show_folder(window.canvas, Path("nowhere"))


def leaving(window: MainWindow) -> None:
    """Ask to close during a run, and take it back while the window waits for its end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Trainer, "is_running", True)
        patch.setattr(Trainer, "has_nothing_yet", False)
        patch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Yes)
        reject_soon()
        assert not window.trainer.may_close()


def allowed(window: MainWindow) -> None:
    window.actions_by_id["allowed_code"].trigger()
    QApplication.activeModalWidget().reject()


def layer(window: MainWindow) -> None:
    window.actions_by_id["new_layer"].trigger()
    QApplication.activeModalWidget().reject()


def commands(window: MainWindow) -> None:
    window.actions_by_id["commands"].trigger()
    QApplication.activePopupWidget().close()


WAYS = {
    "canvas menu, Escape": lambda window: canvas_menu(window, by_escape),
    "canvas menu, a choice": lambda window: canvas_menu(window, by_choice),
    "costs menu, Escape": lambda window: costs_menu(window, by_escape),
    "costs menu, a choice": lambda window: costs_menu(window, by_choice),
    "export": export,
    "folder": folder,
    "leaving": leaving,
    "allowed": allowed,
    "layer": layer,
    "commands": commands,
}


def windows() -> int:
    """Count the windows, menus and dialogs that there are, when all that was to go is gone."""
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return sum(each.isWindow() for each in QApplication.allWidgets())


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_what_opens_for_a_moment_is_gone_afterwards(window, monkeypatch, way):
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)
    way(window)
    before = windows()
    for _ in range(3):
        way(window)
    assert windows() == before


def test_what_can_no_longer_be_undone_is_forgotten(qapp):
    document = Document(empty_project())
    first = weakref.ref(document.inference)
    for number in range(STEPS + 1):
        document.edit_network(replace(document.network, name=str(number)), "Rename")
    gc.collect()
    assert first() is None
    for _ in range(STEPS):
        document.history.undo()
    assert document.network.name == "0"
    assert not document.history.canUndo()


def test_what_another_project_replaces_is_forgotten(qapp):
    document = Document(empty_project())
    document.edit_network(replace(document.network, name="edited"), "Rename")
    edited = weakref.ref(document.inference)
    document.open(empty_project())
    gc.collect()
    assert edited() is None


def test_menus_of_the_bar_go_with_their_language(window: MainWindow) -> None:
    def menus() -> int:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        return len(window.findChildren(QMenu))

    before = menus()
    for _ in range(3):
        for language in ("zh_CN", "en"):
            window.actions_by_id[f"language_{language}"].trigger()
    assert menus() == before


def test_pictures_and_pages_of_cards_go_with_their_project(window: MainWindow, qtbot) -> None:
    pictures, inspector = window.canvas.canvas.card_style.pictures, window.inspector
    for node in window.document.network.nodes:
        window.selection.set([node])
        inspector.catch_up()
    window.grab()
    assert len(pictures) > 3
    assert len(inspector._pages) > 1
    window.document.open(empty_project())
    assert len(pictures) == 0
    assert len(inspector._pages) <= 1


def test_data_and_networks_looked_at_go_with_their_project(window: MainWindow) -> None:
    """Also where they were read by others than the window, as a training reads them."""

    def held() -> int:
        gc.collect()
        return sum(type(each) is Dataset for each in gc.get_objects())

    window.document.open(empty_project())
    before = held()
    for name in ("iris-mlp", "penguins"):
        reading.load(load_example(name).recipe.data)
    window.document.open(load_example("iris-mlp"))
    inspection = window.colouring.inspection
    inspection._held = held_by_it = Held()
    held_by_it.itself = held_by_it  # type: ignore[attr-defined]  # whoever else lets go
    gone = weakref.ref(held_by_it)
    del held_by_it
    window.document.open(empty_project())
    assert held() == before
    assert gone() is None


def test_another_project_is_opened_while_what_reads_data_is_still_imported(qapp, monkeypatch):
    document = Document(empty_project())
    watch = DataWatch(document)
    monkeypatch.setitem(sys.modules, "app.data.reading", ModuleType("app.data.reading"))
    document.open(empty_project())
    monkeypatch.delitem(sys.modules, "app.data.reading")
    document.open(empty_project())
    assert watch.problems == ()


@pytest.mark.parametrize("name", ["fashion-mlp", "digits-resnet"])
def test_what_is_shown_of_pictures_holds_no_other_ones(name: str) -> None:
    project = load_example(name)
    facts = reading.describe(project.recipe.data)
    assert isinstance(facts, DataFacts)
    found = preview(project.recipe, infer_project(project), facts)
    assert isinstance(found, Preview)
    assert found.pictures
    assert all(picture.base is None for picture in found.pictures.values())
