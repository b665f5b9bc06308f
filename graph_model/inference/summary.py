"""What follows for a whole network, once what is known of each of its nodes is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from graph_model.advice import Advice, Level
from graph_model.blocks import CustomKinds, Networks
from graph_model.custom_layers.known import taken_names
from graph_model.findings.results import Inference, NodeResult, totals
from graph_model.findings.told import Earlier
from graph_model.inference.differences import Differences, sharing_after
from graph_model.inference.left_open import left_open_problems
from graph_model.inference.place import Place
from graph_model.initialisation.check import Layer, network_problems
from graph_model.network import Network, NodeId


def summed_up(
    place: Place,
    nodes: Mapping[NodeId, NodeResult],
    dirty: set[NodeId],
    edited: Differences,
    networks: Networks,
    layers: CustomKinds,
    previous: Inference | None,
) -> Inference:
    """Return all that is known, once that of each node is; ``dirty`` are those that may differ."""
    network = place.network
    concerned = dirty.union(edited.nodes)
    total = totals(network, nodes, concerned)
    begun = [*_layers(network, nodes)] if network.init else []
    if previous:
        total = previous.totals.changed(totals(previous.network, previous.nodes, concerned), total)
    return Inference(
        network,
        place.structure,
        nodes,
        place.block,
        Advice(Level(network, place.structure, nodes)),
        networks,
        place.scope,
        sharing_after(network, previous, edited),
        total,
        (
            *place.block.parameter_problems,
            *taken_names(place.block),
            *left_open_problems(place.block),
            *network_problems(network, begun),
        ),
        layers,
        _told_before(previous, nodes, concerned, dirty),
        place.likenesses,
    )


def _layers(network: Network, nodes: Mapping[NodeId, NodeResult]) -> Iterator[Layer]:
    """Yield the layers of a network and those within its blocks, for each pass that differs."""
    for id, result in nodes.items():
        node = network.nodes[id]
        yield Layer(node.name, node.kind, result.weights)
        for each in result.passes:
            for layer in _layers(each.inference.network, each.inference.nodes):
                yield layer._replace(name=f"{node.name}.{layer.name}")


def _told_before(
    previous: Inference | None,
    nodes: Mapping[NodeId, NodeResult],
    concerned: set[NodeId],
    dirty: set[NodeId],
) -> Earlier | None:
    """Return what was told when anybody asked last, and all that is dirty since."""
    if previous is None:
        return None
    same = all(_same_constraints(nodes.get(id), previous.nodes.get(id)) for id in concerned)
    known = previous.earlier
    if "problems" in vars(previous):
        constraints = previous.constraints if same else None
        told, multiples = previous.told, previous.multiples
        return Earlier(told, previous.advice, dirty, multiples, previous.problems, constraints)
    if known is None:
        return None
    constraints = known.constraints if same else None
    return replace(known, dirty=known.dirty | dirty, constraints=constraints)


def _same_constraints(result: NodeResult | None, before: NodeResult | None) -> bool:
    return result is before or _constraining(result) == _constraining(before)


def _constraining(result: NodeResult | None) -> tuple[object, ...]:
    """Return what of a node there may be constraints in, nothing where that is nothing."""
    if result is None or not (result.constraints or result.passes):
        return ()
    return result.constraints, result.passes
