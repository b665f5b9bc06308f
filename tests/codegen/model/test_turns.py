"""Chains that repeat, such as fc and relu in turn, are lists and a loop, and compute the same."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from codegen.build import build
from codegen.emit import source
from graph_model.inference.infer import infer
from tests.codegen.blocks import Line, network

Lines = dict[str, Line]


def drawn(count: int, *kinds: str, last: str = "", skip_at: int = 0) -> Lines:
    """Draw a chain of Linear and what follows each, with the input once more at a place."""
    lines: Lines = {"x": ("Input", {"shape": ("N", 8)}, "")}
    before = "x"
    for at in range(1, count + 1):
        if at == skip_at:
            lines["skip"] = ("Concatenate", {}, f"x {before}")
            before = "skip"
        lines[f"fc{at}"] = ("Linear", {"out_features": 8}, before)
        before = f"fc{at}"
        for kind in kinds if at < count or not last else ():
            lines[f"{kind.lower()}{at}"] = (kind, {}, before)
            before = f"{kind.lower()}{at}"
    return {**lines, "out": ("Output", {}, before)}


def text_of(lines: Lines) -> str:
    return source(infer(network({}, "main", "Main", lines))).text


def statements(lines: Lines) -> list[str]:
    body = text_of(lines).split("def forward")[1].split("\n\n\n")[0]
    return [line.split("  #")[0].strip() for line in body.splitlines()[1:]]


def test_what_is_called_in_turn_is_a_loop() -> None:
    lines = drawn(5, "ReLU")
    assert statements(lines) == [
        "for fc, relu in zip(self.fcs, self.relus, strict=True):",
        "x = relu(fc(x))",
        "return x",
    ]
    assert "self.relus = nn.ModuleList([nn.ReLU() for _ in range(5)])" in text_of(lines)


def test_functions_need_no_list() -> None:
    assert statements(drawn(4, "Tanh", "Sin"))[1] == "x = torch.sin(tanh(fc(x)))"
    assert statements(drawn(4, "Sin"))[0] == "for fc in self.fcs:"


def test_a_few_calls_stand_in_one_line() -> None:
    lines = drawn(4, "BatchNorm1d", "ReLU", "Dropout")
    assert statements(lines)[-3:-1] == ["x = relu(batchnorm1d(fc(x)))", "x = dropout(x)"]


def test_the_last_may_be_followed_by_nothing() -> None:
    assert statements(drawn(6, "ReLU", last="bare"))[-1] == "return self.fc6(x)"


def test_what_comes_in_between_parts_the_loop() -> None:
    assert statements(drawn(6, "ReLU", skip_at=4)) == [
        "y = x",
        "for fc, relu in zip(self.fcs[:3], self.relus[:3], strict=True):",
        "y = relu(fc(y))",
        "x = torch.cat((x, y), dim=1)",
        "for fc, relu in zip(self.fcs[3:], self.relus[3:], strict=True):",
        "x = relu(fc(x))",
        "return x",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        drawn(3, "ReLU"),
        {**drawn(5, "ReLU"), "relu3": ("GELU", {}, "fc3")},
        {**drawn(5, "ReLU"), "other": ("Output", {}, "fc3")},
        {**drawn(5, "ReLU"), "more": ("Linear", {}, "relu1"), "other": ("Output", {}, "more")},
        {**drawn(5, "ReLU"), "fc2": ("Linear", {"out_features": 8, "bias": False}, "relu1")},
        {**drawn(5, "ReLU"), "fcs": ("Linear", {}, "relu5"), "out": ("Output", {}, "fcs")},
        drawn(5, "ReLU", skip_at=2),
    ],
)
def test_what_is_not_alike_or_taken_otherwise_stays_apart(lines: Lines) -> None:
    assert "zip(" not in text_of(lines)


@pytest.mark.parametrize(
    ("kinds", "skip_at"), [(("ReLU",), 0), (("Tanh", "Sin"), 0), (("BatchNorm1d", "ReLU"), 4)]
)
def test_it_computes_what_the_layers_do_one_by_one(kinds: tuple[str, ...], skip_at: int) -> None:
    torch.manual_seed(0)
    lines = drawn(6, *kinds, skip_at=skip_at)
    model = build(source(infer(network({}, "main", "Main", lines)))).make().train()
    assert len(model.fcs) == 6
    x = torch.randn(5, 8)
    assert torch.equal(model(x), _by_hand(model, x, kinds, skip_at))


def _by_hand(model: nn.Module, x: Tensor, kinds: tuple[str, ...], skip_at: int) -> Tensor:
    y = x
    for at in range(6):
        y = torch.cat((x, y), dim=1) if at + 1 == skip_at else y
        y = model.fcs[at](y)
        for kind in kinds:
            if kind == "Sin":
                y = y.sin()
            elif kind == "BatchNorm1d":
                y = nn.functional.batch_norm(y, None, None, training=True)
            else:
                y = getattr(torch, kind.lower())(y)
    return y


def test_each_line_tells_its_nodes() -> None:
    found = source(infer(network({}, "main", "Main", drawn(4, "ReLU"))))
    at = found.text.splitlines().index("            x = relu(fc(x))  # (N, 8)") + 1
    assert all(at in found.lines_of(node) for node in ("fc1", "relu1", "fc4", "relu4"))
