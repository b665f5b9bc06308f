"""What each element sees of the network's inputs, through chains of convolutions and pooling.

An element at place ``i`` of an axis sees the places from ``start + i * jump`` on, ``size`` of
them (Araujo, Norris and Sim 2019, "Computing receptive fields of convolutional networks").
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Final, TypeAlias

from graph_model.arrangement import Arrangement
from graph_model.findings.results import Inference, NodeResult
from graph_model.frozen import frozen
from graph_model.inference.arguments import as_owner
from graph_model.inference.reading_order import reading_order
from graph_model.layers.convolution import added_padding
from graph_model.network import NodeId, Port
from graph_model.values import Arguments, Value


@frozen
class Axis:
    """What is seen along one spatial axis, in places of the input; the start may be padding."""

    size: int = 1
    jump: Fraction = Fraction(1)
    start: Fraction = Fraction(0)


Field: TypeAlias = tuple[Axis, ...]
"""One axis for each spatial dimension."""

_ELEMENTWISE: Final = frozenset({"activation", "dropout"})
_PASSING: Final = frozenset({
    "BatchNorm1d", "BatchNorm2d", "BatchNorm3d", "Identity", "Detach", "Cast", "AddNumber",
    "MultiplyByNumber", "DivideByNumber", "Clamp", "Negative", "Abs", "Square",
})  # fmt: skip
_ACROSS: Final = frozenset({"Softmax", "Softmin", "LogSoftmax", "GLU"})
_JOINING: Final = frozenset({"Add", "Subtract", "Multiply", "Maximum", "Minimum", "Concatenate"})


def receptive_fields(
    inference: Inference, given: Mapping[str, Field] | None = None
) -> Mapping[NodeId, Field]:
    """Return what an element of each node's first output sees, for nodes where that is limited.

    Within a block, ``given`` tells what elements of its Inputs see; normalisation over a batch
    is taken as it is when evaluated.
    """
    seen: dict[Port, Field] = {}
    for id in reading_order(inference):
        node, result = inference.network.nodes[id], inference.nodes[id]
        if not result.outputs:
            continue  # it has a problem
        edges = inference.structure.feeders[id]
        arriving = {edge.target.name: seen.get(edge.source) for edge in edges}
        found: Field | None
        if node.kind == "Input":
            found = (given or {}).get(node.name) if given is not None else _whole(result)
        elif result.passes:
            along = as_owner(inference.network, inference.network.nodes[id]).along
            found = _through(result, arriving, along)
        elif node.kind in inference.block.within:  # left out
            found = arriving.get(next(iter(result.inputs), ""))
        else:
            kind = inference.block.find(node.kind)
            found = _of_layer(node.kind, kind.family if kind else "", result, arriving)
        if found is not None:
            seen[Port(id, next(iter(result.outputs)))] = found
    return {port.node: field for port, field in seen.items()}


def _whole(result: NodeResult) -> Field | None:
    spec = result.outputs.get("output")
    return (Axis(),) * (spec.rank - 2) if spec and spec.rank > 2 else None


def _through(result: NodeResult, arriving: Mapping[str, Field | None], along: int) -> Field | None:
    """Go through a block of one output as often as it is repeated, or see all that each sees."""
    parts: list[Field] = []
    current = {name: field for name, field in arriving.items() if field is not None}
    found: Field | None = None
    for each in result.passes:
        outputs = each.inference.of_kind("Output")
        if len(outputs) != 1:
            return None
        source = each.inference.network.edges.get(Port(outputs[0].id, "input"))
        for _ in range(each.times):
            within = receptive_fields(each.inference, current)
            found = within.get(source.source.node) if source else None
            if found is None:
                return None
            parts.append(found)
            if not result.arrangement.is_parallel:
                current[next(iter(result.inputs))] = found
    if result.arrangement.is_parallel:
        is_stacked = result.arrangement is Arrangement.STACKED  # whose places are others
        is_summed = result.arrangement is Arrangement.SUMMED
        return None if is_stacked else _joined(parts, 1 if is_summed else along)
    return found


def _of_layer(
    kind: str, family: str, result: NodeResult, arriving: Mapping[str, Field | None]
) -> Field | None:
    fields = [field for field in arriving.values() if field is not None]
    if not fields or len(fields) < len(arriving):
        return None
    if kind in _JOINING:
        return _joined(fields, result.arguments.get("dim", 1))
    if kind in _PASSING or (family in _ELEMENTWISE and kind not in _ACROSS):
        return fields[0]
    arguments = result.arguments
    if family == "convolution" and "output_padding" in arguments:
        return _each(_spread, fields[0], arguments)
    if family in {"convolution", "pooling"} and {"kernel_size", "stride"} <= arguments.keys():
        is_unpool = "indices" in arriving or "output_ratio" in arguments
        return None if is_unpool else _each(_slid, fields[0], arguments)
    return None


def _joined(fields: list[Field], dim: Value) -> Field | None:
    """See all that any of the inputs sees, where they go along in step and are joined so."""
    if len({len(field) for field in fields}) > 1 or dim not in (None, 1):
        return None
    joined = []
    for axes in zip(*fields, strict=True):
        if len({axis.jump for axis in axes}) > 1:
            return None
        start = min(axis.start for axis in axes)
        end = max(axis.start + axis.size for axis in axes)
        joined.append(Axis(int(-(-(end - start) // 1)), axes[0].jump, start))
    return tuple(joined)


def _each(step: _Step, field: Field, arguments: Arguments) -> Field:
    names = ("kernel_size", "stride", "padding", "dilation")
    numbers = [_numbers(arguments, name, len(field)) for name in names]
    return tuple(step(axis, *window) for axis, *window in zip(field, *numbers, strict=True))


def _numbers(arguments: Arguments, name: str, length: int) -> tuple[int, ...]:
    """Return one number for each axis; the stride of pooling is the kernel where it is empty."""
    value = arguments.get(name, 0 if name == "padding" else 1)
    if value is None:
        return _numbers(arguments, "kernel_size", length)
    if name == "padding" and isinstance(value, str):
        return tuple(each // 2 for each in added_padding(arguments, length))
    if isinstance(value, tuple):
        return tuple(each for each in value if isinstance(each, int))
    assert isinstance(value, int)
    return (value,) * length


def _slid(axis: Axis, kernel: int, stride: int, padding: int, dilation: int) -> Axis:
    """See what a window sees that slides over the axis."""
    return Axis(
        axis.size + int(dilation * (kernel - 1) * axis.jump),
        axis.jump * stride,
        axis.start - padding * axis.jump,
    )


def _spread(axis: Axis, kernel: int, stride: int, padding: int, dilation: int) -> Axis:
    """See, at most, all elements that a transposed convolution spreads to one place."""
    span = dilation * (kernel - 1)
    return Axis(
        axis.size + int((span // stride) * axis.jump),
        axis.jump / stride,
        axis.start - ((span - padding) // stride) * axis.jump,
    )


_Step: TypeAlias = Callable[[Axis, int, int, int, int], Axis]
