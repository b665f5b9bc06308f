"""How the class of a block comes to its sizes: by its parameters where it can, else passed in.

A size that is the same in all uses is written as a number. One that follows from the parameters is
written as they say, which is found out by trying other values for them; any other size becomes a
further argument of the constructor.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, starmap
from typing import Final

from codegen.expressions import spelled
from codegen.literals import Written
from codegen.passes import MISSING, Quantity, Uses, read
from codegen.program import Setting
from graph_model.dims import Dim
from graph_model.formulas import Formula, Name, evaluate, names_in
from graph_model.formulas import write as write_formula
from graph_model.inference.infer import Inference, infer_within
from graph_model.layers import LAYERS
from graph_model.naming import name_complaint
from graph_model.network import NodeId, free_name
from graph_model.problems import Refusal
from graph_model.tensors import TensorSpec
from graph_model.values import Parameter, Type, Value

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
    """An expression and what it is in each pass."""

    text: str
    names: frozenset[str]
    values: tuple[Value, ...]


class Sizes:
    """The sizes of one class while it is being written."""

    def __init__(self, root: Inference, uses: Uses, taken: Collection[str]) -> None:
        self._root = root
        self._network = uses.network
        self._constants = {} if uses.network.id == root.network.id else _constants(uses)
        self._real = len(uses.passes)
        self._passes = [*uses.passes, *_tried(uses)]
        self.parameters = frozenset(parameter.name for parameter in uses.network.parameters)
        self._taken = {*taken, *self.parameters}
        self._known = list(self._parameters())
        self.passed: list[Size] = []
        self.mentioned: set[str] = set()

    @property
    def passes(self) -> Sequence[Inference]:
        """The passes that occur."""
        return self._passes[: self._real]

    def formula(self, formula: Formula, word: Callable[[str], str] = str) -> Value:
        """Return what is written for a formula: ``word(name)`` for each name, or its value.

        What says yes or no is written as it is where that is the same in all uses.
        """
        mentioned = set(names_in(formula))
        if mentioned <= self._constants.keys():
            return evaluate(formula, self._constants)
        self.mentioned |= mentioned
        return Written(write_formula(formula, {name: word(name) for name in mentioned}))

    def settings(self) -> tuple[Setting, ...]:
        """Return the arguments of the constructor: sizes, then parameters, defaults last."""
        settings = [
            Setting(size.name, _annotation(self._values(size.quantity)), quantity=size.quantity)
            for size in self.passed
        ]
        settings += [
            Setting(parameter.name, annotation(parameter), self._default(parameter))
            for parameter in self._network.parameters
            if parameter.name in self.mentioned
        ]
        return tuple(sorted(settings, key=lambda setting: bool(setting.default)))

    def _default(self, parameter: Parameter) -> str:
        """Return the default to write: what more than half of the uses have.

        What is no size has the default that it is declared with, where any use has that.
        """
        values = [inference.scope[parameter.name] for inference in self.passes]
        usual = max(values, key=values.count)
        if parameter.type is not Type.INTEGER and parameter.default in values:
            return spelled(parameter, parameter.default)
        return spelled(parameter, usual) if 2 * values.count(usual) > len(values) else ""

    def resolve(self, quantity: Quantity, wish: str, node: str) -> Value:
        """Return what is written for a size: a value, or an expression.

        Where it has to be passed in, it is called ``wish`` or, where that is taken, after the
        node as well.
        """
        values = self._values(quantity)
        if values[0] is not MISSING and values.count(values[0]) == len(values):
            return values[0]
        lengths = {len(value) if isinstance(value, tuple) else 0 for value in _present(values)}
        if len(lengths) == 1 and lengths != {0}:
            length = lengths.pop()
            entries = [self.resolve(_entry(quantity, at), wish, node) for at in range(length)]
            return tuple(entries)  # type: ignore[arg-type]
        if (found := self.expressed(values)) is not None:
            return found
        occurring = _present(values[: self._real])
        if len(set(occurring)) <= 1:
            return occurring[0] if occurring else 0  # nothing is ever made with it
        size = Size(self._name(values, wish, node), self._fuller(values) or quantity)
        self.passed.append(size)
        self._known.append(_Known(size.name, frozenset({size.name}), values))
        self.mentioned.add(size.name)
        return Written(size.name)

    def _fuller(self, values: tuple[Value, ...]) -> Quantity | None:
        """Return a size of an Input that is equal to a size wherever that is not missing."""
        if MISSING not in values:
            return None
        actual = self._passes[0]
        for node in actual.of_kind("Input"):
            for at in range(actual.nodes[node.id].outputs["output"].rank):
                found = self._values(quantity := _dim(node.id, at))
                pairs = zip(values, found, strict=True)
                if MISSING not in found and all(each in (MISSING, dim) for each, dim in pairs):
                    return quantity
        return None

    def shape(self, id: NodeId, port: str) -> str:
        """Return the shape that a port gives as a comment, "" where it cannot be told."""
        specs = [each.nodes[id].outputs[port] for each in self._passes]
        shapes = [self._root.shown(spec).shape for spec in specs]
        if len(set(map(len, shapes))) > 1:
            return ""
        dims = [self._dim(dims) for dims in zip(*shapes, strict=True)]
        if "" in dims:
            return ""
        return f"({dims[0]},)" if len(dims) == 1 else f"({', '.join(dims)})"

    def _dim(self, dims: tuple[Dim, ...]) -> str:
        """Return a dimension that all passes have, or an expression for it."""
        for known in self._known if len(set(dims)) > 1 else ():
            if known.values == dims and known.names <= self.mentioned and " if " not in known.text:
                return known.text
        occurring = set(dims[: self._real])
        return str(occurring.pop()) if len(occurring) == 1 else ""

    def expressed(self, values: tuple[Value, ...]) -> Value | None:
        """Return an expression that is equal to a size in every pass, tried ones included."""
        present = _present(values)
        if len(set(present)) <= 1 or not all(type(value) is int for value in present):
            return None
        for known in (*self._known, *self._combined(values)):
            pairs = zip(values, known.values, strict=True)
            if all(value in (MISSING, other) for value, other in pairs):
                self.mentioned |= known.names
                return Written(known.text)
        return None

    def _combined(self, values: tuple[Value, ...]) -> Iterator[_Known]:
        """Yield multiples and sums of what is known that may be equal to ``values``."""
        simple = [known for known in self._known if _is_simple(known)]
        at = next(index for index, value in enumerate(values) if value is not MISSING)
        for known in simple:
            first, wanted = _whole(known.values[at]), _whole(values[at])
            if first > 0 and wanted % first == 0:
                factor = wanted // first
                multiples = tuple(factor * _whole(value) for value in known.values)
                yield _Known(f"{known.text} * {factor}", known.names, multiples)
        yield from starmap(_sum, combinations(simple, 2))
        for one, other in combinations(simple, 2):
            product = _product(one, other)
            yield product
            yield from (_sum(known, product) for known in simple)

    def _values(self, quantity: Quantity) -> tuple[Value, ...]:
        return tuple(read(quantity, each) for each in self._passes)

    def _parameters(self) -> Iterator[_Known]:
        """Yield the parameters, then each formula of a node."""
        written: dict[str, Formula] = {
            each.name: Name(each.name) for each in self._network.parameters
        }
        for node in self._network.nodes.values():
            for formula in node.formulas.values():
                written.setdefault(write_formula(formula), formula)
        for text, formula in written.items():
            values = tuple(_evaluated(formula, each) for each in self._passes)
            yield _Known(text, frozenset(names_in(formula)), values)

    def _name(self, values: tuple[Value, ...], wish: str, node: str) -> str:
        """Return a name for what is passed in: that of the most telling layer that takes it."""
        wishes = {wish} | {
            parameter.name
            for id, each in self._network.nodes.items()
            if each.kind in LAYERS
            for parameter in LAYERS[each.kind].parameters
            if parameter.inferred and self._values(argument(id, parameter.name)) == values
        }
        first = next((name for name in _PREFERRED if name in wishes), wish)
        for name in (first, f"{node}_{first}"):
            if name not in self._taken and not name_complaint(name):
                break
        else:
            name = free_name(first, self._taken)
        self._taken.add(name)
        return name


_TYPES: Final[Mapping[Type, str]] = {
    Type.INTEGER: "int",
    Type.NUMBER: "float",
    Type.BOOLEAN: "bool",
    Type.SIZES: "int | tuple[int, ...]",
    Type.INTEGERS: "tuple[int, ...]",
    Type.SHAPE: "tuple[int | str, ...]",
    Type.MULTIPLES: "tuple[int | str, ...]",
}


def annotation(parameter: Parameter) -> str:
    """Return the Python type of a parameter's values."""
    name = _TYPES.get(parameter.type, "str")
    return f"{name} | None" if parameter.accepts_none else name


