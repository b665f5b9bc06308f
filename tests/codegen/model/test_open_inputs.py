"""Inputs of a block that a use may leave open: ``forward(self, x, mask=None, scale=None)``."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
import torch
from torch import Tensor, nn

from codegen.build import build
from codegen.emit import source
from graph_model.blocks import as_kind
from graph_model.editing.ungrouping import ungroup
from graph_model.files.project_format import dumps, loads
from graph_model.inference.infer import Inference, infer, infer_project
from graph_model.network import Network, Project
from graph_model.values import Value
from tests.codegen.blocks import Line, network

ATTEND = network({}, "attend", "Attend", {
    "mask": ("Input", {"shape": ("T", "T"), "dtype": "bool", "optional": True}, ""),
    "x": ("Input", {"shape": ("N", "T", 8)}, ""),
    "scale": ("Input", {"shape": ("N", 1, 8), "default": 0.5}, ""),
    "shift": ("Input", {"shape": (8,), "default": 1.0}, ""),
    "attention": ("MultiheadAttention", {"num_heads": 2}, "x x x - mask"),
    "scaled": ("Multiply", {}, "attention.output scale"),
    "shifted": ("Add", {}, "scaled shift"),
    "y": ("Output", {}, "shifted"),
})  # fmt: skip


class Attend(nn.Module):
    """The block as one writes it by hand."""

    def __init__(self) -> None:
        super().__init__()
        self.attention = nn.MultiheadAttention(8, 2, batch_first=True)

    def forward(
        self,
        x: Tensor,
        mask: Tensor | None = None,
        scale: float | Tensor = 0.5,
        shift: float | Tensor = 1.0,
    ) -> Tensor:
        return self.attention(x, x, x, attn_mask=mask)[0] * scale + shift


def using(*uses: str, block: Network = ATTEND) -> Inference:
    """Return a network that uses the block so often, with these of its inputs given."""
    lines: dict[str, Line] = {
        "input": ("Input", {"shape": ("N", "T", 8)}, ""),
        "allowed": ("Input", {"shape": ("T", "T"), "dtype": "bool"}, ""),
        "factor": ("Input", {"shape": ("N", 1, 8)}, ""),
    }
    last = "input"
    for turn, given in enumerate(uses, 1):
        mask, scale = ("allowed" if "m" in given else "-"), ("factor" if "s" in given else "-")
        lines[f"part{turn}"] = (f"[{block.id}]", {}, f"{last} {mask} {scale}")
        last = f"part{turn}"
    lines["output"] = ("Output", {}, last)
    blocks = {block.id: block}
    return infer(network(blocks, "main", "Main", lines), blocks=blocks)


def codes(inference: Inference) -> list[str]:
    return [each.code for each in inference.problems if each.is_error]


def test_ports_stand_in_the_order_of_the_arguments() -> None:
    kind = as_kind(ATTEND)
    assert kind.inputs({}) == ("x", "mask", "scale", "shift")
    assert kind.optional_inputs == {"mask", "scale", "shift"}


@pytest.mark.parametrize("uses", [("",), ("ms",), ("", "m"), ("s", ""), ("m", "s", "ms")])
def test_it_computes_what_is_written_by_hand(uses: tuple[str, ...]) -> None:
    inference = using(*uses)
    assert not codes(inference), inference.problems
    model = build(source(inference)).make()
    x, factor = torch.randn(3, 5, 8), torch.randn(3, 1, 8)
    allowed = torch.triu(torch.ones(5, 5, dtype=torch.bool), diagonal=1)
    expected = x
    for turn, given in enumerate(uses, 1):
        hand = Attend()
        hand.load_state_dict(getattr(model, f"part{turn}").state_dict())
        wanted: dict[str, Tensor] = {"mask": allowed} if "m" in given else {}
        expected = hand(expected, **wanted, **({"scale": factor} if "s" in given else {}))
    torch.testing.assert_close(model(x, allowed, factor), expected)


def test_it_reads_as_by_hand() -> None:
    text = source(using("", "s")).text
    assert "        mask: Tensor | None = None,\n" in text
    assert "        if scale is None:\n" in text
    assert "            scale = torch.full((x.shape[0], 1, 8), 0.5, device=x.device)" in text
    assert "self.part2(x, scale=factor)" in text


@pytest.mark.parametrize(("arguments", "made"), [
    ({"shape": (), "default": 2.0}, "torch.full((), 2.0, device=x.device)"),
    ({"shape": ("N",), "dtype": "bool", "default": 1.0},
     "torch.ones(x.shape[0], dtype=torch.bool, device=x.device)"),
    ({"shape": (1,), "dtype": "int64", "default": 0.0},
     "torch.zeros(1, dtype=torch.int64, device=x.device)"),
])  # fmt: skip
def test_what_stands_in_has_the_declared_shape(arguments: Mapping[str, Value], made: str) -> None:
    block = network({}, "give", "Give", {
        "x": ("Input", {"shape": ("N", "T", 8)}, ""),
        "other": ("Input", arguments, ""),
        "y": ("Output", {}, "x"),
        "z": ("Output", {}, "other"),
    })  # fmt: skip
    blocks = {"give": block}
    inference = infer(network(blocks, "main", "Main", {
        "input": ("Input", {"shape": ("N", "T", 8)}, ""),
        "give": ("[give]", {}, "input"),
        "same": ("Output", {}, "give.y"),
        "output": ("Output", {}, "give.z"),
    }), blocks=blocks)  # fmt: skip
    text = source(inference)
    assert made in text.text
    _, given = build(text).make()(torch.zeros(3, 4, 8))
    spec = inference.nodes["output"].inputs["input"]
    assert str(given.dtype) == f"torch.{spec.dtype}"
    assert tuple(given.shape) == tuple(3 if str(dim) == "N" else dim for dim in spec.shape)


def test_what_cannot_do_without_says_so() -> None:
    block = network({}, "add", "Plus", {
        "x": ("Input", {"shape": ("N", "T", 8)}, ""),
        "more": ("Input", {"shape": ("N", "T", 8), "optional": True}, ""),
        "sum": ("Add", {}, "x more"),
        "y": ("Output", {}, "sum"),
    })  # fmt: skip
    (problem,) = (each for each in infer(block).problems if each.is_error)
    assert (problem.code, problem.node, problem.port) == ("left_open", "sum", "input2")
    assert problem.fixes[0].node == "more"
    assert codes(using("", block=block)) == ["inside_block_node"] * 2


def test_a_size_that_no_other_input_has_is_asked_for() -> None:
    block = network({}, "add", "Plus", {
        "x": ("Input", {"shape": ("N", "T", 8)}, ""),
        "more": ("Input", {"shape": ("N", "S", 8), "default": 0.0}, ""),
        "join": ("Concatenate", {}, "x more"),
        "y": ("Output", {}, "join"),
    })  # fmt: skip
    (problem,) = infer(block).errors
    assert (problem.code, problem.node, problem.values["name"]) == (
        "open_size_unknown",
        "more",
        "S",
    )
    assert codes(using("", block=block)) == ["inside_block_node"]


def test_repeats_hand_on_what_they_may_not_leave_open() -> None:
    block = network({}, "step", "Step", {
        "x": ("Input", {"shape": (2, 8), "default": 0.0}, ""),
        "scale": ("Input", {"shape": (8,), "default": 3.0}, ""),
        "scaled": ("Multiply", {}, "x scale"),
        "y": ("Output", {}, "scaled"),
    })  # fmt: skip
    blocks = {"step": block}

    def main(repeat: str, x: str) -> Inference:
        lines: dict[str, Line] = {
            "input": ("Input", {"shape": ("N", 8)}, ""),
            "steps": (f"[step]{repeat}", {}, x),
            "output": ("Output", {}, "steps"),
        }
        return infer(network(blocks, "main", "Main", lines), blocks=blocks)

    assert codes(main(" x 3", "-")) == ["missing_input"]
    model = build(source(main(" x 3", "input"))).make()
    torch.testing.assert_close(model(torch.ones(2, 8)), torch.full((2, 8), 27.0))


def test_files_keep_it_and_ungrouping_keeps_what_it_computes() -> None:
    inference = using("m", "")
    project = Project({"main": inference.network, "attend": ATTEND}, "main")
    assert loads(dumps(project)).networks == project.networks
    model = build(source(inference)).make()
    flat = ungroup(ungroup(project, "main", "part1"), "main", "part2")
    found = infer_project(flat)
    assert not found.has_errors, found.problems
    given = torch.randn(3, 5, 8), torch.zeros(5, 5, dtype=torch.bool), torch.randn(3, 1, 8)
    other = build(source(found)).make()
    for mine, theirs in zip(other.parameters(), model.parameters(), strict=True):
        mine.data.copy_(theirs.data)
    torch.testing.assert_close(other(*given), model(*given))
