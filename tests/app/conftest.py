"""Windows to be tested, and answers to what they ask."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox

from app.language.i18n import ENGLISH, translations
from app.look import theme
from app.main_window import MainWindow
from app.project.examples import load_example
from app.settings import SettingsStore
from graph_model.files.storage import read, save
from graph_model.network import disconnect, with_network
from tests.app.loopback import Loopback, loopback


@pytest.fixture(scope="module")
def look(qapp):
    """The application as it is begun with: its stylesheet, in English."""
    theme.manager().install()
    translations().use(ENGLISH)


@pytest.fixture
def make(qtbot, look):
    """Return a function that opens a window; unsaved work in it is dropped at the end."""
    windows = []

    def open_window(project=None, path=None):
        """Open a window on a project, or on what stands in a file."""
        project, origin = read(path) if path else (project or load_example("iris-mlp"), None)
        window = MainWindow(project, origin, SettingsStore())
        windows.append(window)
        qtbot.addWidget(window, before_close_func=_drop_changes)
        window.show()
        return window

    yield open_window
    windows.clear()


@pytest.fixture
def window(make):
    # A proxy, for pytest holds on to what a fixture returns until after the search for leaks.
    return weakref.proxy(make())


@pytest.fixture
def answer(monkeypatch):
    """Return a function that answers the next questions and keeps what was asked."""
    asked = []

    def give(*answers):
        left = list(answers)
        fine = QMessageBox.StandardButton.Ok
        for name in ("warning", "question", "critical"):
            monkeypatch.setattr(
                QMessageBox,
                name,
                lambda *words: asked.append(words[2]) or (left.pop(0) if left else fine),
            )
        monkeypatch.setattr(
            QMessageBox,
            "exec",
            lambda box: asked.append(box.text()) or (left.pop(0) if left else fine),
        )
        return asked

    return give


def _drop_changes(window) -> None:
    window.document.history.setClean()


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A project whose last layer has no input."""
    project = load_example("iris-mlp")
    cut = disconnect(project.network, [("linear3", "input")])  # type: ignore[list-item]
    path = tmp_path / "broken.weft"
    save(with_network(project, cut), path)
    return path


@pytest.fixture
def short(tmp_path: Path) -> Path:
    """A project that trains in a moment."""
    path = tmp_path / "short.weft"
    project = load_example("iris-mlp")
    save(replace(project, recipe=replace(project.recipe, epochs=2)), path)
    return path


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Loopback]:
    """A host that ``ssh`` reaches; the test is skipped where there cannot be one."""
    with loopback(tmp_path) as found:
        yield found
