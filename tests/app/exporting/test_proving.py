"""Exported files are run again in a new process, and what differs is told with its effect."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import onnx
import pytest
import safetensors.torch
import torch

from app.exporting.material import Material
from app.exporting.proving import rerun
from app.exporting.proving.comparing import Apart, compared, effects
from app.exporting.proving.given import batches_for
from app.exporting.proving.prove import prove
from app.exporting.writer import Export, write
from app.project.examples import load_example
from codegen.build import build_project
from graph_model.inference.infer import infer_project
from graph_model.problems import Problem
from graph_model.recipe import Choice, Recipe
from tests.app.exporting.exports import export_of
from tests.app.training.networks import mlp, project
from tests.codegen.samples import SAMPLES

IRIS = project(mlp(4, 8, 3), Recipe(Choice("iris"), epochs=1, batch_size=50))


def iris(path: Path, *targets: str) -> Export:
    """Return an export of a model with weights that give other answers to other samples."""
    torch.manual_seed(3)
    weights = path.with_name("trained.safetensors")
    safetensors.torch.save_file(build_project(IRIS).make().state_dict(), weights)
    return Export(IRIS, infer_project(IRIS), path, targets, weights, proves=True)


def test_the_report_lies_beside_the_files(tmp_path: Path) -> None:
    export = iris(tmp_path / "net.py", "weights", "torchscript", "notebook")
    told: list[str] = []
    done = write(export, told.append)
    assert told == ["weights", "torchscript", "notebook", "proof", ""]
    assert export.report in done.paths
    report = json.loads((tmp_path / "net.proof.json").read_text(encoding="utf-8"))
    names = ["net.py", "net.safetensors", "net.pt", "net.torchscript", "net.ipynb"]
    assert [each["file"] for each in report["files"]] == names
    for each in report["files"]:
        assert each["equal"]
        assert each["largest_difference"] == 0
        assert each["bytes"] == (tmp_path / each["file"]).stat().st_size
        assert each["milliseconds"].keys() == {"1", "7"}
    assert report["samples"] == {
        "count": 22,
        "from": "validation",
        "batch_sizes": [1, 7],
        "why": None,
    }
    assert done.report is not None
    assert done.report.sentences[0].message.startswith(
        "net.py: equal to the bit on 22 validation samples, batch sizes 1, 7; "
    )
    assert not done.report.is_refuted


def test_what_differs_fails_or_dies_is_told_and_the_rest_is_run(tmp_path: Path) -> None:
    export = iris(tmp_path / "net.py", "weights", "torchscript", "notebook")
    material = Material(export)
    state = material.module.state_dict()
    buffer = io.BytesIO()
    torch.save(state, buffer)
    turned = {name: -value for name, value in state.items()}
    cell = {"cell_type": "code", "id": "a", "source": ["import os\n", "os._exit(3)"]}
    write(replace(export, targets=(), proves=False))
    report = prove(
        material,
        {
            "net.py": (tmp_path / "net.py").read_bytes(),
            "net.safetensors": safetensors.torch.save(turned),
            "net.torchscript": b"no archive at all",
            "net.ipynb": json.dumps({"cells": [cell]}).encode(),
            "net.pt": buffer.getvalue(),
        },
    )
    code, other, same, damaged, dead = report.sentences
    assert code.code == same.code == "proof_exact"
    assert other.code == "proof_differs_by"
    assert "accuracy" in other.message
    assert damaged.code == dead.code == "proof_failed"
    assert "exit code 3" in dead.message
    assert report.is_refuted


def test_the_new_process_ends_with_the_one_that_started_it(tmp_path: Path) -> None:
    folder = tmp_path / "asked"
    folder.mkdir()
    cell = {
        "cell_type": "code",
        "id": "a",
        "source": ["import sys, threading\n", "print('waits', file=sys.stderr, flush=True)\n",
                   "threading.Event().wait(60)"],
    }  # fmt: skip
    (folder / "net.ipynb").write_text(json.dumps({"cells": [cell]}))
    (folder / "asked.json").write_text(
        json.dumps([{"number": 0, "how": "notebook", "file": "net.ipynb"}])
    )
    torch.save([[torch.zeros(1)]], folder / "inputs.pt")
    pipe = subprocess.PIPE
    command = [sys.executable, "-P", rerun.__file__, str(folder)]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe) as process:
        assert process.stderr is not None
        assert process.stdin is not None
        assert process.stderr.readline().strip() == b"waits"
        process.stdin.close()
        assert process.wait(30) == 1
    assert not folder.exists()


def test_what_is_quantised_says_what_that_does_to_the_figures(tmp_path: Path) -> None:
    export = iris(tmp_path / "net.py", "onnx_int8")
    done = write(export)
    assert done.report is not None
    near = done.report.sentences[1]
    assert near.code == "proof_near_by"
    assert near.values["file"] == "net.int8.onnx"
    assert "accuracy" in near.message
    assert not done.report.is_refuted
    proof = done.report.proofs[1]
    assert 0 < proof.relative < 0.2
    kinds = {node.op_type for node in onnx.load(tmp_path / "net.int8.onnx").graph.node}
    assert "MatMulInteger" in kinds


@pytest.mark.parametrize("name", ["two_inputs", "lstm", "unet"])
def test_without_data_random_numbers_of_the_right_kind_are_taken(name: str) -> None:
    material = Material(export_of(SAMPLES[name], Path("model.py")))
    batches = batches_for(material)
    assert batches.given.split == "random"
    assert batches.given.why is not None
    assert batches.given.count == 64
    for batch in batches.batches[:2]:
        material.module(*batch)


def test_indices_are_those_that_every_embedding_knows() -> None:
    project = load_example("gpt-2")
    network = infer_project(project)
    words = min(
        each.arguments["num_embeddings"]
        for networks in project.networks.values()
        for each in networks.nodes.values()
        if each.kind == "Embedding"
    )
    material = Material(Export(project, network, Path("model.py")))
    material.__dict__["module"] = torch.nn.Embedding(words, 1)  # the real one takes a while
    (first, *_) = batches_for(material).batches
    assert all(int(each.max()) < words for each in first)


@pytest.mark.parametrize(
    ("mine", "other", "difference", "is_equal"),
    [
        ([1.0, -100.0], [1.0, -100.001], 0.001, True),
        ([1.0, -100.0], [1.1, -100.0], 0.1, False),
        ([float("nan"), 1.0], [float("nan"), 1.0], 0.0, True),
        ([float("nan"), 1.0], [0.0, 1.0], float("inf"), False),
        ([float("inf")], [float("inf")], 0.0, True),
        ([1, 2], [1, 3], 1.0, False),
        ([], [], 0.0, True),
    ],
)
def test_numbers_are_compared(
    mine: list[float], other: list[float], difference: float, is_equal: bool
) -> None:
    found = compared("net.onnx", ["y"], [[torch.tensor(mine)]], [[torch.tensor(other)]])
    assert isinstance(found, Apart)
    assert found.outputs["y"] == pytest.approx(difference, rel=1e-3)
    assert found.is_equal is is_equal


def test_other_shapes_are_told() -> None:
    found = compared("net.onnx", ["y"], [[torch.zeros(2, 3)]], [[torch.zeros(2, 1, 3)]])
    assert isinstance(found, Problem)
    assert found.values["shape"] == "2×1×3"


def test_the_figures_are_those_of_the_samples(tmp_path: Path) -> None:
    material = Material(iris(tmp_path / "net.py"))
    batches = batches_for(material)
    assert batches.samples is not None
    true = torch.from_numpy(batches.samples.prepared.targets[0][batches.places])
    sure = torch.nn.functional.one_hot(true, 3).float() * 50
    sizes = [len(batch[0]) for batch in batches.batches]
    right = [[each] for each in sure.split(sizes)]
    wrong = [[each.roll(1, dims=1)] for (each,) in right]
    loss, accuracy = effects(batches, right, wrong)
    assert (accuracy.before, accuracy.after) == (1, 0)
    assert loss.before == pytest.approx(0, abs=1e-6)
    assert loss.after == pytest.approx(50)
