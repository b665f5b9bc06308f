"""The values a user edits: nodes, edges, networks and projects, and the edits on them.

All are frozen. An edit is a pure function that returns a new value and shares what did not
change, so views compare old and new by identity and undo is keeping the old one. The mappings
inside are never written to after construction.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import field, replace
from itertools import compress
from operator import attrgetter, itemgetter
from typing import Final, Literal, NamedTuple, TypeAlias, TypeVar

from graph_model.arrangement import Arrangement
from graph_model.formulas import Formula
from graph_model.frozen import frozen
from graph_model.mappings import differing, with_entries, without
from graph_model.naming import free_number, without_number
from graph_model.recipe import Choice, Recipe
from graph_model.values import Arguments, Parameter

Direction: TypeAlias = Literal["down", "right"]
"""Where a network flows on the canvas."""

NodeId: TypeAlias = str
NetworkId: TypeAlias = str
LayerId: TypeAlias = str


class Position(NamedTuple):
    """Where the centre of a card lies on the canvas, in pixels at zoom 1."""

    x: float
    y: float


class Port(NamedTuple):
    """A named input or output of one node."""

    node: NodeId
    name: str


Layout: TypeAlias = Mapping[NodeId, Position]


@frozen
class Node:
    """A use of a layer kind, or of a block.

    ``id`` never changes; ``name``, the attribute in the code, not unless renamed, so that saved
    weights still load. ``arguments`` differ from the defaults, ``formulas`` follow from the
    parameters of the block around. A block may be repeated, ``arrangement`` and dimension ``along``
    say how; where ``repeat`` is a condition that does not hold, it passes on the first of what it
    is given. A node that ``shares`` uses another's weights with its arguments and repeats; a Linear
    tied to an Embedding keeps its own. A ``frozen`` one is not trained; ``init`` is how it begins,
    ``parametrization`` the norm that its weight is computed with. Where its kind follows from a
    parameter of the block around, ``kind_from`` is that; ``kind`` is then what its default says.
    """

    id: NodeId
    kind: str
    name: str
    arguments: Arguments = field(default_factory=dict)
    formulas: Mapping[str, Formula] = field(default_factory=dict)
    repeat: int | Formula = 1
    shares: NodeId = ""
    frozen: bool = False
    init: Mapping[str, Choice] = field(default_factory=dict)
    arrangement: Arrangement = Arrangement.SEQUENCE
    along: int = 1
    parametrization: Choice | None = None
    kind_from: str = ""


@frozen
class Edge:
    """A tensor's way from an output port to an input port."""

    source: Port
    target: Port


@frozen
class Network:
    """Nodes and the edges between them.

    ``edges`` is keyed by the target port: an input takes at most one edge by construction.
    ``role`` tells whether it stands alone or is a block, to be used as a node of others with
    arguments for its ``parameters``. ``init`` goes for all layers within that have none.
    """

    id: NetworkId
    name: str
    nodes: Mapping[NodeId, Node] = field(default_factory=dict)
    edges: Mapping[Port, Edge] = field(default_factory=dict)
    role: Literal["network", "block"] = "network"
    parameters: tuple[Parameter, ...] = ()
    init: Mapping[str, Choice] = field(default_factory=dict)


@frozen
class CustomLayer:
    """A layer that the user wrote: Python text, which nothing runs before it is allowed."""

    id: LayerId
    text: str

    @property
    def name(self) -> str:
        """The name of its last class or function, as far as that can be told."""
        found = _DEFINITION.findall(self.text)
        return found[-1] if found else "custom"


class Dismissal(NamedTuple):
    """A problem that the user wants to hear no more of: at one node, or of a whole network."""

    network: NetworkId
    node: NodeId
    code: str


@frozen
class Project:
    """What a project file holds: networks and blocks, where their nodes lie, and the recipe.

    ``layers`` are the custom layers, which the nodes of all its networks may use; ``direction`` is
    where all its networks flow.
    """

    networks: Mapping[NetworkId, Network]
    main: NetworkId
    layouts: Mapping[NetworkId, Layout] = field(default_factory=dict)
    recipe: Recipe = field(default_factory=Recipe)
    layers: Mapping[LayerId, CustomLayer] = field(default_factory=dict)
    dismissed: frozenset[Dismissal] = frozenset()
    direction: Direction = "down"

    @property
    def network(self) -> Network:
        """The network that is trained and exported."""
        return self.networks[self.main]

    @property
    def layout(self) -> Layout:
        """Where the nodes of the main network lie."""
        return self.layouts.get(self.main, {})


def empty_project(name: str = "Network") -> Project:
    """Return a project with one network without nodes."""
    return Project({"main": Network("main", name)}, "main")


