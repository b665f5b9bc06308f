"""What exporters write as several operators and the catalogue has as one layer is found again.

Each pattern looks at the last of its operators and gives the one that takes its place; the others
lead to no output any more and are left out, unless something else reads them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np

from codegen.archives.folding import axes_of, folded
from codegen.archives.graph import Array, Graph, Operation

_CLOSE: Final = 1e-3


class Seen:
    """A graph while patterns are sought: what makes each tensor, and how many read it."""

    def __init__(self, graph: Graph) -> None:
        self.constants = graph.constants
        self.made = {name: each for each in graph.operations for name in each.outputs if name}
        self.read = Counter(name for each in graph.operations for name in each.inputs)
        self.read.update(graph.outputs)
        self.extra: dict[str, Operation] = {}
        """Operations that patterns need besides, by what they give."""

    def by(self, name: str, *kinds: str) -> Operation | None:
        """Return what makes a tensor, where it is of one of these kinds."""
        found = self.made.get(name)
        return found if found is not None and found.kind in kinds else None

    def array(self, name: str) -> Array | None:
        """Return a fixed tensor."""
        return self.constants.get(name)

    def number(self, name: str) -> float | None:
        """Return a fixed tensor of one element."""
        found = self.constants.get(name)
        return float(found.reshape(-1)[0]) if found is not None and found.size == 1 else None

    def is_number(self, name: str, value: float) -> bool:
        """Tell whether a tensor is this one number."""
        found = self.number(name)
        return found is not None and math.isclose(found, value, rel_tol=_CLOSE)

    def split(self, operation: Operation) -> tuple[str, float] | None:
        """Return the tensor and the number that an operation on two has."""
        one, other = operation.inputs[:2]
        for tensor, fixed in ((one, other), (other, one)):
            number = self.number(fixed)
            if number is not None:
                return tensor, number
        return None


def simplified(graph: Graph) -> None:
    """Do what is fixed, find layers in their parts, and leave out what leads to no output."""
    _fold(graph)
    seen = Seen(graph)
    for place, each in enumerate(graph.operations):
        work = _PATTERNS.get(each.kind, ())
        for pattern in work:
            if (found := pattern(seen, each)) is not None:
                graph.operations[place] = found
                seen.made.update(dict.fromkeys(found.outputs, found))
                break
    graph.operations = [*_with_extra(graph.operations, seen.extra)]
    _prune(graph)


def _with_extra(operations: list[Operation], extra: Mapping[str, Operation]) -> Iterator[Operation]:
    """Yield operations with those that patterns need, each before its first reader."""
    left = dict(extra)
    for each in operations:
        for name in each.inputs:
            if name in left:
                yield left.pop(name)
        yield each


def _fold(graph: Graph) -> None:
    rest = []
    for each in graph.operations:
        given = [graph.constants.get(name) if name else None for name in each.inputs]
        is_fixed = all(
            array is not None or not name for name, array in zip(each.inputs, given, strict=True)
        )
        found = folded(each, given, graph.version) if is_fixed else None
        if found is None or len(found) < len(each.outputs):
            rest.append(each)
        else:
            graph.constants.update(zip(each.outputs, found, strict=False))
    graph.operations = rest


def _prune(graph: Graph) -> None:
    wanted, rest = set(graph.outputs), []
    for each in reversed(graph.operations):
        if wanted.intersection(each.outputs):
            wanted.update(each.inputs)
            rest.append(each)
    graph.operations = rest[::-1]


def _instead(of: Operation, kind: str, inputs: list[str], **attributes: Any) -> Operation:
    return replace(of, kind=kind, inputs=inputs, attributes=attributes)


def _linear(seen: Seen, add: Operation) -> Operation | None:
    """Find ``x @ W + b``."""
    for product_name, bias_name in (add.inputs, add.inputs[::-1]):
        product, bias = seen.by(product_name, "MatMul"), seen.array(bias_name)
        if product is None or bias is None or seen.read[product_name] != 1:
            continue
        weight = seen.array(product.inputs[1])
        if weight is None or weight.ndim != 2 or product.inputs[0] in seen.constants:
            continue
        if bias.size == weight.shape[1] and bias.ndim and bias.shape[-1] == bias.size:
            found = _instead(add, "Linear", [*product.inputs, bias_name])
            return replace(found, name=product.name, scope=product.scope)
    return None


def _gelu(seen: Seen, last: Operation) -> Operation | None:
    """Find ``0.5 · x · (1 + erf(x / √2))`` in any order of its products."""
    factors = _factors(seen, last.outputs[0])
    numbers = [seen.number(each) for each in factors]
    scale = math.prod(each for each in numbers if each is not None)
    rest = [name for name, number in zip(factors, numbers, strict=True) if number is None]
    if len(rest) != 2 or not math.isclose(scale, 0.5, rel_tol=_CLOSE):
        return None
    for x, sum_name in (rest, rest[::-1]):
        add = seen.by(sum_name, "Add")
        parts = seen.split(add) if add else None
        if parts is None or parts[1] != 1:
            continue
        if (erf := seen.by(parts[0], "Erf")) and _is_scaled(seen, erf.inputs[0], x, 0.5**0.5):
            return _instead(last, "Gelu", [x])
        if (tanh := seen.by(parts[0], "Tanh")) and _is_cubic(seen, tanh.inputs[0], x):
            return _instead(last, "Gelu", [x], approximate="tanh")
    return None


def _factors(seen: Seen, name: str, depth: int = 0) -> list[str]:
    """Return what a product is of, the products within it taken apart."""
    product = seen.by(name, "Mul")
    if product is not None and depth < 3 and (not depth or seen.read[name] == 1):
        return [part for each in product.inputs for part in _factors(seen, each, depth + 1)]
    halved = seen.by(name, "Div") if depth else None
    if halved is not None and seen.is_number(halved.inputs[1], 2.0) and seen.read[name] == 1:
        half = "\0half"
        seen.constants.setdefault(half, np.array(0.5, np.float32))
        return [*_factors(seen, halved.inputs[0], depth + 1), half]
    return [name]


def _is_scaled(seen: Seen, name: str, x: str, factor: float) -> bool:
    found = seen.by(name, "Mul", "Div")
    if found is None:
        return False
    parts = seen.split(found)
    if parts is None or parts[0] != x:
        return False
    number = parts[1] if found.kind == "Mul" else 1 / parts[1]
    return math.isclose(number, factor, rel_tol=_CLOSE)


def _is_cubic(seen: Seen, name: str, x: str) -> bool:
    """Tell whether a tensor is ``√(2/π) · (x + 0.044715 · x³)``."""
    scaled = seen.by(name, "Mul")
    parts = seen.split(scaled) if scaled else None
    if parts is None or not math.isclose(parts[1], math.sqrt(2 / math.pi), rel_tol=_CLOSE):
        return False
    add = seen.by(parts[0], "Add")
    if add is None or x not in add.inputs:
        return False
    cubic = seen.by(add.inputs[1 - add.inputs.index(x)], "Mul")
    inner = seen.split(cubic) if cubic else None
    if inner is None or not math.isclose(inner[1], 0.044715, rel_tol=_CLOSE):
        return False
    cube = seen.made.get(inner[0])
    return cube is not None and x in cube.inputs


def _silu(seen: Seen, last: Operation) -> Operation | None:
    """Find ``x · sigmoid(x)`` and ``x · hardsigmoid(x)``."""
    for x, other in (last.inputs, last.inputs[::-1]):
        gate = seen.by(other, "Sigmoid", "HardSigmoid", "Tanh")
        if gate is None:
            continue
        if gate.inputs == [x] and gate.kind == "Sigmoid":
            return _instead(last, "Silu", [x])
        alpha = gate.attributes.get("alpha", 0.2)
        if gate.inputs == [x] and gate.kind == "HardSigmoid" and abs(alpha - 1 / 6) < _CLOSE:
            return _instead(last, "HardSwish", [x])
        soft = seen.by(gate.inputs[0], "Softplus") if gate.kind == "Tanh" else None
        if soft is not None and soft.inputs == [x]:
            return _instead(last, "Mish", [x])
    return None


def _layer_norm(seen: Seen, last: Operation) -> Operation | None:
    """Find ``(x − mean) / √(var + eps)`` over last dimensions, with weights or without."""
    if last.kind == "Div":
        found = _standardised(seen, last)
        return None if found is None else _instead(last, "LayerNormalization", found[0], **found[1])
    for inner_name, array_name in (last.inputs, last.inputs[::-1]):
        inner = seen.by(inner_name, "LayerNormalization")
        array = seen.array(array_name)
        if inner is None or array is None or seen.read[inner_name] != 1:
            continue
        is_scale = last.kind == "Mul" and len(inner.inputs) == 1
        is_shift = last.kind == "Add" and len(inner.inputs) == 2
        axis = inner.attributes["axis"]
        if (is_scale or is_shift) and array.ndim == -axis and array.size > 1:
            attributes = dict(inner.attributes)
            return _instead(last, inner.kind, [*inner.inputs, array_name], **attributes)
    return None


def _standardised(seen: Seen, last: Operation) -> tuple[list[str], dict[str, Any]] | None:
    root = seen.by(last.inputs[1], "Sqrt")
    centred = seen.by(last.inputs[0], "Sub")
    if root is None or centred is None or centred.inputs[1] in seen.constants:
        return None
    mean, add = seen.by(centred.inputs[1], "ReduceMean"), seen.by(root.inputs[0], "Add")
    parts = seen.split(add) if add else None
    variance = seen.by(parts[0], "ReduceMean") if parts else None
    if mean is None or variance is None or parts is None or mean.inputs[0] != centred.inputs[0]:
        return None
    square = seen.by(variance.inputs[0], "Pow", "Mul")
    if square is None or not _is_square(seen, square, last.inputs[0], centred):
        return None
    axes = [_axes(seen, each) for each in (mean, variance)]
    if axes[0] is None or axes[0] != axes[1] or axes[0] != [*range(-len(axes[0]), 0)]:
        return None
    return [centred.inputs[0]], {"axis": axes[0][0], "epsilon": parts[1]}


def _is_square(seen: Seen, square: Operation, centred_name: str, centred: Operation) -> bool:
    """Tell whether it is the square of what was centred, be that computed once more."""
    base = seen.by(square.inputs[0], "Sub")
    is_same = square.inputs[0] == centred_name or (
        base is not None and base.inputs == centred.inputs
    )
    is_two = square.kind == "Pow" and seen.is_number(square.inputs[1], 2.0)
    return is_same and (is_two or square.inputs[0] == square.inputs[1])


def _axes(seen: Seen, reduction: Operation) -> list[int] | None:
    given = [None, *(seen.array(each) for each in reduction.inputs[1:])]
    axes = axes_of(reduction, given)
    return sorted(axes) if axes is not None else None


def _attention(seen: Seen, last: Operation) -> Operation | None:
    """Find ``softmax(q @ kᵀ · scale + mask) @ v``."""
    weights = seen.by(last.inputs[0], "Softmax")
    guard = seen.by(last.inputs[0], "Where")
    if weights is None and guard is not None:  # rows that are masked as a whole become zeros
        weights = seen.by(guard.inputs[2], "Softmax")
    if weights is None or weights.attributes.get("axis", -1) not in (-1, 3):
        return None
    scores, mask = seen.made.get(weights.inputs[0]), ""
    scale = 1.0
    if scores is not None and scores.kind == "Add" and seen.split(scores) is None:
        for one, other in (scores.inputs, scores.inputs[::-1]):
            if seen.by(one, "MatMul", "Mul", "Div") is not None and one != other:
                scores, mask = seen.made[one], other
                break
    if scores is not None and scores.kind in ("Mul", "Div"):
        parts = seen.split(scores)
        if parts is None:
            return None
        scale *= parts[1] if scores.kind == "Mul" else 1 / parts[1]
        scores = seen.made.get(parts[0])
    if scores is None or scores.kind != "MatMul":
        return None
    (query, by_query), (turned, by_key) = (_unscaled(seen, each) for each in scores.inputs)
    key = _unturned(seen, turned)
    if key is None:
        return None
    key, by_inner = _unscaled(seen, key)
    scale *= by_query * by_key * by_inner
    is_causal = bool(mask) and _is_causal(seen, mask)
    inputs = [query, key, last.inputs[1], *([mask] if mask and not is_causal else [])]
    return _instead(last, "Attention", inputs, scale=scale, is_causal=is_causal)


def _unscaled(seen: Seen, name: str) -> tuple[str, float]:
    """Return a tensor without the number that it is multiplied or divided by, and that number."""
    found = seen.by(name, "Mul", "Div")
    parts = seen.split(found) if found else None
    if found is None or parts is None or found.inputs[0] != parts[0]:
        return name, 1.0
    return parts[0], parts[1] if found.kind == "Mul" else 1 / parts[1]


def _unturned(seen: Seen, name: str) -> str | None:
    """Return the tensor of which another has the last two dimensions swapped."""
    found = seen.by(name, "Transpose", "Reshape")
    if found is None:
        return None
    if found.kind == "Reshape":  # which first made three dimensions of four
        inner = seen.by(found.inputs[0], "Transpose")
        outer = seen.by(inner.inputs[0], "Reshape") if inner else None
        if inner is None or outer is None or inner.attributes.get("perm") != [0, 2, 1]:
            return None
        return outer.inputs[0]
    order = found.attributes.get("perm") or []
    if len(order) < 3 or [*order[:-2]] != [*range(len(order) - 2)] or order[-1] != len(order) - 2:
        return _reordered(seen, found)
    return found.inputs[0]


def _reordered(seen: Seen, turned: Operation) -> str | None:
    """Draw heads and a swap that are one Transpose as the two that they are."""
    order = [*turned.attributes.get("perm", [])]
    if order != [0, 2, 3, 1]:
        return None
    name = f"{turned.outputs[0]}\0heads"
    made = replace(turned, outputs=[name], attributes={"perm": [0, 2, 1, 3]})
    seen.extra.setdefault(name, made)
    return name


def _is_causal(seen: Seen, name: str) -> bool:
    """Tell whether a mask forbids exactly what comes later in a sequence."""
    chosen = seen.by(name, "Where")
    if chosen is None:
        return False
    one, other = (seen.number(each) for each in chosen.inputs[1:3])
    condition = seen.made.get(chosen.inputs[0])
    if condition is None or one is None or other is None:
        return False
    if condition.kind == "Equal" and seen.is_number(condition.inputs[1], 0.0):
        one, other = other, one
        condition = seen.made.get(condition.inputs[0])
    if condition is not None and condition.kind == "Cast":
        condition = seen.made.get(condition.inputs[0])
    is_lower = (
        condition is not None
        and condition.kind == "Trilu"
        and not condition.attributes.get("upper", 1)
        and (len(condition.inputs) < 2 or not seen.number(condition.inputs[1]))
    )
    filled = seen.by(condition.inputs[0], "Expand", "ConstantOfShape") if condition else None
    return is_lower and filled is not None and one == 0 and other == -math.inf


_PATTERNS: Final[Mapping[str, tuple[Callable[[Seen, Operation], Operation | None], ...]]] = {
    "Add": (_linear, _layer_norm),
    "Mul": (_gelu, _silu, _layer_norm),
    "Div": (_layer_norm,),
    "MatMul": (_attention,),
}
"""What is sought at each kind of operator."""
