"""Shapes, sizes, counts and problems of a network, worked out anew only where it changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from heapq import heapify, heappop, heappush

from graph_model.blocks import (
    Block,
    CustomKinds,
    Networks,
    block_of,
    unknown,
)
from graph_model.custom_layers.known import NOTHING, Known, custom_kinds
from graph_model.findings.results import Inference, NodeResult, Pass, Specs
from graph_model.formulas import Scope
from graph_model.inference.answers import NO_SIZES, apply_rule, ask
from graph_model.inference.arguments import as_owner, at_turn, repeats, worked_out
from graph_model.inference.data_sizes import called_after, called_outside, told_at, told_in
from graph_model.inference.differences import (
    Differences,
    differences,
    sources,
    structure_after,
    to_be_asked,
)
from graph_model.inference.left_open import filled
from graph_model.inference.likeness import arriving, question, with_known_specs
from graph_model.inference.named_sizes import may_name_sizes, named, unknown_sizes
from graph_model.inference.place import Place
from graph_model.inference.summary import summed_up
from graph_model.inference.turns import Repeated, gone_through
from graph_model.initialisation.check import layer_problems
from graph_model.kind_parameters import unknown_kind_from
from graph_model.layers.kind import Composite, LayerKind, Script
from graph_model.layers.weight import Weight
from graph_model.network import Edge, Network, Node, NodeId, Project
from graph_model.networks_of_blocks import network_of
from graph_model.open_inputs import has_default, left_out, must_be_given, without_inputs
from graph_model.parametrizations.check import normed
from graph_model.problems import Disconnect, Fix, Problem
from graph_model.remembered import with_its_owner
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
    inputs: Specs | None = None,
) -> Inference:
    """Work out all there is to know of a network.

    ``blocks`` holds the networks that its nodes may use, by id, such as all of a project, and
    ``layers`` its custom layers; left out, they are those of ``previous``. With the inference of
    an earlier version of it, only what lies downstream of the differences is asked again; the rest
    of the result is that of before, identical. A block has its parameters' defaults, or the values
    in ``scope``; its Inputs give what they declare, or ``inputs`` by their names.
    """
    if blocks is None:
        blocks = previous.networks if previous else {}
    if layers is None:
        layers = previous.layers if previous else {}
    block = block_of(network, blocks, layers)
    if scope is None:
        scope = {parameter.name: parameter.default for parameter in network.parameters}
    network = network_of(block, scope)
    is_new = previous is None or previous.network.id != network.id or previous.scope != scope
    if previous is None or is_new or inputs is not None:
        return _from_scratch(Place(block, scope, inputs, structure(network)), blocks, layers)
    edited = differences(network, previous.network)
    place = Place(block, scope, None, structure_after(network, previous, edited))
    place.askings |= previous.askings
    nodes = dict(previous.nodes)
    if block.within:
        place.left -= sum(result.size for result in nodes.values())
    for id in (*edited.nodes, *(port.node for port in edited.ports)):
        place.askings.pop(id, None)
    for id in edited.nodes:
        if id not in network.nodes:
            gone = nodes.pop(id)
            place.left += gone.size
            place.exchanges.note(gone, None)
    dirty = to_be_asked(block, place.structure, previous, edited)
    _go_downstream(place, nodes, dirty, previous)
    if block.within and any(map(_is_too_large, nodes.values())):  # whose turn it is tells where
        return _from_scratch(Place(block, scope, None, place.structure), blocks, layers)
    dirty |= sources(network, previous.network, edited)
    return summed_up(place, nodes, dirty, edited, blocks, layers, previous)


def tried(inference: Inference, edges: Sequence[Edge]) -> NodeResult:
    """Return what would be known of the node at which these edges end, were they laid as well.

    None of them may close a circle.
    """
    target = edges[0].target.node
    into = {edge.target: edge for edge in (*inference.structure.feeders[target], *edges)}
    structure = replace(inference.structure, feeders={target: tuple(into.values())})
    place = Place(inference.block, inference.scope, None, structure)
    return _node_result(place, target, inference.nodes)


def _from_scratch(place: Place, networks: Networks, layers: CustomKinds) -> Inference:
    nodes: dict[NodeId, NodeResult] = {}
    for id in place.structure.order:
        nodes[id] = _node_result(place, id, nodes)
        place.exchanges.note(None, nodes[id])
    _ask_circling(place, nodes)
    everything = Differences(list(nodes), ())
    return summed_up(place, nodes, set(nodes), everything, networks, layers, None)


def _go_downstream(
    place: Place, nodes: dict[NodeId, NodeResult], dirty: set[NodeId], previous: Inference
) -> None:
    """Work out what is dirty, and whatever that feeds as far as it gives anything else.

    Each node has its turn after those that feed it; ``dirty`` comes to hold all that had one.
    """
    network, ranks, exchanges = place.network, place.structure.ranks, place.exchanges
    consumers = place.structure.consumers
    waiting = [(ranks[id], id) for id in dirty if id in ranks]
    heapify(waiting)
    while waiting:
        _, id = heappop(waiting)
        before = nodes.get(id)
        if before is not None and before.size:
            place.left += before.size
        result = nodes[id] = _node_result(place, id, nodes)
        if exchanges.note(before, result):
            for edge in consumers[id]:
                target = edge.target.node
                if target not in dirty and target in ranks:
                    dirty.add(target)
                    heappush(waiting, (ranks[target], target))
        elif result == before and _same_arguments(id, network, previous.network):
            nodes[id] = before
    dirty |= _ask_circling(place, nodes)  # an edge may have closed the circle far from them


def _ask_circling(place: Place, nodes: dict[NodeId, NodeResult]) -> set[NodeId]:
    """Work out the nodes on or after a cycle, of whose inputs nothing is known; return them."""
    structure = place.structure
    circling = place.network.nodes.keys() - structure.ranks.keys() if structure.is_cyclic else ()
    for id in circling:
        before, nodes[id] = nodes.get(id), _node_result(place, id, {})
        place.exchanges.note(before, nodes[id])
    return set(circling)


def _same_arguments(id: NodeId, network: Network, old: Network) -> bool:
    """Tell whether a node's arguments were not touched; ``1 == 1.0``, but not in the code."""
    return network.nodes[id].arguments is old.nodes[id].arguments


