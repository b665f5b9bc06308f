"""``layerweft quantise``: files in eight bits that other programs compute with."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from app import cli
from app.commands import FINE, UNUSABLE
from app.runs.job import Job
from app.runs.store import kept_weights, trained_project
from app.training.predict import Predictor
from app.training.samples import inputs_at

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("quantising") / "run"
    line = ["train", "example:digits-resnet", "--epochs", "1", "--out", str(folder), "--json"]
    assert cli.main(line) == FINE
    return folder


def test_each_way_is_written_and_judged(
    trained: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    out = tmp_path / "small"
    assert cli.main(["quantise", str(trained), "-o", str(out), "--json"]) == FINE
    told = json.loads(capsys.readouterr().out)
    assert not told["refused"]
    assert set(told["ways"]) == {"static", "dynamic", "onnx"}
    project, weights = trained_project(trained), kept_weights(trained)
    assert project is not None
    assert weights is not None
    predictor = Predictor(Job(project, folder=trained), weights)
    batch = inputs_at(predictor.samples, predictor.samples.prepared.split.test[:100])
    with torch.no_grad():
        whole = predictor.model(*batch).argmax(1).numpy()
        static = torch.jit.load(told["ways"]["static"]["file"])(*batch).argmax(1).numpy()
    session = onnxruntime.InferenceSession(told["ways"]["onnx"]["file"])
    (name,) = (each.name for each in session.get_inputs())
    onnx = session.run(None, {name: batch[0].numpy()})[0].argmax(1)
    for found in (static, onnx):
        assert np.mean(found == whole) > 0.9
    kinds = [each.kind for each in project.network.nodes.values()]
    assert len(told["layers"]) == kinds.count("Conv2d") + kinds.count("Linear")


def test_an_ending_that_is_no_run_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["quantise", str(tmp_path / "none")]) == UNUSABLE
    assert "There is no run" in capsys.readouterr().err
