"""Texts of custom layers, and projects that use them."""

from __future__ import annotations

from graph_model.custom_layers.known import add_layer
from graph_model.custom_layers.reading import Entry, read_text
from graph_model.network import (
    LayerId,
    Node,
    Port,
    Project,
    add_nodes,
    connect,
    custom_kind,
    empty_project,
    with_network,
)
from graph_model.values import Arguments

SWISH = """\
import torch
from torch import Tensor


def swish(x: Tensor, *, beta: float = 1.0) -> Tensor:
    \"\"\"Multiplies by a sigmoid.\"\"\"
    return x * torch.sigmoid(beta * x)
"""

LINEAR = """\
import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class Dense(nn.Module):
    \"\"\"Linear, written by hand.\"\"\"

    def __init__(self, in_size: int = 8, size: int = 4, scale: float = 1.0) -> None:
        super().__init__()
        self.scale = scale
        self.weight = nn.Parameter(torch.randn(size, in_size) / math.sqrt(in_size))
        self.bias = nn.Parameter(torch.zeros(size))
        self.register_buffer("seen", torch.zeros((), dtype=torch.int64))

    def forward(self, x: Tensor) -> Tensor:
        return F.linear(x, self.weight * self.scale, self.bias)
"""

STRAIGHT_THROUGH = """\
import torch
from torch import Tensor


class _Sign(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.sign()

    @staticmethod
    def backward(ctx, gradient):
        (x,) = ctx.saved_tensors
        return gradient * (x.abs() <= 1)


def binarise(x: Tensor) -> Tensor:
    return _Sign.apply(x)
"""

SPLIT = """\
from torch import Tensor, nn


class Halves(nn.Module):
    def forward(self, x: Tensor, shift: Tensor | None = None) -> tuple[Tensor, Tensor]:
        if shift is not None:
            x = x + shift
        return x[:, 0::2], x.flatten(1)
"""


def entry(text: str) -> Entry:
    """Return what a text says, which has no mistakes."""
    found = read_text(text)
    assert isinstance(found, Entry), found.message
    return found


def project_with(
    *texts: str, shape: tuple[int | str, ...] = ("N", 8), arguments: Arguments | None = None
) -> tuple[Project, tuple[LayerId, ...]]:
    """Return a project: an Input, one node for each text in a row, and an Output.

    The nodes are called ``node0``, ``node1``, …; each feeds the next from its first output, and an
    Output for each further one.
    """
    project = empty_project("Tried")
    ids = []
    network = add_nodes(project.network, [Node("in", "Input", "x", {"shape": shape})])
    source = Port("in", "output")
    for number, text in enumerate(texts):
        project, id = add_layer(project, text)
        ids.append(id)
        node = f"node{number}"
        given = arguments or {} if not number else {}
        network = add_nodes(network, [Node(node, custom_kind(id), node, given)])
        network = connect(network, source, Port(node, entry(text).inputs[0]))
        source, *further = (Port(node, name) for name in entry(text).outputs)
        for port in further:
            name = f"{node}_{port.name}"
            network = add_nodes(network, [Node(name, "Output", name)])
            network = connect(network, port, Port(name, "input"))
    network = add_nodes(network, [Node("out", "Output", "y")])
    network = connect(network, source, Port("out", "input"))
    return with_network(project, network), tuple(ids)
