"""The archive of ``torch.export`` as data: its graph in JSON, and its tensors as bytes."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

from codegen.archives.graph import Array
from codegen.archives.onnx_file import widened
from codegen.archives.protobuf import DamagedError
from codegen.archives.sizes import Names
from codegen.archives.zipped import Zipped
from codegen.importing.values import Name
from graph_model.problems import Problem, Refusal
from graph_model.tensors import TensorSpec

DTYPES: Final[Mapping[int, str]] = {
    1: "uint8", 2: "int8", 3: "int16", 4: "int32", 5: "int64", 6: "float16", 7: "float32",
    8: "float64", 10: "complex64", 11: "complex128", 12: "bool", 13: "bfloat16",
}  # fmt: skip
"""The dtypes of the format by their numbers."""
_SYMBOL: Final = re.compile(r"Symbol\('(\w+)'")
_MODEL: Final = "models/model.json"
_MOST: Final = 200_000
_DAMAGED: Final = (DamagedError, ValueError, TypeError, LookupError, AttributeError,
                   RecursionError, OverflowError)  # fmt: skip
"""What comes of JSON that is not as the format has it."""


@dataclass(frozen=True)
class Ref:
    """A value of the graph by its name."""

    name: str


@dataclass
class Call:
    """One call of an operation: what it is given by place and by name, and what it gives."""

    kind: str
    name: str
    given: list[Any]
    named: dict[str, Any]
    outputs: list[str]
    scope: tuple[tuple[str, str], ...] = ()
    """The paths of the modules around it, and their classes."""
    gives_row: bool = False
    """Whether it gives one row of tensors, and not each by itself."""


@dataclass
class CallGraph:
    """All calls of a program in their order, and the tensors that it holds."""

    calls: list[Call] = field(default_factory=list)
    inputs: dict[str, TensorSpec] = field(default_factory=dict)
    outputs: list[str] = field(default_factory=list)
    constants: dict[str, Array] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    """What the model calls its tensors, by their names in the graph."""
    parameters: set[str] = field(default_factory=set)
    specs: dict[str, TensorSpec] = field(default_factory=dict)
    notes: list[Problem] = field(default_factory=list)


def read_graph(path: Path) -> CallGraph:
    """Return the graph of an archive; raises ``Refusal`` where it is none."""
    archive = Zipped(path)
    try:
        if _MODEL not in archive.names():
            raise DamagedError(f"it has no {_MODEL}, as archives of PyTorch 2.8 and later have")
        model = json.loads(bytes(archive.read(_MODEL)))
        return _Graph(archive, model["graph_module"]).read()
    except _DAMAGED as error:
        values = {"path": path.name, "format": ".pt2", "reason": _words(error)}
        raise Refusal(Problem("archive_damaged", values)) from None
    finally:
        archive.close()


def _words(error: Exception) -> str:
    return (
        str(error) if isinstance(error, DamagedError) else f"its JSON is not as expected: {error}"
    )


class _Graph:
    """Reads the graph of one model."""

    def __init__(self, archive: Zipped, module: Mapping[str, Any]) -> None:
        self._archive = archive
        self._graph, self._signature = module["graph"], module["signature"]
        self._names = Names()
        self._weights = self._config("data/weights/model_weights_config.json")
        self._constants = self._config("data/constants/model_constants_config.json")

    def _config(self, name: str) -> Mapping[str, Any]:
        if name not in self._archive.names():
            return {}
        found = json.loads(bytes(self._archive.read(name)))["config"]
        if not isinstance(found, dict):
            raise DamagedError(f"{name} lists nothing")
        return found

    def read(self) -> CallGraph:
        found = CallGraph()
        values = self._graph["tensor_values"]
        for spec in self._signature["input_specs"]:
            self._enter(found, spec, values)
        for name, meta in values.items():
            found.specs[name] = self._spec(meta)
        if len(self._graph["nodes"]) > _MOST:
            raise DamagedError(f"it has more than {_MOST} operations")
        found.calls = [self._call(each) for each in self._graph["nodes"]]
        for spec in self._signature["output_specs"]:
            if (output := spec.get("user_output")) and "as_tensor" in output["arg"]:
                found.outputs.append(_text(output["arg"]["as_tensor"]["name"]))
            for change in ("buffer_mutation", "user_input_mutation"):
                if change in spec:
                    name = spec[change].get("buffer_name") or spec[change]["user_input_name"]
                    found.notes.append(Problem("archive_changes", {"name": _text(name)}))
        return found

    def _enter(self, found: CallGraph, spec: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        ((kind, entry),) = spec.items()
        if kind == "user_input":
            if "as_tensor" in entry["arg"]:
                name = entry["arg"]["as_tensor"]["name"]
                found.inputs[name] = self._spec(values[name])
            return
        title = (
            entry.get("parameter_name")
            or entry.get("buffer_name")
            or entry.get("tensor_constant_name")
        )
        if title is None:
            return
        name = entry["arg"]["name"]
        found.titles[name] = title
        if kind == "parameter":
            found.parameters.add(name)
        found.constants[name] = self._tensor(title)

    def _spec(self, meta: Mapping[str, Any]) -> TensorSpec:
        sizes = [
            each["as_int"] if "as_int" in each else _symbol(each["as_expr"]["expr_str"])
            for each in meta["sizes"]
        ]
        return TensorSpec(self._names.shape(sizes), DTYPES.get(meta["dtype"], "float32"))

    def _tensor(self, title: str) -> Array:
        is_weight = title in self._weights
        entry = self._weights[title] if is_weight else self._constants[title]
        folder = "data/weights" if is_weight else "data/constants"
        raw = self._archive.read(f"{folder}/{entry['path_name']}")
        meta = entry["tensor_meta"]
        if entry.get("use_pickle"):
            raise DamagedError(f"the tensor {title} is pickled")
        sizes = [each["as_int"] for each in meta["sizes"]]
        strides = [each["as_int"] for each in meta["strides"]]
        offset = meta["storage_offset"]["as_int"]
        return strided(title, raw, DTYPES[meta["dtype"]], sizes, strides, offset)

    def _call(self, node: Mapping[str, Any]) -> Call:
        given: list[Any] = []
        named: dict[str, Any] = {}
        for each in node["inputs"]:
            value = _value(each["arg"])
            if each.get("kind") == 2:
                named[each["name"]] = value
            else:
                given.append(value)
        outputs = [name for each in node["outputs"] for name in _names_in(each)]
        gives_row = len(node["outputs"]) == 1 and "as_tensors" in node["outputs"][0]
        metadata = node.get("metadata") or {}
        name = _text(node.get("name") or next(iter(outputs), ""))
        kind, scope = _kind(node["target"]), _scope(metadata.get("nn_module_stack", ""))
        return Call(kind, name, given, named, outputs, scope, gives_row)


def strided(
    title: str, raw: memoryview, dtype: str, sizes: list[int], strides: list[int], offset: int
) -> Array:
    """Return the tensor that lies in bytes with these strides, all of which are there."""
    if any(each < 0 for each in (*sizes, *strides, offset)) or len(sizes) != len(strides):
        raise DamagedError(f"the tensor {title} has a size that is none")
    stored = np.dtype("uint16" if dtype == "bfloat16" else dtype).newbyteorder("<")
    count = math.prod(sizes)
    reach = offset + sum((size - 1) * each for size, each in zip(sizes, strides, strict=True)) + 1
    if count and reach * stored.itemsize > len(raw):
        raise DamagedError(f"the tensor {title} is longer than its bytes")
    if not count:
        return np.zeros(sizes, "float32" if dtype == "bfloat16" else stored)
    flat = np.frombuffer(raw, stored, reach)[offset:]
    steps = [each * stored.itemsize for each in strides]
    if count > reach:  # which repeats elements, as an expanded tensor does
        raise DamagedError(f"the tensor {title} repeats its elements")
    found: Array = np.lib.stride_tricks.as_strided(flat, sizes, steps)
    return widened(np.ascontiguousarray(found)) if dtype == "bfloat16" else found


def _symbol(expression: str) -> str:
    """Return the name of a size, which may be computed of several."""
    found = _SYMBOL.fullmatch(expression.partition(",")[0]) if "Symbol" in expression else None
    return found[1] if found and expression.startswith("Symbol(") else expression[:80]


def _kind(target: str) -> str:
    """Return the bare name of an operation: ``torch.ops.aten.add.Tensor`` is ``add``."""
    parts = target.split(".")
    if target.startswith("torch.ops.aten.") and len(parts) > 3:
        return parts[3]
    if target.startswith("_operator."):
        return f"number_{parts[-1]}"
    if target.startswith("torch.ops."):
        return ".".join(parts[2:4])
    return target


def _scope(stack: str) -> tuple[tuple[str, str], ...]:
    found = []
    for each in stack.split(";")[:64]:
        parts = each.split(",")
        if len(parts) == 3 and parts[0].startswith("L__self__"):
            found.append((parts[1], parts[2]))
    return tuple(found)


def _names_in(output: Mapping[str, Any]) -> list[str]:
    ((kind, value),) = [*output.items()][:1]
    if kind == "as_tensors":
        return [_text(each["name"]) for each in value]
    if kind in ("as_tensor", "as_sym_int", "as_sym_bool", "as_sym_float"):
        return [_text(value.get("name") or value.get("as_name") or "")]
    return [""]


def _value(argument: Mapping[str, Any]) -> Any:
    """Return an argument as Python has it, tensors and sizes as references."""
    ((kind, value),) = [*argument.items()][:1]
    match kind:
        case "as_none":
            return None
        case "as_tensor":
            return Ref(_text(value["name"]))
        case "as_tensors" | "as_optional_tensors":
            return [_reference(each) for each in value]
        case "as_sym_int" | "as_sym_float" | "as_sym_bool":
            return _number(value)
        case "as_sym_ints":
            return [_number(each) for each in value]
        case "as_scalar_type":
            return Name(f"torch.{DTYPES.get(value, 'unknown')}")
        case "as_float":
            return float(value)  # which JSON has as a text where it is infinite
        case "as_device" | "as_layout" | "as_memory_format":
            return None
        case "as_graph" | "as_custom_obj" | "as_operator":
            return Name(kind)
        case _:
            return value


def _text(value: Any) -> str:
    """Return a name; raises ``DamagedError`` where something else stands in its place."""
    if not isinstance(value, str):
        raise DamagedError("something else stands where a name belongs")
    return value


def _reference(value: Mapping[str, Any]) -> Any:
    if "as_none" in value:
        return None
    return Ref(_text(value.get("name") or value["as_tensor"]["name"]))


def _number(value: Mapping[str, Any]) -> Any:
    if "as_name" in value:
        return Ref(_text(value["as_name"]))
    return next(iter(value.values()))