def new_id(taken: Collection[str] = ()) -> str:
    """Return a fresh identifier of eight hexadecimal digits."""
    while (candidate := os.urandom(4).hex()) in taken:
        pass
    return candidate


def free_name(stem: str, taken: Collection[str]) -> str:
    """Return ``stem`` with the lowest number from one on that no name in ``taken`` has."""
    stem = without_number(stem)
    return f"{stem}{free_number(stem, taken)}"


def names(network: Network) -> set[str]:
    """Return the names of all nodes."""
    return {node.name for node in network.nodes.values()}


def add_nodes(network: Network, nodes: Iterable[Node]) -> Network:
    """Add nodes, or replace those of the same id."""
    return replace(network, nodes=with_entries(network.nodes, {node.id: node for node in nodes}))


def remove_nodes(
    network: Network, ids: Collection[NodeId], touching: Collection[Port] | None = None
) -> Network:
    """Remove nodes and every edge that touches them: those into ``touching``, where that is known.

    Of the nodes that shared the weights of a removed one, the first keeps them.
    """
    ids, edges = frozenset(network.nodes.keys() & ids), network.edges
    if touching is None:
        sources = map(attrgetter("source.node"), edges.values())
        leaving = compress(edges, map(ids.__contains__, sources))
        entering = compress(edges, map(ids.__contains__, map(itemgetter(0), edges)))
        touching = {*leaving, *entering}
    return replace(network, nodes=_without(network.nodes, ids), edges=without(edges, touching))


def connect(network: Network, source: Port, target: Port) -> Network:
    """Lay an edge, in place of the one that the target port may have had."""
    return replace(network, edges=with_entries(network.edges, {target: Edge(source, target)}))


def disconnect(network: Network, targets: Collection[Port]) -> Network:
    """Remove the edges into these input ports."""
    gone = network.edges.keys() & targets
    return replace(network, edges=without(network.edges, gone)) if gone else network


def _without(nodes: Mapping[NodeId, Node], ids: frozenset[NodeId]) -> Mapping[NodeId, Node]:
    kept = without(nodes, ids)
    is_orphan = map(ids.__contains__, map(attrgetter("shares"), kept.values()))
    orphans = list(compress(kept.values(), is_orphan))
    heirs: dict[NodeId, NodeId] = {}
    provided: dict[NodeId, Node] = {}
    for node in sorted(orphans, key=lambda each: each.kind != nodes[each.shares].kind):
        owner = nodes[node.shares]
        if node.kind == owner.kind:
            heir = heirs.setdefault(owner.id, node.id)
        else:  # a Linear tied to an Embedding
            heir = heirs.get(owner.id, "")
        provided[node.id] = (
            replace(owner, id=node.id, name=node.name)
            if heir == node.id
            else replace(node, shares=heir)
        )
    return with_entries(kept, provided) if provided else kept


def set_arguments(network: Network, id: NodeId, changes: Arguments) -> Network:
    """Set arguments of one node, leaving its others as they are."""
    node = network.nodes[id]
    arguments, formulas = {**node.arguments, **changes}, _but(node.formulas, changes)
    return add_nodes(network, [replace(node, arguments=arguments, formulas=formulas)])


def set_formula(network: Network, id: NodeId, name: str, formula: Formula) -> Network:
    """Let an argument of a node follow from the parameters of the block that it lies in."""
    node = network.nodes[id]
    formulas = {**node.formulas, name: formula}
    return add_nodes(
        network, [replace(node, arguments=_but(node.arguments, [name]), formulas=formulas)]
    )


def reset_argument(network: Network, id: NodeId, name: str) -> Network:
    """Return one argument of a node to its default."""
    node = network.nodes[id]
    arguments, formulas = _but(node.arguments, [name]), _but(node.formulas, [name])
    return add_nodes(network, [replace(node, arguments=arguments, formulas=formulas)])


def set_repeat(network: Network, id: NodeId, repeat: int | Formula) -> Network:
    """Repeat a block so many times."""
    return add_nodes(network, [replace(network.nodes[id], repeat=repeat)])


def share_weights(network: Network, id: NodeId, owner: NodeId) -> Network:
    """Make a node another use of the weights of ``owner``, or of whose weights that shares."""
    owner = network.nodes[owner].shares or owner
    node = replace(network.nodes[id], shares=owner)
    if node.kind == network.nodes[owner].kind:
        node = replace(node, arguments={}, formulas={}, repeat=1, init={}, parametrization=None)
    return add_nodes(network, [node])


def stop_sharing(network: Network, id: NodeId) -> Network:
    """Give a node weights of its own, with the arguments of the node that it shared with."""
    node = network.nodes[id]
    owner = network.nodes.get(node.shares, node)
    if owner.kind != node.kind:
        owner = node
    return add_nodes(network, [replace(owner, id=id, name=node.name, shares="")])


