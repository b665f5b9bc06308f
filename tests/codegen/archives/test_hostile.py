"""Whatever an archive says, it is read in bounded memory, and nothing beside its folder is."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx.helper import make_node

from codegen.archives.reading import read_archive
from graph_model.problems import Refusal
from tests.codegen.archives.running import model_of
from tools.hostile_archives import damaged


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
