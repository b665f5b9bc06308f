"""What the values of ``forward`` are called, and which blocks need no ``forward``."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
import torch
from torch import nn

from codegen.build import build_network
from codegen.emit import source
from graph_model.arrangement import Arrangement
from graph_model.editing.repeating import arrange
from graph_model.inference.infer import infer
from graph_model.network import Network
from graph_model.values import integer
from tests.codegen.blocks import Line, network

IMAGE: Line = ("Input", {"shape": ("N", 3, 8, 8)}, "")
SAME: Mapping[str, int] = {"out_channels": 3, "padding": 1}
TOKENS: Line = ("Input", {"shape": ("N", "T", 8)}, "")


def drawn(lines: Mapping[str, Line], blocks: Mapping[str, Network] | None = None) -> Network:
    return network(blocks or {}, "main", "Main", lines)


def forward(lines: Mapping[str, Line], blocks: Mapping[str, Network] | None = None) -> list[str]:
    """Return the statements of the main ``forward`` without comments."""
    text = source(infer(drawn(lines, blocks), blocks=blocks)).text
    body = text.split("class Main(nn.Module):")[1].split("def forward")[1].split("\n\n\n")[0]
    lines_of_it = [line.split("  #")[0].strip() for line in body.splitlines()[1:]]
    return [line for line in lines_of_it if not line.startswith("#")]


def test_what_is_kept_for_later_has_the_name_of_its_layer() -> None:
    assert forward({
        "image": IMAGE,
        "stem": ("Conv2d", SAME, "image"),
        "down": ("MaxPool2d", {}, "stem"),
        "middle": ("Conv2d", SAME, "down"),
        "up": ("Upsample", {"scale_factor": 2.0}, "middle"),
        "cat": ("Concatenate", {}, "up stem"),
        "head": ("Conv2d", SAME, "cat"),
        "out": ("Output", {}, "head"),
    }) == [
        "stem = self.stem(image)",
        "x = self.down(stem)",
        "x = self.middle(x)",
        "x = self.up(x)",
        "return self.head(torch.cat((x, stem), dim=1))",
    ]  # fmt: skip


def test_a_layer_has_a_name_that_tells_what_its_value_is_or_only_what_it_does() -> None:
    assert forward({
        "x": ("Input", {"shape": ("N", 8)}, ""),
        "delta": ("Input", {"shape": ("N", 8)}, ""),
        "decay": ("Linear", {"out_features": 8}, "delta"),
        "relu1": ("ReLU", {}, "decay"),
        "minus": ("Negative", {}, "relu1"),
        "gamma": ("Exp", {}, "minus"),
        "kept": ("Multiply", {}, "gamma x"),
        "fc1": ("Linear", {"out_features": 8}, "kept"),
        "reset": ("Sigmoid", {}, "fc1"),
        "rows": ("LayerNorm", {}, "reset"),
        "columns": ("Softmax", {}, "reset"),
        "one": ("Output", {}, "rows"),
        "two": ("Output", {}, "columns"),
    }) == [
        "gamma = torch.exp(-self.relu1(self.decay(delta)))",
        "reset = self.reset(self.fc1(gamma * x))",
        "one = self.rows(reset)",
        "two = self.columns(reset)",
        "return one, two",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["sum", "x"])
def test_nothing_is_called_as_what_adds_up_repeats(name: str) -> None:
    head = network({}, "head", "Head", {
        "x": ("Input", {"shape": ("N", 8)}, ""),
        "fc": ("Linear", {"out_features": 8}, "x"),
        "y": ("Output", {}, "fc"),
    })  # fmt: skip
    lines: dict[str, Line] = {
        name: ("Input", {"shape": ("N", 8)}, ""),
        "total" if name == "sum" else "sum": ("Sum", {"keepdim": True}, name),
        "heads": ("[head] x 4", {}, name),
        "scaled": ("Multiply", {}, f"heads {'total' if name == 'sum' else 'sum'}"),
        "both": ("Add", {}, f"scaled {'total' if name == 'sum' else 'sum'}"),
        "y": ("Output", {}, "both"),
    }
    blocks = {"head": head}
    main = arrange(drawn(lines, blocks), "heads", Arrangement.SUMMED, 1)
    assert build_network(main, blocks).make()(torch.ones(2, 8)).shape == (2, 8)


def test_one_of_several_results_is_called_as_its_output() -> None:
    assert forward({
        "image": IMAGE,
        "body": ("Conv2d", SAME, "image"),
        "first": ("Conv2d", SAME, "body"),
        "second": ("Conv2d", SAME, "body"),
        "boxes": ("Output", {}, "first"),
        "scores": ("Output", {}, "second"),
    }) == [
        "body = self.body(image)",
        "boxes = self.first(body)",
        "scores = self.second(body)",
        "return boxes, scores",
    ]  # fmt: skip


def test_a_value_is_called_what_its_taker_calls_it() -> None:
    assert forward({
        "x": TOKENS,
        "attention": ("ScaledDotProductAttention", {}, "a b c"),
        "a": ("Linear", {"out_features": 8}, "x"),
        "b": ("Linear", {"out_features": 8}, "x"),
        "c": ("Linear", {"out_features": 8}, "x"),
        "out": ("Output", {}, "attention"),
    }) == [
        "query = self.a(x)",
        "key = self.b(x)",
        "value = self.c(x)",
        "return nn.functional.scaled_dot_product_attention(query, key, value)",
    ]  # fmt: skip


def test_a_name_that_several_takers_have_names_none() -> None:
    lines: dict[str, Line] = {"x": TOKENS}
    for number in "12":
        for port in "abc":
            lines[f"{port}{number}"] = ("Linear", {"out_features": 8}, "x")
        operands = f"a{number} b{number} c{number}"
        lines[f"head{number}"] = ("ScaledDotProductAttention", {}, operands)
        lines[f"out{number}"] = ("Output", {}, f"head{number}")
    statements = forward(lines)
    assert "b1 = self.b1(x)" in statements
    assert not any("query" in line for line in statements)


def test_results_of_one_layer_have_its_names() -> None:
    assert forward({
        "x": TOKENS,
        "parts": ("Chunk", {"chunks": 2}, "x"),
        "best": ("TopK", {"k": 2}, "parts"),
        "fewer": ("Linear", {"out_features": 2}, "parts.output2"),
        "scaled": ("Multiply", {}, "best fewer"),
        "out": ("Output", {}, "scaled"),
        "places": ("Output", {}, "best.indices"),
    }) == [
        "parts1, parts2 = x.chunk(2, dim=1)",
        "values, places = parts1.topk(2, dim=-1)",
        "scaled = values * self.fewer(parts2)",
        "return scaled, places",
    ]  # fmt: skip


def test_a_state_is_no_x() -> None:
    assert forward({
        "x": TOKENS,
        "lstm": ("LSTM", {"hidden_size": 4}, "x"),
        "last": ("Select", {"dim": 0, "index": -1}, "lstm.h_n"),
        "fc": ("Linear", {"out_features": 2}, "last"),
        "out": ("Output", {}, "fc"),
    }) == ["_, (h_n, _) = self.lstm(x)", "return self.fc(h_n[-1])"]  # fmt: skip


def test_an_argument_gives_its_name_away_only_where_that_is_x() -> None:
    for name, statement in (("x", "x = self.fc1(x)"), ("z", "x = self.fc1(z)")):
        assert statement in forward({
            name: TOKENS,
            "fc1": ("Linear", {"out_features": 4}, name),
            "fc2": ("Linear", {"out_features": 4}, "fc1"),
            "out": ("Output", {}, "fc2"),
        })  # fmt: skip


def test_names_that_are_taken_are_numbered() -> None:
    lines: dict[str, Line] = dict.fromkeys(("x", "y", "z", "a"), TOKENS)
    lines |= {
        "a_2": ("Linear", {"out_features": 8}, "x"),
        "sorted": ("Sort", {}, "a_2"),
        "sorted2": ("Sort", {}, "y"),
        "late": ("Concatenate", {"inputs": 7}, "x y z a a_2 sorted sorted2"),
        "out": ("Output", {}, "late"),
    }
    assert forward(lines) == [
        "a_2 = self.a_2(x)",
        "values, _ = a_2.sort(dim=-1)",
        "values_2, _ = y.sort(dim=-1)",
        "return torch.cat((x, y, z, a, a_2, values, values_2), dim=1)",
    ]


PAIR: dict[str, Line] = {
    "x": TOKENS,
    "state": ("Input", {"shape": ("N", "T", 8)}, ""),
    "fc": ("Linear", {"out_features": 8}, "x"),
    "add": ("Add", {}, "fc state"),
    "out": ("Output", {}, "fc"),
    "state2": ("Output", {}, "add"),
}


def test_a_loop_begins_with_copies_of_what_is_used_again() -> None:
    blocks = {"pair": network({}, "pair", "Pair", PAIR)}
    assert forward({
        "layer": TOKENS,
        "state": TOKENS,
        "pairs": ("[pair] x 3", {}, "layer state"),
        "again": ("Add", {}, "pairs state"),
        "out": ("Output", {}, "again"),
        "last": ("Output", {}, "pairs.state2"),
    }, blocks) == [
        "x, y = layer, state",
        "for layer in self.pairs:",
        "x, y = layer(x, y)",
        "out = x + state",
        "return out, y",
    ]  # fmt: skip


def test_calls_keep_their_order_where_they_are_joined() -> None:
    """What changes its input in place comes no sooner or later than it is drawn."""
    lines: dict[str, Line] = {
        "image": IMAGE,
        "stem": ("Conv2d", SAME, "image"),
        "act": ("ReLU", {"inplace": True}, "stem"),
        "root": ("Exp", {}, "stem"),
        "add": ("Subtract", {}, "root act"),
        "out": ("Output", {}, "add"),
    }
    assert forward(lines) == [
        "stem = self.stem(image)",
        "act = self.act(stem)",
        "return torch.exp(stem) - act",
    ]
    x = torch.randn(2, 3, 8, 8)
    model = build_network(drawn(lines)).make()
    with torch.no_grad():
        acted = model.stem(x).relu()  # type: ignore[operator]
        torch.testing.assert_close(model(x), acted.exp() - acted)


CHAIN: dict[str, Line] = {
    "x": IMAGE,
    "conv": ("Conv2d", SAME, "x"),
    "act": ("ReLU", {}, "conv"),
    "out": ("Output", {}, "act"),
}


def block_class(lines: Mapping[str, Line]) -> str:
    """Return the class of a block that is used once."""
    blocks = {"part": network({}, "part", "Part", lines)}
    used: dict[str, Line] = {
        "image": IMAGE,
        "part": ("[part]", {}, "image"),
        "out": ("Output", {}, "part"),
    }
    text = source(infer(drawn(used, blocks), blocks=blocks)).text
    built = build_network(drawn(used, blocks), blocks).make()
    assert built(torch.zeros(2, 3, 8, 8)).shape[0] == 2
    return text.split("class Part")[1].split("\n\n\n")[0]


def test_a_block_that_is_a_chain_needs_no_forward() -> None:
    text = block_class(CHAIN)
    assert text.startswith("(nn.Sequential):")
    assert "def forward" not in text


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("act", ("Sqrt", {}, "conv")),  # no module
        ("act", ("conv again", {}, "conv")),  # called twice
        ("insert", ("Tanh", {}, "conv")),  # a method of nn.Sequential
    ],
)
def test_any_other_block_has_one(name: str, line: Line) -> None:
    lines = dict(CHAIN)
    lines[name] = line
    if name == "insert":
        lines["out"] = ("Output", {}, "insert")
        del lines["act"]
    text = block_class(lines)
    assert text.startswith("(nn.Module):")
    assert "def forward" in text


def test_a_fault_within_a_chain_is_that_of_the_block() -> None:
    blocks = {"part": network({}, "part", "Part", CHAIN)}
    used: dict[str, Line] = {
        "image": IMAGE,
        "part": ("[part]", {}, "image"),
        "out": ("Output", {}, "part"),
    }
    built = build_network(drawn(used, blocks), blocks)
    model = built.make()
    part = model.get_submodule("part")
    assert isinstance(part, nn.Sequential)
    assert [name for name, _ in part.named_children()] == ["conv", "act"]
    with pytest.raises(RuntimeError) as caught:
        model(torch.zeros(2, 4, 8, 8))
    assert built.node_at_fault(caught.value) == "part"


def test_parameters_that_forward_needs_are_kept_apart() -> None:
    lines: dict[str, Line] = {
        "x": TOKENS,
        "part": ("Slice", {"dim": 1, "start": "=a", "end": "=a_"}, "x"),
        "a": ("Tanh", {}, "part"),
        "y": ("Output", {}, "a"),
    }
    block = network({}, "b", "B", lines, integer("a", 1), integer("a_", 3))
    used = drawn({"x": TOKENS, "use": ("[b]", {}, "x"), "out": ("Output", {}, "use")}, {"b": block})
    model = build_network(used, {"b": block}).make()
    x = torch.randn(2, 6, 8)
    torch.testing.assert_close(model(x), x[:, 1:3].tanh())
