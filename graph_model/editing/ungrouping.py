"""Dissolving a use of a block: what it does is put in its place, node by node."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from graph_model.arrangement import Arrangement
from graph_model.blocks import as_kind, find_kind
from graph_model.complaints import complaint
from graph_model.custom_layers.known import custom_kinds
from graph_model.editing.block_edits import BOUNDARY, STEPS, middle
from graph_model.editing.edits import cut_out, new_node, paste
from graph_model.editing.node_formulas import at_turn, with_formulas
from graph_model.editing.recipe_paths import Moved, followed, into_copies, out_of_block
from graph_model.editing.size_names import with_sizes_outside
from graph_model.findings.sharing import has_weights_to_share
from graph_model.formulas import as_formula
from graph_model.inference.arguments import arrangement, as_owner, repeats
from graph_model.layers import LAYERS
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
    used_network,
    with_layout,
    with_network,
)
from graph_model.open_inputs import has_default
from graph_model.problems import Problem, Refusal

_ASIDE: Final = {"down": STEPS["right"], "right": STEPS["down"]}
"""From one card to the next across the flow."""


def ungroup(project: Project, network: NetworkId, id: NodeId) -> Project:
    """Put a copy of a block's nodes in place of a node that uses it.

    Formulas are worked out, or rewritten where the node's arguments are formulas themselves. A
    block that is repeated becomes that many single uses first; a number of repeats that is a
    formula is what it is for the defaults of the network's parameters. All uses that share
    weights are dissolved together, and their nodes share them from then on. What the recipe says of
    them follows them. Raises ``Refusal`` where the number of repeats cannot be worked out,
    ``GraphError`` where formulas get too long.
    """
    outer, layout = project.networks[network], project.layouts.get(network, {})
    node, moves = outer.nodes[id], list[Moved]()
    owner = outer.nodes[node.shares] if as_owner(outer, node) is not node else node
    sharing = [owner.id, *(each.id for each in outer.nodes.values() if each.shares == owner.id)]
    alike = [
        replace(owner, id=each, name=outer.nodes[each].name, shares="")
        for each in dict.fromkeys(sharing)
        if outer.nodes[each].kind == owner.kind
    ]
    times = _times(project, outer, owner)
    defaults = {parameter.name: parameter.default for parameter in outer.parameters}
    arranged = arrangement(owner, defaults)
    fresh: Mapping[NodeId, NodeId] = {}
    first: list[Mapping[NodeId, NodeId]] = []
    for node in alike:
        if times == 0:
            outer = _left_out(project, outer, node)
        elif times == 1 and arranged is not Arrangement.STACKED:
            outer, layout, fresh = _inlined(project, outer, layout, at_turn(node, 0, outer))
            weighty = [each for each in fresh.values() if _has_weights(project, outer, each)]
            moves.append(out_of_block(node.id, fresh, weighty))
        else:
            outer, layout, fresh = _unfolded(project, outer, layout, node, times)
            moves.append(into_copies(node.id, [*fresh.values()]))
            if arranged.is_parallel:
                outer, layout = _joined(project, outer, layout, node, [*fresh.values()])
            elif arranged is Arrangement.SHARED:
                for id in [*fresh.values()][1:]:
                    outer = share_weights(outer, id, node.id)
        for theirs in first[:1]:
            outer = _sharing(project, outer, fresh, theirs)
        first.append(fresh)
    edited = with_layout(with_network(project, outer), network, layout)
    for moved in moves:
        edited = followed(edited, replace(project, recipe=edited.recipe), network, moved)
    return edited


def _times(project: Project, outer: Network, node: Node) -> int:
    defaults = {parameter.name: parameter.default for parameter in outer.parameters}
    kind = as_kind(project.networks[used_network(node.kind) or ""])
    times, problems = repeats(kind, node, defaults)
    if problems:
        raise Refusal(problems[0])
    return times


def _sharing(
    project: Project, outer: Network, fresh: Mapping[str, NodeId], theirs: Mapping[str, NodeId]
) -> Network:
    """Let the nodes of a copy share the weights of those of another copy."""
    for key, id in fresh.items():
        if _has_weights(project, outer, id):
            outer = share_weights(outer, id, theirs[key])
    return outer


def _has_weights(project: Project, outer: Network, id: NodeId) -> bool:
    kind = find_kind(outer.nodes[id].kind, project.networks, custom_kinds(project.layers))
    return has_weights_to_share(kind)


def _left_out(project: Project, outer: Network, node: Node) -> Network:
    """Return the network without a node, what it gave given by what it was given first."""
    kind = as_kind(project.networks[used_network(node.kind) or ""])
    given = dict(zip(kind.outputs({}), kind.inputs({}), strict=False))
    fed = [edge for edge in outer.edges.values() if edge.source.node == node.id]
    feeding = {port: outer.edges.get(Port(node.id, port)) for port in given.values()}
    outer = remove_nodes(outer, [node.id])
    for edge in fed:
        source = feeding.get(given.get(edge.source.name, ""))
        if source is not None and edge.target.node != node.id:
            outer = connect(outer, source.source, edge.target)
    return outer


def _joint(outer: Network, node: Node, count: int) -> Node:
    """Return the layer that joins so many repeats side by side; raises ``Refusal`` for too many."""
    kinds = {
        Arrangement.SUMMED: "Add",
        Arrangement.CONCATENATED: "Concatenate",
        Arrangement.STACKED: "Stack" if count > 1 else "Unsqueeze",
    }
    kind = LAYERS[kinds[node.arrangement]]
    wanted = {"inputs": count, "dim": node.along}
    arguments = {name: value for name, value in wanted.items() if name in kind.by_name}
    if "inputs" in arguments and (wrong := complaint(kind.by_name["inputs"], count)):
        raise Refusal(Problem(wrong.code, wrong.values, node=node.id))
    return new_node(outer, kind.name, arguments)


def _joined(
    project: Project, outer: Network, layout: Layout, node: Node, ids: list[NodeId]
) -> tuple[Network, Layout]:
    """Let nodes that followed one another be side by side, and join what they give."""
    join = _joint(outer, node, len(ids))
    (output,) = as_kind(project.networks[used_network(node.kind) or ""]).outputs({})
    fed = [edge for edge in outer.edges.values() if edge.source.node == ids[-1]]
    given = [edge for edge in outer.edges.values() if edge.target.node == ids[0]]
    outer = add_nodes(outer, [join])
    for edge in given:
        for id in ids[1:]:
            outer = connect(outer, edge.source, Port(id, edge.target.name))
    ports = LAYERS[join.kind].inputs(LAYERS[join.kind].complete(join.arguments))
    for id, port in zip(ids, ports, strict=True):
        outer = connect(outer, Port(id, output), Port(join.id, port))
    for edge in fed:
        outer = connect(outer, Port(join.id, "output"), edge.target)
    if ids[0] in layout:
        x, y = layout[ids[0]]
        onward, aside = STEPS[project.direction], _ASIDE[project.direction]
        beside = {
            id: Position(x + turn * aside.x, y + turn * aside.y) for turn, id in enumerate(ids)
        }
        layout = {**layout, **beside, join.id: Position(x + onward.x, y + onward.y)}
    return outer, layout


def _unfolded(
    project: Project, outer: Network, layout: Layout, node: Node, times: int
) -> tuple[Network, Layout, Mapping[str, NodeId]]:
    """Return the network with one node for each repeat, the outputs of one fed to the next.

    The ids of those nodes are given by their place in the sequence.
    """
    outer = add_nodes(outer, [replace(at_turn(node, 0, outer), repeat=1)])
    kind = as_kind(project.networks[used_network(node.kind) or ""])
    inputs, outputs = kind.inputs({}), kind.outputs({})
    fed = [edge for edge in outer.edges.values() if edge.source.node == node.id]
    given = {port: outer.edges.get(Port(node.id, port)) for port in inputs}
    ids, placed = [node.id], dict(layout)
    for turn in range(1, times):
        id = new_id(outer.nodes)
        name = free_name(node.name, names(outer))
        mine = at_turn(node, turn, outer)
        outer = add_nodes(outer, [replace(mine, id=id, name=name, repeat=1)])
        for place, port in enumerate(inputs):
            if place < len(outputs):
                outer = connect(outer, Port(ids[-1], outputs[place]), Port(id, port))
            elif (edge := given[port]) is not None:
                outer = connect(outer, edge.source, Port(id, port))
        if node.id in layout:
            x, y = layout[node.id]
            across, down = STEPS[project.direction]
            placed[id] = Position(x + turn * across, y + turn * down)
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
    block = _with_constants(block, outer, id)
    block = with_sizes_outside(project, outer, node, block)
    frozen = block.nodes.values() if node.frozen else ()
    block = add_nodes(block, [replace(each, frozen=True) for each in frozen])
    placed = project.layouts.get(block.id, {})
    inner = [each for each in block.nodes if block.nodes[each].kind not in BOUNDARY]
    fragment = cut_out(block, placed, inner)
    offset = _offset(layout.get(id), middle(list(fragment.layout.values())))
    feeds = {
        each.id: outer.edges.get(Port(id, each.name))
        for each in block.nodes.values()
        if each.kind == "Input"
    }
    fed = [edge for edge in outer.edges.values() if edge.source.node == id]
    outer = remove_nodes(outer, [id])
    outer, layout, fresh = paste(outer, layout, fragment, offset)

    def outside(source: Port) -> Port | None:
        """Return what a port within the block is outside of it, if anything gives it a tensor."""
        if source.node in feeds:
            edge = feeds[source.node]
            return edge.source if edge and edge.source.node != id else None
        return Port(fresh[source.node], source.name) if source.node in fresh else None

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


def _with_constants(block: Network, outer: Network, id: NodeId) -> Network:
    """Return a block with what stands in for the Inputs that a use leaves open."""
    constants: list[Node] = []
    for node in block.nodes.values():
        if has_default(node) and Port(id, node.name) not in outer.edges:
            given = LAYERS["Input"].complete(node.arguments)
            arguments = {name: given[name] for name in ("shape", "dtype")}
            arguments["value"] = given["default"]
            constants.append(replace(node, kind="Constant", arguments=arguments))
    return add_nodes(block, constants)


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
