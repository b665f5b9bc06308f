"""Edits of what a block is called and which parameters it has; its uses follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from graph_model.block_edits import with_formulas
from graph_model.blocks import uses
from graph_model.formulas import Formula, Name, as_formula
from graph_model.network import NetworkId, Node, Project, add_nodes, with_network
from graph_model.values import Parameter

T = TypeVar("T")


def rename_network(project: Project, id: NetworkId, name: str) -> Project:
    """Give a network or block another name; the code of what uses it keeps its own names."""
    return with_network(project, replace(project.networks[id], name=name))


def add_parameter(project: Project, id: NetworkId, parameter: Parameter) -> Project:
    """Add a parameter to a block; its uses have the default."""
    block = project.networks[id]
    return with_network(project, replace(block, parameters=(*block.parameters, parameter)))


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
