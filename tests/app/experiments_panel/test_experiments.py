"""Experiments in the window: asked for, begun, followed, added to, cancelled."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from app.actions.comparisons import TITLES as OFFERED
from app.experiments.experiment import Experiment, Search
from app.experiments.keeping import KeptQueue
from app.experiments.record import KeptTrial, Record, begin, experiments_folder, keep, read_record
from app.experiments.standing import FINISHED, STOPPED
from app.experiments.trials import combinations, name_of
from app.experiments_panel.bar import ExperimentBar
from app.experiments_panel.dialog import ExperimentDialog, Plan
from app.experiments_panel.kept_dialog import KeptDialog
from app.experiments_panel.session import ExperimentSession
from app.experiments_panel.words import TITLES
from app.project.document import Document
from app.project.examples import load_example
from app.runs.events import Event
from app.runs.folder import runs_folder
from app.runs.index import read_summaries
from app.runs.job import Job
from app.runs.store import read_run
from app.runs_panel.panel import RunsPanel
from app.training.control import Control
from app.training.engine import train
from app.widgets.arrangement import Arrangement
from graph_model.custom_layers.known import NOTHING
from graph_model.recipes.settings import with_setting

LONG = 120_000


@pytest.fixture(autouse=True)
def _trained_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Train in a thread, one at a time; processes, which import PyTorch, have their own tests."""
    monkeypatch.setattr(
        "app.experiments_panel.session.KeptQueue",
        partial(KeptQueue, make=lambda: nullcontext(train)),
    )


@pytest.fixture
def dialog(qtbot: QtBot, look: None) -> ExperimentDialog:
    dialog = ExperimentDialog(Experiment("", load_example("iris-mlp")))
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def told(dialog: ExperimentDialog) -> str:
    return dialog._told.text()


def planned(dialog: ExperimentDialog) -> list[str]:
    assert dialog.plan is not None, told(dialog)
    return [name_of(each) for each in dialog.plan.trials]


def test_each_comparison_on_offer_is_one_click_from_the_menu(dialog: ExperimentDialog) -> None:
    assert {*TITLES} == {*OFFERED}
    dialog.show_offer("optimizers")
    assert [row.setting for row in dialog.rows] == ["optimizer"]
    assert dialog.plan is not None
    assert len(dialog.plan.trials) == 5
    dialog.show_offer("dropout")
    assert dialog.plan is None
    assert told(dialog) == "The network has no dropout."
    dialog.add_row("lr", "0.1, 0.01")
    assert dialog.plan is not None


def test_trials_are_counted_as_one_writes(dialog: ExperimentDialog) -> None:
    (row,) = dialog.rows
    assert row.setting == "lr"
    assert row.values.placeholderText() == "now 0.01"
    assert dialog.plan is None
    row.values.setText("0.1, 0.01")
    assert row._count.text() == "2 values"
    assert told(dialog) == "2 runs, the first with lr=0.1."
    dialog.add_row("seed", "0..2")
    assert len(planned(dialog)) == 6
    dialog.way.way.setCurrentIndex(1)
    dialog.way.number.setValue(4)
    assert len({*planned(dialog)}) == 4
    row._remove.click()
    assert planned(dialog) == ["seed=0", "seed=1", "seed=2"]


@pytest.mark.parametrize(
    ("setting", "values", "said"),
    [
        ("colour", "3", "There is no setting “colour”"),
        ("lr", "fast", "lr"),
        ("lr", "0.5..0.1", "is no list of values"),
        ("seed", "0..99999", "more than"),
        ("linear1.out_features", "0", "out_features"),
        ("", "", "Choose a setting"),
    ],
)
def test_what_is_wrong_is_said_as_one_writes(
    dialog: ExperimentDialog, setting: str, values: str, said: str
) -> None:
    dialog.rows[0].show_setting(setting, values)
    assert dialog.plan is None
    assert not dialog._ok.isEnabled()
    assert said in told(dialog)


def test_a_setting_is_varied_once(dialog: ExperimentDialog) -> None:
    dialog.rows[0].show_setting("lr", "0.1, 1")
    dialog.add_row("lr", "2")
    assert "varied twice" in told(dialog)


def test_what_people_often_make_is_a_click_away(dialog: ExperimentDialog) -> None:
    actions = {each.text(): each for each in dialog.offers.menu().actions()}
    assert not actions["With and without batch norm"].isEnabled()
    assert actions["With and without batch norm"].toolTip() == "The network has no batch norm."
    actions["Optimizers"].trigger()
    assert dialog.name.text() == "Optimizers"
    assert planned(dialog)[1] == "optimizer=SGD momentum=0.9"
    actions["Five seeds"].trigger()
    assert len(planned(dialog)) == 5


