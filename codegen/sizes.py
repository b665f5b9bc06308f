"""How the class of a block comes to its sizes: by its parameters where it can, else passed in.

A size that is the same in all uses is written as a number. One that follows from the parameters is
written as they say, which is found out by trying other values for them; any other size becomes a
further argument of the constructor.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, TypeAlias

from codegen.literals import Written, literal
from codegen.passes import Uses
from graph_model.dims import Dim
from graph_model.formulas import Constant, Formula, Name, evaluate, names
from graph_model.formulas import write as write_formula
from graph_model.infer import Inference, Specs, infer_within
from graph_model.layers import LAYERS
from graph_model.naming import name_complaint
from graph_model.network import free_name
from graph_model.problems import Refusal
from graph_model.tensors import TensorSpec
from graph_model.values import Type, Value

Quantity: TypeAlias = Callable[[Inference], Value]
"""Reads a size from what is known of one pass; raises ``LookupError`` where it has none."""

_PREFERRED: Final = (
    "in_channels", "in_features", "embed_dim", "d_model", "input_size", "num_features",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Size:
    """A size passed to the constructor: its name, and where it is read in each pass."""

    name: str
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class _Known:
    """An expression and what it is in each pass; ``None`` stands for no value."""

    text: str
    names: frozenset[str]
    values: tuple[Value, ...]


class Sizes:
    """The sizes of one class while it is being written."""

    def __init__(self, uses: Uses, taken: Collection[str]) -> None:
        self._network = uses.network
        self._real = len(uses.passes)
        self._passes = [*uses.passes, *_tried(uses)]
        self._taken = {*taken, *(parameter.name for parameter in uses.network.parameters)}
        self._known = list(self._parameters())
        self.passed: list[Size] = []
        self.mentioned: set[str] = set()

    @property
    def passes(self) -> Sequence[Inference]:
        """The passes that occur."""
        return self._passes[: self._real]

    def formula(self, formula: Formula, prefix: str = "") -> Value:
        """Return what is written for a formula, ``prefix`` before each name."""
        mentioned = set(names(formula))
        self.mentioned |= mentioned
        return Written(write_formula(formula, {name: prefix + name for name in mentioned}))

    def resolve(self, quantity: Quantity, wish: str, node: str) -> Value:
        """Return what is written for a size: a value, or an expression.

        Where it has to be passed in, it is called ``wish`` or, where that is taken, after the
        node as well.
        """
        values = self._values(quantity)
        if any(isinstance(value, tuple) for value in values):
            return self._resolve_entries(quantity, values, wish, node)
        if (found := self.expressed(values)) is not None:
            return found
        occurring = _without_none(values[: self._real])
        if len(set(occurring)) <= 1 and (occurring or not any(values)):
            return occurring[0] if occurring else None
        size = Size(self._name(values, wish, node), quantity)
        self.passed.append(size)
        self._known.append(_Known(size.name, frozenset({size.name}), values))
        self.mentioned.add(size.name)
        return Written(size.name)

    def dim(self, dims: Sequence[Dim]) -> str | None:
        """Return how a dimension is written in a comment, if it can be, one for each pass."""
        if len(set(dims)) == 1 and not isinstance(dims[0], int):
            return str(dims[0])
        if not all(isinstance(dim, int) for dim in dims):
            return None
        for known in self._known:
            if known.values[: self._real] == tuple(dims) and known.names <= self.mentioned:
                return known.text
        return str(dims[0]) if len(set(dims)) == 1 else None

    def expressed(self, values: tuple[Value, ...]) -> Value | None:
        """Return an expression that is equal to a size in every pass, tried ones included."""
        if len(set(_without_none(values))) <= 1:
            return None
        for known in (*self._known, *self._combined(values)):
            if all(value in (None, other) for value, other in zip(values, known.values)):
                self.mentioned |= known.names
                return Written(known.text)
        return None

    def _combined(self, values: tuple[Value, ...]) -> Iterator[_Known]:
        """Yield multiples and sums of what is known that may be equal to ``values``."""
        place = next(index for index, value in enumerate(values) if value is not None)
        wanted = values[place]
        assert isinstance(wanted, int)
        for known in self._known:
            first = known.values[place]
            if isinstance(first, int) and first > 0 and wanted % first == 0 and _is_simple(known):
                factor = wanted // first
                yield _derived(f"{known.text} * {factor}", known, [v * factor for v in _ints(known)])
        for one, other in combinations([each for each in self._known if _is_simple(each)], 2):
            sums = [a + b for a, b in zip(_ints(one), _ints(other), strict=True)]
            text = f"{one.text} + {other.text}"
            yield _Known(text, one.names | other.names, tuple(sums))

    def _resolve_entries(
        self, quantity: Quantity, values: tuple[Value, ...], wish: str, node: str
    ) -> Value:
        """Resolve the entries of a size that is a tuple, such as ``normalized_shape``."""
        lengths = {len(value) for value in values if isinstance(value, tuple)}
        entries = [
            self.resolve(_entry(quantity, index), wish, node) for index in range(min(lengths))
        ]
        return tuple(entries)  # type: ignore[arg-type]

    def _values(self, quantity: Quantity) -> tuple[Value, ...]:
        return tuple(_read(quantity, each) for each in self._passes)

    def _parameters(self) -> Iterator[_Known]:
        """Yield the parameters, then each formula of a node."""
        written: dict[str, Formula] = {each.name: Name(each.name) for each in self._network.parameters}
        for node in self._network.nodes.values():
            for formula in node.formulas.values():
                written.setdefault(write_formula(formula), formula)
        for text, formula in written.items():
            values = tuple(_whole(formula, each) for each in self._passes)
            yield _Known(text, frozenset(names(formula)), values)

    def _name(self, values: tuple[Value, ...], wish: str, node: str) -> str:
        """Return a name for what is passed in: that of the most telling layer that takes it."""
        wishes = {wish} | {
            parameter.name
            for id, each in self._network.nodes.items()
            if each.kind in LAYERS
            for parameter in LAYERS[each.kind].parameters
            if parameter.inferred and self._values(_argument(id, parameter.name)) == values
        }
        first = next((name for name in _PREFERRED if name in wishes), wish)
        for name in (first, f"{node}_{first}"):
            if name not in self._taken and not name_complaint(name):
                break
        else:
            name = free_name(first, self._taken)
        self._taken.add(name)
        return name


def _tried(uses: Uses) -> Iterator[Inference]:
    """Yield what would be known with other values for the parameters and the input's sizes."""
    if not uses.network.parameters:
        return
    actual = uses.passes[0]
    specs = {node.name: actual.nodes[node.id].outputs["output"] for node in actual.of_kind("Input")}
    whole = [
        parameter.name for parameter in uses.network.parameters if parameter.type is Type.INTEGER
    ]
    dims = {dim for spec in specs.values() for dim in spec.shape if isinstance(dim, int)}
    changes: list[tuple[dict[str, Value], int | None]] = [({}, dim) for dim in sorted(dims - {1})]
    for name in whole:
        value = actual.scope[name]
        if isinstance(value, int):
            changes += [({name: 2 * value}, None), ({name: 2 * value}, value), ({name: value + 1}, None)]
    for arguments, dim in changes:
        inputs = specs if dim is None else {name: _doubled(spec, dim) for name, spec in specs.items()}
        found = infer_within(actual.block, {**actual.scope, **arguments}, inputs)
        if not found.has_errors:
            yield found


