"""What was laid out by hand, flowing the other way: its cards lie as clear of one another."""

from __future__ import annotations

import pytest
from hypothesis import given

from app.layout.direction import flowing
from graph_model.network import Direction, Layout, Network, Node, Position, Project
from tests.app.layout.test_free_places import DIRECTIONS, apart, overlaps

OTHER = {"down": "right", "right": "down"}
NEARLY = 8
"""Pixels by which places are rounded at most, between two cards."""


def laid(layout: Layout, direction: Direction) -> Project:
    """Return a project whose cards were put there by hand."""
    nodes = {id: Node(id, "ReLU", id) for id in layout}
    network = Network("main", "Net", nodes)
    return Project({"main": network}, "main", {"main": layout}, direction=direction)


@pytest.mark.parametrize("before", DIRECTIONS)
@given(layout=apart())
def test_no_cards_come_to_lie_on_one_another(before, layout):
    after = OTHER[before]
    found = flowing(laid(layout, before), after).layouts["main"]
    wider = 1 + NEARLY / 80
    assert not overlaps({id: Position(at.x * wider, at.y * wider) for id, at in found.items()})


@pytest.mark.parametrize("before", DIRECTIONS)
def test_cards_that_all_but_touch_do_so_the_other_way(before):
    step = {"down": Position(0, 88), "right": Position(216, 0)}[before]
    layout = {f"n{i}": Position(i * step.x, i * step.y) for i in range(3)}
    project = flowing(laid(layout, before), OTHER[before])
    assert not overlaps(project.layouts["main"])
    back = flowing(project, before).layouts["main"]
    assert all(
        abs(a - b) <= NEARLY for id in layout for a, b in zip(layout[id], back[id], strict=True)
    )
