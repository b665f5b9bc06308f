"""Runs of several processes and on another host, begun, steered and left from the window."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace

import psutil
import pytest
from pytestqt.qtbot import QtBot

from app.project.document import Document
from app.runs.events import Finished
from app.runs.folder import BEST, LAST, runs_folder
from app.runs.job import Job
from app.runs.store import read_runs
from app.training.checkpoint import load_checkpoint
from app.training.engine import train
from app.training_panel.destination import Where
from app.training_panel.panel import TrainingPanel
from app.training_panel.trainer import Trainer
from app.training_panel.where_form import WhereForm
from graph_model.recipe import Choice
from tests.app.loopback import Loopback
from tests.app.training.running import losses

LONG = 240_000


def train_for(document: Document, epochs: int) -> None:
    recipe = replace(document.project.recipe, epochs=epochs)
    document.edit(replace(document.project, recipe=recipe), "edit")


def alone(document: Document) -> list[float]:
    """Return the losses of the same run, done by one process here."""
    events = list(train(Job(document.project, threads=1)))
    assert isinstance(events[-1], Finished), events[-1]
    return losses(events)


def told(trainer: Trainer) -> list[float]:
    return [*trainer.session.record.step_loss.y]


def ended(trainer: Trainer, qtbot: QtBot, act: Callable[[], object]) -> object:
    with qtbot.waitSignal(trainer.session.ended, timeout=LONG) as end:
        act()
    return end.args[0]


def training_processes() -> list[psutil.Process]:
    """Return what torchrun has started."""
    agents = [
        each for each in psutil.Process().children() if "torch.distributed.run" in each.cmdline()
    ]
    return [each for agent in agents for each in agent.children(recursive=True)]


def test_all_devices_share_a_run_that_pauses_stops_and_goes_on(
    panel: TrainingPanel, trainer: Trainer, document: Document, qtbot: QtBot
) -> None:
    train_for(document, 40)
    where: WhereForm = panel.recipe.where
    where.choose("all")
    where.processes.field("processes").edited.emit(2)
    assert document.project.recipe.option("distributed") == Choice("distributed", {"processes": 2})
    assert not where.processes.isHidden()
    assert "one process" in trainer.step_obstacle
    trainer.start()
    qtbot.waitUntil(lambda: len(trainer.session.record.epochs) > 1, timeout=LONG)
    trainer.pause()
    stopped = psutil.STATUS_STOPPED
    qtbot.waitUntil(
        lambda: [p.status() for p in training_processes()] == [stopped] * 2, timeout=LONG
    )
    trainer.pause()
    shown = len(trainer.session.record.epochs)
    qtbot.waitUntil(lambda: len(trainer.session.record.epochs) > shown, timeout=LONG)
    end = ended(trainer, qtbot, trainer.stop)
    assert isinstance(end, Finished)
    assert end.stopped
    assert not training_processes()
    (run,) = read_runs(runs_folder())
    assert run.outcome == "stopped"
    assert load_checkpoint(run.folder / "checkpoint.pt")["epoch"] >= shown
    assert (run.folder / LAST).exists()
    assert (run.folder / BEST).exists()
    end = ended(trainer, qtbot, lambda: trainer.go_on(run))
    assert isinstance(end, Finished), end
    assert told(trainer) == pytest.approx(alone(document), rel=1e-4)
    (run,) = read_runs(runs_folder())
    assert (run.outcome, run.epochs) == ("finished", 40)
    where.choose("here")
    assert document.project.recipe.option("distributed") is None


def test_a_run_on_another_host_is_left_and_watched_again(
    panel: TrainingPanel,
    trainer: Trainer,
    document: Document,
    qtbot: QtBot,
    host: Loopback,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", str(host.programs), prepend=":")
    train_for(document, 200)
    panel.recipe.where.choose("host")
    assert not trainer.can_start, "no host is named"
    form = panel.recipe.where.host
    for field, text in ((form.host, "there"), (form.folder, "~/work/runs")):
        field.setText(text)
    form.python.setText(sys.executable)
    form.ask()
    qtbot.waitUntil(lambda: "PyTorch 2." in form.answer.text(), timeout=LONG)
    trainer.start()
    qtbot.waitUntil(
        lambda: (
            trainer.session.record.started is not None or trainer.session.record.ended is not None
        ),
        timeout=LONG,
    )
    trainer.pause()
    host.cut()
    qtbot.waitUntil(lambda: trainer.session.record.unreached is not None, timeout=LONG)
    assert "there" in panel._banner.text()
    qtbot.waitUntil(lambda: trainer.session.record.unreached is None, timeout=LONG)
    assert panel._banner.isHidden()
    assert ended(trainer, qtbot, trainer.session.leave) is None
    (run,) = read_runs(runs_folder())
    assert (run.outcome, run.host, run.can_go_on) == ("elsewhere", "there", True)
    assert (host.home / "work" / "runs").is_dir()
    end = ended(trainer, qtbot, lambda: trainer.go_on(run))
    assert isinstance(end, Finished), end
    assert told(trainer) == alone(document)
    assert trainer.host == ""
    (run,) = read_runs(runs_folder())
    assert (run.outcome, run.epochs) == ("finished", 200)
    assert (run.folder / BEST).exists()


def test_where_a_script_is_to_train_it_is_asked_for(
    panel: TrainingPanel, trainer: Trainer, qtbot: QtBot
) -> None:
    panel.recipe.where.choose("slurm")
    qtbot.waitUntil(lambda: trainer.can_start)
    assert "script" in panel._start.text()
    with qtbot.waitSignal(trainer.script_wanted):
        trainer.start()
    assert trainer.is_free
    assert trainer.destination.where is Where.SLURM


def test_what_does_not_go_along_with_several_processes_is_said(
    panel: TrainingPanel, document: Document
) -> None:
    recipe = replace(document.project.recipe, options=(Choice("thaw"),))
    document.edit(replace(document.project, recipe=recipe), "edit")
    menu = panel.recipe.where.menu
    item = menu.model().item(menu.findData("all"))
    assert not item.isEnabled()
    assert "Thaw" in item.toolTip()