def kept_queue(record: Record) -> KeptQueue:
    return KeptQueue(
        record,
        runs_folder(),
        place=lambda settings: runs_folder() / name_of(settings),
        make=lambda: nullcontext(train),
    )


def test_tpe_takes_ranges_and_says_why_it_is_not_to_be_had(
    dialog: ExperimentDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    (row,) = dialog.rows
    row.values.setText("1e-5..1e-1 log")
    assert row._count.text() == "range"
    assert dialog.plan is None
    dialog.way.way.setCurrentIndex(2)
    dialog.way.number.setValue(7)
    dialog.way.prune.setChecked(True)
    assert told(dialog) == "7 runs, as TPE proposes them."
    plan = dialog.plan
    assert plan is not None
    assert plan.experiment.search == Search({"lr": "1e-5..1e-1 log"}, 0)
    assert (plan.trials, plan.proposed, plan.experiment.prunes) == ((), 7, True)
    more = ExperimentDialog(plan.experiment, is_added=True)
    qtbot.addWidget(more)
    assert not more.rows[0].isEnabled()
    assert more.plan == replace(plan, proposed=10, at_once=more.at_once.value())
    monkeypatch.setattr("app.experiments_panel.way_row.is_available", lambda: False)
    other = ExperimentDialog(Experiment("", load_example("iris-mlp")))
    qtbot.addWidget(other)
    item = other.way.way.model().index(2, 0)
    assert not item.flags() & Qt.ItemFlag.ItemIsEnabled
    assert "pip install optuna" in item.data(Qt.ItemDataRole.ToolTipRole)


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[ExperimentSession]:
    session = ExperimentSession()
    yield session
    session.leave()


def plan(setting: str, *values: str) -> Plan:
    project = with_setting(load_example("iris-mlp"), "epochs", "2")
    return Plan(Experiment("rates", project), tuple(combinations({setting: values})), at_once=1)


def test_an_experiment_is_followed_added_to_and_looked_at(
    session: ExperimentSession, qtbot: QtBot, look: None
) -> None:
    runs = RunsPanel(Document(load_example("iris-mlp")), Arrangement())
    bar = ExperimentBar(session)
    bar.runs_wanted.connect(runs.show_experiment)
    session.trial_ended.connect(runs.refresh)
    runs.show_above(bar)
    qtbot.addWidget(runs)
    runs.show()
    assert not bar.isVisible()
    session.start(plan("lr", "0.1", "1e-6"), "cpu", NOTHING)
    assert bar.isVisible()
    assert bar.cancel.isVisible()
    session.add(plan("seed", "3"))
    qtbot.waitUntil(lambda: not session.is_running, timeout=LONG)
    of = ["rates"] * 3
    qtbot.waitUntil(lambda: [each.experiment for each in runs.list.runs] == of, timeout=LONG)
    assert session.finished == 3
    told = "rates: 3 of 3 runs finished"
    qtbot.waitUntil(lambda: bar._text.text() == told, timeout=LONG)  # it looks now and then
    assert bar._progress.value() == bar._progress.maximum()
    bar.show_runs.click()
    assert runs.list.model.shown == len(runs.list.table.chosen()) == 3
    assert len({each.run.folder for each in runs.list.runs}) == 3


def test_a_cancelled_experiment_keeps_what_it_has(session: ExperimentSession, qtbot: QtBot) -> None:
    found = plan("epochs", "100000", "100001", "100002")
    session.start(found, "cpu", NOTHING)
    qtbot.waitUntil(lambda: session.standings[0].epoch > 0, timeout=LONG)
    session.leave()
    assert [each.state for each in session.standings] == ["stopped"] * 3
    (run,) = read_summaries(runs_folder())
    assert run.run.outcome == "stopped"
    assert (run.run.folder / "last.safetensors").exists()


def test_trials_that_have_not_begun_are_not_waited_for(
    session: ExperimentSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    loads, may_end = threading.Event(), threading.Event()

    def load(_: Job, __: Control) -> Iterator[Event]:
        loads.set()
        may_end.wait(60)
        yield from ()

    queue = partial(KeptQueue, make=lambda: nullcontext(load))
    monkeypatch.setattr("app.experiments_panel.session.KeptQueue", queue)
    monkeypatch.setattr("app.experiments_panel.session._LEAVE_WITHIN", 60_000)
    session.start(plan("lr", "0.1"), "cpu", NOTHING)
    assert loads.wait(60)
    session.leave()
    assert session.is_running
    may_end.set()


def test_trials_at_the_same_second_have_folders_of_their_own(session: ExperimentSession) -> None:
    found = plan("lr", "0.1")
    session.start(replace(found, trials=found.trials * 2), "cpu", NOTHING)
    assert len({each.folder for each in session.standings}) == 2


def test_the_window_begins_one_from_its_menu_and_asks_before_it_closes(
    make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make(load_example("iris-mlp"))
    qtbot.waitUntil(lambda: window.trainer.can_start, timeout=LONG)

    def fill(dialog: ExperimentDialog) -> int:
        dialog.at_once.setValue(1)
        dialog.rows[0].show_setting("epochs", "100000, 100001")
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(ExperimentDialog, "exec", fill)
    window.actions_by_id["experiment"].trigger()
    session = window.experiments.session
    assert session.is_running
    assert isinstance(window.workspaces.runs.inside, QWidget)
    qtbot.waitUntil(lambda: session.standings[0].epoch > 0, timeout=LONG)
    no, yes = QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes
    answers = [no, yes]
    monkeypatch.setattr(QMessageBox, "question", lambda *_: answers.pop(0))
    assert not window.experiments.may_close()
    assert session.is_running
    assert window.experiments.may_close()
    assert answers == []
    assert [each.state for each in session.standings] == ["stopped"] * 2
    qtbot.waitUntil(lambda: not session.is_running, timeout=LONG)
    assert read_run(session.standings[0].folder).outcome == "stopped"


def test_an_experiment_that_was_cut_off_is_offered_and_goes_on(
    session: ExperimentSession, qtbot: QtBot, look: None
) -> None:
    found = plan("seed", "1", "2")
    record = begin(experiments_folder() / "cut off", found.experiment)
    left = kept_queue(record)
    left.begin(found.trials[:1])
    left.queue.wait()
    left.release()
    waits = KeptTrial(found.trials[1], "waits", STOPPED)  # as a window that is closed leaves it
    before = read_record(record.folder)
    keep(replace(before, trials=(*before.trials, waits)))
    bar = ExperimentBar(session)
    qtbot.addWidget(bar)
    session.seek()
    session._seeker.finish()
    assert bar.isVisible()
    assert bar._text.text() == "rates: 1 of 2 runs finished, then it was interrupted"
    assert not bar.resume.isHidden()
    session.resume(None, NOTHING)
    assert bar._text.text() == "rates: its runs are read…"
    session._opener.finish()
    qtbot.waitUntil(lambda: not session.is_running, timeout=LONG)
    assert session.states == (FINISHED, FINISHED)
    assert session.kept is not None
    session.kept.queue.wait()
    assert read_record(record.folder).is_done
    bar.refresh()
    assert bar.resume.isHidden()


def test_one_that_was_cancelled_is_chosen_from_those_so_far(
    session: ExperimentSession, qtbot: QtBot, look: None
) -> None:
    session.start(plan("epochs", "100000", "100001"), "cpu", NOTHING)
    qtbot.waitUntil(lambda: session.standings[0].epoch > 0, timeout=LONG)
    session.cancel()
    qtbot.waitUntil(lambda: not session.is_running, timeout=LONG)
    assert session.can_resume
    session.seek()
    session._seeker.finish()
    assert session.offered is None
    dialog = KeptDialog()
    qtbot.addWidget(dialog)
    dialog._reader.finish()
    row = dialog.table.model()
    cells = [row.index(0, column).data() for column in (0, 2, 3)]
    assert cells == ["rates", "0 of 2", "epochs = 100000, 100001"]
    assert dialog.resume.isEnabled()
    dialog.more.click()
    assert dialog.wants_more
    assert dialog.chosen is not None
    epochs = session.standings[0].epoch
    session.resume(dialog.chosen, NOTHING)
    session._opener.finish()
    qtbot.waitUntil(lambda: session.standings[0].epoch > epochs, timeout=LONG)


def test_one_whose_files_are_damaged_says_so(
    session: ExperimentSession, qtbot: QtBot, look: None
) -> None:
    folder = begin(experiments_folder() / "one", plan("seed", "1").experiment).folder
    (folder / "base.weft").write_text("{")
    bar = ExperimentBar(session)
    qtbot.addWidget(bar)
    session.resume(read_record(folder), NOTHING)
    session._opener.finish()
    assert bar._text.text().startswith("There is no experiment to go on with in")
