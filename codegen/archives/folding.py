"""Operations on fixed tensors and on sizes are done at once; sizes may be symbols."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np

from codegen.archives.graph import Array, Operation
from codegen.archives.onnx_file import DTYPES
from graph_model.dims import Expression

_LARGEST: Final = 1 << 26
"""How many elements a result may have."""
Given = Sequence[Any]


def folded(operation: Operation, given: Given, version: int) -> list[Array] | None:
    """Return what an operation gives of fixed tensors; ``None`` where that is not known here."""
    work = _FOLDS.get(operation.kind)
    arrays = [each for each in given if each is not None]
    if work is None or not all(isinstance(each, np.ndarray) for each in arrays):
        return None
    if sum(each.size for each in arrays) > _LARGEST:
        return None
    try:
        with np.errstate(all="ignore"):
            found = work(operation, given, version)
    except (TypeError, ValueError, IndexError, ArithmeticError, AttributeError):
        return None
    several = found if isinstance(found, list) else [found]
    if any(each.size > _LARGEST for each in several):
        return None
    return [_settled(np.asarray(each)) for each in several]


def _settled(value: Array) -> Array:
    """Return numbers without symbols as whole ones."""
    if value.dtype == object and not any(isinstance(each, Expression) for each in value.flat):
        is_bool = all(isinstance(each, bool | np.bool_) for each in value.flat)
        return value.astype(bool if is_bool and value.size else np.int64)
    return value


def axes_of(operation: Operation, given: Given, place: int = 1) -> list[int] | None:
    """Return the axes of an operation, an attribute once and an input since."""
    if len(given) > place and isinstance(given[place], np.ndarray):
        return [int(each) for each in given[place].reshape(-1)]
    found = operation.attributes.get("axes")
    return None if found is None else [int(each) for each in found]


def _both(work: Callable[[Any, Any], Any]) -> Callable[[Operation, Given, int], Array]:
    def done(operation: Operation, given: Given, version: int) -> Array:
        one, other = given
        if math.prod(np.broadcast_shapes(one.shape, other.shape)) > _LARGEST:
            raise ValueError
        return np.asarray(work(one, other))

    return done


def _one(work: Callable[[Any], Any]) -> Callable[[Operation, Given, int], Array]:
    return lambda operation, given, version: np.asarray(work(given[0]))


def _divided(one: Array, other: Array) -> Any:
    if one.dtype == object or other.dtype == object:
        return np.frompyfunc(_whole_quotient, 2, 1)(one, other)
    if one.dtype.kind in "iu":
        return (np.sign(one) * np.sign(other) * (np.abs(one) // np.abs(other))).astype(one.dtype)
    return one / other


def _whole_quotient(one: Any, other: Any) -> Any:
    if isinstance(other, Expression):
        if one == other:
            return 1
        raise ValueError
    return one // other


def _same(one: Array, other: Array) -> Any:
    if one.dtype == object or other.dtype == object:
        return np.frompyfunc(_is_same, 2, 1)(one, other)
    return one == other


def _is_same(one: Any, other: Any) -> bool:
    """Tell whether two sizes are the same; a symbol is no number that is not positive."""
    if one == other:
        return True
    numbers = [each for each in (one, other) if not isinstance(each, Expression)]
    if len(numbers) == 2 or (numbers and numbers[0] <= 0):
        return False
    raise ValueError


def _where(operation: Operation, given: Given, version: int) -> Array:
    condition, one, other = given
    return np.asarray(np.where(condition.astype(bool), one, other))


def _cast(operation: Operation, given: Given, version: int) -> Array:
    value = given[0]
    name = DTYPES[int(operation.attributes["to"])]
    if value.dtype == object:
        if name not in ("int64", "int32", "float32"):
            raise ValueError
        return np.asarray(value)
    return np.asarray(value.astype("float32" if name == "bfloat16" else name))


def _gather(operation: Operation, given: Given, version: int) -> Array:
    axis = int(operation.attributes.get("axis", 0))
    return np.asarray(np.take(given[0], given[1].astype(np.int64), axis=axis))


def _concat(operation: Operation, given: Given, version: int) -> Array:
    return np.concatenate(given, axis=int(operation.attributes["axis"]))


def _slice(operation: Operation, given: Given, version: int) -> Array:
    index: list[Any] = [slice(None)] * given[0].ndim
    for axis, start, end, step in slices(operation, given, given[0].ndim):
        if any(isinstance(each, Expression) for each in (start, end)):
            raise ValueError
        index[axis] = slice(start, None if step < 0 and end < -given[0].shape[axis] else end, step)
    return np.asarray(given[0][tuple(index)])


def slices(operation: Operation, given: Given, rank: int) -> list[tuple[int, Any, Any, int]]:
    """Return the axis, start, end and step of each part of a Slice, in any opset."""
    if len(given) < 2:
        found = operation.attributes
        starts, ends = [*found["starts"]], [*found["ends"]]
        axes = [*found.get("axes", range(len(starts)))]
        steps = [1] * len(starts)
    else:
        rows: list[Any] = [_listed(each) for each in given[1:]]
        starts, ends, *rest = rows
        axes = rest[0] if rest and rest[0] is not None else [*range(len(starts))]
        steps = rest[1] if len(rest) > 1 and rest[1] is not None else [1] * len(starts)
    return [
        (int(axis) % max(rank, 1), start, end, int(step))
        for axis, start, end, step in zip(axes, starts, ends, steps, strict=True)
    ]


def _listed(row: Array | None) -> list[Any] | None:
    return None if row is None else row.reshape(-1).tolist()


def _squeeze(operation: Operation, given: Given, version: int) -> Array:
    axes = axes_of(operation, given)
    return np.asarray(np.squeeze(given[0], None if axes is None else tuple(axes)))


def _unsqueeze(operation: Operation, given: Given, version: int) -> Array:
    return np.expand_dims(given[0], tuple(axes_of(operation, given) or ()))


def _reshape(operation: Operation, given: Given, version: int) -> Array:
    sizes = [int(each) for each in given[1].reshape(-1)]
    if not operation.attributes.get("allowzero"):
        sizes = [each or given[0].shape[at] for at, each in enumerate(sizes)]
    return np.asarray(given[0].reshape(sizes))


def _transpose(operation: Operation, given: Given, version: int) -> Array:
    return np.transpose(given[0], operation.attributes.get("perm"))


def _expand(operation: Operation, given: Given, version: int) -> Array:
    sizes = [int(each) for each in given[1].reshape(-1)]
    shape = np.broadcast_shapes(given[0].shape, tuple(sizes))
    if math.prod(shape) > _LARGEST:
        raise ValueError
    return np.ascontiguousarray(np.broadcast_to(given[0], shape))


def _range(operation: Operation, given: Given, version: int) -> Array:
    start, end, step = (each.reshape(()).item() for each in given)
    if not step or (end - start) / step > _LARGEST:
        raise ValueError
    return np.arange(start, end, step, dtype=given[0].dtype)


def _filled(operation: Operation, given: Given, version: int) -> Array:
    sizes = [int(each) for each in given[0].reshape(-1)]
    if math.prod(sizes) > _LARGEST or any(each < 0 for each in sizes):
        raise ValueError
    value = operation.attributes.get("value")
    number = np.zeros(1, np.float32) if value is None else value
    return np.full(sizes, number.reshape(-1)[0], number.dtype)


def _triangle(operation: Operation, given: Given, version: int) -> Array:
    k = int(given[1].reshape(())) if len(given) > 1 and given[1] is not None else 0
    work = np.triu if operation.attributes.get("upper", 1) else np.tril
    return np.asarray(work(given[0], k))


def _constant(operation: Operation, given: Given, version: int) -> Array:
    found = operation.attributes
    if "value" in found:
        return np.asarray(found["value"])
    for name, dtype in (("value_float", "float32"), ("value_floats", "float32"),
                        ("value_int", "int64"), ("value_ints", "int64")):  # fmt: skip
        if name in found:
            return np.asarray(found[name], dtype)
    raise ValueError


def _product(operation: Operation, given: Given, version: int) -> Array:
    axes, keep = axes_of(operation, given), bool(operation.attributes.get("keepdims", 1))
    axis = None if axes is None else tuple(axes)
    return np.asarray(np.prod(given[0], axis=axis, keepdims=keep))


def _tile(operation: Operation, given: Given, version: int) -> Array:
    times = [int(each) for each in given[1].reshape(-1)]
    if given[0].size * math.prod(times) > _LARGEST:
        raise ValueError
    return np.tile(given[0], times)


_FOLDS: Final[Mapping[str, Callable[[Operation, Given, int], Any]]] = {
    "Constant": _constant,
    "Identity": _one(lambda x: x),
    "Add": _both(lambda x, y: x + y),
    "Sub": _both(lambda x, y: x - y),
    "Mul": _both(lambda x, y: x * y),
    "Div": _both(_divided),
    "Mod": _both(lambda x, y: x % y),
    "Pow": _both(lambda x, y: x**y),
    "Min": _both(np.minimum),
    "Max": _both(np.maximum),
    "Equal": _both(_same),
    "Less": _both(lambda x, y: x < y),
    "LessOrEqual": _both(lambda x, y: x <= y),
    "Greater": _both(lambda x, y: x > y),
    "GreaterOrEqual": _both(lambda x, y: x >= y),
    "And": _both(np.logical_and),
    "Or": _both(np.logical_or),
    "Not": _one(np.logical_not),
    "Neg": _one(lambda x: -x),
    "Abs": _one(np.abs),
    "Sqrt": _one(np.sqrt),
    "Exp": _one(np.exp),
    "Log": _one(np.log),
    "Sin": _one(np.sin),
    "Cos": _one(np.cos),
    "Floor": _one(lambda x: x if x.dtype == object else np.floor(x)),
    "Ceil": _one(np.ceil),
    "Reciprocal": _one(lambda x: 1 / x),
    "Where": _where,
    "Cast": _cast,
    "Gather": _gather,
    "Concat": _concat,
    "Slice": _slice,
    "Squeeze": _squeeze,
    "Unsqueeze": _unsqueeze,
    "Reshape": _reshape,
    "Transpose": _transpose,
    "Expand": _expand,
    "Range": _range,
    "ConstantOfShape": _filled,
    "Trilu": _triangle,
    "ReduceProd": _product,
    "Tile": _tile,
    "Shape": lambda operation, given, version: np.array(given[0].shape, np.int64),
    "Size": lambda operation, given, version: np.array(given[0].size, np.int64),
}
"""What is done with fixed tensors, by the operators of ONNX."""
