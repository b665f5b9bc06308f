"""Random numbers of a given shape are drawn anew at each call, and are the same under a seed."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from codegen.build import build_network
from graph_model.editing.edits import apply_fix
from graph_model.inference.infer import infer
from graph_model.network import Network
from graph_model.values import Arguments
from tests.codegen.blocks import Line, network
from tests.codegen.model.test_random_networks import check_with_ruff


def generator(kind: str, arguments: Arguments) -> Network:
    """Return a network that adds noise to a picture of noise."""
    lines: dict[str, Line] = {
        "x": ("Input", {"shape": ("N", 3, "H", 8)}, ""),
        "noise": (kind, arguments, ""),
        "real": ("Cast", {}, "noise"),
        "sum": ("Add", {}, "x real"),
        "y": ("Output", {}, "sum"),
    }
    return network({}, "main", "Net", lines)


CASES = [
    ("Randn", {"shape": (3, 1, 8)}, "torch.randn(3, 1, 8, device=x.device)"),
    ("Rand", {"shape": ("N", 3, "H", 8)}, "torch.rand(x.shape[0], 3, x.shape[2], 8"),
    ("Randint", {"low": -3, "high": 7, "shape": ("N", 1, 1, 1)},
     "torch.randint(-3, 7, (x.shape[0], 1, 1, 1), device=x.device)"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "arguments", "written"), CASES)
def test_numbers_are_new_at_each_call_and_those_of_torch_under_a_seed(
    kind: str, arguments: Arguments, written: str, tmp_path: Path
) -> None:
    built = build_network(generator(kind, arguments), {})
    assert written in built.source.text
    (tmp_path / "net.py").write_text(built.source.text, encoding="utf-8")
    check_with_ruff(tmp_path)
    module, x = built.make(), torch.zeros(2, 3, 5, 8)
    torch.manual_seed(3)
    first, second = module(x), module(x)
    assert not torch.equal(first, second)
    torch.manual_seed(3)
    assert torch.equal(module(x), first)
    torch.manual_seed(3)
    sizes = {"N": 2, "H": 5}
    shape = arguments["shape"]
    assert isinstance(shape, tuple)
    real = tuple(sizes[size] if isinstance(size, str) else int(size) for size in shape)
    peers = {
        "Randn": lambda: torch.randn(real),
        "Rand": lambda: torch.rand(real),
        "Randint": lambda: torch.randint(-3, 7, real).float(),
    }
    assert torch.equal(first, peers[kind]().expand_as(x))


def test_nothing_lies_between_the_bounds_of_whole_numbers() -> None:
    wrong = generator("Randint", {"low": 4, "high": 4, "shape": (1,)})
    (problem,) = infer(wrong).problems
    assert (problem.code, problem.parameter) == ("empty_range", "high")
    assert not infer(apply_fix(wrong, problem.fixes[0])).has_errors


def test_a_block_without_an_input_draws_where_its_module_lies() -> None:
    lines: dict[str, Line] = {
        "noise": ("Randn", {"shape": (4, 8)}, ""),
        "fc": ("Linear", {"out_features": 3}, "noise"),
        "y": ("Output", {}, "fc"),
    }
    block = network({}, "latent", "Latent", lines)
    outer: dict[str, Line] = {
        "x": ("Input", {"shape": (4, 3)}, ""),
        "latent": ("[latent]", {}, ""),
        "sum": ("Add", {}, "x latent"),
        "y": ("Output", {}, "sum"),
    }
    blocks = {"latent": block}
    drawn = network(blocks, "main", "Net", outer)
    assert not infer(drawn, blocks=blocks).has_errors
    built = build_network(drawn, blocks)
    assert "torch.randn(4, 8, device=self.noise_device.device)" in built.source.text
    module = built.make()
    assert set(module.state_dict()) == {"latent.fc.weight", "latent.fc.bias"}
    y = module.to("meta")(torch.zeros(4, 3, device="meta"))
    assert y.device.type == "meta"


def test_what_is_drawn_from_fixed_means_is_no_buffer() -> None:
    lines: dict[str, Line] = {
        "x": ("Input", {"shape": ("N", 8)}, ""),
        "mean": ("Constant", {"shape": (8,), "value": 2.0}, ""),
        "std": ("Constant", {"shape": (8,)}, ""),
        "noise": ("Normal", {}, "mean std"),
        "sum": ("Add", {}, "x noise"),
        "y": ("Output", {}, "sum"),
    }
    module = build_network(network({}, "main", "Net", lines), {}).make()
    x = torch.zeros(2, 8)
    assert not torch.equal(module(x), module(x))
