"""A gradient as a value of a network: it is what torch finds, in training and in evaluation."""

from __future__ import annotations

import copy

import pytest
import torch
from torch import Tensor, nn

from codegen.build import build_network
from tests.codegen.blocks import network

X = torch.linspace(-1, 1, 6).reshape(3, 2)
STEEPNESS = network({}, "block", "Steepness", {
    "x": ("Input", {"shape": ("N", 2)}, ""),
    "squares": ("Power", {"exponent": 3}, "x"),
    "slope": ("Gradient", {}, "squares x"),
    "slopes": ("Output", {}, "slope"),
})  # fmt: skip
DRAWN = network({"block": STEEPNESS}, "main", "Derivatives", {
    "x": ("Input", {"shape": ("N", 2)}, ""),
    "linear": ("Linear", {"out_features": 4}, "x"), "tanh": ("Tanh", {}, "linear"),
    "by_input": ("Gradient", {}, "tanh x"), "twice": ("Gradient", {}, "by_input x"),
    "held": ("Buffer", {"shape": (1, 4), "init": "ones"}, ""),
    "product": ("Multiply", {}, "tanh held"),
    "by_held": ("Gradient", {}, "product held"),
    "within": ("[block]", {}, "linear_2"), "linear_2": ("Linear", {"out_features": 2}, "x"),
    "first": ("Output", {}, "by_input"), "second": ("Output", {}, "twice"),
    "third": ("Output", {}, "by_held"), "fourth": ("Output", {}, "within"),
})  # fmt: skip


def by_hand(model: nn.Module, x: Tensor) -> tuple[Tensor, ...]:
    """The derivatives of tanh by the rules of school."""
    linear, other = model.get_submodule("linear"), model.get_submodule("linear_2")
    tanh = torch.tanh(linear(x))
    first = (1 - tanh**2) @ linear.weight
    second = (-2 * tanh * (1 - tanh**2) * linear.weight.sum(dim=1)) @ linear.weight
    return first, second, tanh.sum(dim=0, keepdim=True), 3 * other(x) ** 2


@pytest.mark.parametrize("is_recorded", [True, False])
def test_a_gradient_is_what_the_rules_of_school_give(is_recorded: bool) -> None:
    built = build_network(DRAWN, {"block": STEEPNESS})
    torch.manual_seed(0)
    model = built.make()
    with torch.set_grad_enabled(is_recorded):
        found, expected = model(X.clone()), by_hand(model, X)
    for each, right in zip(found, expected, strict=True):
        torch.testing.assert_close(each, right)
    assert copy.deepcopy(model).state_dict().keys() == model.state_dict().keys()


def test_weights_learn_from_a_gradient() -> None:
    model = build_network(DRAWN, {"block": STEEPNESS}).make()
    first, *_ = model(X.clone())
    weight = model.get_submodule("linear").weight
    (found,) = torch.autograd.grad((first**2).sum(), weight, retain_graph=True)
    right, *_ = by_hand(model, X)
    torch.testing.assert_close(found, *torch.autograd.grad((right**2).sum(), weight))


def test_what_is_only_called_gradient_records_nothing() -> None:
    part = network({}, "part", "Gradient", {
        "x": ("Input", {"shape": ("N", 2)}, ""),
        "linear": ("Linear", {"out_features": 2}, "x"),
        "y": ("Output", {}, "linear"),
    })  # fmt: skip
    main = network({"part": part}, "main", "Main", {
        "x": ("Input", {"shape": ("N", 2)}, ""),
        "part": ("[part]", {}, "x"),
        "y": ("Output", {}, "part"),
    })  # fmt: skip
    assert "enable_grad" not in build_network(main, {"part": part}).source.text
