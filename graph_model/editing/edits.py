"""Edits made of several steps: adding, inserting, pasting, fixing. All are pure functions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import reduce

from graph_model.complaints import complaint
from graph_model.editing.initialising import set_init
from graph_model.editing.parametrizing import set_parametrization
from graph_model.frozen import frozen
from graph_model.layers import LAYERS
from graph_model.layers.kind import LayerKind
from graph_model.mappings import with_entries
from graph_model.naming import free_names
from graph_model.network import (
    Edge,
    Layout,
    Network,
    Node,
    NodeId,
    Port,
    Position,
    add_nodes,
    connect,
    disconnect,
    downstream,
    edges_of,
    free_name,
    names,
    new_id,
    remove_nodes,
    rename,
    set_arguments,
    stop_sharing,
)
from graph_model.problems import (
    AddOutput,
    Bypass,
    Connect,
    Disconnect,
    Fix,
    InsertAround,
    InsertBefore,
    InsertRow,
    RemoveBranch,
    RemoveNode,
    Rename,
    ReplaceKind,
    ReplaceKinds,
    ResetInit,
    ResetParametrization,
    SetArguments,
    SetInAll,
    StopSharing,
    SwapWithFeeder,
    TakeThrough,
)
from graph_model.values import Arguments


def new_node(
    network: Network,
    kind: str,
    arguments: Arguments | None = None,
    known: LayerKind | None = None,
) -> Node:
    """Return a node of a kind with an id and a name that are free in ``network``.

    ``known`` tells what the kind is where it is none of the catalogue.
    """
    name = free_name((known or LAYERS[kind]).code_stem, names(network))
    return Node(new_id(network.nodes), kind, name, dict(arguments or {}))


def insert_on_edge(
    network: Network, node: Node, edge: Edge, known: LayerKind | None = None
) -> Network:
    """Add a node in the middle of an edge, by its first input and first output.

    ``known`` tells what its kind is where that is none of the catalogue.
    """
    kind = known or LAYERS[node.kind]
    arguments = kind.complete(node.arguments)
    inputs, outputs = kind.inputs(arguments), kind.outputs(arguments)
    network = add_nodes(network, [node])
    if inputs and outputs:
        network = connect(network, edge.source, Port(node.id, inputs[0]))
        network = connect(network, Port(node.id, outputs[0]), edge.target)
    return network


def remove_and_bridge(network: Network, ids: Collection[NodeId]) -> Network:
    """Remove nodes; where one had a single feeder, what it fed is fed by that instead."""
    gone = frozenset(ids)
    feeders: dict[NodeId, list[Port]] = {}
    for edge in network.edges.values():
        if edge.target.node in gone:
            feeders.setdefault(edge.target.node, []).append(edge.source)
    left = remove_nodes(network, gone)
    edges = dict(left.edges)
    for port, edge in network.edges.items():
        if edge.source.node in gone and port.node not in gone:
            source = _before(edge.source, gone, feeders)
            if source is not None:
                edges[port] = Edge(source, port)
    return replace(left, edges=edges)


def _before(
    source: Port, gone: Collection[NodeId], feeders: Mapping[NodeId, Sequence[Port]]
) -> Port | None:
    """Return what feeds a row of removed nodes; ``None`` where one had not just one feeder."""
    passed = set()
    while source.node in gone:
        found = feeders.get(source.node, ())
        if len(found) != 1 or source.node in passed:
            return None
        passed.add(source.node)
        source = found[0]
    return source


@frozen
class Fragment:
    """Nodes cut out of a network, with the edges among them and where they lay."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    layout: Layout


def cut_out(network: Network, layout: Layout, ids: Collection[NodeId]) -> Fragment:
    """Return a copy of these nodes and of the edges among them."""
    return Fragment(
        tuple(_on_its_own(network, id, ids) for id in network.nodes if id in ids),
        tuple(
            edge
            for edge in edges_of(network, ids)
            if edge.source.node in ids and edge.target.node in ids
        ),
        {id: layout[id] for id in ids if id in layout},
    )


