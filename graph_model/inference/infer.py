"""Shapes, sizes, counts and problems of a network, worked out anew only where it changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TypeAlias

from graph_model.advice import Level, advised
from graph_model.blocks import (
    LARGEST,
    Block,
    CustomKinds,
    Networks,
    block_of,
    unknown,
)
from graph_model.custom_layers.known import NOTHING, Known, custom_kinds, taken_names
from graph_model.findings.results import Inference, NodeResult, Pass, Specs
from graph_model.formulas import Scope
from graph_model.inference.answers import Answer, apply_rule, ask
from graph_model.inference.arguments import as_owner, at_turn, repeats, worked_out
from graph_model.inference.differences import structure_after, to_be_asked
from graph_model.inference.turns import Repeated, gone_through
from graph_model.initialisation.check import layer_problems, network_problems
from graph_model.layers.kind import Composite, LayerKind, Script
from graph_model.network import Edge, Network, Node, NodeId, Project
from graph_model.parametrizations.check import normed
from graph_model.problems import Disconnect, Fix, Problem
from graph_model.tensors import TensorSpec
from graph_model.validate import Structure, structure
from graph_model.values import Arguments

__all__ = [
    "Inference",
    "NodeResult",
    "Pass",
    "Specs",
    "infer",
    "infer_project",
    "infer_within",
    "tried",
]

_Question: TypeAlias = tuple[str, str, tuple[tuple[str, TensorSpec], ...]]
"""A kind, its arguments as text, and what arrives at which port."""


@dataclass(slots=True)
class _Place:
    """A network while it is worked out: its blocks, its parameters, what its Inputs are given.

    ``inputs`` is ``None`` where the Inputs give what they declare; ``left`` is how many nodes its
    blocks may still have. ``answers`` holds what was found out already, for layers that are alike.
    """

    block: Block
    scope: Scope
    inputs: Specs | None
    structure: Structure
    left: int = LARGEST
    answers: dict[_Question, NodeResult] = field(default_factory=dict)

    @property
    def network(self) -> Network:
        return self.block.network


def infer_project(
    project: Project, known: Known = NOTHING, previous: Inference | None = None
) -> Inference:
    """Work out the main network of a project, its custom layers as far as they are ``known``."""
    layers = custom_kinds(project.layers, known)
    return infer(project.network, previous, project.networks, layers)


def infer(
    network: Network,
    previous: Inference | None = None,
    blocks: Networks | None = None,
    layers: CustomKinds | None = None,
    *,
    scope: Scope | None = None,
) -> Inference:
    """Work out all there is to know of a network.

    ``blocks`` holds the networks that its nodes may use, by id, such as all of a project, and
    ``layers`` its custom layers; left out, they are those of ``previous``. With the inference of
    an earlier version of it, only what lies downstream of the differences is asked again; the rest
    of the result is that of before, identical. A block has its parameters' defaults, or the values
    in ``scope``.
    """
    if blocks is None:
        blocks = previous.networks if previous else {}
    if layers is None:
        layers = previous.layers if previous else {}
    block = block_of(network, blocks, layers)
    if scope is None:
        scope = {parameter.name: parameter.default for parameter in network.parameters}
    if previous is None or previous.network.id != network.id or previous.scope != scope:
        return _from_scratch(_Place(block, scope, None, structure(network)), blocks, layers)
    old = previous.network.nodes
    edited = {id for id, node in network.nodes.items() if old.get(id) is not node}
    place = _Place(block, scope, None, structure_after(network, previous, edited))
    nodes = dict(previous.nodes)
    for id in nodes.keys() - network.nodes.keys():
        del nodes[id]
    dirty = to_be_asked(block, previous, edited)
    if block.within:
        place.left -= sum(each.size for id, each in nodes.items() if id not in dirty)
    return _worked_out(place, nodes, dirty, blocks, layers, previous)


def tried(inference: Inference, edges: Sequence[Edge]) -> NodeResult:
    """Return what would be known of the node at which these edges end, were they laid as well.

    None of them may close a circle.
    """
    target = edges[0].target.node
    into = {edge.target: edge for edge in (*inference.structure.feeders[target], *edges)}
    structure = replace(inference.structure, feeders={target: tuple(into.values())})
    place = _Place(inference.block, inference.scope, None, structure)
    return _node_result(place, inference.network.nodes[target], inference.nodes)


def _from_scratch(place: _Place, networks: Networks, layers: CustomKinds) -> Inference:
    return _worked_out(place, {}, set(place.network.nodes), networks, layers, None)


def _worked_out(
    place: _Place,
    nodes: dict[NodeId, NodeResult],
    dirty: set[NodeId],
    networks: Networks,
    layers: CustomKinds,
    previous: Inference | None,
) -> Inference:
    network, order = place.network, place.structure.order
    for id in order:
        if id not in dirty:
            continue
        before = nodes.get(id)
        result = nodes[id] = _node_result(place, network.nodes[id], nodes)
        if previous is None:
            continue  # all are asked anyway
        if before is None or result.outputs != before.outputs:
            dirty.update(edge.target.node for edge in place.structure.consumers[id])
        elif result == before and _same_arguments(id, network, previous.network):
            nodes[id] = before
    if len(order) < len(network.nodes):
        circling = network.nodes.keys() - set(order)
        for id in circling:
            nodes[id] = _node_result(place, network.nodes[id], {})
        dirty |= circling  # an edge may have closed the circle far from them
    weights = {id: each.weights for id, each in nodes.items()} if network.init else {}
    begun = network_problems(network, weights)
    own = (*place.block.parameter_problems, *taken_names(place.block), *begun)
    said = advised(Level(network, place.structure, nodes), dirty, previous)
    scope = place.scope
    return Inference(
        network, place.structure, nodes, place.block, networks, scope, own, said, layers
    )


def _same_arguments(id: NodeId, network: Network, old: Network) -> bool:
    """Tell whether a node's arguments were not touched; ``1 == 1.0``, but not in the code."""
    return network.nodes[id].arguments is old.nodes[id].arguments


