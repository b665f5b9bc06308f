"""From a network to a program: the order of statements, the names, the arguments to write."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from codegen.examples import example_sizes
from codegen.expressions import constructor, expression
from codegen.names import Locals, class_name
from codegen.operations import held
from graph_model.infer import Inference, NodeResult
from graph_model.layers import LAYERS
from graph_model.layers.kind import Boundary, Held, LayerKind, Module
from graph_model.naming import name_complaint
from graph_model.network import Node, NodeId, Port
from graph_model.problems import GraphError
from graph_model.tensors import TensorSpec


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of ``forward``: an Input node."""

    node: NodeId
    name: str
    spec: TensorSpec


@dataclass(frozen=True, slots=True)
class Attribute:
    """A module or tensor made in ``__init__``: ``self.name = constructor``, or as a buffer."""

    node: NodeId
    name: str
    constructor: str
    form: Module | Held


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
    example_sizes: Mapping[str, int]


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
        for id in _reading_order(self._inference):
            node = self._network.nodes[id]
            kind = LAYERS[node.kind]
            if name_complaint(node.name):
                raise GraphError(f"{node.name!r} is no identifier")
            if isinstance(kind.form, Held):
                self._hold(node, kind.form, self._inference.nodes[id])
            elif not isinstance(kind.form, Boundary):
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
            example_sizes(self._inference),
        )

    def _result(self, node: Node) -> Result:
        source = self._network.edges[Port(node.id, "input")].source
        spec = self._inference.nodes[node.id].inputs["input"]
        return Result(node.id, node.name, self._variables[source], spec)

    def _hold(self, node: Node, form: Held, result: NodeResult) -> None:
        """Make a tensor in ``__init__``, which is read where it is used."""
        made = held(LAYERS[node.kind], form, result.arguments)
        self._attributes.append(Attribute(node.id, node.name, made, form))
        self._variables[Port(node.id, "output")] = f"self.{node.name}"

    def _lower(self, node: Node, kind: LayerKind, result: NodeResult) -> None:
        sources = {name: self._network.edges[Port(node.id, name)].source for name in result.inputs}
        operands = {name: self._variables[source] for name, source in sources.items()}
        if isinstance(kind.form, Module):
            made = constructor(kind, kind.form, result.arguments)
            self._attributes.append(Attribute(node.id, node.name, made, kind.form))
        computed = expression(kind, node.name, result, operands)
        names = self._name_outputs(node, result, self._release(sources.values()))
        self._statements.append(
            Statement(
                node.id,
                _targets(kind, result.outputs, names),
                computed,
                tuple(result.outputs[port] for port in names) or tuple(result.outputs.values()),
            )
        )

    def _release(self, sources: Iterable[Port]) -> str:
        """Count one use of each source; return the variable of the first that died."""
        died = ""
        for source in sources:
            self._uses_left[source] -= 1
            if not self._uses_left[source] and "." not in self._variables[source]:
                self._locals.release(self._variables[source])
                died = died or self._variables[source]
        return died

    def _name_outputs(self, node: Node, result: NodeResult, previous: str) -> dict[str, str]:
        """Name the outputs that something uses."""
        names: dict[str, str] = {}
        for port in result.outputs:
            if self._uses_left[Port(node.id, port)]:
                fallback = node.name if len(result.outputs) == 1 else f"{node.name}_{port}"
                names[port] = self._locals.take(previous, fallback)
                self._variables[Port(node.id, port)] = names[port]
                previous = ""
        return names


def _reading_order(inference: Inference) -> list[NodeId]:
    """Return the nodes, each after those that feed it, one branch to its end before the next.

    Among several branches the one whose node was added first begins, whatever the order of edges.
    """
    feeders, consumers = inference.structure.feeders, inference.structure.consumers
    waiting = {id: len(feeders[id]) for id in inference.network.nodes}
    place = {id: number for number, id in enumerate(waiting)}
    ready = [id for id in reversed(waiting) if not waiting[id]]
    order: list[NodeId] = []
    while ready:
        order.append(ready.pop())
        freed: list[NodeId] = []
        for edge in consumers[order[-1]]:
            waiting[edge.target.node] -= 1
            if not waiting[edge.target.node]:
                freed.append(edge.target.node)
        ready.extend(sorted(freed, key=place.__getitem__, reverse=True))
    return order


def _targets(kind: LayerKind, ports: Iterable[str], names: Mapping[str, str]) -> str:
    """Write what an assignment assigns to, ``_`` for each output that nothing uses."""
    pattern = kind.form.result if isinstance(kind.form, Module) else ""
    pattern = pattern or ", ".join(f"{{{port}}}" for port in ports)
    targets = pattern.format_map(defaultdict(lambda: "_", names))
    # What nothing uses need not be taken apart: ``x, _`` for ``x, (_, _)``.
    return targets.replace("(_, _)", "_")