def _node_result(place: Place, id: NodeId, known: Mapping[NodeId, NodeResult]) -> NodeResult:
    """Return what is known of a node; layers that are alike are worked out once."""
    asked = question(place, id, known)
    result = place.answers.get(asked) if asked else None
    if result is not None and result.size <= place.left:
        place.left -= result.size
        return result
    result = _found_out(place, place.network.nodes[id], known)
    # Problems are of one node alone, and so is a size that only the data tell.
    if result.problems or told_at(result.inputs, result.outputs):
        return result
    result = with_known_specs(place, result)
    if asked:
        place.answers[asked] = result
    return result


def _found_out(place: Place, node: Node, known: Mapping[NodeId, NodeResult]) -> NodeResult:
    kind = place.block.readable(node.kind)
    if kind is None:
        return NodeResult(problems=(unknown(node, place.block),))
    node = as_owner(place.network, node)
    if node.kind_from and (wrong_kind := unknown_kind_from(place.network, node)):
        return NodeResult(problems=(wrong_kind,))
    is_block = isinstance(kind.form, Composite)
    scope = at_turn(place.scope, 0, node) if is_block and node.formulas else place.scope
    sizes = place.sizes if may_name_sizes(kind, node) else NO_SIZES
    arguments, problems = worked_out(kind, node, scope, sizes)
    times, wrong = repeats(kind, node, place.scope)
    if not problems:
        problems = [_at_node(each, node) for each in unknown_sizes(kind, arguments, sizes)]
    if problems or wrong:
        return NodeResult(arguments=arguments, problems=(*problems, *wrong))
    if node.kind == "Input" and place.inputs is not None:
        return _entered(place, place.inputs, node, arguments)
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
        names = sorted(frozenset().union(*(each for _, each in named(kind, arguments))))
        known_sizes = tuple((name, sizes[name]) for name in names)
        answer = ask(kind.name, tuple(arguments.items()), tuple(inputs.items()), known_sizes)
    weights, unfit = normed(node, arguments, answer.weights, is_known=bool(answer.outputs))
    found = (*answer.problems, *unfit, *_begun(node, weights, is_known=bool(answer.outputs)))
    outputs = answer.outputs
    if told_at(inputs, outputs):
        outputs = called_after(node, kind, outputs, told_in((place.inputs or {}).values()))
    return NodeResult(
        inputs,
        outputs,
        {**arguments, **answer.sizes} if answer.sizes else arguments,
        weights,
        tuple([_at_node(each, node) for each in found]),
        constraints=answer.constraints,
    )


