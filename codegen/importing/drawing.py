"""Draws a network while ``forward`` is read: nodes, edges, and what is repeated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from codegen.importing.marks import NOWHERE, Mark
from codegen.importing.repeats import fold_repeats
from codegen.importing.values import Instance, Layer, Tensor, UnreadError
from graph_model.arrangement import Arrangement
from graph_model.blocks import INDEX
from graph_model.dims import Expression
from graph_model.formulas import Formula, names_in
from graph_model.inference.answers import ask
from graph_model.layers import LAYERS
from graph_model.layers.kind import LayerKind
from graph_model.naming import as_name
from graph_model.network import Edge, Network, Node, Port, free_name
from graph_model.recipe import Choice
from graph_model.tensors import TensorSpec
from graph_model.values import Parameter, Value

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(eq=False)
class Drawn:
    """A node as long as its network is drawn."""

    id: str
    kind: str
    name: str
    arguments: dict[str, Value] = field(default_factory=dict)
    formulas: dict[str, Formula] = field(default_factory=dict)
    shares: str = ""
    repeat: int | Formula = 1
    arrangement: Arrangement = Arrangement.SEQUENCE
    along: int = 1
    init: dict[str, Choice] = field(default_factory=dict)
    source: Any = None
    at: object = None
    index: int | None = None
    """Which it is of those that one expression made."""
    is_named: bool = False
    norm: Choice | None = None
    frozen: bool = False
    is_again: bool = False
    """Whether it is another call of a module, with its arguments."""
    mark: Mark = NOWHERE

    def node(self) -> Node:
        """Return the node; a formula of which repeat it is holds only where it is repeated."""
        kept = {
            name: formula
            for name, formula in self.formulas.items()
            if self.repeat != 1 or INDEX not in names_in(formula)
        }
        defaults = LAYERS[self.kind].defaults if self.kind in LAYERS else {}
        arguments = {
            name: value
            for name, value in self.arguments.items()
            if name not in kept and not (name in defaults and _is_same(defaults[name], value))
        }
        return Node(
            self.id,
            self.kind,
            self.name,
            {} if self.is_again else arguments,
            {} if self.is_again else kept,
            self.repeat,
            self.shares,
            self.frozen,
            {} if self.shares else dict(self.init),
            self.arrangement,
            self.along,
            parametrization=None if self.shares else self.norm,
        )


def _is_same(one: Value, other: Value) -> bool:
    return one == other and type(one) is type(other)


class Drawing:
    """A network that grows."""

    def __init__(self, name: str, *, is_block: bool, follows: bool = False) -> None:
        self.name, self.is_block, self.follows = name, is_block, follows
        """``follows`` leaves sizes to the input even where the text has other numbers."""
        self.line = 0
        """Where in the text what is drawn next is called."""
        self.at: object = None
        """The call that draws a block."""
        self.marks: dict[str, Mark] = {}
        self.nodes: dict[str, Drawn] = {}
        self.edges: dict[Port, Port] = {}
        self.scope: Mapping[str, Any] = {}
        """The numbers that formulas may name."""
        self.made: dict[int, Tensor] = {}
        """Tensors that depend on no input and are drawn already."""
        self.tensors: list[Tensor] = []
        """All tensors in the order that they were drawn in."""
        self._names: set[str] = set()
        self._count = 0
        self._first: dict[int, Drawn] = {}

    def enter(self, name: str, spec: TensorSpec) -> Tensor:
        """Draw an Input."""
        named = TensorSpec(tuple(_declared(spec.shape)), spec.dtype)
        arguments: dict[str, Value] = {"shape": tuple(_entries(named.shape)), "dtype": spec.dtype}
        drawn = self._add("Input", name, arguments, is_named=True)
        tensor = Tensor(Port(drawn.id, "output"), spec)
        self.tensors.append(tensor)
        return tensor

    def leave(self, name: str, tensor: Tensor) -> str:
        """Draw an Output; return the name that it has."""
        for each in self.nodes.values():
            if each.name == name and each.kind not in ("Input", "Output"):
                self.rename(each, LAYERS[each.kind].code_stem if each.kind in LAYERS else "block")
                break
        drawn = self._add("Output", name, {}, is_named=True)
        self.edges[Port(drawn.id, "input")] = tensor.port
        return drawn.name

    def layer(
        self, layer: Layer, inputs: Mapping[str, Tensor], *, name: str = ""
    ) -> dict[str, Tensor]:
        """Draw a module or an operation, and return what it gives, by its ports."""
        kind = LAYERS[layer.kind]
        complete = kind.complete(layer.arguments)
        specs = {port: tensor.spec for port, tensor in inputs.items()}
        known = all(spec is not None for spec in specs.values())
        pinned = {key: value for key, value in layer.pinned.items() if value is not None}
        outputs: Mapping[str, TensorSpec] = {}
        arguments, against = dict(layer.arguments), dict[str, Value]()
        if known:
            answer = ask(kind.name, tuple(complete.items()), tuple(specs.items()))
            outputs = answer.outputs
            if self.follows and answer.problems and not outputs:
                raise UnreadError(answer.problems[0], layer.line or self.line)
            for key, value in pinned.items():
                if key in answer.sizes and answer.sizes[key] != value:
                    against[key] = value
        if not self.follows:
            arguments.update(against)
        first = self._first.get(id(layer))
        drawn = self._add(
            layer.kind, name or layer.name, arguments, dict(layer.formulas), bool(layer.name)
        )
        drawn.source = layer
        odd = {key: value for key, value in against.items() if key in layer.written}
        drawn.mark = replace(drawn.mark, made=layer.line, written=dict(layer.written), odd=odd)
        if name:
            drawn.mark = replace(drawn.mark, said=name)
        drawn.init, drawn.norm, drawn.frozen = dict(layer.init), layer.norm, layer.is_frozen
        owner = self._first.get(id(layer.weights_of)) if layer.weights_of else first
        if owner is not None:
            drawn.shares, drawn.is_again = owner.id, owner.kind == drawn.kind
        elif kind.holds_module:
            self._first[id(layer)] = drawn
        return self._connected(drawn, kind, complete, inputs, outputs)

    def is_used_otherwise(self, instance: Instance, kind: str) -> bool:
        """Tell whether a module was drawn before as a block that is another than this."""
        first = self._first.get(id(instance))
        return first is not None and first.kind != kind

    def block(
        self,
        instance: Instance,
        kind: str,
        arguments: Mapping[str, Value],
        formulas: Mapping[str, Formula],
        inputs: Mapping[str, Tensor],
        outputs: Mapping[str, TensorSpec | None],
    ) -> dict[str, Tensor]:
        """Draw the use of a block."""
        drawn = self._add(kind, instance.name, dict(arguments), dict(formulas), bool(instance.name))
        drawn.source, drawn.at = instance, self.at
        drawn.mark = replace(drawn.mark, made=instance.line)
        if first := self._first.get(id(instance)):
            drawn.shares, drawn.is_again = first.id, True
        else:
            self._first[id(instance)] = drawn
        for port, tensor in inputs.items():
            self.edges[Port(drawn.id, port)] = tensor.port
        drawn.index, drawn.frozen = instance.index, instance.is_frozen
        found = {name: Tensor(Port(drawn.id, name), spec) for name, spec in outputs.items()}
        self.tensors += found.values()
        return found

    def _connected(
        self,
        drawn: Drawn,
        kind: LayerKind,
        complete: Mapping[str, Value],
        inputs: Mapping[str, Tensor],
        outputs: Mapping[str, TensorSpec],
    ) -> dict[str, Tensor]:
        for port, tensor in inputs.items():
            self.edges[Port(drawn.id, port)] = tensor.port
        found = {
            port: Tensor(Port(drawn.id, port), outputs.get(port)) for port in kind.outputs(complete)
        }
        self.tensors += found.values()
        return found

    def _add(
        self,
        kind: str,
        name: str,
        arguments: dict[str, Value],
        formulas: dict[str, Formula] | None = None,
        is_named: bool = False,
    ) -> Drawn:
        stem, said = LAYERS[kind].code_stem if kind in LAYERS else "block", name
        name = self._free(name) if name else free_name(stem, self._names)
        self._names.add(name)
        self._count += 1
        drawn = Drawn(f"n{self._count}", kind, name, arguments, formulas or {})
        drawn.is_named = is_named
        drawn.mark = Mark(said if is_named else "", self.line)
        self.nodes[drawn.id] = drawn
        return drawn

    def _free(self, name: str) -> str:
        stem = as_name(name, "layer")
        found, number = stem, 1
        while found in self._names:
            number += 1
            found = f"{stem}_{number}" if stem[-1].isdigit() else f"{stem}{number}"
        self._names.add(found)
        return found

    def call(self, tensor: Tensor, name: str) -> None:
        """Give the node that makes a tensor the name of the variable that it is kept in."""
        drawn = self.nodes[tensor.port.node]
        if not drawn.is_named and len(name) > 1 and drawn.kind not in ("Input", "Output"):
            if name not in self._names and as_name(name, "") == name:
                self.rename(drawn, name)
            drawn.is_named, drawn.mark = True, replace(drawn.mark, said=name)

    def add_further(self, sign: str, left: Tensor, right: Tensor) -> Tensor | None:
        """Let ``a + b + c`` be one sum of three; ``None`` where ``left`` is no such sum."""
        drawn = self.nodes[left.port.node]
        is_read = any(source.node == drawn.id for source in self.edges.values())
        if drawn.kind != sign or drawn.is_named or is_read:
            return None
        if left.spec is None or right.spec is None:
            return None
        self.nodes[drawn.id] = self.nodes.pop(drawn.id)  # behind what it now reads
        count = int(drawn.arguments.get("inputs", 2)) + 1  # type: ignore[arg-type]
        drawn.arguments["inputs"] = count
        self.edges[Port(drawn.id, f"input{count}")] = right.port
        kind = LAYERS[sign]
        specs = [
            (port, self._spec_of(self.edges[Port(drawn.id, port)]))
            for port in kind.inputs(kind.complete(drawn.arguments))
        ]
        answer = ask(sign, tuple(kind.complete(drawn.arguments).items()), tuple(specs))
        found = Tensor(left.port, answer.outputs.get("output"))
        self.tensors.append(found)
        return found

    def _tie(self) -> None:
        """Let those share weights whose owner was drawn after them."""
        for drawn in self.nodes.values():
            owner = getattr(drawn.source, "weights_of", None)
            first = self._first.get(id(owner)) if owner is not None else None
            if first is not None and not drawn.shares and first is not drawn:
                drawn.shares, drawn.is_again = first.id, first.kind == drawn.kind

    def _spec_of(self, port: Port) -> TensorSpec | None:
        return next((each.spec for each in reversed(self.tensors) if each.port == port), None)

    def rename(self, drawn: Drawn, name: str) -> None:
        """Give a node another name, or one like it where that is taken."""
        given = self._free(name)
        self._names.discard(drawn.name)
        drawn.name = given

    def forget(self, id: str) -> None:
        """Take a node away."""
        self._names.discard(self.nodes.pop(id).name)

    def network(self, id: str, name: str, parameters: Sequence[Parameter] = ()) -> Network:
        """Return the network, with what is repeated drawn once."""
        self._tie()
        fold_repeats(self)
        ordered = _late(self)
        ids = {each.id: f"n{number}" for number, each in enumerate(ordered, 1)}
        self.marks = {ids[each.id]: each.mark for each in ordered}
        nodes = [replace(each.node(), id=ids[each.id]) for each in ordered]
        edges = [
            Edge(Port(ids[source.node], source.name), Port(ids[target.node], target.name))
            for target, source in self.edges.items()
        ]
        return Network(
            id,
            name,
            {
                each.id: replace(each, shares=ids[each.shares]) if each.shares else each
                for each in nodes
            },
            {each.target: each for each in edges},
            "block" if self.is_block else "network",
            tuple(parameters),
        )


def _late(drawing: Drawing) -> list[Drawn]:
    """Return the nodes in order, what depends on no module directly before what reads it."""
    first: dict[str, str] = {}
    for target, source in drawing.edges.items():
        first.setdefault(source.node, target.node)
    places = {id: float(number) for number, id in enumerate(drawing.nodes)}
    for id, drawn in reversed([*drawing.nodes.items()]):
        if drawn.kind in _LATE and id in first:
            places[id] = places[first[id]] - 0.5
    return sorted(drawing.nodes.values(), key=lambda each: places[each.id])


_LATE: Final = frozenset({"Positions", "CausalMask", "Arange", "Parameter", "Buffer"})
"""What is drawn directly before its first reader: it stands where it is thought of."""


def _declared(shape: Sequence[Any]) -> list[Any]:
    """Return sizes as an Input may declare them: numbers, and names for all that is none."""
    taken = {str(dim) for dim in shape if isinstance(dim, Expression)}
    names: dict[str, str] = {}
    found: list[Any] = []
    for dim in shape:
        if isinstance(dim, Expression) and not str(dim).isidentifier():
            free = (each for each in _LETTERS if each not in taken)
            name = names.setdefault(str(dim), next(free))
            taken.add(name)
            found.append(name)
        else:
            found.append(dim)
    return found


def _entries(shape: Sequence[Any]) -> list[int | str]:
    return [dim if isinstance(dim, int) else str(dim) for dim in shape]
