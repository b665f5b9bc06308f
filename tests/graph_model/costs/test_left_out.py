"""What a block costs that is left out: nothing, whatever it is called and the data are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph_model.costs.cost import Cost, cost
from graph_model.costs.receptive_field import receptive_fields
from graph_model.costs.sizes import sizes_for
from graph_model.inference.infer import infer
from graph_model.layers import LAYERS
from graph_model.network import Network
from tests.codegen.blocks import network

PART = network({}, "part", "Part", {
    "x": ("Input", {"shape": ("N", 4, 16, 16)}, ""),
    "conv": ("Conv2d", {"out_channels": 4, "kernel_size": 3, "padding": 1}, "x"),
    "y": ("Output", {}, "conv"),
})  # fmt: skip
WITH = network({"part": PART}, "main", "Main", {
    "x": ("Input", {"shape": ("N", 4, 16, 16)}, ""),
    "before": ("Conv2d", {"out_channels": 4}, "x"),
    "part": ("[part] x 1 == 2", {}, "before"),
    "after": ("MaxPool2d", {"kernel_size": 2}, "part"),
    "y": ("Output", {}, "after"),
})  # fmt: skip
WITHOUT = network({}, "main", "Main", {
    "x": ("Input", {"shape": ("N", 4, 16, 16)}, ""),
    "before": ("Conv2d", {"out_channels": 4}, "x"),
    "after": ("MaxPool2d", {"kernel_size": 2}, "before"),
    "y": ("Output", {}, "after"),
})  # fmt: skip


def cost_of(main: Network, *blocks: Network) -> Cost:
    inference = infer(main, blocks={each.id: each for each in blocks})
    assert not inference.problems
    return cost(inference, sizes_for(inference, 8))


@pytest.mark.parametrize("name", ["Part", *LAYERS])
def test_a_block_that_is_left_out_costs_nothing_even_if_called_like_a_layer(name: str) -> None:
    found, bare = cost_of(WITH, replace(PART, name=name)), cost_of(WITHOUT)
    assert (found.total, found.peak) == (bare.total, bare.peak)


def test_it_leaves_alone_what_is_seen_of_the_picture() -> None:
    found = receptive_fields(infer(WITH, blocks={"part": PART}))
    assert found["after"] == receptive_fields(infer(WITHOUT))["after"]
