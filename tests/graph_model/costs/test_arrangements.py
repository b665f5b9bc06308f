"""What repeats cost that lie in a loop or side by side: as their parts drawn one by one."""

from __future__ import annotations

import pytest

from graph_model.arrangement import Arrangement
from graph_model.costs.cost import cost
from graph_model.costs.receptive_field import receptive_fields
from graph_model.editing.repeating import arrange
from graph_model.editing.ungrouping import ungroup
from graph_model.inference.infer import infer
from graph_model.network import Project
from tests.codegen.blocks import network

CONV = network({}, "conv", "Conv", {
    "x": ("Input", {"shape": (2, 4, 16, 16)}, ""),
    "conv": ("Conv2d", {"out_channels": 4, "kernel_size": 3, "padding": 1}, "x"),
    "y": ("Output", {}, "conv"),
})  # fmt: skip
BLOCKS = {"conv": CONV}
MAIN = network(BLOCKS, "main", "Main", {
    "x": ("Input", {"shape": (2, 4, 16, 16)}, ""),
    "part": ("[conv] x 3", {}, "x"),
    "after": ("Conv2d", {"out_channels": 2}, "part"),
    "y": ("Output", {}, "after"),
})  # fmt: skip


@pytest.mark.parametrize("how", [each for each in Arrangement if each.is_parallel], ids=str)
def test_side_by_side_costs_what_the_parts_and_their_joint_do(how: Arrangement) -> None:
    drawn = arrange(MAIN, "part", how, 1)
    if how is Arrangement.STACKED:
        drawn = arrange(network(BLOCKS, "main", "Main", {
            "x": ("Input", {"shape": (2, 4, 16, 16)}, ""),
            "part": ("[conv] x 3", {}, "x"),
            "y": ("Output", {}, "part"),
        }), "part", how, 1)  # fmt: skip
    together = cost(infer(drawn, blocks=BLOCKS), ())
    project = ungroup(Project({**BLOCKS, "main": drawn}, "main"), "main", "part")
    apart = cost(infer(project.network, blocks=BLOCKS), ())
    assert together.total == apart.total
    assert together.peak == apart.peak


def test_a_loop_costs_each_turn_but_has_its_weights_once() -> None:
    drawn = arrange(MAIN, "part", Arrangement.SHARED)
    once, loop = (cost(infer(each, blocks=BLOCKS), ()).nodes["part"] for each in (MAIN, drawn))
    assert once.multiply_adds == loop.multiply_adds
    assert once.parameters == 3 * loop.parameters
    assert once.weights == 3 * loop.weights


@pytest.mark.parametrize(
    ("how", "along", "size"),
    [
        (Arrangement.SEQUENCE, 1, 9),
        (Arrangement.SHARED, 1, 9),
        (Arrangement.SUMMED, 1, 5),
        (Arrangement.CONCATENATED, 1, 5),
        (Arrangement.CONCATENATED, 2, None),
    ],
)
def test_side_by_side_all_see_the_same(how: Arrangement, along: int, size: int | None) -> None:
    found = receptive_fields(infer(arrange(MAIN, "part", how, along), blocks=BLOCKS))
    assert [axis.size for axis in found.get("after", ())] == ([] if size is None else [size] * 2)


def test_what_is_stacked_has_places_of_its_own() -> None:
    drawn = arrange(MAIN, "part", Arrangement.STACKED, 2)
    assert "part" not in receptive_fields(infer(drawn, blocks=BLOCKS))
