"""The writer: every target of the catalogue, and nothing at all where one cannot be made."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from app.exporting.targets import TARGETS
from app.exporting.writer import Export, write
from codegen.build import build_project
from codegen.emit import source
from graph_model.inference.infer import infer_project
from graph_model.network import Project
from graph_model.problems import Refusal
from graph_model.recipe import Choice, Recipe
from tests.app.exporting.exports import export_of
from tests.app.training.networks import mlp, project

pytestmark = pytest.mark.filterwarnings("ignore:`torch.jit.load` is deprecated:DeprecationWarning")

IRIS = project(mlp(4, 8, 3), Recipe(Choice("iris"), epochs=1, batch_size=50))


def export(given: Project, path: Path, *targets: str, weights: Path | None = None) -> Export:
    return Export(given, infer_project(given), path, targets, weights)


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    """Weights that no seed gives."""
    state = build_project(IRIS).make().state_dict()
    path = tmp_path / "trained.safetensors"
    save_file({name: torch.full_like(each, 0.25) for name, each in state.items()}, path)
    return path


@pytest.mark.parametrize("name", TARGETS)
def test_each_target_writes_its_files_and_no_others(
    name: str, weights: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    wanted = export(IRIS, folder / "net.py", name, weights=weights)
    done = write(wanted)
    assert set(done.paths) == set(folder.iterdir())
    assert {path.name for path in done.paths} == {"net.py", *TARGETS[name].names("net")}
    assert not done.notes
    text = (folder / "net.py").read_text(encoding="utf-8")
    assert text == source(wanted.network).text


def test_programs_hold_the_weights_that_are_given(weights: Path, tmp_path: Path) -> None:
    write(export(IRIS, tmp_path / "net.py", "pt2", "torchscript", "weights", weights=weights))
    x = torch.ones(2, 4)
    hidden = 0.25 * 4 + 0.25
    expected = torch.full((2, 3), 8 * hidden * 0.25 + 0.25)
    torch.testing.assert_close(torch.export.load(tmp_path / "net.pt2").module()(x), expected)
    torch.testing.assert_close(torch.jit.load(tmp_path / "net.torchscript")(x), expected)
    state = load_file(tmp_path / "net.safetensors")
    for other in (load_file(weights), torch.load(tmp_path / "net.pt", weights_only=True)):
        assert state.keys() == other.keys()
        assert all(bool((state[name] == other[name]).all()) for name in state)


def test_without_weights_they_begin_as_the_seed_of_the_recipe_says(tmp_path: Path) -> None:
    torch.manual_seed(IRIS.recipe.seed)
    model = build_project(IRIS).make().eval()
    write(export(IRIS, tmp_path / "net.py", "torchscript"))
    x = torch.rand(5, 4)
    torch.testing.assert_close(torch.jit.load(tmp_path / "net.torchscript")(x), model(x))


def test_the_training_script_runs_beside_the_model(tmp_path: Path) -> None:
    write(export(IRIS, tmp_path / "net.py", "training"))
    subprocess.run([sys.executable, "train.py"], cwd=tmp_path, check=True, capture_output=True)
    done = json.loads((tmp_path / "preprocessing.json").read_text(encoding="utf-8"))
    assert done["inputs"][0]["shape"] == [4]


def test_the_script_folder_replaces_no_readme_of_others(weights: Path, tmp_path: Path) -> None:
    write(export(IRIS, tmp_path / "model.py", "training", weights=weights))
    text = (tmp_path / "README.md").read_text()
    assert "python predict.py --csv" in text
    assert len(text.splitlines()) <= 12
    predict = [sys.executable, "predict.py", "--values", "1", "2", "3", "4"]
    done = subprocess.run(predict, cwd=tmp_path, check=True, capture_output=True, text=True)
    assert done.stdout.startswith("1 2 3 4: ")
    (tmp_path / "README.md").write_text("Mine\n")
    (tmp_path / "predict.py").unlink()
    done_again = write(export(IRIS, tmp_path / "model.py", "training"))
    assert (tmp_path / "README.md").read_text() == "Mine\n"
    assert {path.name for path in done_again.paths} == {
        "model.py", "train.py", "predict.py", "data.pt", "preprocessing.json", "requirements.txt"
    }  # fmt: skip


def refused(wanted: Export) -> str:
    """Return why it is refused; nothing has been written."""
    before = set(wanted.path.parent.iterdir())
    with pytest.raises(Refusal) as caught:
        write(wanted)
    assert set(wanted.path.parent.iterdir()) == before
    assert caught.value.problem.message
    return caught.value.problem.code


def test_weights_of_another_network_are_refused(weights: Path, tmp_path: Path) -> None:
    other = project(mlp(4, 9, 3), IRIS.recipe)
    for targets in (("weights",), ("training", "torchscript")):
        wanted = export(other, tmp_path / "net.py", *targets, weights=weights)
        assert refused(wanted) == "wrong_weights"
    missing = export(IRIS, tmp_path / "net.py", "weights", weights=tmp_path / "none.safetensors")
    assert refused(missing) == "file_not_found"


def test_weights_that_torch_saved_of_a_wrapped_model_are_taken(
    weights: Path, tmp_path: Path
) -> None:
    trained = load_file(weights)
    wrapped = {f"module.{name}": value for name, value in trained.items()}
    torch.save({"epoch": 3, "model_state_dict": wrapped}, tmp_path / "ddp.pt")
    write(export(IRIS, tmp_path / "net.py", "weights", weights=tmp_path / "ddp.pt"))
    assert load_file(tmp_path / "net.safetensors").keys() == trained.keys()


def test_what_lacks_something_is_refused_before_work_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refused(export(IRIS, tmp_path / "net.py", "weights")) == "export_needs_weights"
    for name in ("my-net.py", "class.py", "json.py", "torch.py"):
        assert refused(export(IRIS, tmp_path / name, "training")) == "export_bad_module"
    for name, targets in (("train.py", ["training"]), ("best.py", ["training", "weights"])):
        wanted = export(IRIS, tmp_path / name, *targets, weights=tmp_path / "best.safetensors")
        assert refused(wanted) == "export_same_name"
    lacking = replace(TARGETS["pt2"], packages=("torch", "no_such_package"))
    assert lacking.missing == ("no_such_package",)
    monkeypatch.setitem(TARGETS, "pt2", lacking)  # type: ignore[arg-type]
    assert refused(export(IRIS, tmp_path / "net.py", "pt2")) == "export_needs_packages"


def test_the_data_of_another_network_do_not_fit(tmp_path: Path) -> None:
    assert refused(export_of(mlp(7, 8, 3), tmp_path / "net.py", "training"))


@pytest.mark.parametrize("shared", [False, True])
def test_the_slurm_script_starts_train_py(shared: bool, tmp_path: Path) -> None:
    options = (Choice("distributed"),) if shared else ()
    given = replace(IRIS, recipe=replace(IRIS.recipe, options=options))
    write(export(given, tmp_path / "model.py", "slurm"))
    (tmp_path / "checkpoint.pt").touch()
    for name, text in (("srun", 'echo "$@"'), ("scontrol", "printf 'node-a\\nnode-b\\n'")):
        (tmp_path / name).write_text(f"#!/bin/sh\n{text}\n")
        (tmp_path / name).chmod(0o755)
    told = {
        "NNODES": "2",
        "GPUS_ON_NODE": "4",
        "JOB_ID": "7",
        "JOB_NODELIST": "n",
        "RESTART_COUNT": "1",
    }
    variables = {f"SLURM_{name}": value for name, value in told.items()}
    path = {"PATH": f"{tmp_path}:/usr/bin:/bin"}
    subprocess.run(["bash", "train.sbatch"], cwd=tmp_path, check=True, env=path | variables)
    started = (tmp_path / "events.jsonl").read_text().strip()
    assert started.endswith("train.py --device cuda --json --resume")
    words = "--nnodes 2 --nproc-per-node 4 --max-restarts 3 --rdzv-backend c10d --rdzv-id 7"
    assert (f"torchrun {words} --rdzv-endpoint node-a:29500" in started) == shared
