"""Shapes, sizes, counts and problems of a network, worked out anew only where it changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TypeAlias

from graph_model.layers import LAYERS
from graph_model.layers.kind import LayerKind
from graph_model.layers.use import Use, Weight
from graph_model.network import Edge, Network, Node, NodeId, Port
from graph_model.phrases import phrase
from graph_model.problems import Disconnect, Fix, GraphError, Problem, Refusal, SetArguments
from graph_model.sharing import overwritten_while_shared
from graph_model.tensors import TensorSpec
from graph_model.validate import Structure, structure
from graph_model.values import Arguments, complaint

Specs: TypeAlias = Mapping[str, TensorSpec]


@dataclass(frozen=True, slots=True)
class NodeResult:
    """What is known of one node.

    ``inputs`` and ``outputs`` hold the ports whose specs are known; ``arguments`` are complete,
    with the inferred sizes filled in.
    """

    inputs: Specs = field(default_factory=dict)
    outputs: Specs = field(default_factory=dict)
    arguments: Arguments = field(default_factory=dict)
    weights: tuple[Weight, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def parameter_count(self) -> int:
        """The number of trainable elements, as ``sum(p.numel())`` would give it."""
        return sum(weight.count for weight in self.weights if not weight.is_buffer)


@dataclass(frozen=True)
class Inference:
    """What is known of a whole network."""

    network: Network
    structure: Structure
    nodes: Mapping[NodeId, NodeResult]

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem, errors first, in the order of the nodes."""
        found = list(self.structure.problems)
        for id in self.network.nodes:
            found.extend(self.nodes[id].problems)
        found.extend(overwritten_while_shared(self.network, self.structure))
        return tuple(sorted(found, key=lambda problem: not problem.is_error))

    @cached_property
    def problems_by_node(self) -> Mapping[NodeId, tuple[Problem, ...]]:
        """The problems of each node that has any."""
        found: dict[NodeId, tuple[Problem, ...]] = {}
        for problem in self.problems:
            found[problem.node] = (*found.get(problem.node, ()), problem)
        return found

    @cached_property
    def has_errors(self) -> bool:
        """Whether the network cannot be built as it is."""
        return any(problem.is_error for problem in self.problems)

    @cached_property
    def parameter_count(self) -> int:
        """The number of trainable elements in the network."""
        return sum(result.parameter_count for result in self.nodes.values())

    def spec(self, port: Port) -> TensorSpec | None:
        """Return what an output port gives, where it is known."""
        result = self.nodes.get(port.node)
        return result.outputs.get(port.name) if result else None

    def of_kind(self, kind: str) -> tuple[Node, ...]:
        """Return the nodes of one kind, such as ``Input``, in the order they were added."""
        return tuple(node for node in self.network.nodes.values() if node.kind == kind)


def infer(network: Network, previous: Inference | None = None) -> Inference:
    """Work out all there is to know of a network.

    With the inference of an earlier version of it, only what lies downstream of the differences
    is asked again; the rest of the result is that of before, identical.
    """
    if previous is None:
        whole = structure(network)
        nodes: dict[NodeId, NodeResult] = {}
        dirty = set(network.nodes)
    else:
        whole = _structure_after(network, previous)
        nodes = {id: each for id, each in previous.nodes.items() if id in network.nodes}
        dirty = _changed(network, previous)
    for id in whole.order:
        if id not in dirty:
            continue
        before = nodes.get(id)
        result = nodes[id] = _node_result(network, network.nodes[id], whole, nodes)
        if before is None or result.outputs != before.outputs:
            dirty.update(edge.target.node for edge in whole.consumers[id])
        elif previous and result == before and _same_arguments(id, network, previous.network):
            nodes[id] = before
    if len(whole.order) < len(network.nodes):
        for id in network.nodes.keys() - set(whole.order):
            nodes[id] = _node_result(network, network.nodes[id], whole, {})
    return Inference(network, whole, nodes)


def _structure_after(network: Network, previous: Inference) -> Structure:
    """Return the structure, that of before where no edge, name or kind differs."""
    old = previous.network
    if network.edges is not old.edges or network.nodes.keys() != old.nodes.keys():
        return structure(network)
    for id, node in network.nodes.items():
        before = old.nodes[id]
        if node is not before and (node.name, node.kind) != (before.name, before.kind):
            return structure(network)
    return previous.structure


def _changed(network: Network, previous: Inference) -> set[NodeId]:
    """Return the nodes that are new or differ, whose edges do, or that were on a cycle."""
    old = previous.network
    dirty = {id for id, node in network.nodes.items() if old.nodes.get(id) is not node}
    reshaped = {id for id in dirty & old.nodes.keys() if _ports_differ(id, network, old)}
    if reshaped:
        dirty.update(
            edge.target.node for edge in network.edges.values() if edge.source.node in reshaped
        )
    if network.edges is not old.edges:
        for port in network.edges.keys() | old.edges.keys():
            if network.edges.get(port) is not old.edges.get(port) and port.node in network.nodes:
                dirty.add(port.node)
    if len(previous.structure.order) < len(old.nodes):
        dirty |= network.nodes.keys() - set(previous.structure.order)
    return dirty


def _same_arguments(id: NodeId, network: Network, old: Network) -> bool:
    """Tell whether a node's arguments were not touched; ``1 == 1.0``, but not in the code."""
    return network.nodes[id].arguments is old.nodes[id].arguments