def freeze(network: Network, id: NodeId, *, frozen: bool) -> Network:
    """Leave the weights of a node, or of all nodes within, as they are in training, or not."""
    return add_nodes(network, [replace(network.nodes[id], frozen=frozen)])


T = TypeVar("T")


def _but(members: Mapping[str, T], names: Collection[str]) -> Mapping[str, T]:
    """Return the members without those of these names, the same mapping where it has none."""
    if not any(name in members for name in names):
        return members
    return {name: value for name, value in members.items() if name not in names}


def rename(network: Network, id: NodeId, name: str) -> Network:
    """Give a node another code name; whether it is a good one is checked by ``validate``."""
    return add_nodes(network, [replace(network.nodes[id], name=name)])


def edges_of(network: Network, ids: Collection[NodeId]) -> list[Edge]:
    """Return the edges that touch any of these nodes."""
    return [
        edge
        for edge in network.edges.values()
        if edge.source.node in ids or edge.target.node in ids
    ]


def downstream(network: Network, id: NodeId) -> set[NodeId]:
    """Return a node and all that it feeds, directly or not."""
    readers: dict[NodeId, set[NodeId]] = {}
    for edge in network.edges.values():
        readers.setdefault(edge.source.node, set()).add(edge.target.node)
    seen, waiting = {id}, [id]
    while waiting:
        found = readers.get(waiting.pop(), set()) - seen
        seen |= found
        waiting.extend(found)
    return seen


def use_kind(id: NetworkId) -> str:
    """Return the kind of a node that uses this network as a block."""
    return _PREFIX + id


def used_network(kind: str) -> NetworkId | None:
    """Return the id of the network that a node of this kind uses, or ``None`` for a layer."""
    return kind.removeprefix(_PREFIX) if kind.startswith(_PREFIX) else None


def custom_kind(id: LayerId) -> str:
    """Return the kind of a node that uses this custom layer."""
    return _CUSTOM_PREFIX + id


def used_layer(kind: str) -> LayerId | None:
    """Return the id of the custom layer that a node of this kind uses, ``None`` for any other."""
    return kind.removeprefix(_CUSTOM_PREFIX) if kind.startswith(_CUSTOM_PREFIX) else None


def with_network(project: Project, network: Network) -> Project:
    """Return the project with this network in place of the one of the same id.

    Where an Input or Output of a block was renamed, the edges at its uses follow.
    """
    old = project.networks.get(network.id, network)
    project = replace(project, networks={**project.networks, network.id: network})
    edited = differing(network.nodes, old.nodes)
    inputs, outputs = (_renamed(old, network, kind, edited) for kind in ("Input", "Output"))
    return with_renamed_ports(project, use_kind(network.id), inputs, outputs)


def with_renamed_ports(
    project: Project, kind: str, inputs: Mapping[str, str], outputs: Mapping[str, str]
) -> Project:
    """Let the edges at nodes of a kind follow where its ports were renamed: old names to new."""
    networks = dict(project.networks)
    for id, each in networks.items() if inputs or outputs else ():
        users = {node.id for node in each.nodes.values() if node.kind == kind}
        if users:
            networks[id] = _with_renamed_ports(each, users, inputs, outputs)
    return replace(project, networks=networks)


def _renamed(old: Network, new: Network, kind: str, edited: Collection[NodeId]) -> dict[str, str]:
    """Return the new name for each old one of the edited nodes of a kind that were renamed."""
    pairs = ((old.nodes[id], new.nodes[id]) for id in edited if id in old.nodes and id in new.nodes)
    return {
        before.name: node.name
        for before, node in pairs
        if node.kind == kind and before.name != node.name
    }


def _with_renamed_ports(
    network: Network, users: set[NodeId], inputs: Mapping[str, str], outputs: Mapping[str, str]
) -> Network:
    edges: dict[Port, Edge] = {}
    for edge in network.edges.values():
        source, target = edge.source, edge.target
        if source.node in users:
            source = Port(source.node, outputs.get(source.name, source.name))
        if target.node in users:
            target = Port(target.node, inputs.get(target.name, target.name))
        is_same = (source, target) == (edge.source, edge.target)
        edges[target] = edge if is_same else Edge(source, target)
    return replace(network, edges=edges)


def with_layout(project: Project, network: NetworkId, layout: Layout) -> Project:
    """Return the project with another layout for one network."""
    return replace(project, layouts={**project.layouts, network: layout})


_PREFIX: Final = "block:"
_CUSTOM_PREFIX: Final = "custom:"
_DEFINITION: Final = re.compile(r"^(?:class|def)\s+([^\W_]\w*)", re.MULTILINE)
