"""One class for uses of a block whose tensors differ in rank."""

from __future__ import annotations

import pytest
import torch

from codegen.build import build
from codegen.emit import source
from graph_model.inference.infer import infer
from tests.codegen.blocks import network
from tests.codegen.running import real_shape


@pytest.mark.parametrize(
    ("dims", "text"),
    [
        ((0,), "token.expand(x.shape[0], *[-1] * (x.dim() - 1))"),
        ((-1,), "token.expand(*[-1] * (x.dim() - 1), x.shape[-1])"),
        (
            (1, -1),
            "token.expand(-1, x.shape[1], *[-1] * (x.dim() - 2)).expand("
            "*[-1] * (x.dim() - 1), x.shape[-1])",
        ),
    ],
)
def test_a_tensor_expanded_like_others_of_two_ranks(dims: tuple[int, ...], text: str) -> None:
    block = network({}, "like", "Like", {
        "x": ("Input", {"shape": ("N", 1, 4)}, ""),
        "token": ("Input", {"shape": ("N", 1, 4)}, ""),
        "expand": ("ExpandLike", {"dims": dims}, "token x"),
        "y": ("Output", {}, "expand"),
    })  # fmt: skip
    blocks = {"like": block}
    main = network(blocks, "main", "Main", {
        "matrices": ("Input", {"shape": (2, 3, 4)}, ""),
        "images": ("Input", {"shape": (2, 3, 5, 4)}, ""),
        "one": ("Parameter", {"shape": (1, 1, 1)}, ""),
        "other": ("Parameter", {"shape": (1, 1, 1, 1)}, ""),
        "three": ("[like]", {}, "matrices one"),
        "four": ("[like]", {}, "images other"),
        "y": ("Output", {}, "three"),
        "z": ("Output", {}, "four"),
    })  # fmt: skip
    inference = infer(main, blocks=blocks)
    assert not inference.has_errors, inference.problems
    built = build(source(inference))
    assert "".join(text.split()) in "".join(built.source.text.split())
    outputs = built.make()(torch.zeros(2, 3, 4), torch.zeros(2, 3, 5, 4))
    specs = [inference.nodes[id].inputs["input"] for id in ("y", "z")]
    assert [tuple(output.shape) for output in outputs] == list(map(real_shape, specs))


def test_what_a_loop_carries_may_be_needed_after_it_or_by_nothing() -> None:
    block = network({}, "pair", "Pair", {
        "x": ("Input", {"shape": ("N", 4)}, ""),
        "y": ("Input", {"shape": ("N", 4)}, ""),
        "sum": ("Add", {}, "x y"),
        "fc": ("Linear", {"out_features": 4}, "sum"),
        "a": ("Output", {}, "fc"),
        "b": ("Output", {}, "sum"),
    })  # fmt: skip
    blocks = {"pair": block}
    main = network(blocks, "main", "Main", {
        "first": ("Input", {"shape": ("N", 4)}, ""),
        "second": ("Input", {"shape": ("N", 4)}, ""),
        "pairs": ("[pair] x 3", {}, "first second"),
        "both": ("Add", {}, "pairs first"),
        "out": ("Output", {}, "both"),
    })  # fmt: skip
    built = build(source(infer(main, blocks=blocks)))
    model = built.make()
    first, second = torch.randn(2, 4), torch.randn(2, 4)
    a, b = first, second
    for fc in (each.fc for each in model.pairs):  # type: ignore[union-attr]
        a, b = fc(a + b), a + b
    torch.testing.assert_close(model(first, second), a + first)


def test_a_shape_that_differs_in_rank_from_use_to_use_is_no_comment() -> None:
    block = network({}, "twice", "Twice", {
        "x": ("Input", {"shape": ("N", 4)}, ""),
        "act": ("ReLU", {}, "x"),
        "sum": ("Add", {}, "act act"),
        "y": ("Output", {}, "sum"),
    })  # fmt: skip
    blocks = {"twice": block}
    main = network(blocks, "main", "Main", {
        "rows": ("Input", {"shape": ("N", 4)}, ""),
        "images": ("Input", {"shape": ("N", 3, 5, 4)}, ""),
        "two": ("[twice]", {}, "rows"),
        "four": ("[twice]", {}, "images"),
        "y": ("Output", {}, "two"),
        "z": ("Output", {}, "four"),
    })  # fmt: skip
    built = build(source(infer(main, blocks=blocks)))
    assert "x = self.act(x)\n" in built.source.text
    rows, images = torch.randn(2, 4), torch.randn(2, 3, 5, 4)
    for given, found in zip((rows, images), built.make()(rows, images), strict=True):
        torch.testing.assert_close(found, 2 * given.relu())
