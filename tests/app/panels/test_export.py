"""Which weights go with an export: the best or the last of any run that trained the network."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from app.exporting.proving.report import Given, Proof, Report
from app.exporting.writer import Exported
from app.panels.export import ExportDialog
from app.panels.exported import ExportedDialog
from app.project.examples import load_example
from app.project.state import first_state
from app.runs.folder import BEST, LAST, PROJECT, runs_folder
from graph_model.files.storage import save
from graph_model.network import Project, set_arguments, with_network
from graph_model.problems import Problem


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


def test_a_proof_goes_with_what_holds_the_model(dialog, project):
    shown = dialog(project)
    assert shown.proof.isChecked()
    assert not shown.proof.isEnabled()
    assert not shown.wanted.proves
    shown.targets["summary"].setChecked(True)
    assert not shown.wanted.proves
    shown.targets["onnx"].setChecked(True)
    assert shown.proof.isEnabled()
    assert shown.wanted.proves
    assert shown.wanted.paths[-1].name == "model.proof.json"
    shown.proof.setChecked(False)
    assert not shown.wanted.proves


def test_the_opset_is_chosen_beside_onnx(dialog, project):
    shown = dialog(project)
    assert not shown.opset.isVisibleTo(shown)
    shown.targets["onnx"].setChecked(True)
    assert shown.opset.isVisibleTo(shown)
    assert shown.wanted.opset is None
    shown.opset.setCurrentText("opset 20")
    assert shown.wanted.opset == 20


def test_what_came_of_it_is_told_file_by_file(dialog, project):
    asked = dialog(project)
    export = asked.wanted
    given = Given(64, "random", (1, 7), Problem("proof_no_data"))
    times = {"1": 12.0, "7": 30.0}
    proofs = (
        Proof("onnx", "model.onnx", 400_000, is_equal=True, difference=1.2e-7, milliseconds=times),
        Proof("pt2", "model.pt2", 1, difference=1.0, relative=0.5, milliseconds=times),
    )
    done = Exported((), (), Report("net", given, proofs, times, {}))
    told = ExportedDialog(export, done, asked)
    assert told.sentences[0] == (
        "model.onnx: equal to 1.2e-07 on 64 random samples, batch sizes 1, 7; 400 kB; 12 ms for a "
        "batch of 1."
    )
    assert told.sentences[1].startswith("model.pt2 is not equal: its numbers differ by up to 1.0")
    captions = [each.text() for each in told.findChildren(QLabel)]
    assert any("random numbers: The network is not the one that is trained." in c for c in captions)
