"""Which statements are joined, and who is at fault in a line that calls several modules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
import torch
from torch import nn

from codegen.build import build_network
from codegen.emit import source
from graph_model.inference.infer import infer
from graph_model.network import Network
from tests.codegen.blocks import Line, network

IMAGE: Line = ("Input", {"shape": ("N", 3, 8, 8)}, "")


def drawn(lines: Mapping[str, Line]) -> Network:
    return network({}, "main", "Main", {"image": IMAGE, **lines})


def forward(lines: Mapping[str, Line]) -> list[str]:
    """Return the statements of ``forward`` without comments."""
    text = source(infer(drawn(lines))).text
    body = text.split("-> Tensor:\n")[-1].split("\n\n\n")[0]
    return [line.split("  #")[0].strip() for line in body.splitlines()]


def test_a_convolution_its_norm_and_its_activation_are_one_line() -> None:
    assert forward({
        "conv": ("Conv2d", {}, "image"),
        "bn": ("BatchNorm2d", {}, "conv"),
        "act": ("ReLU", {}, "bn"),
        "pool": ("MaxPool2d", {}, "act"),
        "out": ("Output", {}, "pool"),
    }) == ["x = self.act(self.bn(self.conv(image)))", "return self.pool(x)"]  # fmt: skip


def test_what_is_used_twice_has_a_line_of_its_own() -> None:
    assert forward({
        "conv": ("Conv2d", {}, "image"),
        "act": ("ReLU", {}, "conv"),
        "add": ("Add", {}, "act conv"),
        "out": ("Output", {}, "add"),
    }) == ["x = self.conv(image)", "return self.act(x) + x"]  # fmt: skip


def test_no_line_calls_more_than_three_modules() -> None:
    assert forward({
        "conv": ("Conv2d", {"padding": 1, "out_channels": 3}, "image"),
        "bn": ("BatchNorm2d", {}, "conv"),
        "act": ("ReLU", {}, "bn"),
        "add": ("Add", {}, "image act"),
        "last": ("ReLU", {}, "add"),
        "out": ("Output", {}, "last"),
    }) == ["x = image + self.act(self.bn(self.conv(image)))", "return self.last(x)"]  # fmt: skip


def test_no_line_becomes_too_long() -> None:
    name = "a_convolution_with_quite_a_long_name_of_its_own"
    assert forward({
        name: ("Conv2d", {}, "image"),
        f"{name}_norm": ("BatchNorm2d", {}, name),
        "out": ("Output", {}, f"{name}_norm"),
    }) == [f"x = self.{name}(image)", f"return self.{name}_norm(x)"]  # fmt: skip


def test_a_power_is_taken_of_a_name() -> None:
    assert forward({
        "conv": ("Conv2d", {}, "image"),
        "square": ("Power", {}, "conv"),
        "out": ("Output", {}, "square"),
    }) == ["x = self.conv(image)", "return x**2"]  # fmt: skip


def test_methods_are_called_one_after_the_other() -> None:
    assert forward({
        "flat": ("Flatten", {"start_dim": 2}, "image"),
        "swap": ("Transpose", {}, "flat"),
        "again": ("Transpose", {}, "swap"),
        "out": ("Output", {}, "again"),
    }) == ["return self.flat(image).transpose(1, 2).transpose(1, 2)"]  # fmt: skip


@pytest.mark.parametrize("name", ["conv", "bn", "act"])
def test_the_module_that_fails_is_found_within_its_line(name: str) -> None:
    lines: dict[str, Line] = {
        "conv": ("Conv2d", {}, "image"),
        "bn": ("BatchNorm2d", {}, "conv"),
        "act": ("ReLU", {}, "bn"),
        "out": ("Output", {}, "act"),
    }
    built = build_network(drawn(lines))
    module = built.make()
    setattr(module, name, nn.Linear(77, 5))
    with pytest.raises(RuntimeError) as caught:
        module(torch.zeros(2, 3, 8, 8))
    assert built.node_at_fault(caught.value) == name


@pytest.mark.parametrize("kind", ["Multiply", "Divide", "Subtract", "MatMul"])
@pytest.mark.parametrize("is_first", [True, False])
def test_a_product_with_shared_weights_stays_whole(kind: str, is_first: bool) -> None:
    lines: dict[str, Line] = {
        "ids": ("Input", {"shape": ("N", 8), "dtype": "int64"}, ""),
        "scale": ("Input", {"shape": ("N", 8, 8)}, ""),
        "emb": ("Embedding", {"num_embeddings": 8, "embedding_dim": 8}, "ids"),
        "sum": ("Add", {}, "emb scale"),
        "logits": ("Linear", {"out_features": 8, "bias": False}, "sum"),
        "joined": (kind, {}, "logits scale" if is_first else "scale logits"),
        "out": ("Output", {}, "joined"),
    }
    made = network({}, "main", "Main", lines)
    nodes = dict(made.nodes)
    nodes["logits"] = replace(nodes["logits"], shares="emb")
    model = build_network(replace(made, nodes=nodes), {}).make()
    ids, scale = torch.randint(8, (2, 8)), torch.rand(2, 8, 8) + 1
    logits = (model.emb(ids) + scale) @ model.emb.weight.T
    a, b = (logits, scale) if is_first else (scale, logits)
    apply = {"Multiply": torch.mul, "Divide": torch.div, "Subtract": torch.sub}
    torch.testing.assert_close(model(ids, scale), apply.get(kind, torch.matmul)(a, b))


ROWS: Line = ("Input", {"shape": ("N", 8)}, "")


def test_random_numbers_are_drawn_in_the_order_in_which_they_were() -> None:
    assert forward({
        "rows": ROWS,
        "first": ("RandnLike", {}, "rows"),
        "second": ("RandnLike", {}, "rows"),
        "difference": ("Subtract", {}, "second first"),
        "rest": ("Add", {}, "difference rows"),
        "out": ("Output", {}, "rest"),
    }) == [
        "first = torch.randn_like(rows)",
        "return torch.randn_like(rows) - first + rows",
    ]  # fmt: skip


def test_what_is_computed_in_several_operations_is_one_line_with_the_names_that_were_given() -> (
    None
):
    drawing: dict[str, Line] = {
        "rows": ROWS,
        "mean": ("Linear", {"out_features": 4}, "rows"),
        "log_var": ("Linear", {"out_features": 4}, "rows"),
        "halved": ("MultiplyByNumber", {"value": 0.5}, "log_var"),
        "std": ("Exp", {}, "halved"),
        "noise": ("RandnLike", {}, "mean"),
        "scaled": ("Multiply", {}, "noise std"),
        "z": ("Add", {}, "mean scaled"),
        "var": ("Exp", {}, "log_var"),
        "square": ("Square", {}, "mean"),
        "rest": ("Subtract", {}, "var log_var"),
        "whole": ("Add", {}, "rest square"),
        "kl": ("Sum", {}, "whole"),
        "sample": ("Output", {}, "z"),
        "loss": ("Output", {}, "kl"),
    }
    text = source(infer(drawn(drawing))).text
    body = text.split("-> tuple[Tensor, Tensor]:\n")[1].split("\n\n\n")[0]
    assert [line.split("  #")[0].strip() for line in body.splitlines()] == [
        "mean = self.mean(rows)",
        "log_var = self.log_var(rows)",
        "std = torch.exp(log_var * 0.5)",
        "z = mean + torch.randn_like(mean) * std",
        "kl = (torch.exp(log_var) - log_var + torch.square(mean)).sum(dim=-1)",
        "return z, kl",
    ]


def test_no_line_computes_more_than_five_operations() -> None:
    lines: dict[str, Line] = {"rows": ROWS}
    for number in range(7):
        lines[f"add{number + 1}"] = ("AddNumber", {"value": number + 1}, [*lines][-1])
    assert forward({**lines, "out": ("Output", {}, "add7")}) == [
        "x = rows + 1 + 2 + 3 + 4 + 5",
        "return x + 6 + 7",
    ]


def test_a_gate_is_a_line() -> None:
    assert forward({
        "rows": ROWS,
        "gate": ("Linear", {"out_features": 8}, "rows"),
        "open": ("Sigmoid", {}, "gate"),
        "shut": ("SubtractFrom", {}, "open"),
        "value": ("Tanh", {}, "rows"),
        "new": ("Multiply", {}, "open value"),
        "old": ("Multiply", {}, "shut rows"),
        "both": ("Add", {}, "new old"),
        "out": ("Output", {}, "both"),
    }) == [
        "x = self.open(self.gate(rows))",
        "return x * self.value(rows) + (1 - x) * rows",
    ]  # fmt: skip


def test_two_parts_are_one_index() -> None:
    assert forward({
        "first": ("Select", {"dim": 1}, "image"),
        "rows": ("Slice", {"dim": 1, "start": 2}, "first"),
        "columns": ("Slice", {"dim": -1, "end": 3}, "rows"),
        "out": ("Output", {}, "columns"),
    }) == ["return image[:, -1, 2:, :3]"]  # fmt: skip


def test_heads_are_joined_before_the_last_layer() -> None:
    assert forward({
        "heads": ("Input", {"shape": ("N", 2, "T", 4)}, ""),
        "back": ("Transpose", {"dim0": 1, "dim1": 2}, "heads"),
        "flat": ("Reshape", {"shape": (-1, 8)}, "back"),
        "last": ("Linear", {"out_features": 3}, "flat"),
        "out": ("Output", {}, "last"),
    }) == [
        "return self.last(heads.transpose(1, 2).reshape(-1, 8))",
    ]  # fmt: skip


def test_the_operation_that_fails_is_found_within_its_line() -> None:
    lines: dict[str, Line] = {
        "rows": ROWS,
        "fc": ("Linear", {"out_features": 8}, "rows"),
        "parts": ("Reshape", {"shape": (-1, 2, 4)}, "fc"),
        "swapped": ("Transpose", {"dim0": 1, "dim1": 2}, "parts"),
        "out": ("Output", {}, "swapped"),
    }
    built = build_network(network({}, "main", "Main", lines))
    module = built.make()
    module.fc = nn.Linear(8, 7)
    with pytest.raises(RuntimeError) as caught:
        module(torch.zeros(3, 8))
    assert built.node_at_fault(caught.value) == "parts"
    with pytest.raises(RuntimeError) as caught:
        module(torch.zeros(3, 5))
    assert built.node_at_fault(caught.value) == "fc"


def test_blocks_of_a_branch_are_one_line() -> None:
    block = network({}, "part", "Part", {
        "x": ROWS,
        "fc": ("Linear", {"out_features": 8}, "x"),
        "y": ("Output", {}, "fc"),
    })  # fmt: skip
    blocks = {"part": block}
    main = network(blocks, "main", "Main", {
        "rows": ROWS,
        "a": ("[part]", {}, "rows"),
        "b": ("[part]", {}, "a"),
        "sum": ("Add", {}, "rows b"),
        "out": ("Output", {}, "sum"),
    })  # fmt: skip
    assert "return rows + self.b(self.a(rows))\n" in source(infer(main, blocks=blocks)).text