def _node_result(place: _Place, node: Node, known: Mapping[NodeId, NodeResult]) -> NodeResult:
    """Return what is known of a node; layers that are alike are worked out once."""
    question = _question(place, node, known)
    if question is None:
        return _found_out(place, node, known)
    result = place.answers.get(question)
    if result is None:
        result = _found_out(place, node, known)
        if not (result.problems or result.passes):  # which are of one node alone
            place.answers[question] = result
    return result


def _question(place: _Place, node: Node, known: Mapping[NodeId, NodeResult]) -> _Question | None:
    """Return all that the answer depends on, ``None`` where it depends on more.

    Arguments are compared as text, which tells ``1`` from ``1.0`` and ``True``.
    """
    if node.formulas or node.shares or node.repeat != 1 or node.init or node.parametrization:
        return None
    inputs: list[tuple[str, TensorSpec]] = []
    for edge in place.structure.feeders[node.id]:
        spec = _arriving(edge, known)
        if spec is None:
            return None
        inputs.append((edge.target.name, spec))
    return (node.kind, repr(node.arguments), tuple(inputs)) if inputs else None


def _arriving(edge: Edge, known: Mapping[NodeId, NodeResult]) -> TensorSpec | None:
    source = known.get(edge.source.node)
    return source.outputs.get(edge.source.name) if source else None


def _found_out(place: _Place, node: Node, known: Mapping[NodeId, NodeResult]) -> NodeResult:
    kind = place.block.readable(node.kind)
    if kind is None:
        return NodeResult(problems=(unknown(node, place.block),))
    node = as_owner(place.network, node)
    is_block = isinstance(kind.form, Composite)
    scope = at_turn(place.scope, 0, node) if is_block and node.formulas else place.scope
    arguments, problems = worked_out(kind, node, scope)
    times, wrong = repeats(kind, node, place.scope)
    if problems or wrong:
        return NodeResult(arguments=arguments, problems=(*problems, *wrong))
    if node.kind == "Input" and place.inputs is not None:
        return NodeResult(outputs={"output": place.inputs[node.name]}, arguments=arguments)
    ports = kind.inputs(arguments)
    inputs, problems = _gather(place, node, kind, ports, known)
    feeders = place.structure.feeders[node.id]
    if problems or len(inputs) < len(feeders):
        return NodeResult(inputs, arguments=arguments, problems=tuple(problems))
    if is_block:
        return _within(place, node, arguments, inputs, times)
    if isinstance(kind.form, Script):
        answer = apply_rule(kind, arguments, inputs)
    else:
        answer = ask(kind.name, tuple(arguments.items()), tuple(inputs.items()))
    weights, wrong = normed(node, arguments, answer.weights, is_known=bool(answer.outputs))
    problems = (*answer.problems, *wrong, *_begun(node, answer))
    return NodeResult(
        inputs,
        answer.outputs,
        {**arguments, **answer.sizes} if answer.sizes else arguments,
        weights,
        tuple([_at_node(each, node) for each in problems]),
        constraints=answer.constraints,
    )


