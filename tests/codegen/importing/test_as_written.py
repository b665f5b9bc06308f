"""Source is drawn as it is written: branches of a list, tensors without a use, casts."""

from __future__ import annotations

import pytest

from codegen.emit import source
from codegen.importing.inputs import read_input
from codegen.importing.source import read_source
from graph_model.arrangement import Arrangement
from graph_model.inference.infer import infer_project
from graph_model.network import Project

MODULE = """
import torch
from torch import nn


class Head(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(8, width)

    def forward(self, x):
        return self.fc(x)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.heads = nn.ModuleList([Head(4) for _ in range(3)])
        self.last = nn.Linear(8, 8)
        {made}

    def forward(self, x):
        {forward}
"""


def drawn(forward: str, made: str = "") -> Project:
    text = MODULE.format(forward=forward, made=made)
    return read_source(text, inputs=[read_input("8")]).project


@pytest.mark.parametrize(
    ("forward", "arrangement", "along"),
    [
        ("return torch.cat([h(x) for h in self.heads], dim=-1)", Arrangement.CONCATENATED, -1),
        (
            "heads = torch.stack([h(x) for h in self.heads], dim=1)\n        return heads",
            Arrangement.STACKED,
            1,
        ),
        ("return sum(h(x) for h in self.heads)", Arrangement.SUMMED, 1),
    ],
)
def test_branches_of_a_list_are_one_block(
    forward: str, arrangement: Arrangement, along: int
) -> None:
    project = drawn(forward)
    (heads,) = (each for each in project.network.nodes.values() if each.name == "heads")
    assert f"self.{heads.name} = nn.ModuleList" in source(infer_project(project)).text
    assert (heads.repeat, heads.arrangement, heads.along) == (3, arrangement, along)
    inference = infer_project(project)
    assert inference.parameter_count == 3 * (8 * 4 + 4)
    assert forward.partition("(")[0].split()[-1] in source(inference).text


@pytest.mark.parametrize(
    "forward",
    [
        "return torch.cat([h(x) for h in self.heads[:2]], dim=-1)",
        "a, b, c = [h(x) for h in self.heads]\n        return torch.cat([b, a, c], dim=-1)",
        "a, b, c = [h(x) for h in self.heads]\n        return torch.cat([a, b, c], -1) + a.sum()",
        "y = [h(x if i else self.last(x)) for i, h in enumerate(self.heads)]\n"
        "        return torch.cat(y, dim=-1)",
    ],
)
def test_branches_that_are_otherwise_stay_apart(forward: str) -> None:
    inference = infer_project(drawn(forward))
    assert not inference.has_errors
    assert all(each.repeat == 1 for each in inference.network.nodes.values())


def test_a_block_that_is_called_on_what_it_gave_is_a_loop() -> None:
    made = "self.step = Head(8)"
    loop = "for _ in range(3):\n            x = self.step(x)\n        return x"
    (step,) = (each for each in drawn(loop, made).network.nodes.values() if each.name == "step")
    assert (step.repeat, step.arrangement) == (3, Arrangement.SHARED)
    again = "y = self.step(self.step(x))\n        return y + self.step(x)"
    inference = infer_project(drawn(again, made))
    assert not inference.has_errors
    steps = [each for each in inference.network.nodes.values() if each.kind == "block:head"]
    assert [each.repeat for each in steps] == [1, 1, 1]


def test_tensors_without_a_use_are_weights_all_the_same() -> None:
    made = (
        "self.scale = nn.Parameter(torch.ones(5))\n"
        "        self.register_buffer('b', torch.zeros(2))"
    )
    project = drawn("return self.last(x)", made)
    names = {each.name: each.kind for each in project.network.nodes.values()}
    assert (names["scale"], names["b"]) == ("Parameter", "Buffer")
    assert infer_project(project).parameter_count == 8 * 8 + 8 + 5


def test_a_cast_to_the_dtype_of_another_tensor_follows_it() -> None:
    kinds = [each.kind for each in drawn("return self.last(x).to(x.dtype)").network.nodes.values()]
    assert "CastLike" in kinds
    compared = drawn("return self.last(x) if x.dtype == torch.float32 else x")
    assert "Linear" in [each.kind for each in compared.network.nodes.values()]
