"""A run that cannot be kept, and closing the window while one is under way."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from app.project.document import Document
from app.runs.events import Event, Finished, NotKept, Started
from app.runs.folder import BEST
from app.training.control import Control
from app.training_panel import trainer as trainer_module
from app.training_panel.leaving import LeavingDialog
from app.training_panel.panel import TrainingPanel
from app.training_panel.trainer import Trainer
from graph_model.problems import Problem

Button = QMessageBox.StandardButton


@pytest.fixture
def in_the_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the folder of the next run lie below a file; return where else it can lie."""
    (tmp_path / "file").write_text("in the way")
    elsewhere = tmp_path / "elsewhere"
    folders = iter([tmp_path / "file" / "run", elsewhere])
    monkeypatch.setattr(trainer_module, "new_folder", lambda *_: next(folders))
    return elsewhere


def unkept(trainer: Trainer, qtbot: QtBot) -> None:
    """Train until all that remains is to be kept."""
    trainer.start()
    qtbot.waitUntil(
        lambda: trainer.not_kept is not None and trainer.not_kept.is_over, timeout=90_000
    )


def test_a_run_that_cannot_be_kept_says_so_and_is_kept_elsewhere(
    panel: TrainingPanel,
    trainer: Trainer,
    document: Document,
    in_the_way: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert not panel.keeping.isVisible()
    unkept(trainer, qtbot)
    assert panel.keeping.isVisible()
    (text,) = panel.keeping.findChildren(QLabel)
    assert "file" in text.toolTip()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(in_the_way.parent))
    with qtbot.waitSignal(panel.results._worker.done, timeout=60_000):
        panel.keeping.elsewhere.click()
    assert isinstance(trainer.session.record.ended, Finished)
    assert trainer.weights_of(document.project) == in_the_way / BEST
    assert not panel.keeping.isVisible()


def test_a_run_that_cannot_be_kept_is_given_up_only_by_the_user(
    panel: TrainingPanel,
    trainer: Trainer,
    document: Document,
    in_the_way: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    unkept(trainer, qtbot)
    answers = [Button.Cancel, Button.Discard]
    monkeypatch.setattr(QMessageBox, "warning", lambda *_: answers.pop(0))
    panel.keeping.give_up.click()
    assert trainer.is_running
    with qtbot.waitSignal(trainer.session.ended, timeout=60_000):
        trainer.stop()  # asks the same
    assert trainer.weights_of(document.project) is None
    assert not panel.keeping.isVisible()


class Slow:
    """A run whose step under way takes as long as it is told."""

    def __init__(self) -> None:
        self.may_end = threading.Event()
        self.trouble: NotKept | None = None

    def run(self, control: Control) -> Iterator[Event]:
        yield Started("cpu", 1, 1, 1, 1, 1, 0)
        while control.admit():
            pass
        self.may_end.wait(60)
        if self.trouble is not None:
            yield self.trouble
            while not control.is_given_up:
                control.wait(60)
        yield Finished(0, 0, {}, {}, 0.1, True)


@pytest.fixture
def slow(trainer: Trainer, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    """Have such a run under way, and the question whether to close answered with Yes."""
    slow = Slow()
    trainer.session.start(slow.run)
    qtbot.waitUntil(lambda: trainer.session.record.started is not None)
    monkeypatch.setattr(QMessageBox, "question", lambda *_: Button.Yes)
    yield slow
    slow.may_end.set()


def shown() -> LeavingDialog | None:
    dialog = QApplication.activeModalWidget()
    return dialog if isinstance(dialog, LeavingDialog) else None


def while_leaving(trainer: Trainer, *steps: Callable[[LeavingDialog], object]) -> None:
    """Do one thing after the other once the dialog is seen, with turns of the loop in between.

    One that returns false is tried again.
    """
    left = list(steps)
    timer = QTimer(trainer, interval=20)

    def go_on() -> None:
        dialog = shown()
        if dialog is not None and left and left[0](dialog) is not False:
            left.pop(0)

    timer.timeout.connect(go_on)
    timer.start()


def test_closing_says_what_it_waits_for_and_the_window_stays_alive(
    slow: Slow, trainer: Trainer, qtbot: QtBot
) -> None:
    said: list[str] = []
    while_leaving(
        trainer,
        lambda dialog: said.append(dialog._text.text()),
        lambda _: slow.may_end.set(),
    )
    assert trainer.may_close()
    assert not trainer.is_running
    assert "step under way" in said[0]


def test_closing_can_be_called_off(slow: Slow, trainer: Trainer, qtbot: QtBot) -> None:
    while_leaving(trainer, lambda dialog: dialog.reject())
    assert not trainer.may_close()
    assert trainer.is_running


def test_closing_without_a_place_for_the_weights_asks_first(
    slow: Slow, trainer: Trainer, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow.trouble = NotKept(Problem("run_not_kept", {"folder": "/full", "reason": "full"}), True)
    slow.may_end.set()
    monkeypatch.setattr(QMessageBox, "warning", lambda *_: Button.Discard)
    while_leaving(
        trainer,
        lambda dialog: dialog.bar.isVisible() and "given up" in dialog._text.text(),
        lambda dialog: dialog.bar.give_up.click(),
    )
    assert trainer.may_close()
    assert not trainer.is_running


def test_a_run_that_ends_at_once_is_not_spoken_of(
    slow: Slow, trainer: Trainer, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow.may_end.set()
    monkeypatch.setattr(LeavingDialog, "exec", lambda _: pytest.fail("it is shown"))
    monkeypatch.setattr("app.training_panel.leaving._AT_ONCE", 60_000)
    assert trainer.may_close()


def test_a_run_that_has_not_begun_is_not_waited_for(
    trainer: Trainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end = threading.Event()

    def read(_: Control) -> Iterator[Event]:
        may_end.wait(60)
        yield from ()

    trainer.session.start(read)
    monkeypatch.setattr(QMessageBox, "question", lambda *_: Button.Yes)
    monkeypatch.setattr(LeavingDialog, "exec", lambda _: pytest.fail("it is shown"))
    assert trainer.may_close()
    assert trainer.is_running
    may_end.set()
