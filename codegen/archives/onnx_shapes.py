"""Operators of ONNX that rearrange, part, join and choose."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from codegen.archives.folding import axes_of, slices
from codegen.archives.graph import Filled
from codegen.archives.onnx_layers import embedding
from codegen.archives.sketch import sizes_of
from codegen.archives.step import Step
from codegen.importing.values import Tensor
from graph_model.dims import Dim, Expression

_END: Final = (1 << 31) - 1
"""From here on the end of a slice is that of the tensor."""


def _shape(step: Step) -> Any:
    shape = step.spec(0).shape
    part = shape[step.attribute("start", 0) : step.attribute("end", len(shape))]
    return _row(part)


def _row(sizes: tuple[Dim, ...]) -> Any:
    """Return sizes as a fixed tensor, of symbols where some are none."""
    if all(isinstance(each, int) for each in sizes):
        return np.array(sizes, np.int64)
    found = np.empty(len(sizes), object)
    for place, each in enumerate(sizes):
        found[place] = each
    return found


def _reshape(step: Step) -> Any:
    if step.version < 5:
        raise step.unfit("it is of an opset before 5")
    sizes, shape = sizes_of(step.given[1]), step.spec(0).shape
    if not step.attribute("allowzero", 0):
        sizes = [
            shape[place] if size == 0 and place < len(shape) else size
            for place, size in enumerate(sizes)
        ]
    value = step.given[0]
    if isinstance(value, Filled) and -1 not in sizes:
        return Filled(value.value, tuple(sizes), value.dtype)
    if (undone := _undone(step, sizes)) is not None:
        return undone
    return step.call("reshape", step.x, tuple(sizes))


def _undone(step: Step, sizes: list[Dim]) -> Tensor | None:
    """Return the tensor that was reshaped just before, where this gives it its shape again."""
    kind, _, before = step.sketch.source_of(step.x)
    if kind not in ("Flatten", "Unflatten", "Reshape", "Unsqueeze", "Squeeze") or before is None:
        return None
    tensor = step.sketch.at(before)
    return tensor if tensor.spec and [*tensor.spec.shape] == sizes else None


def _flatten(step: Step) -> Any:
    axis = int(step.attribute("axis", 1))
    axis = axis + step.rank if axis < 0 else axis
    if axis == 1:
        return step.x if step.rank == 2 else step.one("Flatten", {"start_dim": 1}, input=step.x)
    x = step.x
    if axis < step.rank - 1:
        x = step.one("Flatten", {"start_dim": axis}, input=x)
    if axis == 0:
        return step.one("Unsqueeze", {"dim": 0}, input=x)
    return step.one("Flatten", {"start_dim": 0, "end_dim": axis - 1}, input=x)


def _transpose(step: Step) -> Any:
    order = [int(each) for each in step.attribute("perm") or [*range(step.rank)][::-1]]
    moved = [place for place, each in enumerate(order) if place != each]
    if not moved:
        return step.x
    if len(moved) == 2:
        return step.one("Transpose", {"dim0": moved[0], "dim1": moved[1]}, input=step.x)
    return step.one("Permute", {"dims": tuple(order)}, input=step.x)


def _squeeze(step: Step) -> Any:
    shape, axes = step.spec(0).shape, axes_of(step.operation, step.given)
    if axes is None:
        axes = [place for place, size in enumerate(shape) if size == 1]
    dims = sorted((each % len(shape) for each in axes), reverse=True)
    x: Any = step.x
    for dim in dims:
        kind, arguments, before = step.sketch.source_of(x)
        rank = step.calls.rank(None, x)  # type: ignore[arg-type]
        if kind == "Unsqueeze" and before is not None and arguments["dim"] % rank == dim:
            x = step.sketch.at(before)
        else:
            x = step.one("Squeeze", {"dim": dim}, input=x)
    return x


def _unsqueeze(step: Step) -> Any:
    axes = axes_of(step.operation, step.given) or []
    rank, value = step.rank + len(axes), step.given[0]
    dims = sorted(each % rank for each in axes)
    if isinstance(value, Filled):
        sizes = [*value.shape]
        for dim in dims:
            sizes.insert(dim, 1)
        return Filled(value.value, tuple(sizes), value.dtype)
    x: Any = step.x
    for dim in dims:
        x = step.one("Unsqueeze", {"dim": dim}, input=x)
    return x


def _concat(step: Step) -> Any:
    tensors = [step.held(place) for place in range(len(step.given)) if step.has(place)]
    if len(tensors) == 1:
        return tensors[0]
    return step.call("cat", tensors, dim=step.axis(0))


def _split(step: Step) -> Any:
    axis, count = step.axis(0), len(step.operation.outputs)
    given = [*step.fixed(1).reshape(-1)] if step.has(1) else step.attribute("split")
    sizes = [int(each) for each in given] if given is not None else []
    if not sizes or len(set(sizes)) == 1:
        whole = step.spec(0).shape[axis]
        if isinstance(whole, int) and whole % count:
            size = -(-whole // count)
            sizes = [size] * (whole // size) + ([whole % size] if whole % size else [])
        else:
            return [*step.call("chunk", step.x, count, axis)]
    return [*step.call("split", step.x, tuple(sizes), axis)]


def _slice(step: Step) -> Any:
    x: Any = step.x
    for axis, start, end, every in slices(step.operation, step.given, step.rank):
        size = step.calls.known(None, x).shape[axis]  # type: ignore[arg-type]
        if every == -1 and start in (-1, _END) and isinstance(end, int) and end < -_END // 2:
            x = step.one("Flip", {"dims": (axis,)}, input=x)
            continue
        if every < 1:
            raise step.unfit("it goes backwards through a part")
        if isinstance(size, int) and isinstance(start, int) and isinstance(end, int):
            start, end, _ = slice(start, end).indices(size)
        is_whole = end == size or (isinstance(end, int) and end >= _END)
        stop = None if is_whole else end
        if start == 0 and stop is None and every == 1:
            continue
        arguments = {"dim": axis, "start": start, "end": stop, "step": every}
        x = step.one("Slice", arguments, input=x)
    return x


def _gather(step: Step) -> Any:
    table, index = step.given[0], step.given[1]
    axis = int(step.attribute("axis", 0)) % max(step.rank, 1)
    if isinstance(table, np.ndarray) and axis == 0 and not isinstance(index, np.ndarray):
        if table.ndim == 2 and table.dtype.kind == "f":
            return embedding(step, table, step.tensor(1))
        return step.one("Lookup", {}, input=step.held(0), index=step.tensor(1))
    if isinstance(index, np.ndarray) and index.dtype != object:
        return _chosen(step, axis, index)
    if axis == 0:
        return step.one("Lookup", {}, input=step.held(0), index=step.tensor(1))
    if step.spec(1).rank == 1:
        return step.one("IndexSelect", {"dim": axis}, input=step.held(0), index=step.tensor(1))
    raise step.unfit("its indices have several dimensions")


def _chosen(step: Step, axis: int, index: Any) -> Any:
    """Draw elements whose places are fixed: one, a part, or any."""
    x, places = step.held(0), [int(each) for each in index.reshape(-1)]
    if index.ndim == 0:
        return step.one("Select", {"dim": axis, "index": places[0]}, input=x)
    if index.ndim == 1 and places == [*range(places[0], places[0] + len(places))]:
        end = places[-1] + 1
        arguments = {"dim": axis, "start": places[0], "end": end or None, "step": 1}
        return step.one("Slice", arguments, input=x)
    if index.ndim != 1:
        raise step.unfit("its indices have several dimensions")
    size = step.spec(0).shape[axis]
    if any(each < 0 for each in places) and isinstance(size, int):
        index = index % size
    held = step.sketch.tensor(index.astype(np.int64))
    return step.one("IndexSelect", {"dim": axis}, input=x, index=held)


def _expand(step: Step) -> Any:
    sizes, own, value = sizes_of(step.given[1]), step.spec(0).shape, step.given[0]
    lead = len(sizes) - len(own)
    if lead < 0:
        sizes, lead = [*([1] * -lead), *sizes], 0
    wanted = [
        own[place - lead] if place >= lead and size == 1 else size
        for place, size in enumerate(sizes)
    ]
    if isinstance(value, np.ndarray) and value.size == 1 and value.dtype != object:
        return Filled(value.reshape(-1)[0].item(), tuple(wanted), str(value.dtype))
    if isinstance(value, Filled):
        return Filled(value.value, tuple(wanted), value.dtype)
    if [*own] == wanted:
        return step.x
    return step.call("expand", step.held(0), *wanted)


def _tile(step: Step) -> Any:
    return step.call("repeat", step.x, *sizes_of(step.given[1]))


def _range(step: Step) -> Any:
    start, end, every = (_scalar(step.given[place]) for place in range(3))
    if start != 0 or every != 1 or not isinstance(end, Expression):
        raise step.unfit("its ends are not known")
    like, dim = step.calls.like_size(None, end)  # type: ignore[arg-type]
    return step.one("Positions", {"dim": dim}, input=like)


def _scalar(value: Any) -> Any:
    is_one = isinstance(value, np.ndarray) and value.size == 1
    found = value.reshape(-1)[0] if is_one else None
    return found.item() if isinstance(found, np.generic) else found


def _constant_of_shape(step: Step) -> Any:
    value = step.attribute("value")
    number = np.zeros(1, np.float32) if value is None else value
    return Filled(number.reshape(-1)[0].item(), tuple(sizes_of(step.given[0])), str(number.dtype))


def _triangle(step: Step) -> Any:
    k, is_upper = int(step.number(1, 0)), bool(step.attribute("upper", 1))
    value = step.given[0]
    if isinstance(value, Filled) and (mask := _mask(step, value, k, is_upper)) is not None:
        return mask
    kind = "Triu" if is_upper else "Tril"
    x = step.x
    if step.spec(0).dtype == "bool":
        made = step.one(kind, {"diagonal": k}, input=step.calls.cast(x, "int64"))
        return step.calls.cast(made, "bool")
    return step.one(kind, {"diagonal": k}, input=x)


def _mask(step: Step, value: Filled, k: int, is_upper: bool) -> Any:
    """Draw a triangle of ones as the mask of what comes later in a sequence, or its opposite."""
    size = value.shape[-1]
    is_square = len(value.shape) == 2 and value.shape[0] == size and value.value == 1
    if not is_square or not isinstance(size, Expression) or k != int(is_upper):
        return None
    like, dim = step.calls.like_size(None, size)  # type: ignore[arg-type]
    later = step.one("CausalMask", {"dim": dim}, input=like)
    found = later if is_upper else step.one("LogicalNot", {}, input=later)
    return step.calls.cast(found, "float32" if value.dtype.startswith("float") else value.dtype)


def _one_hot(step: Step) -> Any:
    values = step.fixed(2).reshape(-1).tolist()
    if (
        values != [0, 1]
        or step.axis(-1) not in (step.rank, step.rank - 1, 0)
        or int(step.attribute("axis", -1)) not in (-1, step.rank)
    ):
        raise step.unfit("its values are not 0 and 1 along the last dimension")
    index = step.calls.cast(step.x, "int64")
    made = step.one("OneHot", {"num_classes": int(step.number(1))}, input=index)
    return step.calls.cast(made, "float32" if step.fixed(2).dtype.kind == "f" else "int64")


def _gather_elements(step: Step) -> Any:
    index = step.calls.cast(step.tensor(1), "int64")
    return step.one("TakeAlongDim", {"dim": step.axis(0)}, input=step.held(0), index=index)


def _einsum(step: Step) -> Any:
    tensors = [step.held(place) for place in range(len(step.given))]
    equation = step.attribute("equation").replace(" ", "")
    return step.call("einsum", equation, *tensors)


def _attention(step: Step) -> Any:
    """Draw what was found to be attention, over the query, keys, values and a mask."""
    inputs = {"query": step.tensor(0), "key": step.tensor(1), "value": step.tensor(2)}
    if step.has(3):
        inputs["attn_mask"] = step.tensor(3)
    width = step.spec(0).shape[-1]
    scale = step.attribute("scale")
    arguments: dict[str, Any] = {"is_causal": bool(step.attribute("is_causal", False))}
    is_usual = isinstance(width, int) and math.isclose(scale, width**-0.5, rel_tol=1e-5)
    if not is_usual:
        arguments["scale"] = float(scale)
    return step.one("ScaledDotProductAttention", arguments, **inputs)


SHAPES: Final[Mapping[str, Callable[[Step], Any]]] = {
    "Shape": _shape,
    "Reshape": _reshape,
    "Flatten": _flatten,
    "Transpose": _transpose,
    "Squeeze": _squeeze,
    "Unsqueeze": _unsqueeze,
    "Concat": _concat,
    "Split": _split,
    "Slice": _slice,
    "Gather": _gather,
    "GatherElements": _gather_elements,
    "Expand": _expand,
    "Tile": _tile,
    "Range": _range,
    "ConstantOfShape": _constant_of_shape,
    "Trilu": _triangle,
    "OneHot": _one_hot,
    "Einsum": _einsum,
    "Attention": _attention,
    "Identity": lambda step: step.given[0],
}
"""What draws each operator."""