def _begun(node: Node, answer: Answer) -> Iterable[Problem]:
    """Return what is wrong with how the weights of a node begin, unless they are another's."""
    is_known = bool(node.init and answer.outputs) and not node.shares
    return layer_problems(node, answer.weights) if is_known else ()


def _gather(
    place: _Place,
    node: Node,
    kind: LayerKind,
    ports: tuple[str, ...],
    known: Mapping[NodeId, NodeResult],
) -> tuple[Specs, list[Problem]]:
    """Return the specs that reach the node's inputs, and what is wrong with its edges."""
    edges = {edge.target.name: edge for edge in place.structure.feeders[node.id]}
    inputs: dict[str, TensorSpec] = {}
    problems: list[Problem] = []
    for name in ports:
        if name in edges:
            spec = _arriving(edges[name], known)
            if spec is not None:
                inputs[name] = spec
        elif name not in kind.optional_inputs:
            problems.append(Problem("missing_input", {"port": name}, node=node.id, port=name))
    if len(inputs) == len(edges):
        return inputs, problems
    for edge in edges.values():
        source_node = place.network.nodes[edge.source.node]
        outputs = place.block.output_ports(source_node)
        if edge.target.name not in ports:
            problems.append(_unknown_port(kind, "input", edge.target.name, edge))
        elif outputs is not None and edge.source.name not in outputs:
            source_kind = place.block.readable(source_node.kind)
            assert source_kind is not None
            problems.append(_unknown_port(source_kind, "output", edge.source.name, edge))
    return inputs, problems


def _unknown_port(kind: LayerKind, side: str, name: str, edge: Edge) -> Problem:
    target = edge.target
    return Problem(
        "unknown_port",
        {"kind": kind.name, "side": side, "port": name},
        node=target.node,
        port=target.name,
        fixes=(Fix("disconnect", Disconnect(target.name), node=target.node),),
    )


# Blocks


def _within(
    place: _Place, node: Node, arguments: Arguments, inputs: Specs, times: int
) -> NodeResult:
    """Return what is known of a block's use, and take account of how many nodes it has."""
    block = place.block.within[node.kind]
    use = Repeated(node, block, arguments, inputs, times, place.scope, place.left)
    result = gone_through(use, infer_within)
    place.left -= result.size
    return result


def infer_within(block: Block, arguments: Arguments, inputs: Specs) -> Inference:
    """Work out a block for arguments and inputs of one's own."""
    return _pass(block, tuple(arguments.items()), tuple(inputs.items()))


@lru_cache(maxsize=1 << 12)
def _pass(
    block: Block,
    arguments: tuple[tuple[str, object], ...],
    inputs: tuple[tuple[str, TensorSpec], ...],
) -> Inference:
    """Work out a block for these arguments and inputs; equal questions have one answer."""
    scope: Arguments = dict(arguments)  # type: ignore[arg-type]
    place = _Place(block, scope, dict(inputs), _structure_of(block))
    return _from_scratch(place, {}, {})


@lru_cache(maxsize=1 << 10)
def _structure_of(block: Block) -> Structure:
    return structure(block.network)


def _at_node(problem: Problem, node: Node) -> Problem:
    fixes = tuple(replace(fix, node=fix.node or node.id) for fix in problem.fixes)
    return replace(problem, node=node.id, fixes=fixes)
