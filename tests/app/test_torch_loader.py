"""PyTorch and what else is late comes in one order and in one thread, and Start waits for it."""

from __future__ import annotations

import importlib
import threading

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app import torch_loader
from app.late import PAGES, WITHOUT_QT
from app.torch_loader import TorchLoader


@pytest.fixture
def imported(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    """What was imported, in its order, and whether in the window's thread."""
    found: list[tuple[str, bool]] = []

    def note(name: str) -> None:
        found.append((name, threading.current_thread() is threading.main_thread()))

    monkeypatch.setattr(torch_loader, "late", note)
    monkeypatch.setattr(importlib, "import_module", note)
    monkeypatch.setattr(torch_loader, "_open_library", lambda: None)
    monkeypatch.setattr(torch_loader, "_WITH_TORCH", ("torch", "after torch"))
    return found


@pytest.fixture
def loader(qtbot: QtBot) -> TorchLoader:
    parent = QObject()
    loader = TorchLoader(parent)
    loader.kept = parent  # type: ignore[attr-defined]
    return loader


def test_pages_are_imported_by_the_window_and_torch_after_them_in_a_thread(
    imported: list[tuple[str, bool]], loader: TorchLoader, qtbot: QtBot
) -> None:
    loader.begin()
    assert not loader.is_loaded
    with qtbot.waitSignals([loader.started, loader.finished], timeout=30_000):
        loader._idle.setInterval(1)
    assert imported == [
        *((name, False) for name in WITHOUT_QT),
        *((name, True) for name in PAGES),
        ("torch", False),
        ("after torch", False),
    ]


def test_who_needs_torch_waits_for_it_and_it_is_loaded_once(
    imported: list[tuple[str, bool]], loader: TorchLoader, qtbot: QtBot
) -> None:
    called: list[int] = []
    loader.begin()
    loader.when_loaded(lambda: called.append(1))
    loader.when_loaded(lambda: called.append(2))
    assert called == []
    with qtbot.waitSignal(loader.finished, timeout=30_000):
        pass
    assert called == [1, 2]
    assert [name for name, _ in imported].count("torch") == 1


def test_whoever_has_to_wait_comes_back_once_torch_is_there(
    imported: list[tuple[str, bool]], loader: TorchLoader
) -> None:
    loader.wait()
    assert imported[-1] == ("after torch", False)


def test_what_is_there_is_not_waited_for(loader: TorchLoader, monkeypatch) -> None:
    monkeypatch.setattr(torch_loader, "_WITH_TORCH", ("sys",))
    called: list[int] = []
    loader.when_loaded(lambda: called.append(1))
    loader.wait()
    assert called == [1]


def test_f5_at_once_waits_for_torch_and_trains() -> None:
    from tools.start_storm import start

    assert start(0) == "well"
