"""The shape rule of one node, run once more with numbers that remember where they come from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from graph_model.dims import Dim
from graph_model.explain.traced import bare, named
from graph_model.findings.results import Inference
from graph_model.frozen import frozen
from graph_model.inference.arguments import as_owner, worked_out
from graph_model.inference.named_sizes import sizes_known
from graph_model.layers.kind import LayerKind, Script
from graph_model.layers.use import Use
from graph_model.layers.weight import Weight
from graph_model.network import NodeId
from graph_model.tensors import TensorSpec
from graph_model.values import Arguments, Value

_LAYOUT: Final = re.compile(r"(N×[CT]|T×N)(×[CDHWL])*")


@frozen
class InputKey:
    """A variable that is a dimension of an input."""

    port: str
    index: int


@frozen
class ArgumentKey:
    """A variable that is an argument, or one of its several values."""

    parameter: str
    index: int | None = None


@frozen
class OwnKey:
    """A variable that is a number of the layer's own, such as the gates of an LSTM."""

    name: str


Key: TypeAlias = InputKey | ArgumentKey | OwnKey


@dataclass(slots=True)
class Watched(Use):
    """A use that notes how inputs are laid out, and what its numbers are called."""

    layouts: dict[str, str] = field(default_factory=dict)
    named: dict[str, tuple[Key, Any]] = field(default_factory=dict)

    def need_rank(self, rank: int, layout: str, port: str = "input") -> TensorSpec:
        """Note what the dimensions of an input are."""
        if _LAYOUT.fullmatch(layout):
            self.layouts[port] = layout
        return Use.need_rank(self, rank, layout, port)

    def infer(self, parameter: str, index: int, port: str = "input") -> int:
        """Go on with the size under the name of its parameter."""
        found: int = self.variable(ArgumentKey(parameter), Use.infer(self, parameter, index, port))
        return found

    def called(self, name: str, value: int) -> int:
        """Go on with a number of the layer's own under its name."""
        found: int = self.variable(OwnKey(name), value)
        return found

    def variable(self, key: Key, value: Any) -> Any:
        """Return a number as a variable."""
        self.named[repr(key)] = key, bare(value)
        return named(value, repr(key))


@frozen
class Trace:
    """What a rule stated, in traced numbers.

    ``named`` holds the key and the value of each variable by its name in their formulas.
    """

    kind: LayerKind
    ports: tuple[str, ...]
    outputs: Mapping[str, TensorSpec]
    weights: tuple[Weight, ...]
    inferred: Arguments
    named: Mapping[str, tuple[Key, Any]]
    layouts: Mapping[str, str]


def trace(inference: Inference, kind: LayerKind, id: NodeId) -> Trace:
    """Run the rule of a node of which the outputs are known.

    A layer of the user's own has no rule: its sizes have no formulas.
    """
    result = inference.nodes[id]
    ports = tuple(result.inputs)
    if isinstance(kind.form, Script):
        return Trace(kind, ports, result.outputs, result.weights, {}, {}, {})
    node = as_owner(inference.network, inference.network.nodes[id])
    sizes = sizes_known(inference)
    given, _ = worked_out(kind, node, inference.scope, sizes)
    use = Watched(kind.name, {}, {}, sizes_named=sizes)
    use.arguments = {name: _argument(use, name, value) for name, value in given.items()}
    use.inputs = {port: _input(use, port, spec) for port, spec in result.inputs.items()}
    stated = kind.rule(use)
    specs = (stated,) if isinstance(stated, TensorSpec) else tuple(stated)
    outputs = dict(zip(kind.outputs(given), specs, strict=True))
    return Trace(
        kind, ports, outputs, tuple(use.weights), use.sizes_inferred, use.named, use.layouts
    )


def _argument(use: Watched, name: str, value: Value) -> Value:
    if isinstance(value, tuple):
        return tuple(
            use.variable(ArgumentKey(name, index), entry) if isinstance(entry, int) else entry
            for index, entry in enumerate(value)
        )
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    found: Value = use.variable(ArgumentKey(name), value)
    return found


def _input(use: Watched, port: str, spec: TensorSpec) -> TensorSpec:
    dims: list[Dim] = [
        use.variable(InputKey(port, index), dim) for index, dim in enumerate(spec.shape)
    ]
    return spec.with_shape(*dims)
