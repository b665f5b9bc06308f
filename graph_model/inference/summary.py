"""What follows for a whole network, once what is known of each of its nodes is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import replace
from itertools import compress
from operator import attrgetter

from graph_model.advice import Advice, Level
from graph_model.blocks import CustomKinds, Networks
from graph_model.custom_layers.known import taken_names
from graph_model.findings.results import Inference, NodeResult, Totals, totals
from graph_model.findings.sharing import overwrites
from graph_model.findings.told import Earlier
from graph_model.inference.differences import Differences, sharing_after
from graph_model.inference.exchanges import Exchanges
from graph_model.inference.left_open import left_open_problems
from graph_model.inference.place import Place
from graph_model.initialisation.check import Layer, network_problems
from graph_model.mappings import note_differences
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
    begun = [*_layers(network, nodes)] if network.init else []
    sharing = sharing_after(network, previous, edited)
    if previous:
        note_differences(nodes, previous.nodes, concerned)
    return Inference(
        network,
        place.structure,
        nodes,
        place.block,
        Advice(Level(network, place.structure, nodes)),
        networks,
        place.scope,
        sharing,
        _wrong(network, nodes, concerned, edited, previous),
        _totals(place, nodes, sharing, concerned, previous),
        (
            *place.block.parameter_problems,
            *taken_names(place.block),
            *left_open_problems(place.block),
            *network_problems(network, begun),
        ),
        layers,
        _told_before(previous, place.exchanges, dirty),
        place.askings,
    )


def _layers(network: Network, nodes: Mapping[NodeId, NodeResult]) -> Iterator[Layer]:
    """Yield the layers of a network and those within its blocks, for each pass that differs."""
    for id, result in nodes.items():
        node = network.nodes[id]
        yield Layer(node.name, node.kind, result.weights)
        for each in result.passes:
            for layer in _layers(each.inference.network, each.inference.nodes):
                yield layer._replace(name=f"{node.name}.{layer.name}")


def _totals(
    place: Place,
    nodes: Mapping[NodeId, NodeResult],
    sharing: Mapping[NodeId, NodeId],
    ids: Set[NodeId],
    previous: Inference | None,
) -> Totals:
    """Follow the totals of before; what shares the weights of another node has none to count."""
    total = place.exchanges.follow(previous.totals if previous else Totals())
    shared = _weights_of(nodes, sharing.keys() & ids)
    before = _weights_of(previous.nodes, previous.sharing.keys() & ids) if previous else Totals()
    return total.changed(shared, before)


def _weights_of(nodes: Mapping[NodeId, NodeResult], ids: Iterable[NodeId]) -> Totals:
    return totals((nodes[id], 1) for id in ids)._replace(size=0)


def _wrong(
    network: Network,
    nodes: Mapping[NodeId, NodeResult],
    ids: Set[NodeId],
    edited: Differences,
    previous: Inference | None,
) -> Set[NodeId]:
    """Return the nodes with problems, and those that write over what they are given."""
    before = previous.wrong if previous else frozenset()
    there = list(nodes.keys() & ids)
    wrong = {*compress(there, map(attrgetter("problems"), map(nodes.__getitem__, there)))}
    may_overwrite = ((before & ids) | {*edited.nodes}) & nodes.keys()
    wrong.update(id for id in may_overwrite if overwrites(network.nodes[id]))
    return wrong | (before - ids)


def _told_before(
    previous: Inference | None, exchanges: Exchanges, dirty: set[NodeId]
) -> Earlier | None:
    """Return what was told when anybody asked last, and all that is dirty since."""
    if previous is None:
        return None
    same = all(_constraining(each.before) == _constraining(each.after) for each in exchanges)
    known = previous.earlier
    if "problems" in vars(previous):
        constraints = previous.constraints if same else None
        told, multiples = previous.told, previous.multiples
        return Earlier(told, previous.advice, dirty, multiples, previous.problems, constraints)
    if known is None:
        return None
    constraints = known.constraints if same else None
    return replace(known, dirty=known.dirty | dirty, constraints=constraints)


def _constraining(result: NodeResult | None) -> tuple[object, ...]:
    """Return what of a node there may be constraints in, nothing where that is nothing."""
    if result is None or not (result.constraints or result.passes):
        return ()
    return result.constraints, result.passes
