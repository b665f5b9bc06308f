"""The training tab, with the real engine on small data."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from app.language.i18n import CHINESE, ENGLISH, translations
from app.project.document import Document
from app.project.examples import load_example
from app.runs.events import Failed, Finished
from app.runs.folder import runs_folder
from app.runs.store import read_runs
from app.runs_panel.panel import RunsPanel
from app.training_panel.panel import TrainingPanel
from app.training_panel.recipe_panel import RecipePanel
from app.training_panel.trainer import Trainer
from app.widgets.arrangement import Arrangement
from app.widgets.choice_editor import ChoiceEditor
from app.widgets.problem_card import FixButton
from graph_model.editing.edits import apply_fix
from graph_model.editing.project_edits import choose_data
from graph_model.files.storage import load
from graph_model.network import Project, empty_project, remove_nodes, set_arguments, with_network
from graph_model.recipe import Choice


def run_to_the_end(trainer: Trainer, qtbot: QtBot) -> Finished | Failed:
    with qtbot.waitSignal(trainer.session.ended, timeout=60_000) as ended:
        trainer.start()
    return ended.args[0]


def test_a_run_trains_and_its_results_are_shown(
    panel: TrainingPanel, trainer: Trainer, document: Document, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(panel.results._worker.done, timeout=60_000):
        ended = run_to_the_end(trainer, qtbot)
    assert isinstance(ended, Finished)
    record = trainer.session.record
    assert len(record.train_loss) == 3
    assert len(record.step_loss) == record.total_steps
    qtbot.waitUntil(lambda: len(panel.results.mistakes.confusion._counts) == 3)
    counts = panel.results.mistakes.confusion._counts
    assert counts.sum() == record.started.test_samples
    assert trainer.weights_of(document.project).exists()


def test_what_is_edited_meanwhile_does_not_touch_the_run(
    trainer: Trainer, document: Document, qtbot: QtBot
) -> None:
    linear = next(n.id for n in document.network.nodes.values() if n.kind == "Linear")
    with qtbot.waitSignal(trainer.session.ended, timeout=60_000) as ended:
        with qtbot.waitSignal(trainer.run_started, timeout=60_000):  # once PyTorch is loaded
            trainer.start()
        changed = set_arguments(document.network, linear, {"out_features": 7})
        document.edit_network(changed, "edit")
    assert isinstance(ended.args[0], Finished)
    assert trainer.weights_of(document.project) is None


def test_data_that_do_not_fit_are_problems_with_a_fix_before_the_start(
    trainer: Trainer, document: Document, qtbot: QtBot
) -> None:
    recipe = replace(document.project.recipe, data=Choice("wine"))
    document.edit(replace(document.project, recipe=recipe), "edit")
    assert not trainer.can_start
    problem = next(each for each in trainer.watch.problems if each.is_error)
    document.edit_network(apply_fix(document.network, problem.fixes[0]), "fix")
    (entrance,) = document.inference.of_kind("Input")
    spec = document.inference.nodes[entrance.id].outputs["output"]
    assert str(spec) == "N×13"  # the thirteen measurements of scikit-learn's wine data
    qtbot.waitUntil(lambda: trainer.can_start)


def test_a_broken_network_cannot_start(
    trainer: Trainer, document: Document, project: Project
) -> None:
    linear = next(n.id for n in document.network.nodes.values() if n.kind == "Linear")
    document.edit_network(set_arguments(document.network, linear, {"in_features": 99}), "edit")
    assert not trainer.can_start
    trainer.start()
    assert not trainer.is_running


def test_a_missing_file_is_said_and_nothing_is_started(
    trainer: Trainer, document: Document, qtbot: QtBot, tmp_path: Path
) -> None:
    data = Choice("csv", {"path": str(tmp_path / "none.csv")})
    with qtbot.waitSignal(trainer.watch._reader.done):
        recipe = replace(document.project.recipe, data=data)
        document.edit(replace(document.project, recipe=recipe), "edit")
    assert any("none.csv" in problem.message for problem in trainer.watch.problems)
    assert not trainer.can_start


def test_a_table_with_gaps_can_be_trained_on_without_those_rows(
    panel: TrainingPanel, trainer: Trainer, document: Document, qtbot: QtBot, tmp_path: Path
) -> None:
    rows = [f"{n},{n + 1},{n % 7},{n % 5},{'abc'[n % 3]}" for n in range(60)]
    table = tmp_path / "measured.csv"
    table.write_text("\n".join(["a,b,c,d,kind", *rows, "1,,3,4,a", "NA,2,3,4,b"]))
    with qtbot.waitSignal(trainer.watch._reader.done):
        data = Choice("csv", {"path": str(table), "missing": "refuse"})
        recipe = replace(document.project.recipe, data=data)
        document.edit(replace(document.project, recipe=recipe), "edit")
    assert not trainer.can_start
    before = document.project
    buttons = panel.recipe.findChildren(FixButton)
    button = next(each for each in buttons if each.preview().startswith("Leave out those rows"))
    with qtbot.waitSignal(trainer.watch._reader.done):
        button.click()
    assert panel.recipe.data.facts.text().startswith("60 samples")
    assert panel.recipe.data.facts.text().find("left out: 2") > 0
    run_to_the_end(trainer, qtbot)
    started = trainer.session.record.started
    used = started.train_samples + started.validation_samples + started.test_samples
    assert (used, started.left_out) == (60, 2)
    document.history.undo()
    assert document.project == before


def test_edits_of_the_recipe_are_steps_of_the_history(
    panel: TrainingPanel, document: Document
) -> None:
    panel.recipe.essentials.edited.emit("epochs", 4)
    panel.recipe.essentials.edited.emit("epochs", 5)
    assert document.project.recipe.epochs == 5
    assert document.history.count() == 1
    document.history.undo()
    assert document.project.recipe.epochs == 3


def test_closing_meanwhile_asks_and_stops(
    trainer: Trainer, document: Document, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = replace(document.project.recipe, epochs=100_000)
    document.edit(replace(document.project, recipe=recipe), "edit")
    trainer.start()
    qtbot.waitUntil(lambda: trainer.session.record.step > 0, timeout=60_000)
    answers = [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes]
    monkeypatch.setattr(QMessageBox, "question", lambda *_: answers.pop(0))
    assert not trainer.may_close()
    assert trainer.is_running
    assert trainer.may_close()
    assert not trainer.is_running
    assert isinstance(trainer.session.record.ended, Finished)


def test_runs_are_listed_compared_and_open_again(trainer: Trainer, qtbot: QtBot) -> None:
    run_to_the_end(trainer, qtbot)
    runs = RunsPanel(trainer._document, Arrangement())
    qtbot.addWidget(runs)
    qtbot.waitUntil(lambda: len(runs.list.runs) == 1)
    (run,) = read_runs(runs_folder())
    assert run.epochs == 3
    assert run.outcome == "finished"
    assert run.parameters > 0
    with qtbot.waitSignal(runs.project_wanted) as wanted:
        runs._open_project()
    assert load(wanted.args[0]).network.nodes


def test_a_run_that_cannot_be_read_is_listed_with_the_reason(qtbot: QtBot) -> None:
    (runs_folder() / "bad" / "events.jsonl").mkdir(parents=True)
    runs = RunsPanel(Document(empty_project()), Arrangement())
    qtbot.addWidget(runs)
    qtbot.waitUntil(lambda: len(runs.list.runs) == 1)
    model = runs.list.model
    cells = {key: model.index(0, at) for at, key in enumerate(model.keys)}
    assert (cells["name"].data(), cells["outcome"].data()) == ("bad", "unreadable")
    assert cells["outcome"].data(Qt.ItemDataRole.ToolTipRole) == "it is a folder"


def test_another_project_shows_nothing_of_the_run_before(
    panel: TrainingPanel,
    trainer: Trainer,
    document: Document,
    project: Project,
    qtbot: QtBot,
) -> None:
    with qtbot.waitSignal(panel.results._worker.done, timeout=60_000):
        run_to_the_end(trainer, qtbot)
    document.open(project)
    assert panel.results._below.isVisible()  # the same network: opened again
    document.open(empty_project())
    assert panel.results._outcome is None
    assert not panel.results._below.isVisibleTo(panel.results)
    assert panel.curves.panel("loss").is_empty
    assert not panel.recipe.beginning.again.isEnabled()


def test_best_weights_are_offered_to_the_network_that_they_are_of(
    panel: TrainingPanel, trainer: Trainer, document: Document, qtbot: QtBot
) -> None:
    assert not panel.recipe.beginning.again.isEnabled()
    run_to_the_end(trainer, qtbot)
    assert panel.recipe.beginning.again.isEnabled()
    linear = next(n.id for n in document.network.nodes.values() if n.kind == "Linear")
    document.edit_network(set_arguments(document.network, linear, {"out_features": 7}), "edit")
    assert not panel.recipe.beginning.again.isEnabled()
    document.history.undo()
    assert panel.recipe.beginning.again.isEnabled()


def test_results_need_no_more_room_than_the_curves(
    panel: TrainingPanel, trainer: Trainer, qtbot: QtBot
) -> None:
    """Else the panels beside them are pushed aside when a run ends."""
    before = panel.minimumSizeHint().width()
    with qtbot.waitSignal(panel.results._worker.done, timeout=60_000):
        run_to_the_end(trainer, qtbot)
    assert panel.results._below.isVisible()
    qtbot.waitUntil(lambda: panel.minimumSizeHint().width() == before)


def test_a_network_that_was_not_trained_has_no_weights(trainer: Trainer, project: Project) -> None:
    assert trainer.weights_of(with_network(project, project.network)) is None


class _Loader:
    """A loader whose PyTorch comes when it is told to."""

    def __init__(self) -> None:
        self.slots: list[Callable[[], object]] = []

    def when_loaded(self, slot: Callable[[], object]) -> None:
        self.slots.append(slot)


def test_a_run_waits_for_torch_and_can_be_given_up(document: Document, qtbot: QtBot) -> None:
    window, loader = QWidget(), _Loader()
    qtbot.addWidget(window)
    trainer = Trainer(document, window, loader)  # type: ignore[arg-type]
    said: list[str] = []
    trainer.progressed.connect(lambda _, what, left: said.append(what))
    with qtbot.waitSignal(trainer.run_asked):
        trainer.start()
    assert trainer.is_waiting
    assert not trainer.can_start
    assert said == ["Loading…"]
    trainer.start()  # once is enough
    trainer.stop()
    assert not trainer.is_waiting
    loader.slots.pop()()
    assert not trainer.is_running
    assert loader.slots == []


def test_a_step_asked_for_before_torch_is_there_is_one(document: Document, qtbot: QtBot) -> None:
    window, loader = QWidget(), _Loader()
    qtbot.addWidget(window)
    trainer = Trainer(document, window, loader)  # type: ignore[arg-type]
    trainer.step()
    loader.slots.pop()()
    assert trainer.is_paused
    qtbot.waitUntil(lambda: trainer.session.record.step == 1, timeout=60_000)
    trainer.session.wait()


def test_what_was_edited_since_a_run_is_said_and_taken_back(
    panel: TrainingPanel, document: Document, trainer: Trainer, qtbot: QtBot
) -> None:
    run_to_the_end(trainer, qtbot)
    assert panel.edited.text() == ""
    linear = next(node for node in document.network.nodes.values() if node.kind == "Linear")
    before = panel.curves.geometry()
    document.edit_network(set_arguments(document.network, linear.id, {"out_features": 3}), "")
    qtbot.waitUntil(lambda: panel.edited.text() != "")
    assert f"{linear.name}: out_features" in panel.edited.toolTip()
    assert panel.edited.text().startswith("Edited since: ")
    assert panel.curves.geometry() == before
    document.history.undo()
    qtbot.waitUntil(lambda: panel.edited.text() == "")


def test_a_run_in_the_list_says_what_was_edited_since(
    document: Document, trainer: Trainer, qtbot: QtBot
) -> None:
    run_to_the_end(trainer, qtbot)
    runs = RunsPanel(document, Arrangement())
    qtbot.addWidget(runs)
    qtbot.waitUntil(lambda: runs._trained is not None)
    assert runs.edited.toolTip() == ""
    linear = next(node for node in document.network.nodes.values() if node.kind == "Linear")
    document.edit_network(set_arguments(document.network, linear.id, {"out_features": 3}), "")
    runs.show()
    assert f"{linear.name}: out_features" in runs.edited.toolTip()
    runs.list.table.clearSelection()
    runs.list.table.selectAll()  # has it read again
    runs.list.table.clearSelection()
    runs._record.finish()
    assert runs.edited.toolTip() == "", "of no run that is chosen no longer"
    runs.list.table.selectAll()
    runs._record.finish()
    document.open(empty_project())
    runs.hide()
    runs.show()
    assert runs.edited.toolTip() == ""


def recipe_of(document: Document, qtbot: QtBot) -> RecipePanel:
    window = QWidget()
    qtbot.addWidget(window)
    trainer = Trainer(document, window, _Loader())  # type: ignore[arg-type]
    recipe = RecipePanel(document, trainer, Arrangement())
    qtbot.addWidget(recipe)
    return recipe


def test_why_there_is_no_loss_to_choose_is_said(qtbot: QtBot) -> None:
    document = Document(load_example("iris-mlp"))
    recipe = recipe_of(document, qtbot)

    def said() -> list[str]:
        labels = recipe.objectives.findChildren(QLabel)
        return [each.text() for each in labels if "follows" in each.text()]

    assert said() == []
    assert recipe.objectives.findChildren(ChoiceEditor)
    document.edit(choose_data(document.project, Choice("csv")), "Change the data")
    qtbot.waitUntil(lambda: said() == ["It follows from the data: they are to be chosen first."])
    outputs = [node.id for node in document.main.of_kind("Output")]
    document.edit_network(remove_nodes(document.network, outputs), "Delete")
    assert said() == ["It follows from the Output, which the network lacks so far."]


def test_a_step_of_the_recipe_is_called_in_the_language_in_use(qtbot: QtBot) -> None:
    translations().use(CHINESE)
    try:
        document = Document(load_example("iris-mlp"))
        recipe = recipe_of(document, qtbot)
        for editor, kind in ((recipe.optimizer, "SGD"), (recipe.schedule, "cosine")):
            editor.edited.emit(Choice(kind))
            assert not re.search("[a-z]", document.history.undoText())
    finally:
        translations().use(ENGLISH)
