"""A layer that works in place warns where others read the same tensor."""

from __future__ import annotations

import pytest
import torch

from codegen.build import build_network
from graph_model.edits import apply_fix
from graph_model.infer import infer
from graph_model.network import rename, set_arguments
from tests.codegen.samples import CNN, network

SKIP = network(
    "Skip",
    {
        "x": ("Input", {"shape": ("N", 4)}, ""),
        "fc": ("Linear", {"out_features": 4}, "x"),
        "act": ("ReLU", {"inplace": True}, "fc"),
        "add": ("Add", {}, "fc act"),
        "y": ("Output", {}, "add"),
    },
)


def test_a_shared_tensor_that_is_overwritten_is_told_of_and_mended() -> None:
    (problem,) = infer(SKIP).problems
    assert (problem.code, problem.node, problem.is_error) == ("overwrites_shared", "act", False)
    assert "add" in problem.message
    (fix,) = problem.fixes
    mended = apply_fix(SKIP, fix)
    assert not infer(mended).problems
    built = build_network(mended).make()
    before = built.fc(torch.ones(1, 4))  # type: ignore[operator]
    torch.testing.assert_close(built(torch.ones(1, 4)), before + before.relu())


@pytest.mark.parametrize("network", [CNN, set_arguments(SKIP, "act", {"inplace": False})])
def test_a_tensor_of_its_own_may_be_overwritten(network: object) -> None:
    assert not infer(network).problems  # type: ignore[arg-type]


def test_the_warning_names_all_who_read_it() -> None:
    (problem,) = infer(rename(SKIP, "add", "sum")).problems
    assert problem.values == {"others": "sum"}