def _ports_differ(id: NodeId, network: Network, old: Network) -> bool:
    """Tell whether a node has lost or gained outputs."""
    return _output_ports(network.nodes[id]) != _output_ports(old.nodes[id])


def _node_result(
    network: Network, node: Node, whole: Structure, known: Mapping[NodeId, NodeResult]
) -> NodeResult:
    kind = LAYERS.get(node.kind)
    if kind is None:
        return NodeResult(problems=(Problem("unknown_kind", {"kind": node.kind}, node=node.id),))
    arguments = kind.complete(node.arguments)
    problems = (*_argument_problems(kind, node),)
    if problems:
        return NodeResult(arguments=arguments, problems=problems)
    ports = kind.inputs(arguments)
    inputs, problems = _gather(network, node, whole, ports, known)
    if problems or any(edge.target.name not in inputs for edge in whole.feeders[node.id]):
        return NodeResult(inputs, arguments=arguments, problems=problems)
    answer = _ask(
        kind.name,
        tuple(arguments.items()),
        tuple((name, inputs[name]) for name in ports if name in inputs),
    )
    return NodeResult(
        inputs,
        answer.outputs,
        {**arguments, **answer.sizes},
        answer.weights,
        tuple(_at_node(problem, node) for problem in answer.problems),
    )


def _argument_problems(kind: LayerKind, node: Node) -> Iterator[Problem]:
    for name, value in node.arguments.items():
        parameter = kind.by_name.get(name)
        if parameter is None:
            values = {"kind": kind.name, "parameter": name}
            yield Problem("unknown_parameter", values, node=node.id, parameter=name)
        elif wrong := complaint(parameter, value):
            fix = Fix(
                "set_argument",
                SetArguments({name: parameter.default}),
                {"parameter": name, "value": str(parameter.default)},
                node.id,
            )
            yield Problem(wrong.code, wrong.values, node=node.id, parameter=name, fixes=(fix,))


def _gather(
    network: Network,
    node: Node,
    whole: Structure,
    ports: tuple[str, ...],
    known: Mapping[NodeId, NodeResult],
) -> tuple[Specs, tuple[Problem, ...]]:
    """Return the specs that reach the node's inputs, and what is wrong with its edges."""
    inputs: dict[str, TensorSpec] = {}
    problems: list[Problem] = []
    optional = LAYERS[node.kind].optional_inputs
    for name in ports:
        edge = network.edges.get(Port(node.id, name))
        if edge is None:
            if name not in optional:
                problems.append(Problem("missing_input", {"port": name}, node=node.id, port=name))
            continue
        source = known.get(edge.source.node)
        spec = source.outputs.get(edge.source.name) if source else None
        if spec is not None:
            inputs[name] = spec
    for edge in whole.feeders[node.id]:
        if edge.target.name not in ports:
            problems.append(_unknown_port(node, "input", edge.target.name, edge))
        elif _lacks_output(network.nodes[edge.source.node], edge.source.name):
            source_node = network.nodes[edge.source.node]
            problems.append(_unknown_port(source_node, "output", edge.source.name, edge))
    return inputs, tuple(problems)


def _lacks_output(node: Node, name: str) -> bool:
    ports = _output_ports(node)
    return ports is not None and name not in ports


def _output_ports(node: Node) -> tuple[str, ...] | None:
    """Return the names of a node's outputs, or ``None`` for an unknown kind."""
    kind = LAYERS.get(node.kind)
    return None if kind is None else kind.outputs(kind.complete(node.arguments))


def _unknown_port(node: Node, side: str, name: str, edge: Edge) -> Problem:
    target = edge.target
    return Problem(
        "unknown_port",
        {"kind": node.kind, "side": phrase(side), "port": name},
        node=target.node,
        port=target.name,
        fixes=(Fix("disconnect", Disconnect(target.name), node=target.node),),
    )


@dataclass(frozen=True, slots=True)
class _Answer:
    outputs: Specs = field(default_factory=dict)
    sizes: Arguments = field(default_factory=dict)
    weights: tuple[Weight, ...] = ()
    problems: tuple[Problem, ...] = ()


@lru_cache(maxsize=1 << 16)
def _ask(
    kind_name: str,
    arguments: tuple[tuple[str, object], ...],
    inputs: tuple[tuple[str, TensorSpec], ...],
) -> _Answer:
    """Apply the shape rule of a kind; equal questions are answered from memory."""
    kind = LAYERS[kind_name]
    complete: Arguments = dict(arguments)  # type: ignore[arg-type]
    use = Use(kind_name, complete, dict(inputs))
    try:
        stated = kind.rule(use)
    except Refusal as refusal:
        return _Answer(sizes=use.sizes_inferred, problems=(refusal.problem,))
    specs = (stated,) if isinstance(stated, TensorSpec) else tuple(stated)
    ports = kind.outputs(complete)
    if len(specs) != len(ports):
        raise GraphError(f"the rule of {kind_name} gave {len(specs)} outputs for {ports}")
    outputs = dict(zip(ports, specs, strict=True))
    return _Answer(outputs, use.sizes_inferred, tuple(use.weights), tuple(use.warnings))


def _at_node(problem: Problem, node: Node) -> Problem:
    fixes = tuple(replace(fix, node=node.id) for fix in problem.fixes)
    return replace(problem, node=node.id, fixes=fixes)
