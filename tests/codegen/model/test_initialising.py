"""What weights begin with is written as a good PyTorch programmer would, and really done."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import pytest
import torch
from torch import Tensor, nn

from codegen.build import build_network
from graph_model.editing.initialising import set_init
from graph_model.formulas import Name
from graph_model.initialisation.kinds import INITS
from graph_model.network import Network, freeze, set_formula, share_weights, use_kind
from graph_model.recipe import Choice
from graph_model.values import Arguments, boolean
from tests.codegen.blocks import Line, network

Chosen: TypeAlias = tuple[str, str, str, Arguments]
"""A node, a group of its tensors, a function and its arguments."""

LINES: dict[str, Line] = {
    "x": ("Input", {"shape": ("N", 8, 16)}, ""),
    "conv": ("Conv1d", {"out_channels": 8}, "x"),
    "norm": ("BatchNorm1d", {}, "conv"),
    "turn": ("Transpose", {}, "norm"),
    "lstm": ("LSTM", {"hidden_size": 8}, "turn"),
    "encoder": ("TransformerEncoderLayer", {"nhead": 2, "dim_feedforward": 8}, "lstm"),
    "head": ("Linear", {"out_features": 3, "bias": False}, "encoder"),
    "y": ("Output", {}, "head"),
}


def resetting(
    drawn: Network, blocks: Mapping[str, Network] | None = None, owner: str = "Net"
) -> str:
    """Return the body of ``_reset_parameters`` in the class of that name."""
    text = build_network(drawn, blocks or {}).source.text
    _, _, rest = text.partition(f"class {owner}(")
    _, found, body = rest.partition("def _reset_parameters(self) -> None:\n")
    return textwrap.dedent(body.partition("\n\n")[0]) if found else ""


def drawn(*inits: Chosen) -> Network:
    found = network({}, "main", "Net", LINES)
    for node, group, kind, arguments in inits:
        found = set_init(found, node, group, Choice(kind, arguments))
    return found


def test_nothing_is_written_where_nothing_is_chosen() -> None:
    assert resetting(drawn()) == ""


@pytest.mark.parametrize(
    ("inits", "lines"),
    [
        (
            [("conv", "weight", "kaiming_normal_", {"nonlinearity": "relu"})],
            'nn.init.kaiming_normal_(self.conv.weight, nonlinearity="relu")',
        ),
        (
            [("conv", "bias", "constant_", {"val": 0.1}), ("norm", "weight", "zeros_", {})],
            "nn.init.constant_(self.conv.bias, 0.1)\nnn.init.zeros_(self.norm.weight)",
        ),
        (
            [("lstm", "weight", "orthogonal_", {})],
            "for name, parameter in self.lstm.named_parameters():\n"
            '    if "bias" not in name:\n'
            "        nn.init.orthogonal_(parameter)",
        ),
        (
            [("encoder", "weight", "xavier_uniform_", {}), ("encoder", "bias", "zeros_", {})],
            "for name, parameter in self.encoder.named_parameters():\n"
            '    if "bias" not in name and parameter.dim() > 1:\n'
            "        nn.init.xavier_uniform_(parameter)\n"
            "for name, parameter in self.encoder.named_parameters():\n"
            '    if "bias" in name:\n'
            "        nn.init.zeros_(parameter)",
        ),
        (
            [("", "bias", "zeros_", {}), ("", "weight", "normal_", {"std": 0.02})],
            "for module in self.modules():\n"
            "    if isinstance(module, (nn.Conv1d, nn.Linear)):\n"
            "        nn.init.normal_(module.weight, std=0.02)\n"
            "    if isinstance(module, nn.Conv1d) and module.bias is not None:\n"
            "        nn.init.zeros_(module.bias)",
        ),
    ],
)
def test_what_is_chosen_is_written(inits: Sequence[Chosen], lines: str) -> None:
    assert resetting(drawn(*inits)) == lines


@pytest.mark.parametrize("kind", INITS)
def test_torch_fills_the_weights_of_the_layer_and_no_other(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[Tensor, dict[str, object]]] = []
    real = getattr(nn.init, kind)
    layer = "conv" if INITS[kind].fewest == 3 else "head"
    built = build_network(drawn((layer, "weight", kind, {})))
    names = [each.name for each in INITS[kind].parameters]

    def watched(tensor: Tensor, *given: object, **named: object) -> Tensor:
        seen.append((tensor, {**dict(zip(names, given, strict=False)), **named}))
        return real(tensor, *given, **named)

    usual = built.make()  # in which PyTorch itself calls some of them
    monkeypatch.setattr(nn.init, kind, watched)
    calls = len(seen)
    model = built.make()
    tensor, arguments = seen[-1]
    assert calls == 0
    assert tensor is model.get_submodule(layer).weight
    defaults = {each.name: each.default for each in INITS[kind].parameters}
    assert {**defaults, **arguments} == defaults
    assert usual.state_dict().keys() == model.state_dict().keys()


def test_frozen_weights_begin_as_chosen_and_have_no_gradients() -> None:
    frozen = freeze(drawn(("head", "weight", "ones_", {})), "head", frozen=True)
    model = build_network(frozen).make()
    assert not model.head.weight.requires_grad
    assert torch.equal(model.head.weight, torch.ones(3, 8))


BLOCK_LINES: dict[str, Line] = {
    "x": ("Input", {"shape": ("N", 8)}, ""),
    "first": ("Linear", {"out_features": 8}, "x"),
    "last": ("Linear", {"out_features": 8}, "first"),
    "add": ("Add", {}, "x last"),
    "y": ("Output", {}, "add"),
}


def with_blocks(*, own: bool) -> tuple[Network, dict[str, Network]]:
    """Return a network of two uses of a block, one with a bias, in which all weights are ones.

    Within the block, the last weights are zeros where it has an ``own`` say.
    """
    block = network({}, "b", "Block", BLOCK_LINES, boolean("bias", True, ""))
    block = set_formula(block, "last", "bias", Name("bias"))
    if own:
        block = set_init(block, "last", "weight", Choice("zeros_"))
        block = set_init(block, "last", "bias", Choice("constant_", {"val": 2.0}))
    main = network(
        {"b": block},
        "main",
        "Net",
        {
            "x": ("Input", {"shape": ("N", 8)}, ""),
            "one": (use_kind("b"), {}, "x"),
            "other": (use_kind("b"), {"bias": False}, "one"),
            "head": ("Linear", {"out_features": 2}, "other"),
            "y": ("Output", {}, "head"),
        },
    )
    return set_init(main, "", "weight", Choice("ones_")), {"b": block, "main": main}


def test_what_goes_for_all_goes_for_layers_within_blocks() -> None:
    main, blocks = with_blocks(own=False)
    model = build_network(main, blocks).make()
    for layer in (model.one.first, model.one.last, model.other.last, model.head):
        assert torch.equal(layer.weight, torch.ones_like(layer.weight))


def test_a_layers_own_goes_before_what_goes_for_all() -> None:
    main, blocks = with_blocks(own=True)
    model = build_network(main, blocks).make()
    for block in (model.one, model.other):
        assert torch.equal(block.first.weight, torch.ones(8, 8))
        assert torch.equal(block.last.weight, torch.zeros(8, 8))
    assert torch.equal(model.one.last.bias, torch.full((8,), 2.0))
    assert model.other.last.bias is None
    assert "if self.last.bias is not None:" in resetting(main, blocks, "Block")
    assert "if isinstance(module, Block):" in resetting(main, blocks)


def test_a_network_that_is_filled_nowhere_says_nothing() -> None:
    alone = network({}, "main", "Net", {
        "x": ("Input", {"shape": ("N", 8)}, ""),
        "act": ("ReLU", {}, "x"),
        "y": ("Output", {}, "act"),
    })  # fmt: skip
    assert resetting(set_init(alone, "", "weight", Choice("ones_"))) == ""
    assert resetting(set_init(alone, "act", "weight", Choice("ones_"))) == ""


def test_a_parameter_and_what_shares_its_weights_begin_once() -> None:
    held = network({}, "main", "Net", {
        "x": ("Input", {"shape": ("N", 8)}, ""),
        "scale": ("Parameter", {"shape": (8,)}, ""),
        "product": ("Multiply", {}, "x scale"),
        "again": ("Parameter", {}, ""),
        "sum": ("Add", {}, "product again"),
        "y": ("Output", {}, "sum"),
    })  # fmt: skip
    held = share_weights(set_init(held, "scale", "weight", Choice("ones_")), "again", "scale")
    assert resetting(held) == "nn.init.ones_(self.scale)"


def test_two_blocks_with_a_say_of_their_own() -> None:
    _, blocks = with_blocks(own=True)
    other = network({}, "c", "Other", BLOCK_LINES)
    other = set_init(other, "first", "bias", Choice("zeros_"))
    lines: dict[str, Line] = {
        "x": ("Input", {"shape": ("N", 8)}, ""),
        "one": (use_kind("b"), {}, "x"),
        "two": (use_kind("c"), {}, "one"),
        "y": ("Output", {}, "two"),
    }
    blocks = {"b": blocks["b"], "c": other}
    both = set_init(network(blocks, "main", "Net", lines), "", "weight", Choice("ones_"))
    assert "if isinstance(module, (Block, Other)):" in resetting(both, blocks)
