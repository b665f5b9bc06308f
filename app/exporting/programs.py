"""Programs that run without the Python file of the model: ONNX, PT2, TorchScript."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import torch
from torch.export import Dim, ExportedProgram

from app.exporting.faults import refusing
from app.exporting.material import Material
from app.exporting.targets import TARGETS
from graph_model.dims import is_symbol, symbols
from graph_model.problems import Problem, Refusal

_LARGEST: Final = 2**31 - 1
"""Bytes; an ONNX file is one message, which can have no more."""


def exported_program(material: Material) -> Sequence[bytes]:
    """Return the program of ``torch.export``, whose symbolic sizes may be any."""
    with refusing(material, "pt2"):
        buffer = io.BytesIO()
        torch.export.save(_program(material, "pt2")[0], buffer)
    return [buffer.getvalue()]


def onnx(material: Material) -> Sequence[bytes]:
    """Return an ONNX model with its weights; its axes are called as the sizes of the Inputs."""
    with refusing(material, "onnx"):
        return [_onnx(material).SerializeToString()]


def onnx_int8(material: Material) -> Sequence[bytes]:
    """Return the same with its weights as whole numbers of 8 bits, by ONNX Runtime."""
    from onnxruntime.quantization import quantize_dynamic

    with refusing(material, "onnx_int8"), tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "quantised.onnx"
        copy = type(_onnx(material)).FromString(_onnx(material).SerializeToString())
        quantize_dynamic(copy, path)  # which changes what it is given
        return [path.read_bytes()]


def _onnx(material: Material) -> Any:
    return material.once("onnx", lambda: _made_onnx(material))


def _made_onnx(material: Material) -> Any:
    program, sizes = _program(material, "onnx")
    made = torch.onnx.export(
        program,
        dynamic_shapes=sizes,
        output_names=material.output_names,
        dynamo=True,
        verbose=False,
        opset_version=material.export.opset,
    )
    assert made is not None
    proto = made.model_proto
    _need_opset(proto, material.export.opset)
    if proto.ByteSize() > _LARGEST:
        raise ValueError("it would be larger than 2 GiB")
    return proto


def _need_opset(proto: Any, wanted: int | None) -> None:
    """Refuse a file whose operators are of another version than was asked for.

    PyTorch leaves it as it is where it cannot convert it, and says nothing.
    """
    made = next(each.version for each in proto.opset_import if not each.domain)
    if wanted not in (None, made):
        values = {"wanted": str(wanted), "made": str(made)}
        raise Refusal(Problem("export_other_opset", values))


def torchscript(material: Material) -> Sequence[bytes]:
    """Return what ``torch.jit.trace`` makes of one call."""
    with refusing(material, "torchscript"):
        buffer = io.BytesIO()
        traced = torch.jit.trace(material.module, material.inputs, check_trace=False)
        torch.jit.save(traced, buffer)
    return [buffer.getvalue()]


def _program(material: Material, target: str) -> tuple[ExportedProgram, tuple[dict[int, Any], ...]]:
    """Return the program with its sizes: under their names, or where that fails, as torch finds.

    An LSTM that reads in both directions, for one, fixes the length of its sequences.
    """
    named = _named_sizes(material)
    try:
        return torch.export.export(material.module, material.inputs, dynamic_shapes=named), named
    except torch._dynamo.exc.UserError:
        free = tuple(dict.fromkeys(each, Dim.AUTO) for each in material.symbolic)
        program = torch.export.export(material.module, material.inputs, dynamic_shapes=free)
        _note_fixed(material, program, target)
        return program, free


def _named_sizes(material: Material) -> tuple[dict[int, Any], ...]:
    """Return a size for each symbolic dimension: one for each name, else what torch finds out."""
    names = {
        name: Dim(name, min=1)
        for each in material.symbolic
        for dim in each.values()
        for name in symbols(dim)
    }
    return tuple(
        {place: names[str(dim)] if is_symbol(str(dim)) else Dim.AUTO for place, dim in each.items()}
        for each in material.symbolic
    )


def _note_fixed(material: Material, program: ExportedProgram, target: str) -> None:
    """Tell which sizes can only be what they are in the example."""
    inputs = [
        node.meta["val"].shape
        for node in program.graph.find_nodes(op="placeholder")
        if node.name in program.graph_signature.user_inputs
    ]
    fixed: Mapping[str, str] = {
        str(dim): str(shape[place])
        for shape, each in zip(inputs, material.symbolic, strict=True)
        for place, dim in each.items()
        if str(shape[place]).isdigit()  # a size that is free is an expression, of a class like int
    }
    for name, size in fixed.items():
        values = {"format": TARGETS[target].title, "name": name, "size": size}
        material.notes.append(Problem("export_fixed_size", values))
