"""Edits of what a block is called and which parameters it has; its uses follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from graph_model.blocks import REPEAT, parameter_name_complaint, uses
from graph_model.editing.node_formulas import mentioned, with_formulas
from graph_model.formulas import Formula, Name, as_formula
from graph_model.kind_parameters import with_kinds
from graph_model.network import (
    Network,
    NetworkId,
    Node,
    NodeId,
    Project,
    add_nodes,
    free_name,
    set_formula,
    set_repeat,
    with_network,
)
from graph_model.values import Parameter, Value

T = TypeVar("T")


def rename_network(project: Project, id: NetworkId, name: str) -> Project:
    """Give a network or block another name; the code of what uses it keeps its own names."""
    return with_network(project, replace(project.networks[id], name=name))


def add_parameter(project: Project, id: NetworkId, parameter: Parameter) -> Project:
    """Add a parameter to a block; its uses have the default."""
    block = project.networks[id]
    return with_network(project, replace(block, parameters=(*block.parameters, parameter)))


def make_parameter(
    project: Project, id: NetworkId, node: NodeId, argument: Parameter, default: Value
) -> Project:
    """Make an argument of a node a parameter of the block that it lies in, with this default.

    It is called as the argument is, after the node as well where a parameter has that name.
    """
    block = project.networks[id]
    taken = {each.name for each in block.parameters}
    name = argument.name
    if name in taken or parameter_name_complaint(name):
        name = f"{block.nodes[node].name}_{name}"
    if name in taken:
        name = free_name(name, taken)
    made = replace(argument, name=name, default=default, inferred=False, symbolic=False)
    project = add_parameter(project, id, made)
    return with_network(
        project, follow_formula(project.networks[id], node, argument.name, Name(name))
    )


def follow_formula(network: Network, node: NodeId, argument: str, formula: Formula) -> Network:
    """Let an argument of a node, or how often it is repeated, follow from a formula."""
    if argument == REPEAT.name:
        return set_repeat(network, node, formula)
    return set_formula(network, node, argument, formula)


def move_parameter(project: Project, id: NetworkId, name: str, place: int) -> Project:
    """Put a parameter of a block at another place among the others, from 0 on."""
    block = project.networks[id]
    moved = next(each for each in block.parameters if each.name == name)
    others = [each for each in block.parameters if each is not moved]
    others.insert(place, moved)
    return with_network(project, replace(block, parameters=tuple(others)))


def nodes_naming(block: Network, parameter: str) -> list[Node]:
    """Return the nodes of a block whose formulas name a parameter of it."""
    return [node for node in block.nodes.values() if parameter in mentioned(node)]


def remove_parameter(project: Project, id: NetworkId, name: str) -> Project:
    """Remove a parameter from a block, whose formulas have its default instead."""
    block = project.networks[id]
    gone = next(each for each in block.parameters if each.name == name)
    kept = tuple(each for each in block.parameters if each is not gone)
    block = with_formulas(replace(block, parameters=kept), {name: as_formula(gone.default)})
    return _with_uses(with_network(project, block), id, {name: None})


def alter_parameter(project: Project, id: NetworkId, name: str, changed: Parameter) -> Project:
    """Put another parameter in the place of one; where it has another name, that is followed."""
    block = project.networks[id]
    altered = tuple(changed if each.name == name else each for each in block.parameters)
    renamed: dict[str, Formula] = {name: Name(changed.name)} if changed.name != name else {}
    block = with_formulas(replace(block, parameters=altered), renamed)
    block = with_kinds(block, {changed.name: changed.default})
    return _with_uses(with_network(project, block), id, {name: changed.name})


def _with_uses(project: Project, id: NetworkId, words: Mapping[str, str | None]) -> Project:
    """Return the project with arguments of a block's uses renamed, or removed for ``None``."""
    for network, node in uses(project.networks, id):
        changed = _renamed(node, words)
        if changed != node:
            project = with_network(project, add_nodes(project.networks[network], [changed]))
    return project


def _renamed(node: Node, words: Mapping[str, str | None]) -> Node:
    arguments = _with_words(node.arguments, words)
    return replace(node, arguments=arguments, formulas=_with_words(node.formulas, words))


def _with_words(members: Mapping[str, T], words: Mapping[str, str | None]) -> dict[str, T]:
    found = ((words.get(name, name), value) for name, value in members.items())
    return {name: value for name, value in found if name is not None}
