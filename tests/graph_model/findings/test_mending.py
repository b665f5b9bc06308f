"""Further fixes of problems, of whatever shape what arrives is."""

from __future__ import annotations

import pytest

from graph_model.inference.infer import infer
from tests.codegen.blocks import Line, network


@pytest.mark.parametrize("shape", [("N",), ()])
def test_a_tensor_of_fewer_dimensions_than_a_picture_is_told_like_any_other(
    shape: tuple[str, ...],
) -> None:
    lines: dict[str, Line] = {
        "x": ("Input", {"shape": shape}, ""),
        "conv": ("Conv1d", {"out_channels": 2}, "x"),
        "y": ("Output", {}, "conv"),
    }
    found = infer(network({}, "main", "Net", lines)).problems
    assert "wrong_rank" in {each.code for each in found}
