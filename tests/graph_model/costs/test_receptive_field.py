"""Receptive fields are what gradients reach in torch, from one element in the middle."""

from __future__ import annotations

from typing import Final

import pytest
import torch
from torch import nn

from codegen.build import build_network
from graph_model.costs.receptive_field import receptive_fields
from graph_model.infer import infer
from graph_model.network import Network
from tests.codegen.samples import Line, network

_CONV: Final = {"out_channels": 2, "kernel_size": 3}

NETWORKS: Final[dict[str, dict[str, Line]]] = {
    "convolutions": {
        "a": ("Conv1d", _CONV, "x"),
        "b": ("Conv1d", {**_CONV, "stride": 2, "padding": 1}, "a"),
        "c": ("Conv1d", {**_CONV, "dilation": 3}, "b"),
    },
    "pooling": {
        "a": ("Conv1d", {**_CONV, "padding": 1}, "x"),
        "b": ("AvgPool1d", {"kernel_size": 3, "stride": 2, "padding": 1}, "a"),
        "c": ("AvgPool1d", {"kernel_size": 2}, "b"),
    },
    "residual": {
        "a": ("Conv1d", {**_CONV, "padding": 1}, "x"),
        "b": ("BatchNorm1d", {}, "a"),
        "c": ("Conv1d", {**_CONV, "kernel_size": 5, "padding": 2}, "b"),
        "d": ("Add", {}, "c a"),
    },
    "up and down": {
        "a": ("Conv1d", {**_CONV, "stride": 2}, "x"),
        "b": ("ConvTranspose1d", {**_CONV, "kernel_size": 2, "stride": 2}, "a"),
        "c": ("Conv1d", _CONV, "b"),
    },
}


@pytest.mark.parametrize("name", NETWORKS)
def test_gradients_reach_as_far(name: str) -> None:
    lines = NETWORKS[name]
    drawn = network(name, {
        "x": ("Input", {"shape": ("N", 1, 64)}, ""),
        **lines,
        "y": ("Output", {}, list(lines)[-1]),
    })  # fmt: skip
    (axis,) = receptive_fields(infer(drawn))[list(lines)[-1]]
    reached = [_reached(drawn, place) for place in range(6, 12)]
    assert max(last - first + 1 for first, last in reached) == axis.size
    for place, (first, last) in enumerate(reached, 6):
        begin = axis.start + place * axis.jump
        assert begin - 2 < first  # a step back where the stride of upsampling is rounded
        assert last < begin + axis.size + 1


def _reached(drawn: Network, place: int) -> tuple[int, int]:
    """Return the first and the last place of the input on which one of the output depends."""
    model = build_network(drawn).make().eval()
    for weight in model.parameters():
        nn.init.ones_(weight)
    x = torch.rand(1, 1, 64, requires_grad=True)
    model(x)[0, 0, place].backward()
    assert x.grad is not None
    found = x.grad[0, 0].nonzero().flatten()
    return int(found[0]), int(found[-1])


def test_where_everything_is_seen_there_is_no_field() -> None:
    drawn = network("pooled", {
        "x": ("Input", {"shape": ("N", 3, 32, 32)}, ""),
        "conv": ("Conv2d", {"kernel_size": (3, 5)}, "x"),
        "pool": ("AdaptiveAvgPool2d", {}, "conv"),
        "y": ("Output", {}, "pool"),
    })  # fmt: skip
    found = receptive_fields(infer(drawn))
    assert [axis.size for axis in found["conv"]] == [3, 5]
    assert "pool" not in found