def _entered(place: Place, given: Specs, node: Node, arguments: Arguments) -> NodeResult:
    """Return what an Input of a block gives: the tensor at a use, or what stands in for it."""
    if node.name in given:
        return NodeResult(outputs={"output": given[node.name]}, arguments=arguments)
    if not has_default(node):
        return NodeResult(arguments=arguments)
    spec, problems = filled(place.network, node, arguments, given)
    outputs = {"output": spec} if spec else {}
    return NodeResult(outputs=outputs, arguments=arguments, problems=problems)


def _begun(node: Node, weights: tuple[Weight, ...], *, is_known: bool) -> Iterable[Problem]:
    """Return what is wrong with how the weights of a node begin, unless they are another's."""
    is_its_own = bool(node.init) and not node.shares
    return layer_problems(node, weights) if is_known and is_its_own else ()


def _gather(
    place: Place,
    node: Node,
    kind: LayerKind,
    ports: tuple[str, ...],
    known: Mapping[NodeId, NodeResult],
) -> tuple[Specs, list[Problem]]:
    """Return the specs that reach the node's inputs, and what is wrong with its edges."""
    edges = {edge.target.name: edge for edge in place.structure.feeders[node.id]}
    inputs: dict[str, TensorSpec] = {}
    problems: list[Problem] = []
    needed = set(must_be_given(kind, node))
    for name in ports:
        if name in edges:
            spec = arriving(edges[name], known)
            if spec is not None:
                inputs[name] = spec
        elif name not in kind.optional_inputs or name in needed:
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
    place: Place, node: Node, arguments: Arguments, inputs: Specs, times: int
) -> NodeResult:
    """Return what is known of a block's use, and take account of how many nodes it has."""
    block = place.block.within[node.kind]
    use = Repeated(node, block, arguments, inputs, times, place.scope, place.left)
    result = gone_through(use, infer_within)
    place.left -= result.size
    result = replace(result, outputs=called_outside(node, inputs, result.outputs))
    _, unfit = normed(node, arguments, (), is_known=True)
    return replace(result, problems=(*result.problems, *unfit)) if unfit else result


def _is_too_large(result: NodeResult) -> bool:
    return any(problem.code == "blocks_too_large" for problem in result.problems)


def infer_within(block: Block, arguments: Arguments, inputs: Specs) -> Inference:
    """Work out a block for arguments and inputs of one's own."""
    return _pass(block, tuple(arguments.items()), tuple(inputs.items()))


@with_its_owner(1 << 10)
def _pass(
    block: Block,
    arguments: tuple[tuple[str, object], ...],
    inputs: tuple[tuple[str, TensorSpec], ...],
) -> Inference:
    """Work out a block for these arguments and inputs; equal questions have one answer."""
    scope: Arguments = dict(arguments)  # type: ignore[arg-type]
    given = dict(inputs)
    place = Place(block, scope, given, _structure_of(block, left_out(block.network, given)))
    return _from_scratch(place, {}, {})


@with_its_owner(1 << 4)
def _structure_of(block: Block, absent: frozenset[str]) -> Structure:
    found = structure(without_inputs(block.network, absent))
    names = {node.id: node.name for node in block.network.nodes.values() if node.kind == "Input"}
    problems = [
        each
        for each in found.problems
        if each.code != "unused_output" or names.get(each.node) not in absent
    ]
    return replace(found, problems=tuple(problems))  # what is left out need not be used


def _at_node(problem: Problem, node: Node) -> Problem:
    fixes = tuple(replace(fix, node=fix.node or node.id) for fix in problem.fixes)
    return replace(problem, node=node.id, fixes=fixes)
