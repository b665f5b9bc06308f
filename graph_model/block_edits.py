"""Edits that make blocks, dissolve them and copy them. All are pure functions.

Each takes a whole project and returns another, so that it is one step to undo.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from graph_model.arguments import as_owner, repeats
from graph_model.blocks import as_kind, block_of, find_kind
from graph_model.custom import NOTHING, Known, custom_kinds
from graph_model.dims import is_symbol
from graph_model.edits import cut_out, paste, remove_and_bridge
from graph_model.formula_parser import parse_formula
from graph_model.formulas import Formula, Name, as_formula, as_value, names_in, substitute, write
from graph_model.infer import Inference, infer
from graph_model.network import (
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
    share_weights,
    use_kind,
    used_network,
    with_layout,
    with_network,
)
from graph_model.problems import GraphError, Refusal
from graph_model.sharing import has_weights_to_share
from graph_model.values import Arguments, Value

_BOUNDARY = frozenset({"Input", "Output"})
_STEP = 120.0
"""How far from its neighbours a new Input or Output is laid, in pixels at zoom 1."""


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


@dataclass(slots=True)
class _Made:
    """A block while it is made, and the edges that will lead to and from its use."""

    network: Network
    layout: dict[NodeId, Position]
    into: list[tuple[Port, str]] = field(default_factory=list)
    out: list[tuple[str, Port]] = field(default_factory=list)

    def add(self, kind: str, wish: str, arguments: Arguments, beside: Iterable[Port]) -> Node:
        """Add an Input above, or an Output below, the nodes whose ports it serves."""
        taken = names(self.network)
        name = free_name(wish, taken) if wish in taken else wish
        node = Node(new_id(self.network.nodes), kind, name, arguments)
        self.network = add_nodes(self.network, [node])
        places = [self.layout[port.node] for port in beside if port.node in self.layout]
        if places:
            x = sum(place.x for place in places) / len(places)
            heights = [place.y for place in places]
            y = min(heights) - _STEP if kind == "Input" else max(heights) + _STEP
            self.layout[node.id] = Position(x, y)
        return node


def make_block(
    project: Project, network: NetworkId, ids: Collection[NodeId], name: str, known: Known = NOTHING
) -> tuple[Project, NodeId]:
    """Move nodes into a new block that a new node uses in their place.

    Each tensor that comes in from outside becomes an Input, each that is used outside an Output.
    The parameters of ``network`` that formulas of the nodes name become parameters of the block.
    Inputs and Outputs themselves stay where they are. Returns the project and the new node.
    Raises ``GraphError`` where no node is left.
    """
    outer = project.networks[network]
    chosen = {id for id in ids if outer.nodes[id].kind not in _BOUNDARY}
    if not chosen:
        raise GraphError("a block is made of at least one node that is no Input or Output")
    layout = project.layouts.get(network, {})
    made = _extracted(outer, layout, chosen, Network(new_id(project.networks), name, role="block"))
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
    centre = _centre([layout[id] for id in chosen if id in layout])
    if centre is not None:
        placed[use.id] = centre
    project = with_network(with_network(project, block), outer)
    project = with_layout(with_layout(project, block.id, made.layout), network, placed)
    return project, use.id


def _extracted(outer: Network, layout: Layout, ids: Collection[NodeId], empty: Network) -> _Made:
    fragment = cut_out(outer, layout, ids)
    block = add_nodes(empty, fragment.nodes)
    for edge in fragment.edges:
        block = connect(block, edge.source, edge.target)
    return _Made(block, dict(fragment.layout))


def _add_inputs(made: _Made, outer: Network, ids: set[NodeId], known: Inference) -> None:
    entering: dict[Port, list[Port]] = {}
    for edge in outer.edges.values():
        if edge.target.node in ids and edge.source.node not in ids:
            entering.setdefault(edge.source, []).append(edge.target)
    for source, targets in entering.items():
        wish = "x" if len(entering) == 1 else outer.nodes[source.node].name
        node = made.add("Input", wish, _declared(known, source), targets)
        made.into.append((source, node.name))
        for target in targets:
            made.network = connect(made.network, Port(node.id, "output"), target)


def _add_outputs(made: _Made, outer: Network, ids: set[NodeId], known: Inference) -> None:
    """Add an Output for each tensor used outside; for what nothing uses, where there is none."""
    leaving: dict[Port, list[Port]] = {}
    for edge in outer.edges.values():
        if edge.source.node in ids and edge.target.node not in ids:
            leaving.setdefault(edge.source, []).append(edge.target)
    if not leaving:
        used = {edge.source for edge in outer.edges.values()}
        inside = (id for id in outer.nodes if id in ids)
        ends = (Port(id, name) for id in inside for name in known.nodes[id].outputs)
        leaving = {port: [] for port in ends if port not in used}
    for source, targets in leaving.items():
        wish = "y" if len(leaving) == 1 else f"{outer.nodes[source.node].name}_out"
        node = made.add("Output", wish, {}, [source])
        made.out += [(node.name, target) for target in targets]
        made.network = connect(made.network, source, Port(node.id, "input"))


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


def mentioned(node: Node) -> set[str]:
    """Return the parameters that the formulas of a node name."""
    formulas = [*node.formulas.values()]
    if not isinstance(node.repeat, int):
        formulas.append(node.repeat)
    return {name for formula in formulas for name in names_in(formula)}


def _centre(places: list[Position]) -> Position | None:
    if not places:
        return None
    return Position(
        sum(place.x for place in places) / len(places),
        sum(place.y for place in places) / len(places),
    )


# Dissolving a use of a block


def ungroup(project: Project, network: NetworkId, id: NodeId) -> Project:
    """Put a copy of a block's nodes in place of a node that uses it.

    Formulas are worked out, or rewritten where the node's arguments are formulas themselves. A
    block that is repeated becomes that many single uses first; a number of repeats that is a
    formula is what it is for the defaults of the network's parameters. All uses that share
    weights are dissolved together, and their nodes share them from then on. Raises
    ``GraphError`` where the number of repeats cannot be worked out.
    """
    outer, layout = project.networks[network], project.layouts.get(network, {})
    node = outer.nodes[id]
    owner = outer.nodes[node.shares] if as_owner(outer, node) is not node else node
    sharing = [owner.id, *(each.id for each in outer.nodes.values() if each.shares == owner.id)]
    alike = [
        replace(owner, id=each, name=outer.nodes[each].name, shares="")
        for each in dict.fromkeys(sharing)
        if outer.nodes[each].kind == owner.kind
    ]
    times = _times(project, outer, owner)
    fresh: Mapping[NodeId, NodeId] = {}
    first: list[Mapping[NodeId, NodeId]] = []
    for node in alike:
        if times == 0:
            outer = remove_and_bridge(outer, [node.id])
        elif times == 1:
            outer, layout, fresh = _inlined(project, outer, layout, node)
        else:
            outer, layout, fresh = _unfolded(project, outer, layout, node, times)
        for theirs in first[:1]:
            outer = _sharing(project, outer, fresh, theirs)
        first.append(fresh)
    return with_layout(with_network(project, outer), network, layout)


def _times(project: Project, outer: Network, node: Node) -> int:
    defaults = {parameter.name: parameter.default for parameter in outer.parameters}
    kind = as_kind(project.networks[used_network(node.kind) or ""])
    times, problems = repeats(kind, node, defaults)
    if problems:
        raise GraphError(problems[0].message)
    return times


def _sharing(
    project: Project, outer: Network, fresh: Mapping[str, NodeId], theirs: Mapping[str, NodeId]
) -> Network:
    """Let the nodes of a copy share the weights of those of another copy."""
    for key, id in fresh.items():
        kind = outer.nodes[id].kind
        if has_weights_to_share(find_kind(kind, project.networks, custom_kinds(project.layers))):
            outer = share_weights(outer, id, theirs[key])
    return outer


def _unfolded(
    project: Project, outer: Network, layout: Layout, node: Node, times: int
) -> tuple[Network, Layout, Mapping[str, NodeId]]:
    """Return the network with one node for each repeat, the outputs of one fed to the next.

    The ids of those nodes are given by their place in the sequence.
    """
    outer = add_nodes(outer, [replace(node, repeat=1)])
    kind = as_kind(project.networks[used_network(node.kind) or ""])
    inputs, outputs = kind.inputs({}), kind.outputs({})
    fed = [edge for edge in outer.edges.values() if edge.source.node == node.id]
    given = {port: outer.edges.get(Port(node.id, port)) for port in inputs}
    ids, placed = [node.id], dict(layout)
    for turn in range(1, times):
        id = new_id(outer.nodes)
        name = free_name(node.name, names(outer))
        outer = add_nodes(outer, [replace(node, id=id, name=name, repeat=1)])
        for place, port in enumerate(inputs):
            if place < len(outputs):
                outer = connect(outer, Port(ids[-1], outputs[place]), Port(id, port))
            elif (edge := given[port]) is not None:
                outer = connect(outer, edge.source, Port(id, port))
        if node.id in layout:
            x, y = layout[node.id]
            placed[id] = Position(x, y + turn * _STEP)
        ids.append(id)
    for edge in fed:
        outer = connect(outer, Port(ids[-1], edge.source.name), edge.target)
    return outer, placed, {str(turn): id for turn, id in enumerate(ids)}


def _inlined(
    project: Project, outer: Network, layout: Layout, node: Node
) -> tuple[Network, Layout, Mapping[NodeId, NodeId]]:
    """Return the network with the nodes of a block, and their new ids by those in the block."""
    id = node.id
    block = _with_known(project.networks[used_network(node.kind) or ""], node)
    frozen = block.nodes.values() if node.frozen else ()
    block = add_nodes(block, [replace(each, frozen=True) for each in frozen])
    placed = project.layouts.get(block.id, {})
    inner = [each for each in block.nodes if block.nodes[each].kind not in _BOUNDARY]
    fragment = cut_out(block, placed, inner)
    offset = _offset(layout.get(id), _centre(list(fragment.layout.values())))
    feeds = {
        each.id: outer.edges.get(Port(id, each.name))
        for each in block.nodes.values()
        if each.kind == "Input"
    }
    fed = [edge for edge in outer.edges.values() if edge.source.node == id]
    outer = remove_nodes(outer, [id])
    outer, layout, fresh = paste(outer, layout, fragment, offset)

    def outside(source: Port) -> Port | None:
        """Return what a port within the block is outside of it."""
        if source.node in feeds:
            edge = feeds[source.node]
            return edge.source if edge else None
        return Port(fresh[source.node], source.name)

    outputs = {each.name: each.id for each in block.nodes.values() if each.kind == "Output"}
    for edge in block.edges.values():
        source = outside(edge.source)
        if edge.source.node in feeds and edge.target.node in fresh and source is not None:
            outer = connect(outer, source, Port(fresh[edge.target.node], edge.target.name))
    for edge in fed:
        inner_edge = block.edges.get(Port(outputs.get(edge.source.name, ""), "input"))
        source = outside(inner_edge.source) if inner_edge else None
        if source is not None:
            outer = connect(outer, source, edge.target)
    return outer, {each: place for each, place in layout.items() if each != id}, fresh


def _offset(goal: Position | None, centre: Position | None) -> Position:
    if goal is None or centre is None:
        return Position(0, 0)
    return Position(goal.x - centre.x, goal.y - centre.y)


def _with_known(block: Network, use: Node) -> Network:
    """Return a block in whose formulas the arguments of one use stand for the parameters."""
    known = {
        one.name: use.formulas.get(one.name) or as_formula(use.arguments.get(one.name, one.default))
        for one in block.parameters
    }
    return with_formulas(block, known)


def with_formulas(network: Network, known: Mapping[str, Formula]) -> Network:
    """Return a network with other formulas in place of the names that ``known`` has."""
    changed = [
        _substituted(node, known)
        for node in network.nodes.values()
        if mentioned(node) & known.keys()
    ]
    return add_nodes(network, changed) if changed else network


def _substituted(node: Node, known: Mapping[str, Formula]) -> Node:
    arguments: dict[str, Value] = dict(node.arguments)
    formulas: dict[str, Formula] = {}
    for name, formula in node.formulas.items():
        found = as_value(substitute(formula, known))
        if found is None or isinstance(found, bool | int | float | str | tuple):
            arguments[name] = found
        else:
            formulas[name] = _readable(found)
    repeat = node.repeat
    if not isinstance(repeat, int):
        value = as_value(formula := substitute(repeat, known))
        repeat = value if type(value) is int else _readable(formula)  # no condition
    return replace(node, arguments=arguments, formulas=formulas, repeat=repeat)


def _readable(formula: Formula) -> Formula:
    """Return a formula that a file can hold; raises ``GraphError`` where it is too long."""
    try:
        return parse_formula(write(formula))
    except Refusal as refusal:
        raise GraphError(refusal.problem.message) from None


# A copy of one's own


def detach(project: Project, network: NetworkId, id: NodeId) -> Project:
    """Give one use of a block a copy of the block of its own, to be changed apart from others."""
    outer = project.networks[network]
    node = as_owner(outer, outer.nodes[id])
    block = project.networks[used_network(node.kind) or ""]
    copy = replace(block, id=new_id(project.networks), name=free_block_name(project, block.name))
    outer = add_nodes(outer, [replace(node, kind=use_kind(copy.id), shares="")])
    project = with_network(with_network(project, copy), outer)
    return with_layout(project, copy.id, project.layouts.get(block.id, {}))


def free_block_name(project: Project, wish: str) -> str:
    """Return ``wish``, numbered where another network of the project has that name."""
    taken = {network.name for network in project.networks.values()}
    if wish not in taken:
        return wish
    number = 2
    while (name := f"{wish} {number}") in taken:
        number += 1
    return name
