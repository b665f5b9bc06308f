"""Which weights go with an export: the best or the last of any run that trained the network."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.panels.export import ExportDialog
from app.project.examples import load_example
from app.project.state import first_state
from app.runs.folder import BEST, LAST, PROJECT, runs_folder
from graph_model.files.storage import save
from graph_model.network import Project, set_arguments, with_network


def run(name: str, project: Project, *weights: str) -> Path:
    """Make what a run leaves, as far as it is looked at here."""
    folder = runs_folder() / name
    folder.mkdir(parents=True)
    save(project, folder / PROJECT)
    for each in weights:
        (folder / each).touch()
    return folder


@pytest.fixture
def project() -> Project:
    return load_example("iris-mlp")


@pytest.fixture
def dialog(qtbot):
    def open_dialog(project: Project, weights: Path | None = None) -> ExportDialog:
        made = ExportDialog(first_state(project), Path(), weights, True, None)
        qtbot.addWidget(made)
        made._finder.finish()
        return made

    return open_dialog


def test_the_weights_of_every_run_that_trained_the_network_can_be_chosen(dialog, project):
    older = run("1 older", project, BEST, LAST)
    newer = run("2 newer", project, LAST)
    run("3 without", project)
    other = set_arguments(project.network, "linear1", {"out_features": 5})
    run("4 another network", with_network(project, other), BEST, LAST)
    shown = dialog(project)
    menu = shown.weights
    offered = [menu.itemData(at) for at in range(menu.count())]
    assert offered == [newer / LAST, older / BEST, older / LAST, None]
    assert shown.wanted.weights == newer / LAST
    assert shown.targets["weights"].isChecked()
    menu.setCurrentIndex(1)
    assert shown.wanted.weights == older / BEST
    menu.setCurrentIndex(3)
    assert shown.wanted.weights is None
    assert not shown.targets["weights"].isEnabled()


def test_the_run_asked_for_comes_first_to_mind(dialog, project):
    older = run("1 older", project, BEST, LAST)
    run("2 newer", project, BEST, LAST)
    assert dialog(project, older / LAST).wanted.weights == older / LAST


def test_without_a_run_there_is_nothing_to_choose(dialog, project):
    shown = dialog(project)
    assert not shown.weights.isVisibleTo(shown)
    assert shown.wanted.weights is None


def test_scripts_with_their_data_are_proposed_a_folder_of_their_own(dialog, project, tmp_path):
    asked = dialog(project)
    box, beside = asked.targets["training"], Path().absolute()
    box.setChecked(True)
    assert asked.wanted.path == beside / "Iris_MLP" / "model.py"
    box.setChecked(False)
    assert asked.wanted.path == beside / "model.py"
    asked.path.setText(str(tmp_path / "mine.py"))
    box.setChecked(True)
    assert asked.wanted.path == tmp_path / "mine.py"


def test_a_name_that_no_file_can_have_is_left_to_the_writing_to_tell(dialog, project):
    shown = dialog(project)
    shown.path.setText(f"/{'a' * 5000}.py")
    shown._accept()
    assert shown.result() == ExportDialog.DialogCode.Accepted