def _annotation(values: Sequence[Value]) -> str:
    """Return the Python type of a size that is passed in."""
    present = _present(values)
    found = {
        "tuple[int, ...]" if isinstance(value, tuple) else type(value).__name__
        for value in present
        if value is not None
    }
    return " | ".join([*sorted(found), *(["None"] if None in present else [])])


def _constants(uses: Uses) -> dict[str, Value]:
    """Return the parameters that say yes or no, and say the same in all uses."""
    first, *others = (inference.scope for inference in uses.passes)
    return {
        each.name: first[each.name]
        for each in uses.network.parameters
        if each.type is Type.BOOLEAN
        and all(scope[each.name] == first[each.name] for scope in others)
    }


def _tried(uses: Uses) -> Iterator[Inference]:
    """Yield what would be known with other values for the parameters and the input's sizes.

    They are tried for every combination that occurs of what parameters say yes or no to.
    """
    parameters = uses.network.parameters
    switches = [each.name for each in parameters if each.type is Type.BOOLEAN]
    whole = [each.name for each in parameters if each.type is Type.INTEGER]
    kinds = {tuple(each.scope[name] for name in switches): each for each in reversed(uses.passes)}
    for actual in [*kinds.values()][::-1] if parameters else ():
        yield from _tried_instead(actual, whole)