def _on_its_own(network: Network, id: NodeId, ids: Collection[NodeId]) -> Node:
    """Return a node; with arguments of its own where what it shares weights with stays behind."""
    node = network.nodes[id]
    return node if not node.shares or node.shares in ids else stop_sharing(network, id).nodes[id]


def paste(
    network: Network, layout: Layout, fragment: Fragment, offset: Position
) -> tuple[Network, Layout, Mapping[NodeId, NodeId]]:
    """Add a copy of a fragment, moved by ``offset``, under fresh ids and names.

    Returns the network, its layout, and the new id of each id in the fragment.
    """
    placed = dict(layout)
    fresh: dict[NodeId, NodeId] = {}
    for node in fragment.nodes:
        fresh[node.id] = id = new_id(network.nodes)
        if node.id in fragment.layout:
            x, y = fragment.layout[node.id]
            placed[id] = Position(x + offset.x, y + offset.y)
    called = free_names([node.name for node in fragment.nodes], names(network))
    network = add_nodes(
        network,
        (
            replace(node, id=fresh[node.id], name=name, shares=fresh.get(node.shares, ""))
            for node, name in zip(fragment.nodes, called, strict=True)
        ),
    )
    edges = [
        Edge(*(Port(fresh[end.node], end.name) for end in (edge.source, edge.target)))
        for edge in fragment.edges
    ]
    laid = with_entries(network.edges, {edge.target: edge for edge in edges})
    network = replace(network, edges=laid)
    return network, placed, fresh


def still_fits(network: Network, fix: Fix) -> bool:
    """Tell whether all is there that a fix changes: it may be of a network as that was before."""
    named = {fix.node} - {""}
    match fix.change:
        case Connect(source):
            named.add(source)
        case SetInAll(nodes) | ReplaceKinds(nodes):
            named.update(nodes)
        case InsertBefore(port) | InsertRow(port) | InsertAround(port) | SwapWithFeeder(port):
            edge = network.edges.get(Port(fix.node, port))
            fed = {each.target.node for each in network.edges.values()}
            before = edge.source.node if edge else ""
            if edge is None or (isinstance(fix.change, SwapWithFeeder) and before not in fed):
                return False
    return named <= network.nodes.keys()


def apply_fix(network: Network, fix: Fix) -> Network:
    """Return the network with the change that a fix proposes; one of the recipe leaves it."""
    match fix.change:
        case SetArguments(arguments):
            return set_arguments(network, _holder(network, fix.node), arguments)
        case InsertBefore(port, kind, arguments, all_uses):
            return _inserted_before(network, Port(fix.node, port), kind, arguments, all_uses)
        case InsertRow(port, layers):
            for kind, arguments in layers:
                network = _inserted_before(
                    network, Port(fix.node, port), kind, arguments, all_uses=True
                )
            return network
        case InsertAround(port, kind, arguments):
            return _inserted_around(network, Port(fix.node, port), kind, arguments)
        case TakeThrough(arguments, kind, layer):
            network = set_arguments(network, fix.node, arguments)
            return _through(network, fix.node, kind, layer)
        case SetInAll(nodes, arguments):
            return reduce(lambda made, id: set_arguments(made, id, arguments), nodes, network)
        case ReplaceKinds(nodes, kind):
            return reduce(lambda made, id: _of_other_kind(made, id, kind), nodes, network)
        case Rename(name):
            return rename(network, fix.node, name)
        case RemoveNode():
            return remove_nodes(network, [fix.node])
        case Bypass():
            return remove_and_bridge(network, [fix.node])
        case SwapWithFeeder(port):
            return _swapped(network, fix.node, port)
        case ReplaceKind(kind):
            return _of_other_kind(network, fix.node, kind)
        case Connect(source, output, port):
            return connect(network, Port(source, output), Port(fix.node, port))
        case RemoveBranch():
            return remove_nodes(network, downstream(network, fix.node))
        case AddOutput():
            return _with_output(network, fix.node)
        case Disconnect(port):
            return disconnect(network, [Port(fix.node, port)])
        case StopSharing():
            return stop_sharing(network, fix.node)
        case ResetInit(group):
            return set_init(network, fix.node, group, None)
        case ResetParametrization():
            return set_parametrization(network, fix.node, None)
        case _:
            return network


