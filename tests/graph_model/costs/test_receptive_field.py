"""Receptive fields are what gradients reach in torch, from one element in the middle."""

from __future__ import annotations

from typing import Final

import pytest
import torch
from torch import nn

from codegen.build import build_network
from graph_model.costs.receptive_field import receptive_fields
from graph_model.inference.infer import infer
from graph_model.network import Network
from tests.codegen import blocks
from tests.codegen.samples import Line, network

_CONV: Final = {"out_channels": 2, "kernel_size": 3}

NETWORKS: Final[dict[str, dict[str, Line]]] = {
    "convolutions": {
        "a": ("Conv1d", _CONV, "x"),
        "b": ("Conv1d", {**_CONV, "stride": 2, "padding": 1}, "a"),
        "c": ("Conv1d", {**_CONV, "dilation": 3}, "b"),
    },
    "padded by a word": {
        "a": ("Conv1d", {**_CONV, "kernel_size": 5, "padding": "same"}, "x"),
        "b": ("Conv1d", {**_CONV, "padding": "valid"}, "a"),
        "c": ("Conv1d", {**_CONV, "dilation": 2, "padding": "same"}, "b"),
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
    "blocks": {
        "a": ("Conv1d", {**_CONV, "stride": 2, "padding": 1}, "x"),
        "b": ("[step] x 3", {}, "a"),
        "c": ("[step]", {}, "b"),
    },
    "up and down": {
        "a": ("Conv1d", {**_CONV, "stride": 2}, "x"),
        "b": ("ConvTranspose1d", {**_CONV, "kernel_size": 2, "stride": 2}, "a"),
        "c": ("Conv1d", _CONV, "b"),
    },
}


PARTS: Final = {
    "step": blocks.network({}, "step", "Step", {
        "seen": ("Input", {"shape": ("N", 2, "L")}, ""),
        "conv": ("Conv1d", {**_CONV, "dilation": 2, "padding": 2}, "seen"),
        "sum": ("Add", {}, "conv seen"),
        "given": ("Output", {}, "sum"),
    }),
    "pool": blocks.network({}, "pool", "Pool", {
        "seen": ("Input", {"shape": ("N", 2, "L")}, ""),
        "whole": ("AdaptiveAvgPool1d", {}, "seen"),
        "given": ("Output", {}, "whole"),
    }),
    "both": blocks.network({}, "both", "Both", {
        "seen": ("Input", {"shape": ("N", 2, "L")}, ""),
        "conv": ("Conv1d", {}, "seen"),
        "one": ("Output", {}, "conv"),
        "other": ("Output", {}, "seen"),
    }),
}  # fmt: skip


def _drawn(lines: dict[str, Line]) -> Network:
    """Return a network of these lines over a sequence, with an Output behind the last."""
    return blocks.network(PARTS, "main", "Main", {
        "x": ("Input", {"shape": ("N", 1, 64)}, ""),
        **lines,
        "y": ("Output", {}, list(lines)[-1]),
    })  # fmt: skip


@pytest.mark.parametrize("name", NETWORKS)
def test_gradients_reach_as_far(name: str) -> None:
    lines = NETWORKS[name]
    drawn = _drawn(lines)
    (axis,) = receptive_fields(infer(drawn, blocks=PARTS))[list(lines)[-1]]
    reached = [_reached(drawn, place) for place in range(6, 12)]
    assert max(last - first + 1 for first, last in reached) == axis.size
    for place, (first, last) in enumerate(reached, 6):
        begin = axis.start + place * axis.jump
        assert begin - 2 < first  # a step back where the stride of upsampling is rounded
        assert last < begin + axis.size + 1


def _reached(drawn: Network, place: int) -> tuple[int, int]:
    """Return the first and the last place of the input on which one of the output depends."""
    model = build_network(drawn, PARTS).make().eval()
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


@pytest.mark.parametrize(
    "lines",
    [
        {"all": ("[pool]", {}, "x")},
        {"all": ("[both]", {}, "x")},
        {"all": ("Concatenate", {"dim": 2}, "x x")},
        {"half": ("AvgPool1d", {}, "x"), "part": ("Slice", {"dim": 2, "stop": 32}, "x"),
         "all": ("Add", {}, "half part")},
        {"half": ("AvgPool1d", {}, "x"), "up": ("Upsample", {}, "half"), "all": ("ReLU", {}, "up")},
        {"conv": ("Conv1d", {**_CONV, "out_channels": 1, "stride": 2, "padding": 1}, "x"),
         "short": ("Input", {"shape": ("N", 1, 32)}, ""), "all": ("Add", {}, "conv short")},
    ],
    ids=["pooled within", "two outputs", "side by side", "cut", "upsampled", "out of step"],
)  # fmt: skip
def test_what_is_no_chain_has_no_field(lines: dict[str, Line]) -> None:
    if lines["all"][0].startswith("["):
        lines = {"conv": ("Conv1d", {**_CONV, "padding": 1}, "x"), **lines}
        lines["all"] = (*lines["all"][:2], "conv")
    assert "all" not in receptive_fields(infer(_drawn(lines), blocks=PARTS))
