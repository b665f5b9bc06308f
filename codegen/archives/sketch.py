"""A drawing that grows operation by operation, and remembers the weights of its layers."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from codegen.archives.blocks import Modules, agree, with_blocks
from codegen.archives.graph import Array, Filled, Operation, ReadArchive
from codegen.importing.drawing import Drawing
from codegen.importing.tensor_calls import TensorCalls
from codegen.importing.values import Class, Instance, Layer, Scope, Tensor, unread
from graph_model.dims import Dim, Expression, is_symbol
from graph_model.inference.infer import infer_project
from graph_model.layers import LAYERS
from graph_model.network import CustomLayer, Port, Project, custom_kind, free_name
from graph_model.problems import Problem
from graph_model.tensors import FLOATING, TensorSpec
from graph_model.values import Value

_WHOLE: Final = 1 << 24
"""From here on not every whole number is one of float32."""
_WEIGHT: Final = re.compile(
    r"\.?(weight|bias|running_mean|running_var|gamma|beta|kernel|moving_mean|moving_variance"
    r"|(weight|bias)_[ih]h_l\d+(_reverse)?|ReadVariableOp.*)?(:\d+)?$"
)
_MADE: Final = re.compile(r"(val|const)\w*_?\d+$|onnx::|[/_\d]|.*\bConst", re.IGNORECASE)
"""What exporters call numbers that no model has a name for."""
_WORDS: Final = re.compile(r"[^A-Za-z0-9_]+")


class Sketch:
    """Draws layers with their weights, operations, and tensors that are fixed."""

    def __init__(self, name: str) -> None:
        self.drawing = Drawing(name, is_block=False, follows=True)
        self.calls = TensorCalls(self)
        self.custom: dict[str, CustomLayer] = {}
        self.notes: list[Problem] = []
        self._layers: dict[tuple[Any, ...], Layer] = {}
        self._weights: dict[int, Mapping[str, Array]] = {}
        self._scopes: dict[str, Modules] = {}
        """The modules around each node, by its id in the drawing."""
        self._owners: dict[int, Layer] = {}
        """The layer that has a tensor of the archive for its weight, by what the tensor is."""
        self._held: dict[int, tuple[Any, Tensor]] = {}
        """By what was given, which is kept so that no other takes its place in memory."""
        self.parameters: frozenset[str] = frozenset()
        """The fixed tensors that are learned, by their names in the archive."""

    def note(self, code: str, **values: str) -> None:
        """Note something that a person should know, once."""
        problem = Problem(code, values)
        if problem not in self.notes:
            self.notes.append(problem)

    def within(self, scope: Modules, before: int) -> None:
        """Note in which modules the nodes lie that were drawn since there were so many."""
        for id in [*self.drawing.nodes][before:]:
            self._scopes.setdefault(id, scope)

    # What TensorCalls asks for

    def draw(self, layer: Layer, inputs: Mapping[str, Any]) -> dict[str, Any]:
        """Draw an operation and return what it gives, by its ports."""
        self.calls.check(None, LAYERS[layer.kind], layer.arguments)
        return self._drawn(layer, inputs)

    def spec(self, tensor: Any) -> TensorSpec | None:
        """Return the shape of a tensor, where it is known."""
        if isinstance(tensor, Tensor):
            return tensor.spec
        if isinstance(tensor, Filled):
            return TensorSpec(tensor.shape, tensor.dtype)
        if isinstance(tensor, np.ndarray):
            dtype = "int64" if tensor.dtype == object else _usual(str(tensor.dtype))
            return TensorSpec(tensor.shape, dtype)
        return None

    def like_size(self, node: ast.AST, size: Expression, rank: int = 0) -> tuple[Any, int]:
        """Return a tensor of the drawing that has a size; with a rank, the last of that rank."""
        known = [each for each in self.drawing.tensors if each.spec and size in each.spec.shape]
        if rank:
            known = [each for each in reversed(known) if each.spec and each.spec.rank == rank]
        for tensor in known:
            assert tensor.spec is not None
            return tensor, tensor.spec.shape.index(size)
        raise unread(None, "import_size_unknown")

    # Layers

    def layer(
        self,
        kind: str,
        arguments: Mapping[str, Any],
        inputs: Mapping[str, Any],
        weights: Mapping[str, Array],
        names: Sequence[str] = (),
        shared: Array | None = None,
    ) -> dict[str, Tensor]:
        """Draw a layer that holds these weights; the same ones again are shared.

        ``names`` are those of its weights in the archive, of which it takes its own. Where its
        only weight is ``shared`` with a layer of another kind, it has that of the other.
        """
        given = {key: _plain(value) for key, value in arguments.items()}
        key = (kind, *names, *sorted((name, str(value)) for name, value in given.items()))
        layer = self._layers.get(key) if names else None
        if layer is None:
            owner = self._owners.get(id(shared)) if shared is not None else None
            is_tied = owner is not None and owner.kind != kind and len(weights) == 1
            layer = Layer(kind, given, name=self._name(names))
            if is_tied:
                layer.weights_of = owner
            else:
                self._weights[id(layer)] = {
                    name: np.ascontiguousarray(value) for name, value in weights.items()
                }
            if shared is not None:
                self._owners.setdefault(id(shared), layer)
            self._layers[(*key, id(layer)) if not names else key] = layer
        self.calls.check(None, LAYERS[kind], given)
        return self._drawn(layer, inputs)

    def _name(self, names: Sequence[str]) -> str:
        """Return the name of a layer, from the names of its weights where they tell one."""
        for each in names:
            path = _WEIGHT.sub("", each)
            if path != each and path:
                return _WORDS.sub("_", path).strip("_")
        return ""

    def _drawn(self, layer: Layer, inputs: Mapping[str, Any]) -> dict[str, Tensor]:
        tensors = {port: self.tensor(each) for port, each in inputs.items()}
        found = self.drawing.layer(layer, tensors)
        if any(each.spec is None for each in tensors.values()):
            raise unread(None, "import_shape_unknown")
        return found

    # Tensors

    def tensor(self, value: Any) -> Tensor:
        """Return a tensor of the drawing; one that is fixed is drawn where it is used first."""
        if isinstance(value, Tensor):
            return value
        found = self._held.get(id(value))
        if found is None:
            found = self._held[id(value)] = (value, self._fixed(value))
        return found[1]

    def _fixed(self, value: Any) -> Tensor:
        if isinstance(value, Filled):
            return self._filled(value)
        if not isinstance(value, np.ndarray):
            raise unread(None, "import_shape_unknown")
        if value.dtype == object:
            return self._row(value)
        if value.size and (value == value.flat[0]).all():
            return self._filled(Filled(value.flat[0].item(), value.shape, str(value.dtype)))
        return self.held(value, is_learned=False)

    def _filled(self, value: Filled) -> Tensor:
        sizes = tuple(str(each) if isinstance(each, Expression) else each for each in value.shape)
        if not all(isinstance(each, int) or is_symbol(each) for each in sizes):
            raise unread(None, "import_size_unknown")
        number = value.value
        if isinstance(number, bool):
            number = int(number)
        dtype = _usual(value.dtype)
        arguments: dict[str, Value] = {"shape": sizes, "value": number, "dtype": dtype}
        return self._drawn(Layer("Constant", arguments), {})["output"]

    def _row(self, value: Array) -> Tensor:
        """Draw one size as a tensor: so many ones, summed up."""
        size = value.reshape(-1)[0] if value.size == 1 else None
        if not isinstance(size, Expression) or value.ndim:
            raise unread(None, "import_size_unknown")
        ones = self._filled(Filled(1, (size,), "int64"))
        made: Tensor = self.calls.one("Sum", {"dim": (0,), "keepdim": False}, input=ones)
        return made

    def held(self, value: Array, *, is_learned: bool, names: Sequence[str] = ()) -> Tensor:
        """Draw a tensor that the model holds, learned or only kept."""
        if not value.ndim:
            value = value.reshape(1)
        dtype = _usual(str(value.dtype))
        if dtype not in FLOATING and value.size and np.abs(value.astype(np.int64)).max() > _WHOLE:
            raise unread(None, "import_too_large")
        kind = "Parameter" if is_learned and dtype in FLOATING else "Buffer"
        layer = Layer(kind, {"shape": value.shape}, name=self._name(names))
        self._weights[id(layer)] = {"": value.astype(np.float32)}
        made: Tensor = self._drawn(layer, {})["output"]
        return made if dtype in FLOATING else self.calls.one("Cast", {"dtype": dtype}, input=made)

    def is_own(self, name: str) -> bool:
        """Tell whether a fixed tensor of a file has a name that a model would give it."""
        return name in self.parameters and not _MADE.match(name)

    def learned(self, value: Array, name: str, *, is_own: bool) -> Tensor:
        """Draw a tensor of the archive, once; one that the model itself holds is learned."""
        found = self._held.get(id(value))
        if found is None:
            if not is_own and value.size and bool((value == value.flat[0]).all()):
                made = self._fixed(value)
            else:
                made = self.held(value, is_learned=is_own, names=[name])
            found = self._held[id(value)] = (value, made)
        return found[1]

    # What is not known

    def unknown(
        self, operation: Operation, given: Sequence[Any], specs: Sequence[TensorSpec | None]
    ) -> list[Tensor]:
        """Draw a custom layer in the place of an operation, whose text is yet to be written."""
        tensors = [self.tensor(each) for each in given if each is not None]
        name = "".join(part.capitalize() for part in re.findall(r"[A-Za-z0-9]+", operation.kind))
        name = f"Unknown{name}" if not name[:1].isalpha() else name
        count = max(1, len(operation.outputs))
        id = f"{name.lower()}_{len(tensors)}_{count}"
        if id not in self.custom:
            taken = {each.name for each in self.custom.values()}
            name = free_name(name, taken) if name in taken else name
            text = _to_be_written(name, operation.kind, len(tensors), count)
            self.custom[id] = CustomLayer(id, text)
        stand_in = Instance(Class(_CLASS, Scope()), name=_WORDS.sub("_", operation.name))
        ports = ["output"] if count == 1 else [f"output{each}" for each in range(1, count + 1)]
        inputs = {f"x{place}": each for place, each in enumerate(tensors, 1)}
        if not inputs:
            raise unread(None, "import_gives_no_tensor")
        outputs = dict(zip(ports, [*specs, *([None] * count)], strict=False))
        found = self.drawing.block(stand_in, custom_kind(id), {}, {}, inputs, outputs)
        return [*found.values()]

    # The end

    def finished(self, title: str) -> ReadArchive:
        """Return the project, without what nothing reads, and the weights of its nodes."""
        self._prune()
        weights = {
            each.name: self._weights[id(each.source)]
            for each in self.drawing.nodes.values()
            if not each.shares and self._weights.get(id(each.source))
        }
        network = self.drawing.network("main", title)
        used = {each.kind for each in network.nodes.values()}
        layers = {id: each for id, each in self.custom.items() if custom_kind(id) in used}
        by_id = {id: weights[each.name] for id, each in network.nodes.items()
                 if each.name in weights}  # fmt: skip
        names = {self.drawing.nodes[id].name: scope for id, scope in self._scopes.items()
                 if id in self.drawing.nodes}  # fmt: skip
        scopes = {id: names[each.name] for id, each in network.nodes.items() if each.name in names}
        project = Project({"main": network}, "main", layers=layers)
        flat = ReadArchive(project, title, by_id, tuple(self.notes))
        return flat if layers else _in_blocks(flat, scopes)

    def _prune(self) -> None:
        """Take away what leads to no Output."""
        nodes, edges = self.drawing.nodes, self.drawing.edges
        sources: dict[str, list[str]] = {}
        for target, source in edges.items():
            sources.setdefault(target.node, []).append(source.node)
        waiting = [id for id, each in nodes.items() if each.kind == "Output"]
        kept = {id for id, each in nodes.items() if each.kind == "Input"}
        while waiting:
            id = waiting.pop()
            if id not in kept:
                kept.add(id)
                waiting += sources.get(id, ())
                waiting += [nodes[id].shares] if nodes[id].shares else []
        for target in [each for each in edges if each.node not in kept]:
            del edges[target]
        for id in [each for each in nodes if each not in kept]:
            self.drawing.forget(id)

    def source_of(self, tensor: Tensor) -> tuple[str, Mapping[str, Any], Port | None]:
        """Return the kind of node that gives a tensor, its arguments, and what goes into it."""
        drawn = self.drawing.nodes[tensor.port.node]
        return drawn.kind, drawn.arguments, self.drawing.edges.get(Port(drawn.id, "input"))

    def at(self, port: Port) -> Tensor:
        """Return the tensor that a port gives."""
        return next(each for each in reversed(self.drawing.tensors) if each.port == port)


def _in_blocks(flat: ReadArchive, scopes: Mapping[str, Modules]) -> ReadArchive:
    """Return the same model with its modules as blocks, where it is the same with them."""
    inference = infer_project(flat.project)
    if inference.has_errors:
        return flat
    networks, origins = with_blocks(inference, scopes)
    project = replace(flat.project, networks=networks)
    if len(networks) == 1 or not agree(inference, infer_project(project)):
        return flat
    weights = {path: flat.weights[id] for path, id in origins.items() if id in flat.weights}
    return replace(flat, project=project, weights=weights)


_CLASS: Final = ast.ClassDef(name="Unknown", bases=[], keywords=[], body=[], decorator_list=[])


def _usual(dtype: str) -> str:
    """Return the dtype of the drawing: real numbers are of float32, as layers are."""
    if dtype in FLOATING:
        return "float32"
    return {"uint16": "int32", "uint32": "int64", "uint64": "int64"}.get(dtype, dtype)


def usual(spec: TensorSpec) -> TensorSpec:
    """Return the shape with the dtype that a drawing has for it."""
    return TensorSpec(spec.shape, _usual(spec.dtype))


def _plain(value: Any) -> Any:
    """Return an argument as the catalogue has it."""
    if isinstance(value, tuple | list):
        return tuple(_plain(each) for each in value)
    if isinstance(value, np.generic):
        return value.item()
    return value


def _to_be_written(name: str, kind: str, inputs: int, outputs: int) -> str:
    given = ", ".join(f"x{each}" for each in range(1, inputs + 1))
    result = "x1" if outputs == 1 else f"({', '.join(['x1'] * outputs)})"
    return (
        f"class {name}(nn.Module):\n"
        f'    """Stands for {_WORDS.sub(" ", kind)}: what it computes is yet to be written."""\n\n'
        f"    def forward(self, {given}):\n"
        f'        raise NotImplementedError("{name} is yet to be written")\n'
        f"        return {result}\n"
    )


def sizes_of(value: Any) -> list[Dim]:
    """Return the sizes that a fixed tensor holds; raises ``UnreadError`` where they are none."""
    if not isinstance(value, np.ndarray):
        raise unread(None, "import_depends_on_values")
    found: list[Dim] = []
    for each in value.reshape(-1).tolist():
        if not isinstance(each, int | Expression) or isinstance(each, bool):
            raise unread(None, "import_size_unknown")
        found.append(each)
    return found


def name_of(name: str) -> str:
    """Return a name of an archive as one of Python."""
    return _WORDS.sub("_", name).strip("_") or "x"