def _holder(network: Network, id: NodeId) -> NodeId:
    """Return the node whose arguments a node has: another where it is one more use of that."""
    node = network.nodes[id]
    owner = network.nodes.get(node.shares)
    return owner.id if owner is not None and owner.kind == node.kind else id


def _inserted_before(
    network: Network, port: Port, kind: str, arguments: Arguments, all_uses: bool
) -> Network:
    """Insert a layer before a port, with ``all_uses`` wherever its node reads the same output."""
    edge = network.edges[port]
    targets = [
        each.target
        for each in network.edges.values()
        if each.source == edge.source and each.target.node == port.node
    ]
    before = new_node(network, kind, arguments)
    network, output = insert_on_edge(network, before, edge), _first_output(before)
    return reduce(lambda made, target: connect(made, output, target), targets * all_uses, network)


def _through(network: Network, id: NodeId, kind: str, arguments: Arguments) -> Network:
    """Insert a layer behind a node, which all read that have read the node."""
    edges = [each for each in network.edges.values() if each.source.node == id]
    if not edges:
        return network
    behind = new_node(network, kind, arguments)
    targets = [each.target for each in edges]
    network, output = insert_on_edge(network, behind, edges[0]), _first_output(behind)
    return reduce(lambda made, target: connect(made, output, target), targets, network)


def _inserted_around(network: Network, port: Port, kind: str, arguments: Arguments) -> Network:
    """Insert a layer before a port, and the same between the first output and its readers."""
    network = _inserted_before(network, port, kind, arguments, all_uses=True)
    after = new_node(network, kind, arguments)
    source, (input, output) = _first_output(network.nodes[port.node]), _ends(after)
    read = [edge.target for edge in network.edges.values() if edge.source == source]
    network = connect(add_nodes(network, [after]), source, input)
    return reduce(lambda made, target: connect(made, output, target), read, network)


def _ends(node: Node) -> tuple[Port, Port]:
    """Return the first input and the first output of a layer that has both."""
    kind = LAYERS[node.kind]
    input = kind.inputs(kind.complete(node.arguments))[0]
    return Port(node.id, input), _first_output(node)


def _first_output(node: Node) -> Port:
    kind = LAYERS[node.kind]
    return Port(node.id, kind.outputs(kind.complete(node.arguments))[0])


def _of_other_kind(network: Network, id: NodeId, kind: str) -> Network:
    """Make a node one of another kind, with the arguments that this takes as well.

    Sizes that follow from the input are left to follow.
    """
    node, parameters = network.nodes[id], LAYERS[kind].by_name
    kept = {
        name: value
        for name, value in node.arguments.items()
        if name in parameters
        and not parameters[name].inferred
        and not complaint(parameters[name], value)
    }
    formulas = {name: each for name, each in node.formulas.items() if name in parameters}
    return add_nodes(network, [replace(node, kind=kind, arguments=kept, formulas=formulas)])


def _with_output(network: Network, id: NodeId) -> Network:
    """Let the first output of a node feed a new Output."""
    output = new_node(network, "Output")
    network = add_nodes(network, [output])
    return connect(network, _first_output(network.nodes[id]), Port(output.id, "input"))


def _swapped(network: Network, id: NodeId, port: str) -> Network:
    """Let a node of one output change places with the one that feeds its ``port``."""
    between = network.edges[Port(id, port)]
    before = next(e for e in network.edges.values() if e.target.node == between.source.node)
    after = [edge for edge in network.edges.values() if edge.source.node == id]
    network = connect(network, before.source, between.target)
    for edge in after:
        network = connect(network, between.source, edge.target)
        network = connect(network, edge.source, before.target)
    return network
