"""Two parts taken one after the other are one index, and the same numbers."""

from __future__ import annotations

import subprocess
import sys

import pytest
import torch
from torch import Tensor

from codegen.emit import source
from codegen.literals import Written
from codegen.model.indices import index, indexed_at_once
from graph_model.inference.infer import infer
from graph_model.layers import LAYERS
from graph_model.values import integer
from tests.codegen.blocks import Line, network

SELECT, SLICE = LAYERS["Select"], LAYERS["Slice"]
CASES = [(kind, dim) for kind in (SELECT, SLICE) for dim in (-2, -1, 0, 1, 2)]


def _written(variable: str, case: tuple[object, int]) -> str:
    kind, dim = case
    if kind is SELECT:
        return index(variable, SELECT, {"dim": dim, "index": 1})
    return index(variable, SLICE, {"dim": dim, "start": 1, "end": 3, "step": 1})


def _taken(x: Tensor, text: str) -> Tensor:
    """Return ``x[…]`` for a text, read without executing it."""
    entries = text[2:-1].split(", ")
    keys = [... if each == "..." else _key(each) for each in entries]
    return x[tuple(keys)]  # type: ignore[arg-type]


def _key(text: str) -> int | slice:
    bounds = [int(each) if each else None for each in text.split(":")]
    return slice(*bounds) if ":" in text else int(text)


@pytest.mark.parametrize("first", CASES)
@pytest.mark.parametrize("then", CASES)
def test_one_index_is_as_good_as_two(first: tuple[object, int], then: tuple[object, int]) -> None:
    x = torch.arange(4 * 5 * 6 * 7).reshape(4, 5, 6, 7)
    inner, outer = _written("x", first), _written("y", then)
    for rank in (4, 0):
        both = indexed_at_once(inner, outer, "y", rank)
        if both:
            expected = _taken(_taken(x, inner), outer)
            torch.testing.assert_close(_taken(x, both), expected, rtol=0, atol=0)


@pytest.mark.parametrize(
    ("inner", "outer", "rank", "both"),
    [
        ("x[:, 0]", "y[:, 1:]", 4, "x[:, 0, 1:]"),
        ("x[:, 1:]", "y[:, :, 2:]", 4, "x[:, 1:, 2:]"),
        ("x[..., 1:]", "y[..., 2:, :]", 4, "x[..., 2:, 1:]"),
        ("x[..., 1:]", "y[:, 2]", 4, "x[:, 2, ..., 1:]"),
        ("x[..., 1:]", "y[:, 2]", 3, "x[:, 2, 1:]"),
        ("x[..., 1:]", "y[:, 2]", 2, ""),
        ("x[..., 1:]", "y[:, 2]", 0, ""),
        ("x[:, 1:]", "y[:, ::2]", 4, ""),
    ],
)
def test_what_may_be_the_same_dimension_stays_two(
    inner: str, outer: str, rank: int, both: str
) -> None:
    assert indexed_at_once(inner, outer, "y", rank) == both


def test_bounds_that_are_expressions_have_spaces() -> None:
    arguments = {"dim": 1, "start": Written("self.n"), "end": None, "step": 2}
    assert index("x", SLICE, arguments) == "x[:, self.n :: 2]"


@pytest.mark.parametrize(
    ("part", "written"),
    [
        ({"r": ("Arange", {"end": 24}, ""),
          "s": ("Slice", {"dim": 0, "start": "=n", "end": 20}, "r")}, "[n:20]"),
        ({"r": ("Arange", {"end": 24}, ""),
          "s": ("Slice", {"dim": 0, "start": "=n+1", "end": 20}, "r")}, "[n + 1 : 20]"),
        ({"like": ("Constant", {"shape": (3, 4, 3, 4)}, ""),
          "s": ("UnflattenLike", {"dim": 1, "first": "=n - 1", "end": "=n + 1"}, "x like")},
         ".shape[self.n - 1 : self.n + 1]"),
        ({"like": ("Constant", {"shape": (2, 2, 3, 4)}, ""),
          "s": ("UnflattenLike", {"dim": 1, "first": 2}, "x like")}, ".shape[2:4]"),
    ],
)  # fmt: skip
def test_a_range_is_written_as_ruff_formats_it(part: dict[str, Line], written: str) -> None:
    lines: dict[str, Line] = {"x": ("Input", {"shape": ("N", 12)}, ""), **part}
    lines |= {"kept": ("Flatten", {"start_dim": 0}, "s"), "y": ("Output", {}, "kept")}
    block = network({}, "part", "Part", lines, integer("n", 2))
    outer: dict[str, Line] = {"x": lines["x"]}
    for n in (1, 2):
        outer |= {f"p{n}": ("[part]", {"n": n}, "x"), f"y{n}": ("Output", {}, f"p{n}")}
    found = infer(network({"part": block}, "main", "Net", outer), blocks={"part": block})
    assert not found.has_errors, found.problems
    text = source(found).text
    assert written in text
    command = [sys.executable, "-m", "ruff", "format", "--check", "--isolated", "--line-length=100"]
    subprocess.run([*command, "-"], input=text, text=True, check=True)
