"""The data that go with the training script, and what was done to them."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from app.exporting.training import training_files
from app.runs.job import Job
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
    (tmp_path / "table.csv").write_text("\n".join(["x,y,kind", *rows, "7,,a", ",1,b"]))
    choice = Choice("csv", {"path": str(tmp_path / "table.csv"), "missing": "skip"})
    content, done = exported(Job(project(mlp(2, 4, 2), Recipe(choice)), threads=1))
    x, y = content["samples"].values()
    assert len(x) == len(y) == 20
    assert bool(x.isfinite().all())
    assert done["data"]["arguments"]["missing"] == "skip"
