"""Whatever an archive says, it is read in bounded memory, and nothing beside its folder is."""

from __future__ import annotations

import io
import os
import pickle
import random
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
import torch
from onnx.helper import make_node
from torch import nn

from app.source_import.recognising import is_archive
from codegen.archives.reading import read_archive
from codegen.importing.inputs import read_input
from graph_model.problems import Refusal
from tests.codegen.archives.running import built, model_of
from tools.hostile_archives import damaged, damaged_within


def _model() -> onnx.ModelProto:
    fixed = {"w": np.ones((3, 4), np.float32), "b": np.ones(3, np.float32)}
    nodes = [make_node("Gemm", ["x", "w", "b"], ["h"], transB=1), make_node("Relu", ["h"], ["y"])]
    return model_of(nodes, {"x": ("N", 4)}, "y", fixed)


def _refused(path: Path) -> str:
    with pytest.raises(Refusal) as refusal:
        read_archive(path)
    return refusal.value.problem.code


def test_damaged_models_are_read_or_refused(tmp_path: Path) -> None:
    draw, data, path = random.Random(0), _model().SerializeToString(), tmp_path / "net.onnx"
    for _ in range(200):
        path.write_bytes(damaged(data, draw))
        with suppress(Refusal):
            read_archive(path)


@pytest.mark.parametrize("data", [b"", b"\0" * 50, b"PK\x03\x04", b"\xff" * 30, b"class Net: pass"])
def test_what_is_no_model_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "net.onnx"
    path.write_bytes(data)
    assert _refused(path) == "archive_damaged"


def test_nothing_is_there(tmp_path: Path) -> None:
    assert _refused(tmp_path / "net.onnx") == "file_not_found"


@pytest.mark.parametrize("place", ["../secret", "/etc/passwd", "a/../../secret", "link"])
def test_weights_outside_the_folder_are_not_read(place: str, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(bytes(48))
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "link").symlink_to(tmp_path / "secret")
    model = _model()
    tensor = model.graph.initializer[0]
    tensor.ClearField("raw_data")
    tensor.data_location = onnx.TensorProto.EXTERNAL
    entry = tensor.external_data.add()
    entry.key, entry.value = "location", place
    path = folder / "net.onnx"
    path.write_bytes(model.SerializeToString())
    assert _refused(path) == "archive_outside"


def test_weights_beside_the_model_are_read(tmp_path: Path) -> None:
    path = tmp_path / "net.onnx"
    onnx.save(_model(), path, save_as_external_data=True, location="net.data", size_threshold=0)
    (weights,) = read_archive(path).weights.values()
    assert weights["weight"].tolist() == np.ones((3, 4)).tolist()


def test_a_size_that_is_not_there_takes_no_memory(tmp_path: Path) -> None:
    model = _model()
    model.graph.initializer[0].dims[:] = [1 << 40, 1 << 20]
    path = tmp_path / "net.onnx"
    path.write_bytes(model.SerializeToString())
    assert _refused(path) == "archive_damaged"


def test_a_constant_that_would_be_huge_is_not_made(tmp_path: Path) -> None:
    nodes = [make_node("ConstantOfShape", ["s"], ["c"]), make_node("Add", ["x", "c"], ["y"])]
    path = tmp_path / "net.onnx"
    fixed = {"s": np.array([1 << 30, 1 << 30], np.int64)}
    path.write_bytes(model_of(nodes, {"x": ("N", 4)}, "y", fixed).SerializeToString())
    archive = read_archive(path)
    assert [each.code for each in archive.notes] == ["archive_not_drawn"]


def test_what_is_not_known_is_named_and_stood_for(tmp_path: Path) -> None:
    node = make_node("Frobnicate", ["x"], ["y"], name="odd_one")
    path = tmp_path / "net.onnx"
    path.write_bytes(model_of([node], {"x": ("N", 4)}, "y").SerializeToString())
    archive = read_archive(path)
    (note,) = archive.notes
    assert (note.code, note.values["node"], note.values["op"]) == (
        "archive_unknown", "odd_one", "Frobnicate"
    )  # fmt: skip
    (layer,) = archive.project.layers.values()
    assert layer.name == "Frobnicate"


@pytest.mark.filterwarnings("ignore")  # of torch's exporter, about itself
def test_damaged_archives_of_torch_are_read_or_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    program = torch.export.export(nn.Sequential(nn.Linear(4, 3), nn.ReLU()), (torch.zeros(2, 4),))
    torch.export.save(program, buffer)
    draw, path = random.Random(0), tmp_path / "net.pt2"
    for _ in range(150):
        path.write_bytes(damaged_within(buffer.getvalue(), draw))
        with suppress(Refusal):
            read_archive(path)


class Scripted(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)
        self.layers = nn.ModuleList([nn.Linear(4, 4), nn.Linear(4, 4)])
        self.doubled = True

    def forward(self, x):
        x = torch.relu(self.conv(x)).mean(dim=(2, 3))
        for layer in self.layers:
            x = layer(x)
        if self.doubled:
            x = x + x
        rows, columns = x.shape
        return x.view(rows, 2, columns // 2)


def _script(path: Path) -> Any:
    model = torch.jit.script(Scripted().eval())
    model.save(path)
    return model


@pytest.mark.filterwarnings("ignore")  # of TorchScript, which is to go
def test_code_of_torchscript_is_followed(tmp_path: Path) -> None:
    model, path = _script(tmp_path / "net.pt"), tmp_path / "net.pt"
    assert _refused(path) == "archive_needs_inputs"
    archive = read_archive(path, [read_input("3x9x9")])
    assert archive.notes == ()
    given = torch.randn(2, 3, 9, 9)
    with torch.no_grad():
        assert torch.allclose(built(archive)(given), model(given), atol=1e-6)


@pytest.mark.filterwarnings("ignore")  # of TorchScript, which is to go
def test_damaged_code_is_read_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "net.pt"
    _script(path)
    data, draw = path.read_bytes(), random.Random(0)
    for _ in range(150):
        path.write_bytes(damaged_within(data, draw))
        with suppress(Refusal):
            read_archive(path, [read_input("3x9x9")])


class Touching:
    def __init__(self, place: Path) -> None:
        self.place = place

    def __reduce__(self):
        return os.system, (f"touch {self.place}",)


@pytest.mark.parametrize("protocol", [0, 1, 2, 4])
def test_a_pickle_that_would_run_something_is_refused(protocol: int, tmp_path: Path) -> None:
    place, path = tmp_path / "touched", tmp_path / "net.pt"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("net/code/__torch__.py", "class Net(Module):\n  pass\n")
        archive.writestr("net/data.pkl", pickle.dumps(Touching(place), protocol))
    assert _refused(path) == "archive_damaged"
    assert not place.exists()


def test_weights_alone_are_told_from_a_model(tmp_path: Path) -> None:
    path = tmp_path / "weights.pt"
    torch.save(nn.Linear(2, 2).state_dict(), path)
    assert not is_archive(path)
    assert _refused(path) == "archive_damaged"
