"""Blocks across projects: one with all that it needs is a project of its own, a plain file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from graph_model.block_edits import free_block_name
from graph_model.network import (
    Network,
    NetworkId,
    Project,
    new_id,
    use_kind,
    used_network,
    with_layout,
    with_network,
)


def extract(project: Project, id: NetworkId) -> Project:
    """Return a project that holds a block, as its main network, and the blocks that it uses."""
    needed = _needed(project.networks, id)
    networks = {each: project.networks[each] for each in project.networks if each in needed}
    layouts = {each: project.layouts[each] for each in networks if each in project.layouts}
    return Project(networks, id, layouts)


def insert(project: Project, other: Project) -> tuple[Project, NetworkId]:
    """Add the main network of another project as a block, with all the blocks that it uses.

    One that the project has already, exactly so, is not added again. Returns the project and the
    id of the block in it.
    """
    ids: dict[NetworkId, NetworkId] = {}
    for id in _needed(other.networks, other.main):
        is_known = all(
            project.networks.get(each) == other.networks[each]
            for each in _needed(other.networks, id)
        )
        taken = {*project.networks, *other.networks, *ids.values()}
        ids[id] = id if is_known or id not in project.networks else new_id(taken)
    for id, fresh in ids.items():
        if fresh in project.networks:
            continue
        network = _with_kinds(other.networks[id], ids)
        name = free_block_name(project, network.name)
        network = replace(network, id=fresh, name=name, role="block")
        project = with_network(project, network)
        project = with_layout(project, fresh, other.layouts.get(id, {}))
    return project, ids[other.main]


def _needed(networks: Mapping[NetworkId, Network], id: NetworkId) -> list[NetworkId]:
    """Return a network and those that its nodes use, directly or through others."""
    found: list[NetworkId] = []
    waiting = [id]
    while waiting:
        each = waiting.pop()
        if each not in found and each in networks:
            found.append(each)
            used = (used_network(node.kind) for node in networks[each].nodes.values())
            waiting += [kind for kind in used if kind is not None]
    return found


def _with_kinds(network: Network, ids: Mapping[NetworkId, NetworkId]) -> Network:
    """Return a network whose nodes use blocks under their new ids."""
    kinds = {use_kind(id): use_kind(fresh) for id, fresh in ids.items()}
    nodes = {
        id: replace(node, kind=kinds.get(node.kind, node.kind))
        for id, node in network.nodes.items()
    }
    return replace(network, nodes=nodes)
