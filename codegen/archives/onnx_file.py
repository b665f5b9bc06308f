"""An ONNX file as data: its graph, its fixed tensors, and those that lie in files beside it."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np

from codegen.archives import protobuf
from codegen.archives.graph import Array, Graph, Operation
from codegen.archives.mapped import mapped
from codegen.archives.protobuf import Bytes, DamagedError, fields, message, text, whole, wholes
from codegen.archives.sizes import Names
from graph_model.problems import Problem, Refusal
from graph_model.tensors import TensorSpec

DTYPES: Final[Mapping[int, str]] = {
    1: "float32", 2: "uint8", 3: "int8", 4: "uint16", 5: "int16", 6: "int32", 7: "int64",
    9: "bool", 10: "float16", 11: "float64", 12: "uint32", 13: "uint64", 14: "complex64",
    15: "complex128", 16: "bfloat16",
}  # fmt: skip
"""The dtypes of ONNX by their numbers."""
_STRING: Final = 8
_MOST: Final = 200_000
"""How many operations a graph has at most."""
_LONGEST, _DEEPEST = 10_000, 40
"""How long the list of modules around an operation is as a text, and how deep they lie."""
_OWN_DOMAINS: Final = ("", "ai.onnx")
_TYPED: Final = {4: "float32", 5: "int32", 7: "int64", 10: "float64", 11: "uint64"}
"""The fields of a tensor that hold its numbers one by one."""


def read_graph(path: Path) -> Graph:
    """Return the graph of a file; raises ``Refusal`` where it is no ONNX model."""
    data = mapped(path)
    try:
        return _model(data, path.parent)
    except (DamagedError, ValueError, OverflowError) as error:
        values = {"path": path.name, "format": "ONNX", "reason": str(error)}
        raise Refusal(Problem("archive_damaged", values)) from None


def _model(data: Bytes, folder: Path) -> Graph:
    versions: dict[str, int] = {}
    graph: Bytes | None = None
    for number, value in fields(data):
        if number == 7:
            graph = message(value)
        elif number == 8:
            parts = dict(fields(message(value)))
            versions[text(parts.get(1, memoryview(b"")))] = whole(parts.get(2, 0))
    if graph is None or not versions:
        raise DamagedError("it holds no graph")
    version = max((versions.get(each, 0) for each in _OWN_DOMAINS), default=0)
    return _graph(graph, folder, version)


def _graph(data: Bytes, folder: Path, version: int) -> Graph:
    found, names = Graph("", version=version), Names()
    inputs: dict[str, TensorSpec | None] = {}
    for number, value in fields(data):
        match number:
            case 1:
                found.operations.append(_operation(message(value), folder))
                if len(found.operations) > _MOST:
                    raise DamagedError(f"it has more than {_MOST} operations")
            case 2:
                found.name = text(value)
            case 5:
                name, array = _tensor(message(value), folder)
                found.constants[name] = array
            case 11:
                name, spec = _value(message(value), names)
                inputs[name] = spec
            case 12:
                found.outputs.append(_value(message(value), names)[0])
            case 13:
                name, spec = _value(message(value), names)
                if spec is not None:
                    found.specs[name] = spec
            case 15:
                raise DamagedError("it has sparse tensors")
            case _:
                pass
    for name, spec in inputs.items():
        if name not in found.constants:
            if spec is None:
                raise DamagedError(f"the input {name} is no tensor of numbers with a shape")
            found.inputs[name] = spec
    return found


def _operation(data: Bytes, folder: Path) -> Operation:
    found = Operation("", "", [], [])
    domain, props = "", {}
    for number, value in fields(data):
        match number:
            case 1:
                found.inputs.append(text(value))
            case 2:
                found.outputs.append(text(value))
            case 3:
                found.name = text(value)
            case 4:
                found.kind = text(value)
            case 5:
                name, attribute = _attribute(message(value), folder)
                found.attributes[name] = attribute
            case 7:
                domain = text(value)
            case 9:
                parts = dict(fields(message(value)))
                if 1 in parts and 2 in parts:
                    props[text(parts[1])] = text(parts[2])
            case _:
                pass
    if domain not in _OWN_DOMAINS:
        found.kind = f"{domain}.{found.kind}"
    found.name = found.name or next(iter(found.outputs), found.kind)
    found.scope = _scope(found.name, props)
    return found


def _scope(name: str, props: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the modules around an operation, as either exporter of torch writes them."""
    paths = _listed(props.get("pkg.torch.onnx.name_scopes", ""))[:-1]
    if paths:
        classes = _listed(props.get("pkg.torch.onnx.class_hierarchy", ""))[:-1]
        classes += [""] * (len(paths) - len(classes))
        return tuple(pair for pair in zip(paths, classes, strict=False) if pair[0])
    if name.startswith("/"):
        parts = name.split("/")[1:-1][:_DEEPEST]
        return tuple((".".join(parts[: count + 1]), "") for count in range(len(parts)))
    return ()


