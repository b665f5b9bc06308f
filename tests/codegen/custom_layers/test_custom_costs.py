"""What custom layers cost is what torch counts and keeps when they really run, at other sizes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch
from torch import Tensor
from torch.utils.flop_counter import FlopCounterMode

from codegen.build import build
from codegen.custom_layers.prober import Prober, settle
from codegen.emit import source
from graph_model.costs.cost import NodeCost, cost
from graph_model.custom_layers.known import Known, digest
from graph_model.editing.block_edits import make_block
from graph_model.inference.infer import Inference
from graph_model.network import Node, Port, Project, add_nodes, connect, with_network
from tests.custom_layers import LINEAR, STRAIGHT_THROUGH, SWISH, project_with

ATTENTION = """\
from torch import Tensor, nn
from torch.nn import functional as F


class Attention(nn.Module):
    def __init__(self, size: int = 8, heads: int = 2) -> None:
        super().__init__()
        self.heads = heads
        self.three = nn.Linear(size, 3 * size)
        self.last = nn.Linear(size, size)

    def forward(self, x: Tensor) -> Tensor:
        parts = self.three(x).chunk(3, dim=-1)
        q, k, v = (each.unflatten(-1, (self.heads, -1)).transpose(1, 2) for each in parts)
        y = F.scaled_dot_product_attention(q, k, v)
        return self.last(y.transpose(1, 2).flatten(2))
"""

STEPS = """\
import torch
from torch import Tensor, nn


class Steps(nn.Module):
    def __init__(self, size: int = 8) -> None:
        super().__init__()
        self.cell = nn.Linear(size, size)

    def forward(self, x: Tensor) -> Tensor:
        state = torch.zeros_like(x[:, 0])
        for at in range(x.shape[1]):
            state = torch.tanh(self.cell(x[:, at] + state))
        return state
"""

STRIDES = """\
from torch import Tensor, nn


class Patches(nn.Module):
    def __init__(self, size: int = 16) -> None:
        super().__init__()
        self.conv = nn.Conv1d(8, 4, size, stride=size)

    def forward(self, x: Tensor) -> Tensor:
        return self.conv(x.transpose(1, 2)).relu()
"""

IN_PLACE = """\
from torch import Tensor


def softened(x: Tensor) -> Tensor:
    return x.mul_(0.5).tanh_()
"""

TWICE_CUT = """\
from torch import Tensor, nn
from torch.nn import functional as F