def _doubled(spec: TensorSpec, dim: int) -> TensorSpec:
    return spec.with_shape(*(2 * each if each == dim else each for each in spec.shape))


def argument(id: str, name: str) -> Quantity:
    """Return what reads an argument of a node."""
    return lambda inference: inference.nodes[id].arguments[name]


_argument = argument


def _entry(quantity: Quantity, index: int) -> Quantity:
    def read(inference: Inference) -> Value:
        value = quantity(inference)
        return value[index] if isinstance(value, tuple) else None

    return read


def _read(quantity: Quantity, inference: Inference) -> Value:
    try:
        return quantity(inference)
    except LookupError:
        return None


def _whole(formula: Formula, inference: Inference) -> Value:
    """Return a formula's value in a pass where it is a whole number."""
    try:
        value = evaluate(formula, inference.scope)
    except Refusal:
        return None
    return value if type(value) is int else None


def _without_none(values: Sequence[Value]) -> list[Value]:
    return [value for value in values if value is not None]


def _is_simple(known: _Known) -> bool:
    return known.text.isidentifier() and None not in known.values


def _ints(known: _Known) -> list[int]:
    return [value for value in known.values if isinstance(value, int)]


def _derived(text: str, known: _Known, values: Sequence[int]) -> _Known:
    return _Known(text, known.names, tuple(values))
