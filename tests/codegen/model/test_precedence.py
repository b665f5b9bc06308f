"""An expression within another stands in brackets where Python needs them, and nowhere else."""

from __future__ import annotations

import ast

import pytest

from codegen.model.precedence import put

VALUE = "\ue000"
PARTS = (
    "b", "self.b", "b(c)", "b[:, 1]", "b.t(1, dim=-1)", "-b", "~b", "b**2", "b * c", "b / c",
    "b @ c", "b + c", "b - c", "b & c", "b | c", "b == c", "b and c", "not b", "b if c else d",
    "(b + c) * d", "f(b + c)", "-b + c",
)  # fmt: skip
PLACES = (
    "V", "f(V)", "f(a, V, dim=-1)", "V + a", "a + V", "a - V", "V - a", "V * a", "a * V", "a / V",
    "a @ V", "V**2", "a**V", "-V", "~V", "V.mean()", "V[:, 0]", "V == a", "a == V", "a < V",
    "a & V", "a ^ V", "V | a", "f(a + V)", "(a + V) * c", "a + V * c", "a * V + c",
)  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_brackets_stand_where_they_are_needed_alone(place: str) -> None:
    for part in PARTS:
        written = put(place.replace("V", VALUE), VALUE, part)
        in_brackets, without = place.replace("V", f"({part})"), place.replace("V", part)
        assert _meaning(written) == _meaning(in_brackets)
        if written == in_brackets != place:
            assert _meaning(without) != _meaning(in_brackets), written


def _meaning(text: str) -> str:
    try:
        return ast.dump(ast.parse(text))
    except SyntaxError:
        return ""
