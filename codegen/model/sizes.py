"""How the class of a block comes to its sizes: by its parameters where it can, else passed in.

A size that is the same in all uses is written as a number. One that follows from the parameters is
written as they say, which is found out by trying other values for them; any other size becomes a
further argument of the constructor.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import combinations, starmap
from operator import eq
from typing import Final

from codegen.literals import Written, literal
from codegen.model.block_uses import MISSING, Quantity, Uses, read
from codegen.model.expressions import spelled
from codegen.model.program import Setting
from codegen.model.quantities import argument, dim_of, entry_of
from codegen.model.variations import VARIED
from graph_model.dims import Dim
from graph_model.formulas import Formula, Name, evaluate, names_in
from graph_model.formulas import write as write_formula
from graph_model.frozen import frozen
from graph_model.inference.infer import Inference
from graph_model.layers import LAYERS
from graph_model.layers.layer_text import as_argument
from graph_model.naming import name_complaint
from graph_model.network import NodeId, free_name
from graph_model.problems import Refusal
from graph_model.values import Parameter, Type, Value

_PREFERRED: Final = (
    "in_channels", "in_features", "embed_dim", "d_model", "input_size", "num_features",
)  # fmt: skip


@frozen
class Size:
    """A size passed to the constructor: its name, and where it is read in each pass."""

    name: str
    quantity: Quantity


@frozen
class _Known:
    """An expression and what it is in each pass."""

    text: str
    names: frozenset[str]
    values: tuple[Value, ...]


class Sizes:
    """The sizes of one class while it is being written.

    ``unmet`` gathers the variations in which the class would not work after all.
    """

    def __init__(self, root: Inference, uses: Uses, taken: Collection[str]) -> None:
        self._root = root
        self._uses = uses
        self._constants = {} if uses.network.id == root.network.id else constants(uses)
        self._numbers = {
            name: f"({literal(value)})" if str(value).startswith("-") else literal(value)
            for name, value in self._constants.items()
            if not isinstance(value, bool)
        }
        self._real = len(uses.passes)
        self._given = self._real + len(uses.implied)
        promised = [each.inference for each in uses.promised]
        self._needed = self._given + len(promised)
        others = [
            each.inference
            for each in uses.variations
            if each not in uses.promised and self._constants.items() <= each.inference.scope.items()
        ]
        self._passes = [*uses.given, *promised, *others]
        self.parameters = frozenset(parameter.name for parameter in uses.network.parameters)
        self._taken = {*taken, *self.parameters}
        self._known = list(self._parameters())
        self.passed: list[Size] = []
        self.mentioned: set[str] = set()
        self.unmet: set[Inference] = set()

    @property
    def passes(self) -> Sequence[Inference]:
        """The passes that occur."""
        return self._passes[: self._real]

    @property
    def needed(self) -> Sequence[Inference]:
        """The passes in which the class has to work."""
        return self._passes[: self._needed]

    def formula(self, formula: Formula, word: Callable[[str], str] = str) -> Value:
        """Return what is written for a formula: ``word(name)`` for each name, or its value.

        What cannot vary is written as it is, and so is what says yes or no and is the same in all
        uses.
        """
        mentioned = set(names_in(formula))
        if mentioned <= self._constants.keys():
            return evaluate(formula, self._constants)
        self.mentioned |= mentioned - self._numbers.keys()
        return Written(self._written(formula, word))

    def _written(self, formula: Formula, word: Callable[[str], str] = str) -> str:
        """Write a formula with numbers for what cannot vary."""
        words = {name: word(name) for name in set(names_in(formula)) - self._numbers.keys()}
        return write_formula(formula, {**words, **self._numbers})

    def settings(self) -> tuple[Setting, ...]:
        """Return the arguments of the constructor: sizes, then parameters, defaults last."""
        settings = [
            Setting(size.name, _annotation(self._values(size.quantity)), quantity=size.quantity)
            for size in self.passed
        ]
        settings += [
            Setting(parameter.name, annotation(parameter), self._default(parameter))
            for parameter in self._uses.network.parameters
            if parameter.name in self.mentioned
        ]
        return tuple(sorted(settings, key=lambda setting: bool(setting.default)))

    def _default(self, parameter: Parameter) -> str:
        """Return the default to write: what more than half of the uses have.

        The one that it is declared with also where just half of them have it, and that of what is
        no size where any use has it.
        """
        counts: Counter[Value] = Counter()
        for inference in self.passes:
            counts[inference.scope[parameter.name]] += self._uses.counts[inference]
        usual, count = counts.most_common(1)[0]
        declared = counts[parameter.default]
        is_usual = declared > 1 and 2 * declared == counts.total()
        if is_usual or (declared and parameter.type is not Type.INTEGER):
            usual, count = parameter.default, counts.total()
        text = spelled(parameter, usual) if 2 * count > counts.total() else ""
        return "" if text.startswith("partial(") else text  # no call stands as a default

    def resolve(self, quantity: Quantity, wish: str, node: str) -> Value:
        """Return what is written for a size: a value, or an expression.

        Where it has to be passed in, it is called ``wish`` or, where that is taken, after the
        node as well.
        """
        values = self._values(quantity)
        needed = values[: self._needed]
        if needed[0] is not MISSING and needed.count(needed[0]) == len(needed):
            return needed[0]
        lengths = {len(value) if isinstance(value, tuple) else 0 for value in _present(values)}
        if len(lengths) == 1 and lengths != {0}:
            length = lengths.pop()
            entries = [self.resolve(entry_of(quantity, at), wish, node) for at in range(length)]
            return tuple(entries)  # type: ignore[arg-type]
        if (found := self.expressed(values)) is not None:
            return found
        occurring = _present(values[: self._given])
        if len(set(occurring)) <= 1:
            value = occurring[0] if occurring else 0  # nothing is ever made with it
            later = values[self._given : self._needed]
            self.unmet |= {
                each.inference
                for each, other in zip(self._uses.promised, later, strict=True)
                if other not in (MISSING, value)
            }
            return value
        if (same := self._same(values)) is not None:
            return same
        size = Size(self._name(values, wish, node), self._fuller(values) or quantity)
        self.passed.append(size)
        self._known.append(_Known(size.name, frozenset({size.name}), values))
        self.mentioned.add(size.name)
        return Written(size.name)

    def _same(self, values: tuple[Value, ...]) -> Value | None:
        """Return an argument that always has the same value as a size where both are given.

        Of several, it is the one that has it in most variations as well.
        """
        given = values[: self._given]
        same = [
            known
            for known in self._known
            if known.text.isidentifier() and known.values[: self._given] == given
        ]
        if not same:
            return None
        known = max(same, key=lambda known: sum(map(eq, known.values, values)))
        self.mentioned |= known.names
        return Written(known.text)

    def _fuller(self, values: tuple[Value, ...]) -> Quantity | None:
        """Return a size of an Input that is equal to a size wherever that is not missing."""
        if MISSING not in values:
            return None
        actual = self._passes[0]
        known = ((each.id, actual.nodes[each.id].outputs) for each in actual.of_kind("Input"))
        for id, outputs in known:
            for at in range(outputs["output"].rank if outputs else 0):
                found = self._values(quantity := dim_of(id, at))
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
        """Yield multiples, parts and sums of what is known that may be equal to ``values``."""
        simple = [known for known in self._known if _is_simple(known)]
        at = next(index for index, value in enumerate(values) if value is not MISSING)
        for known in simple:
            first, wanted = _whole(known.values[at]), _whole(values[at])
            if first > 0 and wanted % first == 0:
                factor = wanted // first
                multiples = tuple(factor * _whole(value) for value in known.values)
                yield _Known(f"{known.text} * {factor}", known.names, multiples)
            elif 0 < wanted < first and first % wanted == 0:
                divisor = first // wanted
                parts = tuple(_whole(value) // divisor for value in known.values)
                yield _Known(f"{known.text} // {divisor}", known.names, parts)
        yield from starmap(_sum, combinations(simple, 2))
        for one, other in combinations(simple, 2):
            product = _product(one, other)
            yield product
            yield from (_sum(known, product) for known in simple)

    def _values(self, quantity: Quantity) -> tuple[Value, ...]:
        return tuple(read(quantity, each) for each in self._passes)

    def _parameters(self) -> Iterator[_Known]:
        """Yield the parameters, then each formula of a node."""
        network = self._uses.network
        written: dict[str, Formula] = {each.name: Name(each.name) for each in network.parameters}
        for node in network.nodes.values():
            for formula in node.formulas.values():
                written.setdefault(write_formula(formula), formula)
        for formula in written.values():
            names = frozenset(names_in(formula)) - self._numbers.keys()
            if names:
                values = tuple(_evaluated(formula, each) for each in self._passes)
                yield _Known(self._written(formula), names, values)

    def _name(self, values: tuple[Value, ...], wish: str, node: str) -> str:
        """Return a name for what is passed in: that of the most telling layer that takes it."""
        wishes = {wish} | {
            parameter.name
            for each in self._uses.network.nodes.values()
            if each.kind in LAYERS
            for parameter in LAYERS[each.kind].parameters
            if parameter.inferred and self._values(argument(each, parameter.name)) == values
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
    Type.NUMBERS: "tuple[float, ...]",
    Type.SHAPE: "tuple[int | str, ...]",
    Type.MULTIPLES: "tuple[int | str, ...]",
}


def annotation(parameter: Parameter) -> str:
    """Return the Python type of a parameter's values."""
    name = _TYPES.get(parameter.type, "str")
    if parameter.type is Type.LAYER:
        layers = (as_argument(each, parameter.choices) for each in parameter.choices)
        is_plain = not any(each.arguments for each in layers if each)
        name = "type[nn.Module]" if is_plain else "Callable[..., nn.Module]"
    if parameter.type is Type.SIZES and parameter.choices:
        name += " | str"
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


def constants(uses: Uses) -> dict[str, Value]:
    """Return the parameters that are none of the class: what cannot vary, and what does not.

    Of those that do not, these are the ones that say yes or no.
    """
    found: dict[str, Value] = {}
    for each in uses.network.parameters:
        values = uses.values(each.name)
        is_varied = each.type in VARIED and values[0] is not None
        can_vary = not is_varied or any(each.name == one.parameter for one in uses.promised)
        if len({*values}) == 1 and (each.type is Type.BOOLEAN or not can_vary):
            found[each.name] = values[0]
    return found


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