class Twice(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.one = nn.Conv1d(8, 4, 3, stride=2, padding=1)
        self.two = nn.Conv1d(4, 4, 3, stride=2, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        return self.two(self.one(x.transpose(1, 2)))
"""

WITH_LSTM = """\
from torch import Tensor, nn


class Reader(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.lstm = nn.LSTM(8, 4, batch_first=True)

    def forward(self, x: Tensor) -> Tensor:
        return self.lstm(x)[0]
"""


TWO_WAYS = """\
from torch import Tensor, nn


class TwoWays(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.fc = nn.Linear(8, 8)

    def forward(self, x: Tensor) -> Tensor:
        return self.fc(x).tanh() if x.shape[1] > 12 else -self.fc(x)
"""


@pytest.fixture(scope="module")
def prober() -> Iterator[Prober]:
    with Prober() as made:
        yield made


def settled(prober: Prober, project: Project) -> tuple[Inference, Known]:
    texts = [digest(each.text) for each in project.layers.values()]
    inference, known = settle(project, Known(frozenset(texts)), prober)
    assert not inference.has_errors
    return inference, known


def after_a_linear(text: str, steps: int | str = "T") -> Project:
    """Return a project whose custom layer follows a Linear, so that gradients flow through it."""
    project, _ = project_with(text, shape=("N", steps, 8))
    network = add_nodes(project.network, [Node("first", "Linear", "first", {"out_features": 8})])
    network = connect(network, Port("in", "output"), Port("first", "input"))
    network = connect(network, Port("first", "output"), Port("node0", "x"))
    return with_network(project, network)


def measured(inference: Inference, known: Known, *shape: int) -> tuple[int, int]:
    """Return the multiply-adds and the bytes that autograd keeps of the built module, run.

    On the CPU, torch's counter passes over attention and LSTMs, hence the meta device for it.
    """
    module = build(source(inference), known=known).make()
    saved: list[Tensor] = []

    def keep(tensor: Tensor) -> Tensor:
        saved.append(tensor)
        return tensor

    with torch.device("meta"), FlopCounterMode(display=False) as counter:
        build(source(inference), known=known).make()(torch.empty(*shape))
    weights = {each.untyped_storage().data_ptr() for each in module.state_dict().values()}
    with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
        module(torch.randn(*shape))
    storages = {each.untyped_storage().data_ptr(): each.untyped_storage() for each in saved}
    kept = sum(each.nbytes() for at, each in storages.items() if at not in weights)
    return counter.get_total_flops() // 2, kept


@pytest.mark.parametrize(
    "text", [LINEAR, SWISH, STRAIGHT_THROUGH, ATTENTION, STEPS, STRIDES, IN_PLACE]
)
def test_costs_are_those_of_the_layer_when_it_runs(prober: Prober, text: str) -> None:
    inference, known = settled(prober, after_a_linear(text))
    found = cost(inference, (("N", 3), ("T", 70))).total
    assert (found.multiply_adds, found.activations) == measured(inference, known, 3, 70, 8)
    assert not found.more_multiply_adds
    assert not found.more_activations


def test_without_gradients_nothing_is_kept(prober: Prober) -> None:
    inference, _ = settled(prober, project_with(SWISH)[0])
    assert cost(inference, (("N", 3),)).total == NodeCost()


@pytest.mark.parametrize(
    ("text", "steps", "multiply_adds_known"),
    [(WITH_LSTM, 6, True), (TWICE_CUT, "T", False), (TWO_WAYS, "T", True)],
    ids=["an LSTM has a workspace", "sizes within that no output shows", "other sizes, other ways"],
)
def test_what_cannot_be_told_is_the_least(
    prober: Prober, text: str, steps: int | str, multiply_adds_known: bool
) -> None:
    inference, known = settled(prober, after_a_linear(text, steps))
    found = cost(inference, (("N", 3), ("T", 6)))
    total, node = found.total, found.nodes["node0"]
    multiply_adds, kept = measured(inference, known, 3, 6, 8)
    assert node.more_multiply_adds == total.more_multiply_adds == (not multiply_adds_known)
    assert node.more_activations
    assert total.more_activations
    assert (total.multiply_adds == multiply_adds) == multiply_adds_known
    assert total.activations < kept


def test_sizes_in_numbers_are_known_to_the_last(prober: Prober) -> None:
    inference, known = settled(prober, after_a_linear(TWICE_CUT, 70))
    found = cost(inference, (("N", 3),)).total
    assert (found.multiply_adds, found.activations) == measured(inference, known, 3, 70, 8)
    assert not found.more_multiply_adds


def test_what_is_not_known_is_so_of_a_block_around_it_as_well(prober: Prober) -> None:
    project = after_a_linear(WITH_LSTM, 6)
    project, _ = make_block(project, project.main, ["node0"], "Inner")
    inference, _ = settled(prober, project)
    (use,) = (each for each in inference.network.nodes.values() if inference.nodes[each.id].passes)
    assert cost(inference, (("N", 3),)).nodes[use.id].more_activations


def test_too_many_symbols_are_not_tried(prober: Prober) -> None:
    shape = ("A", "C", "D", "E", "F")
    inference, _ = settled(prober, project_with(SWISH, shape=shape)[0])
    assert cost(inference, tuple((each, 3) for each in shape)).total.more_multiply_adds


@pytest.mark.parametrize("end", ["raise ValueError", "import os; os._exit(1)"])
def test_what_fails_only_with_small_sizes_costs_at_least_nothing(prober: Prober, end: str) -> None:
    text = SWISH.replace("    return", f"    if x.shape[0] < 20: {end}\n    return")
    inference, _ = settled(prober, project_with(text)[0])
    found = cost(inference, (("N", 30),)).total
    assert found.multiply_adds == found.activations == 0
    assert found.more_multiply_adds
