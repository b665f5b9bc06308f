"""The data that go with the training script, and what was done to them."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from app.exporting.training import training_files
from app.exporting.writer import Export
from app.exporting.writer import write as write_files
from app.runs.events import Finished
from app.runs.folder import BEST, ENVIRONMENT
from app.runs.job import Job
from app.training.engine import train
from graph_model.inference.infer import infer_project
from graph_model.recipe import Choice, Recipe
from tests.app.training.networks import mlp, project


def exported(job: Job) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what torch alone reads of the data, and what was done to them."""
    made = training_files(job)
    data = torch.load(io.BytesIO(made["data.pt"]), weights_only=True)
    return data, json.loads(made["preprocessing.json"])


def test_exported_data_are_read_by_torch_alone() -> None:
    recipe = replace(Recipe(Choice("iris")), seed=2)
    content, done = exported(Job(project(mlp(4, 8, 3), recipe), threads=1))
    assert set(content) >= {"samples", "train", "validation", "test"}
    x, y = content["samples"].values()
    assert x.dtype == torch.float32
    assert y.dtype == torch.int64
    torch.testing.assert_close(x[content["train"]].mean(0), torch.zeros(4), atol=1e-5, rtol=0)
    assert "setosa" in done["outputs"][0]["class_names"]


def test_rows_that_are_left_out_are_not_exported_either(tmp_path: Path) -> None:
    rows = [f"{n},{n % 3},{'ab'[n % 2]}" for n in range(20)]
    (tmp_path / "table.csv").write_text("\n".join(["x,z,kind", *rows, "7,,a", ",1,b"]))
    choice = Choice("csv", {"path": str(tmp_path / "table.csv"), "missing": "skip"})
    content, done = exported(Job(project(mlp(2, 4, 2), Recipe(choice)), threads=1))
    x, y = content["samples"].values()
    assert len(x) == len(y) == 20
    assert bool(x.isfinite().all())
    assert done["data"]["arguments"]["missing"] == "skip"


def test_weights_are_not_paired_with_data_that_are_read_otherwise(tmp_path: Path) -> None:
    """Columns are scaled by the samples: others make other numbers of what is new."""
    table = tmp_path / "table.csv"

    def write(factor: int) -> None:
        rows = [f"{n * factor},{n % 3},{'ab'[n % 2]}" for n in range(40)]
        table.write_text("\n".join(["x,z,kind", *rows]))

    def written() -> tuple[set[str], list[str]]:
        out = tmp_path / f"out{len([*tmp_path.iterdir()])}"
        out.mkdir()
        weights = tmp_path / "run" / BEST
        done = write_files(
            Export(drawn, infer_project(drawn), out / "m.py", ("training",), weights)
        )
        return {each.name for each in done.paths}, [each.code for each in done.notes]

    choice = Choice("csv", {"path": str(table)})
    drawn = project(mlp(2, 4, 2), Recipe(choice, epochs=1, test_fraction=0.2))
    write(1)
    *_, last = train(Job(drawn, folder=tmp_path / "run", threads=1))
    assert isinstance(last, Finished), last
    files, notes = written()
    assert ("best.pt" in files, notes) == (True, [])
    write(1000)
    files, notes = written()
    assert ("best.pt" in files, notes) == (False, ["export_other_preprocessing"])
    assert {"train.py", "data.pt"} <= files


def test_weights_of_other_data_that_are_read_alike_are_said(tmp_path: Path) -> None:
    drawn = project(mlp(4, 8, 3), Recipe(Choice("iris"), epochs=1))
    *_, last = train(Job(drawn, folder=tmp_path / "run", threads=1))
    assert isinstance(last, Finished), last
    environment = tmp_path / "run" / ENVIRONMENT
    told = json.loads(environment.read_text())
    told["data"]["sha256"] = "of others"
    environment.write_text(json.dumps(told))
    weights = tmp_path / "run" / BEST
    done = write_files(
        Export(drawn, infer_project(drawn), tmp_path / "m.py", ("training",), weights)
    )
    assert [each.code for each in done.notes] == ["export_other_data"]
    assert tmp_path / "best.pt" in done.paths
