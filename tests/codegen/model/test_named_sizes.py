"""Sizes of Inputs that arguments name: what the exported modules give, held against torch."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
import torch
from torch import Tensor

from codegen.build import build
from codegen.emit import source
from codegen.model.safety import check
from graph_model.editing.ungrouping import ungroup
from graph_model.formula_parser import parse_formula
from graph_model.inference.infer import Inference, infer
from graph_model.network import Network, Project, set_formula
from graph_model.values import integer
from tests.codegen.blocks import Line, network

X = ("Input", {"shape": ("N", "T", 8)}, "")
IMAGE = ("Input", {"shape": ("N", 6, "H", "W")}, "")


def drawn(**lines: Line) -> Inference:
    found = infer(network({}, "main", "Main", lines))
    assert not found.has_errors, found.problems
    return found


CASES: Mapping[str, tuple[dict[str, Line], Callable[..., Tensor], str]] = {
    "tokens back to an image": (
        {"x": IMAGE, "flat": ("Flatten", {"start_dim": 2}, "x"), "size": ("Abs", {}, "flat"),
         "back": ("Unflatten", {"dim": 2, "unflattened_size": ("H", "W")}, "size")},
        torch.abs,
        ".unflatten(2, x.shape[2:4])",
    ),
    "windows and back": (
        {"x": IMAGE, "cut": ("Reshape", {"shape": ("N", 6, "H//2", 2, "W//2", 2)}, "x"),
         "size": ("Abs", {}, "cut"),
         "back": ("Reshape", {"shape": (-1, 6, "H", "W")}, "size")},
        torch.abs,
        ".reshape(-1, 6, x.shape[2], x.shape[3])",
    ),
    "as many of a number as there are": (
        {"x": IMAGE, "rows": ("Reshape", {"shape": ("N", -1, 12, "W")}, "x")},
        lambda x: x.reshape(x.shape[0], -1, 12, x.shape[3]),
        "x.reshape(x.shape[0], -1, 12, x.shape[3])",
    ),
    "two parts of the rows": (
        {"x": IMAGE, "two": ("Unflatten", {"dim": 2, "unflattened_size": (2, "H // 2")}, "x")},
        lambda x: x.reshape(x.shape[0], 6, 2, x.shape[2] // 2, x.shape[3]),
        ".unflatten(2, (2, x.shape[2] // 2))",
    ),
    "the upper half": (
        {"x": IMAGE, "top": ("Slice", {"dim": 2, "end": "H // 2"}, "x")},
        lambda x: x.narrow(2, 0, x.shape[2] // 2),
        "x[:, :, : x.shape[2] // 2]",
    ),
    "the step in the middle": (
        {"x": X, "step": ("Select", {"dim": 1, "index": "T // 2"}, "x")},
        lambda x: x.select(1, x.shape[1] // 2),
        "x[:, x.shape[1] // 2]",
    ),
    "heads": (
        {"x": X, "heads": ("Reshape", {"shape": ("N", "T", 2, -1)}, "x")},
        lambda x: x.reshape(*x.shape[:2], 2, 4),
        "x.reshape(x.shape[0], x.shape[1], 2, -1)",
    ),
    "a first state": (
        {"x": X, "start": ("Constant", {"shape": (1, "N", 5), "value": 0.0}, ""),
         "gru": ("GRU", {"hidden_size": 5}, "x start")},
        None,
        "torch.zeros(1, x.shape[0], 5, device=x.device)",
    ),
    "whole numbers": (
        {"x": X, "all": ("Constant", {"shape": ("N", "T"), "value": 3, "dtype": "int64"}, "")},
        lambda x: torch.full(x.shape[:2], 3),
        "torch.full((x.shape[0], x.shape[1]), 3, dtype=torch.int64, device=x.device)",
    ),
    "positions": (
        {"x": X, "steps": ("Arange", {"start": 1, "end": "2 * T", "step": 3}, "")},
        lambda x: torch.arange(1, 2 * x.shape[1], 3),
        "torch.arange(1, 2 * x.shape[1], 3, device=x.device)",
    ),
    "a unit matrix": (
        {"x": X, "unit": ("Eye", {"n": "T"}, ""), "y": ("MatMul", {}, "unit x")},
        lambda x: x,
        "torch.eye(x.shape[1], device=x.device)",
    ),
    "a grid": (
        {"x": X, "grid": ("Linspace", {"steps": "T + 1"}, "")},
        lambda x: torch.linspace(0, 1, x.shape[1] + 1),
        "torch.linspace(0.0, 1.0, x.shape[1] + 1, device=x.device)",
    ),
    "a token for each sample": (
        {"x": X, "token": ("Parameter", {"shape": (1, 1, 8), "init": "ones"}, ""),
         "each": ("Expand", {"sizes": ("N", -1, -1)}, "token"),
         "all": ("Concatenate", {"dim": 1}, "each x")},
        lambda x: torch.concatenate((torch.ones(x.shape[0], 1, 8), x), 1),
        ".expand(x.shape[0], -1, -1)",
    ),
    "copies": (
        {"x": X, "one": ("Parameter", {"shape": (1, 8), "init": "ones"}, ""),
         "many": ("Repeat", {"repeats": ("T", 1)}, "one")},
        lambda x: torch.ones(x.shape[1], 8),
        ".repeat(x.shape[1], 1)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_modules_follow_the_sizes_that_come(name: str) -> None:
    lines, expected, text = CASES[name]
    inference = drawn(**lines, y_=("Output", {}, [*lines][-1]))
    written = source(inference).text
    check(written)
    assert text in written
    model = build(source(inference)).make()
    torch.manual_seed(0)
    for sizes in ({"N": 2, "T": 3, "H": 4, "W": 6}, {"N": 3, "T": 7, "H": 6, "W": 2}):
        shape = inference.nodes["x"].outputs["output"].shape
        x = torch.randn([sizes.get(str(dim), dim) for dim in shape])
        got = model(x)
        declared = inference.nodes["y_"].inputs["input"]
        assert got.dtype == getattr(torch, declared.dtype)
        if expected is not None:
            torch.testing.assert_close(got, expected(x))
        else:
            torch.testing.assert_close(got, model.gru(x, torch.zeros(1, len(x), 5))[0])


def _positions() -> Network:
    """A block that counts along its second dimension, whatever that is called outside."""
    return network({}, "pos", "Positions", {
        "x": ("Input", {"shape": ("N", "T", 8)}, ""),
        "steps": ("Arange", {"end": "T"}, ""),
        "table": ("Embedding", {"num_embeddings": 40, "embedding_dim": "=dim"}, "steps"),
        "ones": ("Constant", {"shape": "=(T, dim)", "value": 1.0}, ""),
        "both": ("Add", {}, "table ones"),
        "sum": ("Add", {}, "x both"),
        "y": ("Output", {}, "sum"),
    }, integer("dim", 8))  # fmt: skip


def _using(length: int | str) -> dict[str, Network]:
    blocks = {"pos": _positions()}
    return {**blocks, "main": network(blocks, "main", "Main", {
        "words": ("Input", {"shape": ("B", length, 8)}, ""),
        "first": ("[pos]", {}, "words"),
        "wide": ("Linear", {"out_features": 6}, "first"),
        "then": ("[pos]", {"dim": 6}, "wide"),
        "y": ("Output", {}, "then"),
    })}  # fmt: skip


@pytest.mark.parametrize("length", [5, "L"])
def test_within_a_block_a_name_means_what_its_input_is_given(length: int | str) -> None:
    networks = _using(length)
    inference = infer(networks["main"], blocks=networks)
    assert not inference.has_errors, inference.problems
    assert str(inference.nodes["y"].inputs["input"]) == f"B×{length}×6"
    text = source(inference).text
    assert "torch.ones(x.shape[1], self.dim, device=x.device)" in text
    model = build(source(inference)).make()
    x = torch.randn(2, 5, 8)
    first = x + model.first.table(torch.arange(5)) + 1
    then = model.wide(first)
    torch.testing.assert_close(model(x), then + model.then.table(torch.arange(5)) + 1)


@pytest.mark.parametrize("length", [5, "L"])
def test_dissolved_the_nodes_name_the_sizes_outside(length: int | str) -> None:
    networks = _using(length)
    before = infer(networks["main"], blocks=networks)
    project = ungroup(ungroup(Project(networks, "main"), "main", "first"), "main", "then")
    after = infer(project.network, blocks=project.networks)
    assert not after.has_errors, after.problems
    assert after.nodes["y"].inputs == before.nodes["y"].inputs
    ends = [
        each.arguments["end"] for each in project.network.nodes.values() if each.kind == "Arange"
    ]
    assert ends == [length, length]
    build(source(after)).make()(torch.randn(3, 5, 8))


def test_the_example_of_a_file_suits_what_is_named() -> None:
    lines = CASES["two parts of the rows"][0]
    inference = drawn(**lines, y=("Output", {}, "two"))
    assert [str(each.words) for each in inference.requirements] == ["H divisible by 2"]
    assert "torch.zeros(2, 6, 8, 8)" in source(inference).text


def test_formulas_compute_with_sizes() -> None:
    networks = _using("L")
    pos = networks["pos"]
    formula = parse_formula("(2 * T // 2, dim)")
    networks["pos"] = set_formula(pos, "ones", "shape", formula)
    inference = infer(networks["main"], blocks=networks)
    assert not inference.has_errors, inference.problems
    assert "torch.ones(2 * x.shape[1] // 2, self.dim, device=x.device)" in source(inference).text


def test_what_may_lie_beyond_the_end_is_refused_or_asked_of_the_sizes() -> None:
    def named(size: str) -> Inference:
        lines = {"x": IMAGE, "one": ("Select", {"dim": 3, "index": size}, "x"),
                 "y": ("Output", {}, "one")}  # fmt: skip
        return infer(network({}, "main", "Main", lines))  # type: ignore[arg-type]

    assert [each.code for each in named("W").errors] == ["size_not_within"]
    assert not named("W - 1").has_errors
    assert not named("W - 1").requirements
    assert [str(each.words) for each in named("H - 1").requirements] == ["-H + W + 1 at least 1"]
