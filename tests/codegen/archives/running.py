"""Archives are read and built, and their results held against what ran them before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch
from torch import nn

from codegen.archives.graph import ReadArchive
from codegen.archives.reading import read_archive
from codegen.archives.weights import by_parameter
from codegen.build import build
from codegen.emit import source
from graph_model.inference.infer import infer_project


def built(archive: ReadArchive) -> nn.Module:
    """Return the model of a drawing with the weights of its archive, all of which it has."""
    inference = infer_project(archive.project)
    assert [each.message for each in inference.problems if each.is_error] == []
    model = build(source(inference)).make().eval()
    weights = {
        name: torch.from_numpy(np.array(value))
        for name, value in by_parameter(archive, inference).items()
    }
    model.load_state_dict(weights, strict=True)
    return model


def results(model: nn.Module, given: Sequence[Any]) -> list[Any]:
    """Return what a model gives, as arrays."""
    with torch.no_grad():
        found = model(*(torch.from_numpy(np.array(each)) for each in given))
    return [each.numpy() for each in (found if isinstance(found, tuple) else (found,))]


def need_same(path: Path, given: Mapping[str, Any], *, close: float = 1e-5) -> ReadArchive:
    """Hold a drawing of an ONNX model against ONNX Runtime."""
    archive = read_archive(path)
    assert [each.message for each in archive.notes] == []
    wanted = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"]).run(
        None, dict(given)
    )
    found = results(built(archive), [*given.values()])
    assert len(found) == len(wanted)
    for one, other in zip(found, wanted, strict=True):
        assert one.shape == other.shape
        np.testing.assert_allclose(one, other, rtol=close, atol=close)
    return archive


def model_of(
    nodes: Sequence[onnx.NodeProto],
    inputs: Mapping[str, Sequence[int | str]],
    output: str,
    fixed: Mapping[str, Any] | None = None,
    opset: int = 17,
    dtype: int = onnx.TensorProto.FLOAT,
) -> onnx.ModelProto:
    """Return a model of these nodes."""
    graph = onnx.helper.make_graph(
        [*nodes],
        "net",
        [onnx.helper.make_tensor_value_info(name, dtype, shape) for name, shape in inputs.items()],
        [onnx.helper.make_empty_tensor_value_info(output)],
        [onnx.numpy_helper.from_array(np.asarray(each), name)
         for name, each in (fixed or {}).items()],
    )  # fmt: skip
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", opset)])
    model.ir_version = min(model.ir_version, 9)
    return model
