"""Places for single nodes among others that stay where they are."""

from __future__ import annotations

from collections.abc import Sequence

from app.layout.free_places import free_place, place_between, room_between, ways_across
from app.layout.measures import card_size, turned
from graph_model.editing.project_edits import fix_project
from graph_model.network import (
    Direction,
    Edge,
    Layout,
    Network,
    NetworkId,
    NodeId,
    Port,
    Position,
    Project,
    with_layout,
)
from graph_model.problems import Fix, SwapWithFeeder


def settled(network: Network, layout: Layout, direction: Direction) -> Layout:
    """Return the layout with a place for every node: one that has none comes in between its wires.

    What lies after it moves on where there is no room for it.
    """
    wires: dict[NodeId, list[Edge]] = {id: [] for id in network.nodes if id not in layout}
    for edge in network.edges.values() if wires else ():
        for id in {edge.source.node, edge.target.node} & wires.keys():
            wires[id].append(edge)
    for id, edges in wires.items():
        layout = _settled(network, layout, id, edges, direction)
    return layout


def mended(project: Project, id: NetworkId, fix: Fix) -> Project:
    """Return the project with a fix for one of its networks, and a place for what it adds.

    Cards whose layers are to change their order are exchanged.
    """
    fixed, network = fix_project(project, id, fix), project.networks[id]
    layout = settled(network, project.layouts.get(id, {}), project.direction)
    if isinstance(fix.change, SwapWithFeeder):
        feeder = network.edges[Port(fix.node, fix.change.port)].source.node
        layout = {**layout, fix.node: layout[feeder], feeder: layout[fix.node]}
    return with_layout(fixed, id, settled(fixed.networks[id], layout, fixed.direction))


def beside(layout: Layout, node: NodeId, direction: Direction, *, steps: int = 1) -> Position:
    """Return the free place so many steps after a node along the flow, or before it."""
    across, along = turned(layout[node], direction)
    wanted = Position(across, along + steps * card_size(direction).step)
    return free_place(layout, turned(wanted, direction), ways_across(direction))


def _settled(
    network: Network, layout: Layout, id: NodeId, edges: Sequence[Edge], direction: Direction
) -> Layout:
    """Return the layout with a place for one node, at which these edges end or begin."""
    before = [e for e in edges if e.target.node == id and e.source.node in layout]
    after = [e for e in edges if e.source.node == id and e.target.node in layout]
    if before and after:
        through = Edge(before[0].source, after[0].target)
        layout = room_between(network, layout, through, direction)
        start, end = layout[through.source.node], layout[through.target.node]
        middle = Position((start.x + end.x) / 2, (start.y + end.y) / 2)
        at = place_between(layout, through, middle, direction)
    elif before:
        at = beside(layout, before[0].source.node, direction)
    elif after:
        at = beside(layout, after[0].target.node, direction, steps=-1)
    else:
        at = free_place(layout, Position(0, 0))
    return {**layout, id: at}