def _tried_instead(actual: Inference, whole: Sequence[str]) -> Iterator[Inference]:
    specs = {node.name: actual.nodes[node.id].outputs["output"] for node in actual.of_kind("Input")}
    dims = {dim for spec in specs.values() for dim in spec.shape if isinstance(dim, int)}
    changes: list[tuple[dict[str, Value], int | None]] = [({}, dim) for dim in sorted(dims - {1})]
    for name in whole:
        value = actual.scope[name]
        if isinstance(value, int):
            changes += [
                ({name: 2 * value}, None),
                ({name: 2 * value}, value),
                ({name: value + 1}, None),
            ]
    for arguments, dim in changes:
        inputs = (
            specs if dim is None else {name: _doubled(spec, dim) for name, spec in specs.items()}
        )
        found = infer_within(actual.block, {**actual.scope, **arguments}, inputs)
        if not found.has_errors:
            yield found


def _doubled(spec: TensorSpec, dim: int) -> TensorSpec:
    return spec.with_shape(*(2 * each if each == dim else each for each in spec.shape))


def argument(id: NodeId, name: str) -> Quantity:
    """Return what reads an argument of a node."""
    return lambda inference: inference.nodes[id].arguments[name]


def _dim(id: NodeId, at: int) -> Quantity:
    """Return what reads a dimension of an Input."""

    def read(inference: Inference) -> Value:
        dim = inference.nodes[id].outputs["output"].shape[at]
        return dim if isinstance(dim, int) else MISSING

    return read


def _entry(quantity: Quantity, index: int) -> Quantity:
    def read(inference: Inference) -> Value:
        value = quantity(inference)
        assert isinstance(value, tuple)
        return value[index]

    return read


def _evaluated(formula: Formula, inference: Inference) -> Value:
    try:
        return evaluate(formula, inference.scope)
    except Refusal:  # with other values than those that occur
        return MISSING


def _present(values: Sequence[Value]) -> list[Value]:
    return [value for value in values if value is not MISSING]


def _is_simple(known: _Known) -> bool:
    return known.text.isidentifier() and all(type(value) is int for value in known.values)


def _sum(one: _Known, other: _Known) -> _Known:
    pairs = zip(one.values, other.values, strict=True)
    values = tuple(_whole(a) + _whole(b) for a, b in pairs)
    return _Known(f"{one.text} + {other.text}", one.names | other.names, values)


def _product(one: _Known, other: _Known) -> _Known:
    pairs = zip(one.values, other.values, strict=True)
    values = tuple(_whole(a) * _whole(b) for a, b in pairs)
    return _Known(f"{one.text} * {other.text}", one.names | other.names, values)


def _whole(value: Value) -> int:
    assert isinstance(value, int)
    return value