def _listed(text: str) -> list[str]:
    """Return a list of texts that stands there as Python writes it."""
    if not text or len(text) > _LONGEST:
        return []
    try:
        found = ast.literal_eval(text)
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return []
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def _attribute(data: Bytes, folder: Path) -> tuple[str, Any]:
    name, kind = "", 0
    single: dict[int, Any] = {}
    several: dict[int, list[Any]] = {7: [], 8: [], 9: []}
    for number, value in fields(data):
        match number:
            case 1:
                name = text(value)
            case 2:
                single[1] = protobuf.real(value)
            case 3:
                single[2] = whole(value)
            case 4:
                single[3] = text(value)
            case 5:
                single[4] = _tensor(message(value), folder)[1]
            case 7:
                several[7] += protobuf.reals(value)
            case 8:
                several[8] += wholes(value)
            case 9:
                several[9].append(text(value))
            case 20:
                kind = whole(value)
            case _:
                pass
    if kind in (6, 7, 8):
        return name, several[{6: 7, 7: 8, 8: 9}[kind]]
    if kind in single:
        return name, single[kind]
    listed = next((each for each in several.values() if each), None)
    return name, next(iter(single.values()), listed)


def _value(data: Bytes, names: Names) -> tuple[str, TensorSpec | None]:
    """Return the name of a value, and what is said of its shape where it is a tensor."""
    parts = dict(fields(data))
    name = text(parts.get(1, memoryview(b"")))
    kind = dict(fields(message(parts[2]))) if 2 in parts else {}
    if 1 not in kind:
        return name, None
    tensor = dict(fields(message(kind[1])))
    dtype = DTYPES.get(whole(tensor.get(1, 0)))
    if dtype is None or 2 not in tensor:
        return name, None
    dims: list[Any] = []
    for number, each in fields(message(tensor[2])):
        if number == 1:
            dim = dict(fields(message(each)))
            size = whole(dim.get(1, 0))
            dims.append(size if size > 0 else text(dim[2]) if 2 in dim else "")
    return name, TensorSpec(names.shape(dims), dtype)


def _tensor(data: Bytes, folder: Path) -> tuple[str, Array]:
    dims: list[int] = []
    name, kind, raw, is_outside = "", 0, None, False
    listed: list[tuple[int, int | Bytes]] = []
    outside: dict[str, str] = {}
    for number, value in fields(data):
        match number:
            case 1:
                dims += wholes(value)
            case 2:
                kind = whole(value)
            case 8:
                name = text(value)
            case 9:
                raw = message(value)
            case 13:
                parts = dict(fields(message(value)))
                outside[text(parts.get(1, memoryview(b"")))] = text(parts.get(2, memoryview(b"")))
            case 14:
                is_outside = whole(value) == 1
            case _ if number in _TYPED:
                listed.append((number, value))
            case _:
                pass
    if kind == _STRING:
        return name, np.zeros(0, np.float32)
    if kind not in DTYPES:
        raise DamagedError(f"the tensor {name} is of a type that is not known")
    if any(each < 0 for each in dims):
        raise DamagedError(f"the tensor {name} has a negative size")
    if is_outside:
        raw = _beside(name, folder, outside)
    if raw is not None:
        return name, from_bytes(name, raw, DTYPES[kind], dims)
    return name, _from_numbers(name, [*_numbers(listed)], DTYPES[kind], dims)


def from_bytes(name: str, raw: Bytes, dtype: str, dims: list[int]) -> Array:
    """Return the tensor that bytes hold, without a copy where they are as NumPy has them."""
    stored = np.dtype("uint16" if dtype == "bfloat16" else dtype).newbyteorder("<")
    count = math.prod(dims)
    if count * stored.itemsize != len(raw):
        raise DamagedError(f"the tensor {name} has {len(raw)} bytes, which is not its size")
    found: Array = np.frombuffer(raw, stored, count).reshape(dims)
    return widened(found) if dtype == "bfloat16" else found


def widened(halves: Array) -> Array:
    """Return numbers of 16 bits with the exponents of float32 as float32."""
    return (halves.astype(np.uint32) << 16).view(np.float32)


def _numbers(listed: list[tuple[int, int | Bytes]]) -> Iterator[float | int]:
    for number, value in listed:
        if number == 4:
            yield from protobuf.reals(value)
        elif number == 10:
            data = message(value)
            if len(data) % 8:
                raise DamagedError("numbers have the wrong length")
            yield from np.frombuffer(data, "<f8").tolist()
        else:
            yield from wholes(value)


def _from_numbers(name: str, numbers: list[float | int], dtype: str, dims: list[int]) -> Array:
    if math.prod(dims) != len(numbers):
        raise DamagedError(f"the tensor {name} has {len(numbers)} numbers, which is not its size")
    if dtype in ("float16", "bfloat16"):  # which stand there as their bits
        halves = np.array(numbers, np.int64).astype(np.uint16).reshape(dims)
        return widened(halves) if dtype == "bfloat16" else halves.view(np.float16)
    return np.array(numbers).astype(dtype).reshape(dims)


def _beside(name: str, folder: Path, entries: Mapping[str, str]) -> Bytes:
    """Return the bytes of a tensor that lie in a file of the same folder, or one below."""
    place = entries.get("location", "")
    whole_path = (folder / place).resolve()
    if not place or not whole_path.is_relative_to(folder.resolve()):
        raise Refusal(Problem("archive_outside", {"name": name, "place": place}))
    offset, length = (entries.get(each, "0") for each in ("offset", "length"))
    if not re.fullmatch(r"\d{1,15}", offset) or not re.fullmatch(r"\d{1,15}", length):
        raise DamagedError(f"the place of the tensor {name} is no number")
    data = mapped(whole_path)
    start, count = int(offset), int(length) or len(data) - int(offset)
    if start + count > len(data) or count < 0:
        raise DamagedError(f"the tensor {name} is longer than the file {place}")
    return data[start : start + count]
