"""From a network to a program: the order of statements, the names, the arguments to write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from codegen.literals import call, literal
from codegen.names import Locals, class_name
from graph_model.infer import Inference, NodeResult
from graph_model.layers import LAYERS
from graph_model.layers.kind import (
    Boundary,
    Form,
    Function,
    Index,
    LayerKind,
    Method,
    Module,
    Operator,
)
from graph_model.naming import name_complaint
from graph_model.network import Node, NodeId, Port
from graph_model.problems import GraphError
from graph_model.tensors import TensorSpec
from graph_model.values import Arguments, Value

COUNTERS: Final = frozenset({"inputs"})
"""Parameters that say how many ports a node has, and are no arguments in the code."""


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of ``forward``: an Input node."""

    node: NodeId
    name: str
    spec: TensorSpec


@dataclass(frozen=True, slots=True)
class Attribute:
    """A module made in ``__init__``: ``self.name = constructor``."""

    node: NodeId
    name: str
    constructor: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A line of ``forward``: ``targets = expression``, and the specs that it gives."""

    node: NodeId
    targets: str
    expression: str
    specs: tuple[TensorSpec, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """A value that ``forward`` returns: an Output node."""

    node: NodeId
    name: str
    variable: str
    spec: TensorSpec


@dataclass(frozen=True, slots=True)
class Program:
    """All that the generated class consists of."""

    class_name: str
    network_name: str
    arguments: tuple[Argument, ...]
    attributes: tuple[Attribute, ...]
    statements: tuple[Statement, ...]
    results: tuple[Result, ...]
    parameter_count: int


def lower(inference: Inference) -> Program:
    """Return the program of a network that has no errors.

    Raises ``GraphError`` where it has.
    """
    if inference.has_errors:
        raise GraphError("a network with errors has no program")
    return _Lowering(inference).program()


class _Lowering:
    """The state of one lowering: which values are alive, and what they are called."""

    def __init__(self, inference: Inference) -> None:
        self._inference = inference
        self._network = inference.network
        self._inputs = inference.of_kind("Input")
        self._locals = Locals([node.name for node in self._inputs])
        self._variables = {Port(node.id, "output"): node.name for node in self._inputs}
        self._uses_left = Counter(edge.source for edge in self._network.edges.values())
        self._attributes: list[Attribute] = []
        self._statements: list[Statement] = []

    def program(self) -> Program:
        """Walk the nodes in order and return the program."""
        for id in self._inference.structure.order:
            node = self._network.nodes[id]
            kind = LAYERS[node.kind]
            if name_complaint(node.name):
                raise GraphError(f"{node.name!r} is no identifier")
            if not isinstance(kind.form, Boundary):
                self._lower(node, kind, self._inference.nodes[id])
        return Program(
            class_name(self._network.name),
            self._network.name,
            tuple(
                Argument(node.id, node.name, self._inference.nodes[node.id].outputs["output"])
                for node in self._inputs
            ),
            tuple(self._attributes),
            tuple(self._statements),
            tuple(self._result(node) for node in self._inference.of_kind("Output")),
            self._inference.parameter_count,
        )

    def _result(self, node: Node) -> Result:
        source = self._network.edges[Port(node.id, "input")].source
        spec = self._inference.nodes[node.id].inputs["input"]
        return Result(node.id, node.name, self._variables[source], spec)

    def _lower(self, node: Node, kind: LayerKind, result: NodeResult) -> None:
        sources = {
            name: self._network.edges[Port(node.id, name)].source
            for name in kind.inputs(result.arguments)
            if Port(node.id, name) in self._network.edges
        }
        operands = {name: self._variables[source] for name, source in sources.items()}
        if isinstance(kind.form, Module):
            constructor = _constructor(kind, kind.form, result.arguments)
            self._attributes.append(Attribute(node.id, node.name, constructor))
        expression = _expression(kind.form, node.name, kind, result, operands)
        previous = self._release(sources.values())
        targets = self._targets(node, kind, result, previous)
        specs = tuple(
            spec
            for name, spec in result.outputs.items()
            if len(result.outputs) == 1 or self._uses_left[Port(node.id, name)]
        )
        self._statements.append(Statement(node.id, targets, expression, specs))

    def _release(self, sources: Iterable[Port]) -> str:
        """Count one use of each source; return the variable of the first that died."""
        died = ""
        for source in sources:
            self._uses_left[source] -= 1
            if not self._uses_left[source]:
                self._locals.release(self._variables[source])
                died = died or self._variables[source]
        return died

    def _targets(self, node: Node, kind: LayerKind, result: NodeResult, previous: str) -> str:
        """Name the outputs, ``_`` where nothing uses one of several."""
        ports = kind.outputs(result.arguments)
        names: dict[str, str] = {}
        for port in ports:
            if self._uses_left[Port(node.id, port)] or len(ports) == 1:
                fallback = node.name if len(ports) == 1 else f"{node.name}_{port}"
                names[port] = self._locals.take(previous, fallback)
                self._variables[Port(node.id, port)] = names[port]
                previous = ""
            else:
                names[port] = "_"
        for port in ports:
            if names[port] != "_" and not self._uses_left[Port(node.id, port)]:
                self._locals.release(names[port])
        pattern = kind.form.result if isinstance(kind.form, Module) else ""
        if not pattern:
            return ", ".join(names.values())
        return _without_unused_tuples(pattern.format_map(names))


def _without_unused_tuples(targets: str) -> str:
    """Write ``x, _`` for ``x, (_, _)``: what nothing uses need not be taken apart."""
    return targets.replace("(_, _)", "_")


def _constructor(kind: LayerKind, form: Module, arguments: Arguments) -> str:
    """Return the text that makes the module: what torch needs, and what differs from it."""
    written = [
        parameter.name
        for parameter in kind.parameters
        if parameter.name not in form.omitted
        and (parameter.name in form.always or arguments[parameter.name] != parameter.default)
    ]
    last = max((form.positional.index(n) for n in written if n in form.positional), default=-1)
    leading = form.positional[: last + 1]
    return call(
        f"nn.{form.target}",
        [_argument(arguments[name]) for name in leading],
        {name: _argument(arguments[name]) for name in written if name not in leading},
    )


def _argument(value: Value) -> str:
    """Write an argument of a constructor, ``3`` for ``(3, 3)``."""
    if isinstance(value, tuple) and len(value) > 1 and len(set(value)) == 1:
        value = value[0]
    return literal(value)


def _expression(
    form: Form, name: str, kind: LayerKind, result: NodeResult, operands: Mapping[str, str]
) -> str:
    """Return the text of what a node computes from its operands."""
    arguments = result.arguments
    inputs = list(operands.values())
    match form:
        case Module():
            return f"self.{name}({', '.join(inputs)}{form.call_suffix})"
        case Operator(symbol):
            return f" {symbol} ".join(inputs)
        case Function(target, positional, as_tuple):
            leading = [f"({', '.join(inputs)})"] if as_tuple else inputs
            leading += _values(positional, arguments)
            return call(target, leading, _keywords(kind, positional, arguments))
        case Method(method, positional):
            leading = inputs[1:] + _values(positional, arguments)
            keywords = _keywords(kind, positional, arguments)
            return call(f"{inputs[0]}.{method}", leading, keywords)
        case Index():
            return _index(inputs[0], kind, result)
        case Boundary():
            raise GraphError("an Input or Output computes nothing")


def _values(names: Iterable[str], arguments: Arguments) -> list[str]:
    """Return literals of arguments, tuples spread out."""
    spread: list[str] = []
    for name in names:
        value = arguments[name]
        spread += map(literal, value) if isinstance(value, tuple) else [literal(value)]
    return spread


def _keywords(kind: LayerKind, positional: Iterable[str], arguments: Arguments) -> dict[str, str]:
    """Return what is written with keyword: all that is not positional and not the default."""
    return {
        parameter.name: literal(arguments[parameter.name])
        for parameter in kind.parameters
        if parameter.name not in {*positional, *COUNTERS}
        and arguments[parameter.name] != parameter.default
    }


def _index(variable: str, kind: LayerKind, result: NodeResult) -> str:
    """Write ``x[:, -1]`` for Select, ``x[:, 2:5]`` for Slice."""
    arguments = result.arguments
    rank = result.inputs["input"].rank
    dim = arguments["dim"]
    assert isinstance(dim, int)
    if "index" in kind.by_name:
        wanted = literal(arguments["index"])
    else:
        start, end, step = (arguments[name] for name in ("start", "end", "step"))
        wanted = f"{literal(start) if start else ''}:{'' if end is None else literal(end)}"
        wanted += f":{literal(step)}" if step != 1 else ""
    return f"{variable}[{', '.join([':'] * (dim % rank) + [wanted])}]"
