"""Edits that make blocks and copy them. All are pure functions.

Each takes a whole project and returns another, so that it is one step to undo.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from graph_model.blocks import as_kind, block_of
from graph_model.custom_layers.known import NOTHING, Known, custom_kinds
from graph_model.dims import is_symbol
from graph_model.editing.dismissals import dismissed_also
from graph_model.editing.edits import cut_out
from graph_model.editing.node_formulas import mentioned
from graph_model.editing.recipe_paths import followed, into_block
from graph_model.formulas import Formula, Name
from graph_model.inference.arguments import as_owner
from graph_model.inference.infer import Inference, infer
from graph_model.network import (
    Direction,
    Layout,
    Network,
    NetworkId,
    Node,
    NodeId,
    Port,
    Position,
    Project,
    add_nodes,
    connect,
    free_name,
    names,
    new_id,
    remove_nodes,
    use_kind,
    used_network,
    with_layout,
    with_network,
)
from graph_model.problems import GraphError
from graph_model.values import Arguments

BOUNDARY = frozenset({"Input", "Output"})
STEPS: Final[Mapping[Direction, Position]] = {"down": Position(0, 120), "right": Position(256, 0)}
"""From one card to the next along the flow."""


def new_use(
    network: Network, block: Network, arguments: Arguments | None = None, repeat: int | Formula = 1
) -> Node:
    """Return a node that uses a block, with an id and a name that are free in ``network``."""
    name = free_name(as_kind(block).code_stem, names(network))
    id = new_id(network.nodes)
    return Node(id, use_kind(block.id), name, dict(arguments or {}), repeat=repeat)


def may_use(project: Project, network: NetworkId, block: NetworkId) -> bool:
    """Tell whether a network can use a block without coming to contain itself."""
    tried = project.networks[network]
    tried = add_nodes(tried, [new_use(tried, project.networks[block])])
    return use_kind(block) not in block_of(tried, project.networks).recursive


# Making a block of nodes


@dataclass(slots=True, eq=False, repr=False)
class _Made:
    """A block while it is made, and the edges that will lead to and from its use."""

    network: Network
    layout: dict[NodeId, Position]
    direction: Direction
    into: list[tuple[Port, str]] = field(default_factory=list)
    out: list[tuple[str, Port]] = field(default_factory=list)

    def add(self, kind: str, wish: str, arguments: Arguments, beside: Iterable[Port]) -> Node:
        """Add an Input before, or an Output after, the nodes whose ports it serves."""
        taken = names(self.network)
        name = free_name(wish, taken) if wish in taken else wish
        node = Node(new_id(self.network.nodes), kind, name, arguments)
        self.network = add_nodes(self.network, [node])
        places = [self.layout[port.node] for port in beside if port.node in self.layout]
        centre = middle(places)
        if centre is not None:
            ends = min if kind == "Input" else max
            sign = -1 if kind == "Input" else 1
            across, down = STEPS[self.direction]
            self.layout[node.id] = Position(
                ends(place.x for place in places) + sign * across if across else centre.x,
                ends(place.y for place in places) + sign * down if down else centre.y,
            )
        return node


def make_block(
    project: Project, network: NetworkId, ids: Collection[NodeId], name: str, known: Known = NOTHING
) -> tuple[Project, NodeId]:
    """Move nodes into a new block that a new node uses in their place.

    Each tensor that comes in from outside becomes an Input, and so does an input left open; each
    that is used outside becomes an Output.
    The parameters of ``network`` that formulas of the nodes name become parameters of the block.
    Inputs and Outputs themselves stay where they are. What the recipe says of the nodes follows
    them. Returns the project and the new node.
    Raises ``GraphError`` where no node is left.
    """
    outer = project.networks[network]
    chosen = {id for id in ids if outer.nodes[id].kind not in BOUNDARY}
    if not chosen:
        raise GraphError("a block is made of at least one node that is no Input or Output")
    layout = project.layouts.get(network, {})
    made = _extracted(
        outer,
        layout,
        chosen,
        Network(new_id(project.networks), name, role="block"),
        project.direction,
    )
    inference = infer(outer, None, project.networks, custom_kinds(project.layers, known))
    _add_inputs(made, outer, chosen, inference)
    _add_outputs(made, outer, chosen, inference)
    named = {each for node in made.network.nodes.values() for each in mentioned(node)}
    parameters = tuple(each for each in outer.parameters if each.name in named)
    block = replace(made.network, parameters=parameters)
    use = replace(
        new_use(outer, block), formulas={each.name: Name(each.name) for each in parameters}
    )
    outer = add_nodes(remove_nodes(outer, chosen), [use])
    for source, port in made.into:
        outer = connect(outer, source, Port(use.id, port))
    for port, target in made.out:
        outer = connect(outer, Port(use.id, port), target)
    placed = {id: place for id, place in layout.items() if id not in chosen}
    centre = middle([layout[id] for id in chosen if id in layout])
    if centre is not None:
        placed[use.id] = centre
    edited = with_network(with_network(project, block), outer)
    edited = with_layout(with_layout(edited, block.id, made.layout), network, placed)
    edited = followed(edited, project, network, into_block([*chosen], use.id))
    return dismissed_also(edited, network, block.id), use.id


def _extracted(
    outer: Network,
    layout: Layout,
    ids: Collection[NodeId],
    empty: Network,
    direction: Direction,
) -> _Made:
    fragment = cut_out(outer, layout, ids)
    block = add_nodes(empty, fragment.nodes)
    for edge in fragment.edges:
        block = connect(block, edge.source, edge.target)
    return _Made(block, dict(fragment.layout), direction)


def _add_inputs(made: _Made, outer: Network, ids: set[NodeId], known: Inference) -> None:
    entering: dict[Port, list[Port]] = {}
    for edge in outer.edges.values():
        if edge.target.node in ids and edge.source.node not in ids:
            entering.setdefault(edge.source, []).append(edge.target)
    left_open = [port for port in _left_open(outer, known) if port.node in ids]
    is_only = len(entering) + len(left_open) == 1
    for source, targets in entering.items():
        wish = "x" if is_only else outer.nodes[source.node].name
        node = made.add("Input", wish, _declared(known, source), targets)
        made.into.append((source, node.name))
        for target in targets:
            made.network = connect(made.network, Port(node.id, "output"), target)
    for port in left_open:
        node = made.add("Input", "x" if is_only else port.name, {}, [port])
        made.network = connect(made.network, Port(node.id, "output"), port)


def _left_open(outer: Network, known: Inference) -> Iterator[Port]:
    """Yield the inputs that need an edge and have none."""
    for node in outer.nodes.values():
        if kind := known.block.find(node.kind):
            for name in kind.inputs(kind.complete(node.arguments)):
                port = Port(node.id, name)
                if port not in outer.edges and name not in kind.optional_inputs:
                    yield port


def _add_outputs(made: _Made, outer: Network, ids: set[NodeId], known: Inference) -> None:
    """Add an Output for each tensor used outside; for what nothing uses, where there is none."""
    leaving: dict[Port, list[Port]] = {}
    for edge in outer.edges.values():
        if edge.source.node in ids and edge.target.node not in ids:
            leaving.setdefault(edge.source, []).append(edge.target)
    if not leaving:
        used = {edge.source for edge in outer.edges.values()}
        inside = (id for id in outer.nodes if id in ids)
        ends = (port for id in inside for port in _outputs(outer.nodes[id], known))
        leaving = {port: [] for port in ends if port not in used}
    for source, targets in leaving.items():
        wish = "y" if len(leaving) == 1 else f"{outer.nodes[source.node].name}_out"
        node = made.add("Output", wish, {}, [source])
        made.out += [(node.name, target) for target in targets]
        made.network = connect(made.network, source, Port(node.id, "input"))


def _outputs(node: Node, known: Inference) -> list[Port]:
    kind = known.block.find(node.kind)
    names = kind.outputs(kind.complete(node.arguments)) if kind else ()
    return [Port(node.id, name) for name in names]


def _declared(known: Inference, source: Port) -> Arguments:
    """Return the arguments of an Input that declares what a port gives, as far as is known."""
    spec = known.spec(source)
    if spec is None:
        return {}
    letters = ("N", "C", "H", "W") if spec.rank == 4 else tuple(f"D{n}" for n in range(spec.rank))
    shape = tuple(
        dim if isinstance(dim, int) else str(dim) if is_symbol(str(dim)) else letter
        for dim, letter in zip(spec.shape, letters, strict=True)
    )
    return {"shape": shape, "dtype": spec.dtype}


def middle(places: list[Position]) -> Position | None:
    """Return the middle of some places, where there are any."""
    if not places:
        return None
    return Position(
        sum(place.x for place in places) / len(places),
        sum(place.y for place in places) / len(places),
    )


# A copy of one's own


def detach(project: Project, network: NetworkId, id: NodeId) -> Project:
    """Give one use of a block a copy of the block of its own, to be changed apart from others."""
    outer = project.networks[network]
    node = as_owner(outer, outer.nodes[id])
    block = project.networks[used_network(node.kind) or ""]
    copy = replace(block, id=new_id(project.networks), name=free_block_name(project, block.name))
    outer = add_nodes(outer, [replace(node, kind=use_kind(copy.id), shares="")])
    project = with_network(with_network(project, copy), outer)
    project = with_layout(project, copy.id, project.layouts.get(block.id, {}))
    return dismissed_also(project, block.id, copy.id)


def free_block_name(project: Project, wish: str) -> str:
    """Return ``wish``, numbered where another network of the project has that name."""
    taken = {network.name for network in project.networks.values()}
    if wish not in taken:
        return wish
    number = 2
    while (name := f"{wish} {number}") in taken:
        number += 1
    return name
