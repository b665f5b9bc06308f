"""Norms of weights are written as by hand, and hold, compute and learn what torch's own do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import torch
from torch import Tensor, nn
from torch.nn.utils.parametrizations import spectral_norm, weight_norm

from codegen.build import build_network
from graph_model.costs.cost import cost
from graph_model.editing.initialising import set_init
from graph_model.editing.parametrizing import set_parametrization
from graph_model.inference.infer import infer
from graph_model.network import Network, freeze, set_repeat, use_kind
from graph_model.recipe import Choice
from graph_model.values import Arguments, integer
from tests.codegen.blocks import Line, network

NORMS: dict[str, Callable[..., nn.Module]] = {
    "weight_norm": weight_norm,
    "spectral_norm": spectral_norm,
}
LAYERS: dict[str, tuple[tuple[Any, ...], Arguments, Callable[[], nn.Module]]] = {
    "Linear": ((2, 6), {"out_features": 3}, lambda: nn.Linear(6, 3)),
    "Bilinear": ((2, 6), {"out_features": 3}, lambda: nn.Bilinear(6, 6, 3)),
    "Conv1d": ((2, 4, 9), {"out_channels": 5, "kernel_size": 3}, lambda: nn.Conv1d(4, 5, 3)),
    "Conv2d": (
        (2, 4, 8, 8),
        {"out_channels": 6, "kernel_size": 3, "groups": 2, "bias": False},
        lambda: nn.Conv2d(4, 6, 3, groups=2, bias=False),
    ),
    "Conv3d": ((2, 4, 5, 5, 5), {"out_channels": 3}, lambda: nn.Conv3d(4, 3, 3)),
    "ConvTranspose1d": ((2, 4, 9), {"out_channels": 5}, lambda: nn.ConvTranspose1d(4, 5, 3)),
    "ConvTranspose2d": (
        (2, 4, 8, 8),
        {"out_channels": 6, "kernel_size": 2, "stride": 2, "groups": 2},
        lambda: nn.ConvTranspose2d(4, 6, 2, stride=2, groups=2),
    ),
    "ConvTranspose3d": ((2, 4, 3, 3, 3), {"out_channels": 5}, lambda: nn.ConvTranspose3d(4, 5, 3)),
    "LayerNorm": ((2, 6, 3), {"normalized_shape": (6, 3)}, lambda: nn.LayerNorm((6, 3))),
}


def one(kind: str, norm: str, arguments: Arguments | None = None) -> Network:
    """Return a network of one layer with a norm."""
    shape, given, _ = LAYERS[kind]
    lines: dict[str, Line] = {"x": ("Input", {"shape": ("N", *shape[1:])}, "")}
    lines |= {"layer": (kind, given, "x x" if kind == "Bilinear" else "x")}
    drawn = network({}, "main", "Net", lines | {"y": ("Output", {}, "layer")})
    return set_parametrization(drawn, "layer", Choice(norm, arguments or {}))


def stated(drawn: Network) -> dict[str, tuple[int, ...]]:
    return {f"layer.{each.name}": each.shape for each in infer(drawn).nodes["layer"].weights}


@pytest.mark.parametrize("dim", ["as torch has it", None, 0, 1, 2])
@pytest.mark.parametrize("norm", NORMS)
@pytest.mark.parametrize("kind", LAYERS)
def test_a_layer_holds_and_gives_and_learns_what_torch_does(
    kind: str, norm: str, dim: int | str | None
) -> None:
    shape, _, make = LAYERS[kind]
    given_dim: dict[str, Any] = {} if isinstance(dim, str) else {"dim": dim}
    drawn = one(kind, norm, given_dim)
    if dim == 2 and make().weight.dim() == 2:
        assert {each.code for each in infer(drawn).problems} == {"dim_out_of_range"}
        return
    torch.manual_seed(1)
    module = build_network(drawn, {}).make()
    torch.manual_seed(1)
    expected = NORMS[norm](make(), **given_dim)
    state = expected.state_dict()
    assert {name: tuple(each.shape) for name, each in module.state_dict().items()} == stated(drawn)
    assert list(module.state_dict()) == [f"layer.{name}" for name in state]
    assert infer(drawn).parameter_count == sum(each.numel() for each in expected.parameters())
    x = torch.randn(shape)
    inputs = (x, x) if kind == "Bilinear" else (x,)
    before = [each.clone() for each in module.parameters()]
    for _ in range(2):
        given, wanted = module(*inputs[:1]), expected(*inputs)
        assert torch.equal(given, wanted)
        for net in (module, expected):
            learn = torch.optim.SGD(net.parameters(), lr=0.1)
            net(*(inputs[:1] if net is module else inputs)).square().sum().backward()
            learn.step()
            learn.zero_grad()
    for mine, theirs, old in zip(module.parameters(), expected.parameters(), before, strict=True):
        assert torch.equal(mine, theirs)
        assert not torch.equal(mine, old)
    again = build_network(drawn, {}).make()
    again.load_state_dict(module.state_dict())
    assert torch.equal(again.eval()(x), module.eval()(x))


def test_a_norm_is_written_around_the_layer() -> None:
    text = build_network(one("Conv1d", "weight_norm"), {}).source.text
    assert "        self.layer = weight_norm(nn.Conv1d(4, 5, kernel_size=3))\n" in text
    assert "\nfrom torch.nn.utils.parametrizations import weight_norm\n" in text
    drawn = one("Linear", "spectral_norm", {"n_power_iterations": 3, "eps": 1e-12})
    text = build_network(drawn, {}).source.text
    assert "self.layer = spectral_norm(nn.Linear(6, 3), n_power_iterations=3)\n" in text
    text = build_network(one("Linear", "weight_norm", {"dim": None}), {}).source.text
    assert "self.layer = weight_norm(nn.Linear(6, 3), dim=None)\n" in text


def test_nothing_is_imported_that_is_not_used() -> None:
    plain = set_parametrization(one("Linear", "weight_norm"), "layer", None)
    assert "parametrizations" not in build_network(plain, {}).source.text


LINES: dict[str, Line] = {
    "x": ("Input", {"shape": ("N", 6)}, ""),
    "fc": ("Linear", {"out_features": 6}, "x"),
    "head": ("Linear", {"out_features": 2}, "fc"),
    "y": ("Output", {}, "head"),
}


def normed(*ids: str, norm: str = "weight_norm") -> Network:
    drawn = network({}, "main", "Net", LINES)
    for id in ids:
        drawn = set_parametrization(drawn, id, Choice(norm))
    return drawn


@pytest.mark.parametrize("norm", NORMS)
@pytest.mark.parametrize("owner", ["fc", ""])
def test_what_the_weight_begins_with_goes_into_what_it_is_computed_from(
    owner: str, norm: str
) -> None:
    drawn = set_init(normed("fc", norm=norm), owner, "weight", Choice("constant_", {"val": 0.25}))
    drawn = set_init(drawn, owner, "bias", Choice("ones_"))
    built = build_network(drawn, {})
    module: Any = built.make()
    original = module.fc.parametrizations.weight
    held = original.original1 if norm == "weight_norm" else original.original
    assert torch.equal(held, torch.full((6, 6), 0.25))
    assert torch.equal(module.fc.bias, torch.ones(6))
    assert all(each.is_leaf and each.requires_grad for each in module.parameters())
    if norm == "weight_norm":
        assert torch.allclose(module.fc.weight, torch.full((6, 6), 0.25))
    line = "self.fc.weight = nn.init.constant_(self.fc.weight, 0.25)"
    assert (line if owner else line.replace("self.fc", "module")) in built.source.text


def test_frozen_weights_of_a_norm_are_not_trained() -> None:
    module = build_network(freeze(normed("fc"), "fc", frozen=True), {}).make()
    assert {name for name, each in module.named_parameters() if each.requires_grad} == {
        "head.weight",
        "head.bias",
    }


def test_a_norm_changes_neither_multiply_adds_nor_advice() -> None:
    plain, with_norms = infer(normed()), infer(normed("fc", "head"))
    totals = [cost(each, (("N", 1),)).total for each in (plain, with_norms)]
    assert totals[0].multiply_adds == totals[1].multiply_adds
    assert with_norms.parameter_count == plain.parameter_count + 6 + 2
    assert with_norms.problems == plain.problems


def _in_a_block(name: str) -> tuple[Network, dict[str, Network]]:
    """Return a network of three uses of a block with a norm, whose parameter has this name."""
    lines: dict[str, Line] = {
        "x": ("Input", {"shape": ("N", 6)}, ""),
        "fc": ("Linear", {"out_features": 6}, "x"),
        "act": ("ReLU", {}, "fc"),
        "y": ("Output", {}, "act"),
    }
    block = replace(network({}, "step", "Step", lines), role="block")
    block = replace(block, parameters=(integer(name, 6),))
    block = set_parametrization(block, "fc", Choice("weight_norm"))
    outer: dict[str, Line] = {
        "x": LINES["x"],
        "step": (use_kind("step"), {}, "x"),
        "y": ("Output", {}, "step"),
    }
    drawn = network({"step": block}, "main", "Net", outer)
    return set_repeat(drawn, "step", 3), {"step": block}


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("size", "weight_norm(nn.Linear(6, 6))"),
        ("weight_norm", "nn.utils.parametrizations.weight_norm(nn.Linear(6, 6))"),
    ],
)
def test_a_norm_within_a_block_gives_way_to_a_parameter_of_its_name(
    name: str, written: str
) -> None:
    drawn, blocks = _in_a_block(name)
    built = build_network(drawn, blocks)
    assert written in built.source.text
    module = built.make()
    count = sum(each.numel() for each in module.parameters())
    assert count == infer(drawn, blocks=blocks).parameter_count == 3 * (36 + 6 + 6)
    y: Tensor = module(torch.zeros(2, 6))
    assert y.shape == (2, 6)


def test_equal_layers_with_a_norm_are_a_list() -> None:
    lines: dict[str, Line] = {"x": ("Input", {"shape": ("N", 6)}, "")}
    for number in range(1, 7):
        source = f"fc{number - 1}" if number > 1 else "x"
        lines[f"fc{number}"] = ("Linear", {"out_features": 6}, source)
    drawn = network({}, "main", "Net", lines | {"y": ("Output", {}, "fc6")})
    for number in range(1, 7):
        drawn = set_parametrization(drawn, f"fc{number}", Choice("spectral_norm"))
    text = build_network(drawn, {}).source.text
    assert "nn.ModuleList([spectral_norm(nn.Linear(6, 6)) for _ in range(6)])" in text
    assert "from torch.nn.utils.parametrizations import spectral_norm\n" in text
