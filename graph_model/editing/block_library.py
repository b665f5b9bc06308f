"""Blocks across projects: one with all that it needs is a project of its own, a plain file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from graph_model.editing.block_edits import free_block_name
from graph_model.editing.edits import Fragment, cut_out, paste
from graph_model.network import (
    CustomLayer,
    LayerId,
    Network,
    NetworkId,
    NodeId,
    Position,
    Project,
    custom_kind,
    new_id,
    use_kind,
    used_layer,
    used_network,
    with_layout,
    with_network,
)


def extract(project: Project, id: NetworkId) -> Project:
    """Return a project that holds a block, as its main network, and the blocks that it uses."""
    needed = _needed(project.networks, id)
    networks = {each: project.networks[each] for each in project.networks if each in needed}
    layouts = {each: project.layouts[each] for each in networks if each in project.layouts}
    used = _layers_in(networks)
    layers = {each: layer for each, layer in project.layers.items() if each in used}
    return Project(networks, id, layouts, layers=layers, direction=project.direction)


def insert(project: Project, other: Project) -> tuple[Project, NetworkId]:
    """Add the main network of another project as a block, with all the blocks that it uses.

    One that the project has already, exactly so, is not added again. Returns the project and the
    id of the block in it.
    """
    project, kinds = _with_layers(project, other.layers)
    ids: dict[NetworkId, NetworkId] = {}
    for id in _needed(other.networks, other.main):
        is_known = all(
            project.networks.get(each) == _with_kinds(other.networks[each], kinds)
            for each in _needed(other.networks, id)
        )
        taken = {*project.networks, *other.networks, *ids.values()}
        ids[id] = id if is_known or id not in project.networks else new_id(taken)
    for id, fresh in ids.items():
        if fresh in project.networks:
            continue
        blocks = {use_kind(old): use_kind(new) for old, new in ids.items()}
        network = _with_kinds(other.networks[id], kinds | blocks)
        name = free_block_name(project, network.name)
        network = replace(network, id=fresh, name=name, role="block")
        project = with_network(project, network)
        project = with_layout(project, fresh, other.layouts.get(id, {}))
    return project, ids[other.main]


def copy_nodes(project: Project, network: NetworkId, ids: Collection[NodeId]) -> Project:
    """Return nodes of a network as a project that holds the blocks that they use as well."""
    fragment = cut_out(project.networks[network], project.layouts.get(network, {}), ids)
    copy = Network(
        new_id(project.networks),
        project.networks[network].name,
        {node.id: node for node in fragment.nodes},
        {edge.target: edge for edge in fragment.edges},
    )
    project = with_layout(with_network(project, copy), copy.id, fragment.layout)
    return extract(project, copy.id)


def paste_nodes(
    project: Project, network: NetworkId, copied: Project, offset: Position, *, is_same: bool
) -> tuple[Project, Mapping[NodeId, NodeId]]:
    """Add the nodes of :func:`copy_nodes` to a network, moved, and the blocks that it lacks.

    ``is_same`` tells that they come from this very project: its blocks are then used as they are
    now. Returns the project, and the new id of each node.
    """
    id = new_id({*project.networks, *copied.networks})
    known = {**copied.networks, **project.networks} if is_same else copied.networks
    known = {**known, id: replace(copied.network, id=id)}
    layers = {**copied.layers, **project.layers} if is_same else copied.layers
    project, id = insert(project, Project(known, id, copied.layouts, layers=layers))
    copy = project.networks[id]
    places = copied.layouts.get(copied.main, {})
    fragment = Fragment(tuple(copy.nodes.values()), tuple(copy.edges.values()), places)
    project = replace(
        project,
        networks={each: project.networks[each] for each in project.networks if each != id},
        layouts={each: project.layouts[each] for each in project.layouts if each != id},
    )
    layout = project.layouts.get(network, {})
    changed, layout, fresh = paste(project.networks[network], layout, fragment, offset)
    return with_layout(with_network(project, changed), network, layout), fresh


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


def _layers_in(networks: Mapping[NetworkId, Network]) -> set[LayerId]:
    """Return the ids of the custom layers that these networks use."""
    nodes = (node for network in networks.values() for node in network.nodes.values())
    return {id for node in nodes if (id := used_layer(node.kind)) is not None}


def _with_layers(
    project: Project, layers: Mapping[LayerId, CustomLayer]
) -> tuple[Project, dict[str, str]]:
    """Add custom layers, except those of a text that the project has; return their new kinds."""
    mine = dict(project.layers)
    by_text = {layer.text: id for id, layer in mine.items()}
    kinds: dict[str, str] = {}
    for id, layer in layers.items():
        fresh = id if mine.get(id, layer) == layer else new_id({*mine, *layers})
        fresh = fresh if fresh in mine else by_text.get(layer.text, fresh)
        mine.setdefault(fresh, CustomLayer(fresh, layer.text))
        kinds[custom_kind(id)] = custom_kind(fresh)
    return replace(project, layers=mine), kinds


def _with_kinds(network: Network, kinds: Mapping[str, str]) -> Network:
    """Return a network whose nodes are of other kinds."""
    nodes = {
        id: replace(node, kind=kinds.get(node.kind, node.kind))
        for id, node in network.nodes.items()
    }
    return replace(network, nodes=nodes)
