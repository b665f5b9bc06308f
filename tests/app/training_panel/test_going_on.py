"""Interrupted runs in the window: offered at the start, gone on with, trained further."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot

from app.project.document import Document
from app.runs.events import Finished
from app.runs.folder import CHECKPOINT, new_folder, runs_folder
from app.runs.holding import Hold
from app.runs.job import Job
from app.runs.store import read_run
from app.runs_panel.panel import RunsPanel
from app.settings import SettingsStore
from app.training.control import Control
from app.training.engine import train
from app.training_panel.offer import InterruptedOffer
from app.training_panel.panel import TrainingPanel
from app.training_panel.start_from import StartFrom
from app.training_panel.trainer import Trainer
from app.widgets.arrangement import Arrangement
from app.widgets.reasons import Guide
from graph_model.network import Project, set_arguments, with_network
from graph_model.recipe import Choice


@pytest.fixture
def cut(project: Project) -> Path:
    """A run that was stopped in its second epoch of three."""
    folder, control = new_folder("cut"), Control()
    for count, _ in enumerate(train(Job(project, folder=folder, threads=1), control)):
        if count == 2:
            control.stop()
    assert read_run(folder).can_go_on
    return folder


@pytest.fixture
def runs(document: Document, qtbot: QtBot, cut: Path) -> Iterator[RunsPanel]:
    panel = RunsPanel(document, Arrangement())
    qtbot.addWidget(panel)
    qtbot.waitUntil(lambda: len(panel.list.runs) == 1)
    yield panel
    panel._record.finish()


def to_the_end(trainer: Trainer, qtbot: QtBot) -> Finished:
    if trainer.is_free or trainer.is_running or trainer.is_waiting:
        qtbot.waitUntil(lambda: isinstance(trainer.session.record.ended, Finished), timeout=60_000)
    ended = trainer.session.record.ended
    assert isinstance(ended, Finished)
    return ended


def test_a_run_goes_on_from_the_list_and_its_curves_show_all_of_it(
    runs: RunsPanel, trainer: Trainer, panel: TrainingPanel, qtbot: QtBot, cut: Path
) -> None:
    runs.go_on_wanted.connect(trainer.go_on)
    assert runs._go_on.isEnabled()
    assert runs._go_on.text() == "Go on"
    runs._go_on.click()
    assert to_the_end(trainer, qtbot).epochs == 3
    record = trainer.session.record
    assert [event.epoch for event in record.epochs] == [1, 2, 3]
    assert record.step_loss.x.tolist() == [*range(1, record.step + 1)]
    assert panel.curves.record is record
    runs.refresh()
    qtbot.waitUntil(lambda: runs._go_on.text() == "Train further…")


def test_a_run_that_is_over_is_trained_further(
    runs: RunsPanel, trainer: Trainer, qtbot: QtBot, cut: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = trainer._document.project
    one_cycle = replace(project.recipe, schedule=Choice("OneCycleLR"))
    shutil.rmtree(cut)
    folder = new_folder("whole")
    list(train(Job(replace(project, recipe=one_cycle), folder=folder, threads=1)))
    runs.refresh()
    qtbot.waitUntil(lambda: runs._go_on.text() == "Train further…")
    qtbot.waitUntil(lambda: runs._trained is not None)
    asked: list[tuple[object, ...]] = []

    def five(*given: object) -> tuple[int, bool]:
        asked.append(given)
        return 5, True

    monkeypatch.setattr(QInputDialog, "getInt", five)
    runs.go_on_wanted.connect(trainer.go_on)
    runs._go_on.click()
    assert "made for 3 epochs" in str(asked[0][2])
    assert to_the_end(trainer, qtbot).epochs == 5


def said(runs: RunsPanel) -> str:
    """Return why the button is grey."""
    guide = runs._go_on.findChild(Guide)
    return guide.reason.text


def test_why_a_run_cannot_go_on_is_said(runs: RunsPanel, qtbot: QtBot, cut: Path) -> None:
    def reason() -> str:
        runs.refresh()
        runs._reader.finish()
        assert not runs._go_on.isEnabled()
        return said(runs)

    runs.show_obstacle("A training is running.")
    assert not runs._go_on.isEnabled()
    assert "A training is running." in said(runs)
    runs.show_obstacle("")
    assert runs._go_on.isEnabled()
    hold = Hold()
    hold.take(cut)
    assert "under way" in reason()
    assert runs.list.runs[0].run.outcome == "under way"
    hold.release()
    (cut / CHECKPOINT).unlink()
    assert "no checkpoint" in reason()


def test_the_last_run_is_offered_at_the_start_unless_it_was_declined(
    trainer: Trainer, qtbot: QtBot, cut: Path, tmp_path: Path
) -> None:
    def offer() -> InterruptedOffer:
        made = InterruptedOffer(trainer, SettingsStore(tmp_path / "settings.json"))
        qtbot.addWidget(made)
        made.look()
        made._reader.finish()
        return made

    declined = offer()
    assert not declined.isHidden()
    assert "of 3 epochs" in declined._text.text()
    declined.decline.click()
    assert declined.isHidden()
    assert offer().isHidden()
    shutil.move(cut, runs_folder() / "another")
    taken = offer()
    assert not taken.isHidden()
    taken.go_on.click()
    assert taken.isHidden()
    assert to_the_end(trainer, qtbot).epochs == 3
    assert offer().isHidden()


def test_a_new_run_begins_with_the_weights_of_another(
    runs: RunsPanel, trainer: Trainer, panel: TrainingPanel, qtbot: QtBot, cut: Path
) -> None:
    runs.weights_wanted.connect(trainer.begin_with)
    button = panel.findChild(StartFrom)
    assert button.text() == "Start from new weights"
    runs._last.trigger()
    assert button.text() == f"Start from {cut.name}/last.safetensors"
    project = trainer._document.project
    wide = set_arguments(project.network, "linear2", {"out_features": 9})
    trainer._document.edit(with_network(project, wide), "edit")
    button.fitting.setChecked(True)
    qtbot.waitUntil(lambda: trainer.can_start)
    trainer.start()
    to_the_end(trainer, qtbot)
    begun = trainer.session.record.begun_with
    assert begun is not None
    assert begun.taken == 3
    assert panel._banner.isVisible()
    assert "linear2.weight (9×16; in the file 16×16)" in panel._banner.text()
    button.new.trigger()
    assert trainer.beginning is None
    assert button.text() == "Start from new weights"


def test_a_run_that_early_stopping_has_ended_is_trained_further(
    trainer: Trainer,
    document: Document,
    project: Project,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # At a rate of 0 no epoch is better than the first.
    recipe = replace(
        project.recipe,
        epochs=10,
        optimizer=Choice("SGD", {"lr": 0.0}),
        options=(Choice("early_stopping", {"patience": 1}),),
    )
    folder = new_folder("early")
    *_, ended = train(Job(replace(project, recipe=recipe), folder=folder, threads=1))
    assert isinstance(ended, Finished)
    assert ended.epochs < 10
    panel = RunsPanel(document, Arrangement())
    qtbot.addWidget(panel)
    qtbot.waitUntil(lambda: len(panel.list.runs) == 1)
    panel._record.finish()
    asked: list[tuple[object, ...]] = []
    monkeypatch.setattr(QInputDialog, "getInt", lambda *given: (asked.append(given), (7, True))[1])
    panel.go_on_wanted.connect(trainer.go_on)
    panel._go_on.click()
    _, _, question, proposed, *_ = asked[0]
    assert f"after {ended.epochs} epochs" in str(question)
    assert proposed == 10
    assert to_the_end(trainer, qtbot).epochs == 7
    assert read_run(folder).has_stopped_early is False
