"""What differs between two readings of a text is done to the project that it was written from.

All three are under the same ids, so that each part of a node, each edge and each parameter is
either as it was in the text, and then stays as it is in the project, or becomes what it is now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from codegen.importing.marks import NOWHERE, Mark
from codegen.revising.sheets import Sheet, complete, port_name
from graph_model.editing.block_parameters import (
    alter_parameter,
    nodes_naming,
    remove_parameter,
)
from graph_model.naming import free_names
from graph_model.network import (
    Edge,
    Network,
    NetworkId,
    Node,
    NodeId,
    Port,
    Project,
    remove_nodes,
    used_network,
    with_network,
)
from graph_model.problems import Problem, Refusal
from graph_model.values import Arguments, Parameter, Value

_T = TypeVar("_T")


def merged(project: Project, before: Sheet, after: Sheet) -> Project:
    """Return the project with all that differs between two readings of its text.

    Raises ``Refusal`` where something is gone from the project that differs in the text.
    """
    project, before = _with_renamed_parameters(project, before, after)
    fresh = [
        id for id in after.networks if id not in project.networks and id not in before.networks
    ]
    shared = _in_both(project, before, after)
    for id in fresh:
        project = with_network(project, replace(after.networks[id], edges={}))
    layers = {id: each for id, each in after.layers.items() if id not in project.layers}
    if layers:
        project = replace(project, layers={**project.layers, **layers})
    usual = project.networks
    for id in shared:
        project = _with_parameters(project, id, before, after)
    for id in shared:
        network = _with_nodes(project, usual, id, before, after)
        if network is not project.networks[id]:
            project = with_network(project, network)
    for id in fresh:
        project = with_network(project, _as_usual(project, project.networks[id]))
    for id in (*shared, *fresh):
        edges = before.networks[id].edges if id in before.networks else {}
        network = _with_edges(project, id, edges, after.networks[id].edges)
        if network is not project.networks[id]:
            project = with_network(project, network)
    return _without_parameters(project, before, after)


def _in_both(project: Project, before: Sheet, after: Sheet) -> list[NetworkId]:
    return [id for id in after.networks if id in before.networks and id in project.networks]


def _with_renamed_parameters(
    project: Project, before: Sheet, after: Sheet
) -> tuple[Project, Sheet]:
    """Return both with the names that arguments of classes have now."""
    for id in _in_both(project, before, after):
        gone = _gone_parameters(id, before, after)
        known = {each.name for each in before.networks[id].parameters}
        new = [each.name for each in after.networks[id].parameters if each.name not in known]
        if len(gone) != len(new):
            continue
        for one, name in zip(gone, new, strict=True):
            project = _renamed(project, id, one, name)
            known_as = Project(before.networks, before.main)
            before = replace(before, networks=_renamed(known_as, id, one, name).networks)
    return project, before


def _renamed(project: Project, id: NetworkId, name: str, to: str) -> Project:
    parameters = {each.name: each for each in project.networks[id].parameters}
    if name not in parameters:
        return project
    return alter_parameter(project, id, name, replace(parameters[name], name=to))


def _gone_parameters(id: NetworkId, before: Sheet, after: Sheet) -> list[str]:
    """Return the parameters that a class had and neither uses nor names any more."""
    kept = {*(each.name for each in after.networks[id].parameters), *after.marks[id].arguments}
    return [each.name for each in before.networks[id].parameters if each.name not in kept]


def _with_parameters(project: Project, id: NetworkId, before: Sheet, after: Sheet) -> Project:
    """Return the project with the parameters, defaults and name of one of its blocks as told."""
    old, new = before.marks[id], after.marks[id]
    network = project.networks[id]
    name, told = before.networks[id].name, after.networks[id].name
    if old.class_name != new.class_name and name != told:
        project = with_network(project, replace(network, name=told))
    parameters = {each.name: each for each in network.parameters}
    known = {each.name for each in before.networks[id].parameters}
    for each in after.networks[id].parameters:
        if each.name not in known and each.name not in parameters:
            block = project.networks[id]
            project = with_network(project, replace(block, parameters=(*block.parameters, each)))
    for name, default in new.defaults.items():
        if name in parameters and name in known and old.defaults.get(name) != default:
            changed = _with_default(parameters[name], default)
            project = alter_parameter(project, id, name, changed)
    return project


def _without_parameters(project: Project, before: Sheet, after: Sheet) -> Project:
    """Return the project without the parameters of blocks that the text names no more."""
    for id in _in_both(project, before, after):
        for name in _gone_parameters(id, before, after):
            if not nodes_naming(project.networks[id], name):
                project = remove_parameter(project, id, name)
    return project


def _with_default(parameter: Parameter, default: float) -> Parameter:
    is_whole = isinstance(parameter.default, int) and float(default).is_integer()
    return replace(parameter, default=default if is_whole else float(default))


def _with_nodes(
    project: Project,
    usual: Mapping[NetworkId, Network],
    id: NetworkId,
    before: Sheet,
    after: Sheet,
) -> Network:
    """Return a network of the project with its nodes as the text has them now, edges aside."""
    network = project.networks[id]
    old, new = before.networks[id], after.networks[id]
    gone = {node for node in old.nodes if node not in new.nodes}
    network = remove_nodes(network, gone & network.nodes.keys())
    nodes = dict(network.nodes)
    for node in new.nodes.values():
        was = old.nodes.get(node.id)
        mine = nodes.get(node.id)
        if was is None:
            nodes[node.id] = _added(project, node, after.marks[id].nodes[node.id])
        elif mine is not None:
            was = _told(was, before, after)
            marks = before.marks[id].nodes[node.id], after.marks[id].nodes[node.id]
            edited = _edited(mine, was, node, marks, is_block=network.role == "block")
            block = used_network(mine.kind)
            if edited.kind != mine.kind:
                edited = _added(project, edited, NOWHERE)
            elif block is not None and block in usual:
                edited = _of_use(project, usual, (mine, was, node), edited, block)
            nodes[node.id] = edited if edited != mine else mine
        elif was != node:
            raise Refusal(Problem("code_gone", {"name": was.name}))
    ordered = _in_order(nodes, old, new)
    is_same = [*ordered.items()] == [*project.networks[id].nodes.items()]
    if is_same:
        return project.networks[id]
    return replace(network, nodes=_named_apart(ordered, after.marks[id].nodes))


def _with_edges(
    project: Project, id: NetworkId, was: Mapping[Port, Edge], now: Mapping[Port, Edge]
) -> Network:
    """Return a network of the project with the edges that differ between two readings."""
    network = project.networks[id]
    edges = dict(network.edges)

    def named(port: Port) -> Port:
        return port_name(project.networks, network.nodes[port.node].kind, port)

    for target in dict.fromkeys((*was, *now)):
        edge = now.get(target)
        if was.get(target) == edge or target.node not in network.nodes:
            continue
        if edge is None:
            edges.pop(named(target), None)
        elif edge.source.node not in network.nodes:
            raise Refusal(Problem("code_gone", {"name": edge.source.node}))
        else:
            edges[named(target)] = Edge(named(edge.source), named(target))
    return network if edges == network.edges else replace(network, edges=edges)


def _told(node: Node, before: Sheet, after: Sheet) -> Node:
    """Return the use of a block without arguments that its class still has and no longer needs."""
    block = used_network(node.kind)
    if block is None or block not in before.networks or block not in after.networks:
        return node
    kept = {each.name for each in after.networks[block].parameters}
    named = after.marks[block].arguments
    idle = {
        each.name
        for each in before.networks[block].parameters
        if each.name in named and each.name not in kept
    }
    return replace(
        node,
        arguments={name: value for name, value in node.arguments.items() if name not in idle},
        formulas={name: value for name, value in node.formulas.items() if name not in idle},
    )


def _edited(mine: Node, was: Node, node: Node, marks: tuple[Mark, Mark], *, is_block: bool) -> Node:
    """Return a node of the project with what differs between two readings of it."""
    if was.kind != node.kind:
        mine = replace(mine, kind=node.kind, arguments=node.arguments, formulas=node.formulas)
    elif not (is_block and node.kind == "Input"):  # whose sizes are those of its first use
        arguments = _merged(mine.arguments, was.arguments, node.arguments)
        formulas = _merged(mine.formulas, was.formulas, node.formulas)
        for name in node.formulas.keys() - was.formulas.keys():
            arguments.pop(name, None)
        for name in node.arguments.keys() - was.arguments.keys():
            if name not in node.formulas:
                formulas.pop(name, None)
        arguments |= _pinned(mine.arguments, *marks)
        mine = replace(mine, arguments=arguments, formulas=formulas)
    said, says = (each.said for each in marks)
    if says and said != says and not node.shares:
        mine = replace(mine, name=says)
    changes: dict[str, Any] = {
        name: getattr(node, name)
        for name in ("repeat", "shares", "frozen", "parametrization", "arrangement", "along")
        if getattr(was, name) != getattr(node, name)
    }
    return replace(mine, **changes, init=_merged(mine.init, was.init, node.init))


def _pinned(arguments: Arguments, was: Mark, now: Mark) -> Arguments:
    """Return the sizes that follow from the input and that somebody wrote otherwise."""
    return {
        name: value
        for name, value in now.written.items()
        if was.written.get(name) != value and (name in now.odd or name in arguments)
    }


def _merged(mine: Mapping[str, _T], was: Mapping[str, _T], now: Mapping[str, _T]) -> dict[str, _T]:
    found = dict(mine)
    for name in dict.fromkeys((*was, *now)):
        if name not in now:
            found.pop(name, None)
        elif name not in was or was[name] != now[name] or type(was[name]) is not type(now[name]):
            found[name] = now[name]
    return found


def _of_use(
    project: Project,
    usual: Mapping[NetworkId, Network],
    nodes: tuple[Node, Node, Node],
    edited: Node,
    block: NetworkId,
) -> Node:
    """Return the use of a block with the arguments that differ from the defaults as they are now.

    All three readings are compared with all arguments, whatever the defaults were.
    """
    mine, was, node = nodes
    if node.shares:
        return replace(edited, arguments={})
    defaults = {each.name: each.default for each in project.networks[block].parameters}
    old = {each.name: each.default for each in usual[block].parameters}
    found = _merged(complete(usual[block], mine), was.arguments, node.arguments)
    if old == defaults and found == complete(usual[block], mine):
        return replace(edited, arguments=mine.arguments)
    arguments = {
        name: value
        for name, value in found.items()
        if name not in edited.formulas
        and (
            (name in mine.arguments and old.get(name) == value == defaults.get(name))
            or defaults.get(name, _NONE) != value
        )
    }
    return replace(edited, arguments=arguments)


_NONE: Value = "\0"


def _added(project: Project, node: Node, mark: Mark) -> Node:
    block = used_network(node.kind)
    if block is not None and block in project.networks:
        defaults = {each.name: each.default for each in project.networks[block].parameters}
        kept = {
            name: value
            for name, value in node.arguments.items()
            if defaults.get(name, _NONE) != value
        }
        return replace(node, arguments=kept)
    return replace(node, arguments={**node.arguments, **mark.odd})


def _as_usual(project: Project, network: Network) -> Network:
    """Return a network that is new with only the arguments of uses that differ from defaults."""
    nodes = {id: _added(project, each, NOWHERE) for id, each in network.nodes.items()}
    return replace(network, nodes=nodes)


def _in_order(nodes: Mapping[NodeId, Node], old: Network, new: Network) -> dict[NodeId, Node]:
    """Return nodes in the order of the project, where the text has none that is new."""
    both = [id for id in new.nodes if id in old.nodes and id in nodes]
    was = [id for id in old.nodes if id in new.nodes and id in nodes]
    order = [id for id in nodes if id in old.nodes or id not in new.nodes]
    if both != was:
        following = iter(both)
        members = set(both)
        order = [next(following) if id in members else id for id in order]
    last = ""
    for id in new.nodes:
        if id not in old.nodes and id in nodes:
            order.insert(order.index(last) + 1 if last else 0, id)
        last = id if id in nodes else last
    return {id: nodes[id] for id in order}


def _named_apart(nodes: Mapping[NodeId, Node], marks: Mapping[NodeId, Mark]) -> dict[NodeId, Node]:
    """Return nodes without a name twice: those that the text names keep theirs."""
    found = dict(nodes)
    taken: dict[str, NodeId] = {}
    doubles: list[NodeId] = []
    for id, node in nodes.items():
        other = taken.setdefault(node.name, id)
        if other != id:
            is_said = marks.get(id, NOWHERE).said == node.name and not node.shares
            doubles.append(other if is_said else id)
            taken[node.name] = id if is_said else other
    for id in doubles:
        name = free_names([found[id].name], {each.name for each in found.values()})[0]
        found[id] = replace(found[id], name=name)
    return found
