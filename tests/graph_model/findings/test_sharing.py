"""A layer that works in place warns where others read the same tensor."""

from __future__ import annotations

import pytest
import torch

from codegen.build import build_network
from graph_model.editing.edits import apply_fix
from graph_model.inference.infer import infer
from graph_model.layers import LAYERS
from graph_model.network import rename, set_arguments
from graph_model.values import Arguments
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


@pytest.mark.parametrize(
    ("kind", "arguments", "code"),
    [
        ("Parameter", {"shape": (3, 4)}, "overwrites_held"),
        ("Expand", {"sizes": (3, 4)}, "overwrites_view"),
        ("ExpandLike", {}, "overwrites_view"),
        ("Split", {"split_sizes": (2, 2)}, "overwrites_view"),
        ("Chunk", {}, "overwrites_view"),
        ("Unbind", {"outputs": 4}, "overwrites_view"),
    ],
)
def test_what_torch_does_not_let_be_overwritten_is_refused(
    kind: str, arguments: Arguments, code: str
) -> None:
    """What is told of is just what torch raises an error of."""
    output = LAYERS[kind].outputs(LAYERS[kind].complete(arguments))[0]
    unsafe = network(
        "Unsafe",
        {
            "x": ("Input", {"shape": (1, 3)}, ""),
            "more": ("Input", {"shape": (3, 4)}, ""),
            "fc": ("Linear", {"out_features": 4}, "x"),
            "source": (kind, arguments, "" if kind == "Parameter" else "fc more"),
            "act": ("ReLU", {"inplace": True}, f"source.{output}"),
            "y": ("Output", {}, "act"),
        },
    )
    (problem,) = (each for each in infer(unsafe).problems if each.is_error)
    assert (problem.code, problem.node, problem.values) == (code, "act", {"name": "source"})
    mended = apply_fix(unsafe, problem.fixes[0])
    model = build_network(mended).make()
    inputs = [torch.ones(1, 3), torch.ones(3, 4)]
    model(*inputs).sum().backward()
    model.act.inplace = True  # type: ignore[union-attr]
    with pytest.raises(RuntimeError, match=r"in-?place|single memory location"):
        model(*inputs).sum().backward()
