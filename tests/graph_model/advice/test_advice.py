"""What is good practice is not advised against, and fixes follow from where a mistake is made."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph_model.editing.edits import apply_fix
from graph_model.inference.infer import infer
from graph_model.network import Network, Port, connect, disconnect
from graph_model.values import Arguments
from tests.codegen.blocks import network
from tests.graph_model.small_blocks import BLOCKS, codes
from tools.mistakes import Given, drawn, f32, i64, one, row

IMAGE = f32("N", 3, 32, 32)
LSTM = ("LSTM", {"bidirectional": True})


@pytest.mark.parametrize(
    "network",
    [
        row("", IMAGE, ("Conv2d", {"groups": 3, "out_channels": 6}), ("Conv2d", {})),
        row("", IMAGE, ("Conv2d", {"kernel_size": 1}), ("Conv2d", {})),
        row("", IMAGE, ("Conv2d", {"kernel_size": (1, 3)}), ("Conv2d", {"kernel_size": (3, 1)})),
        row("", IMAGE, ("Conv2d", {"kernel_size": 4, "stride": 4}), ("Flatten", {}),
            ("Linear", {})),
        row("", f32("N", 64), ("Linear", {"out_features": 8}), ("Linear", {"out_features": 64})),
        row("", f32("N", 4, 64), ("Linear", {}), ("BatchNorm1d", {})),
        row("", f32("N", 64), ("Softplus", {}), ("Tanh", {})),
        row("", f32("N", "T", 8), LSTM, ("Select", {"index": 0})),
        row("", f32("N", "T", 8), ("GRU", {}), ("Select", {"index": 0, "dim": 2})),
        row("", f32("N", "T", 8), ("ReLU", {}), ("Select", {"index": 0})),
        row("", f32("N", 2048, 7, 7), ("Flatten", {}), ("Linear", {"out_features": 4096})),
        row("", IMAGE, ("Softmax", {"dim": 1})),
        row("", IMAGE, ("Flatten", {"start_dim": 2})),
        row("", f32("N", "T", 8), ("LayerNorm", {})),
        row("", IMAGE, ("ConvTranspose2d", {"stride": 2, "kernel_size": 2})),
        row("", f32("T", "N", 8), ("LSTM", {"batch_first": False})),
        row("", f32("N", 8, 1, 1), ("Conv2d", {"kernel_size": 1})),
        row("", f32("N", 32, 32, 64), ("Conv2d", {})),
        row("", f32("N", 32, 32, 3), ("ReLU", {}), ("Conv2d", {})),
        row("", IMAGE, ("MaxPool2d", {"stride": None})),
        row("", f32("N", 25088), ("Linear", {"out_features": 4096})),
        row("", IMAGE, ("Conv2d", {"bias": False}), ("BatchNorm2d", {}), ("Dropout2d", {}),
            ("Identity", {}), ("Conv2d", {})),
    ],
    ids=lambda each: " ".join(node.kind for node in each.network.nodes.values()),
)  # fmt: skip
def test_what_is_meant_is_not_advised_against(network) -> None:
    assert [each.message for each in infer(network.network).problems] == []


def test_a_block_may_end_in_dropout() -> None:
    network = row("", f32("N", 8), ("Linear", {}), ("Dropout", {})).network
    assert [each.code for each in infer(network).problems] == ["dropout_last"]
    assert not infer(replace(network, role="block")).problems


def test_scores_that_are_needed_as_they_are_may_be_limited() -> None:
    network = drawn(
        ("x", "Input", {"shape": ("N", 8)}),
        ("act", "ReLU", {}),
        ("probabilities", "Softmax", {"dim": 1}),
        ("y", "Output", {}),
        ("scores", "Output", {}, "act"),
    )
    assert infer(network).problems == ()


def _behind(kind: str, given: Given, *before: tuple[str, dict[str, object]]) -> Network:
    return row("", given, *before, (kind, {})).network  # type: ignore[arg-type]


def _fixes(network: Network, code: str) -> list[str]:
    (problem,) = (each for each in infer(network).problems if each.code == code)
    for fix in problem.fixes:
        codes = [each.code for each in infer(apply_fix(network, fix)).problems]
        assert code not in codes, fix.message
    return [fix.message for fix in problem.fixes]


def _skipping(convolution: Arguments, order: str, joint: str = "Add") -> Network:
    """Return a skip connection around a convolution and its activation."""
    return drawn(
        ("x", "Input", {"shape": ("N", 4, 9, 9)}),
        ("conv", "Conv2d", {"out_channels": 4, **convolution}),
        ("act", "ReLU", {}),
        ("joint", joint, {}, order),
        ("y", "Output", {}),
    )


@pytest.mark.parametrize(
    ("network", "code", "fixes"),
    [
        (_behind("Conv1d", f32("N", 8)), "wrong_rank", ["Insert Unsqueeze before it"]),
        (_behind("Conv2d", f32(3, 32, 32), ("ReLU", {})), "wrong_rank", ["Use Conv1d instead"]),
        (_behind("Linear", f32("N", "F")), "size_must_be_number", ["Set shape of x to N×16"]),
        (one("", "Add", {}, f32("N", "T", 8), f32("N", 5, 8)).network, "cannot_broadcast",
            ["Set shape of x1 to N×5×8"]),
        (one("", "Add", {}, f32("N", 5, 8), f32("N", "T", 8)).network, "cannot_broadcast",
            ["Set shape of x2 to N×5×8"]),
        (one("", "Add", {}, f32("N", 8, 16, 16), f32("N", 4, 32, 32)).network,
            "cannot_broadcast", ["Insert Conv2d before it"]),
        (one("", "Add", {}, f32("N", 8, 16, 16), f32("N", 8, 15, 9)).network,
            "cannot_broadcast", []),
        (one("", "Add", {}, f32("N", 8, 4), f32("N", 4)).network, "cannot_broadcast", []),
        (one("", "Add", {}, f32("N", 7, 4), f32("N", 8, 5)).network, "cannot_broadcast", []),
        (one("", "Concatenate", {}, f32("N", 8, "H", 16), f32("N", 8, 4, 16)).network,
            "cannot_concatenate", ["Set dim to 2", "Set shape of x1 to N×8×4×16"]),
        (one("", "Concatenate", {"dim": -1}, f32(2, 8, 16), f32(3, 9, 16)).network,
            "cannot_concatenate", []),
        (_behind("Conv2d", f32("N", 28, 28, 1)), "kernel_too_large",
            ["Insert Permute before it", "Set kernel_size to (3, 1)"]),
        (_skipping({"kernel_size": 3}, "act x"), "cannot_broadcast", ["Set padding of conv to 1"]),
        (_skipping({"kernel_size": (5, 3), "padding": (1, 0)}, "x act"), "cannot_broadcast",
            ["Set padding of conv to (2, 1)"]),
        (_skipping({"kernel_size": 7, "padding": 2}, "act x", "Concatenate"),
            "cannot_concatenate", ["Set padding of conv to 3", "Insert Pad before it"]),
        (_skipping({"kernel_size": 4}, "act x"), "cannot_broadcast", []),
        (_skipping({"kernel_size": 4, "stride": 2}, "act x"), "cannot_broadcast",
            ["Insert Conv2d before it"]),
        (_skipping({"out_channels": 8}, "act x"), "cannot_broadcast", []),
        (one("", "MatMul", {}, f32("N", 8, 5), f32("N", 8, 6)).network, "cannot_multiply",
            ["Insert Transpose before it"]),
        (one("", "MatMul", {}, f32("N", 8, 5), f32("N", 7, 6)).network, "cannot_multiply", []),
        (_behind("GroupNorm", f32("N")), "rank_too_small", ["Insert Unsqueeze before it"]),
        (_behind("BatchNorm1d", f32(1, 8), ("Linear", {}), ("ReLU", {})),
            "single_value_per_channel", ["Set shape of x to N×8", "Take bn1 out"]),
        (_behind("Embedding", f32("N", "T"), ("ReLU", {})), "needs_indices",
            ["Insert Cast before it"]),
        (drawn(("layer", "ReLU", {}), ("y", "Output", {})), "missing_input", []),
        (_behind("Linear", f32("N", "T", 8), ("Flatten", {})), "size_must_be_number",
            ["Set shape of x to N×16×8"]),
        (drawn(("other", "Input", {"shape": ("N", 4)}), ("x", "Input", {"shape": ("N", "F")}),
               ("layer", "Linear", {"out_features": 4}), ("sum", "Add", {}, "layer other"),
               ("y", "Output", {})),
            "size_must_be_number", ["Set shape of x to N×16"]),
        (replace(_behind("Linear", f32("N", "F")), role="block"), "size_must_be_number", []),
        (drawn(("x", "Input", {"shape": (1, 8)}), ("other", "Input", {"shape": (4, 8)}),
               ("bn", "BatchNorm1d", {}, "x"), ("sum", "Add", {}, "bn other"),
               ("y", "Output", {})),
            "single_value_per_channel", ["Set shape of x to N×8", "Take bn out"]),
        (_behind("GroupNorm", f32()), "rank_too_small", []),
        (_behind("AvgPool3d", f32("N", 4, 1, 4, 4)), "kernel_too_large",
            ["Set kernel_size to (1, 2, 2)"]),
        (row("", f32("N", 4, 2), ("MaxPool1d", {"dilation": 4})).network, "kernel_too_large",
            ["Set dilation to 1"]),
        (row("", f32("N", 4, 1, 1), ("MaxPool2d", {})).network, "kernel_too_large",
            ["Take pool1 out"]),
        (row("", f32("N", 4, 9, 9), ("Conv2d", {"kernel_size": 99})).network,
            "kernel_too_large", ["Set kernel_size to 3"]),
        (row("", f32("N", 4, 2, 2), ("Conv2d", {"kernel_size": 99})).network,
            "kernel_too_large", ["Set kernel_size to 2"]),
        (row("", f32("N", 4, 2), ("MaxPool1d", {"kernel_size": 3})).network, "kernel_too_large",
            ["Set kernel_size to 2", "Set padding to 1"]),
        (drawn(("x", "Input", {"shape": ("N", 8)}), ("act", "ReLU", {}),
               ("y", "Output", {}, "x"), ("sum", "Add", {}, "x"), ("z", "Output", {})),
            "missing_input", ["Connect act to it"]),
        (_behind("Linear", i64("N", 8)), "needs_real_numbers",
            ["Insert Cast before it", "Set dtype of x to float32", "Insert Embedding before it"]),
    ],
)  # fmt: skip
def test_fixes_follow_from_the_place(network: Network, code: str, fixes: list[str]) -> None:
    assert _fixes(network, code) == fixes


def test_a_large_linear_that_reads_no_pixels_is_not_advised_against() -> None:
    network = row("", f32("N", 20_000), ("ReLU", {}), ("Linear", {"out_features": 20_000})).network
    assert infer(network).problems == ()


@pytest.mark.parametrize("end", ["Output", "Input"])
def test_an_edge_to_a_port_that_a_block_lacks_is_an_error_and_no_more(end: str) -> None:
    inner = network(BLOCKS, "inner", "Inner", {
        "x": ("Input", {"shape": ("N", 4)}, ""),
        "part": ("[layer]", {"features": 4}, "x"),
        "act": ("ReLU", {}, "x"),
        "y": ("Output", {}, "part"),
        "z": ("Output", {}, "act"),
    })  # fmt: skip
    if end == "Output":
        inner = connect(inner, Port("part", "gone"), Port("y", "input"))
    else:
        inner = connect(inner, Port("x", "output"), Port("part", "gone"))
        inner = disconnect(inner, [Port("act", "input"), Port("part", "x")])
    blocks = {**BLOCKS, "inner": inner}
    outer = network(blocks, "outer", "Outer", {
        "x": ("Input", {"shape": ("N", 4)}, ""),
        "inner": ("[inner]", {}, "x"),
        "y": ("Output", {}, "inner.y"),
        "z": ("Output", {}, "inner.z"),
    })  # fmt: skip
    blocks = {**blocks, "outer": outer}
    drawn_in = network(blocks, "main", "Main", {
        "input": ("Input", {"shape": ("N", 4)}, ""),
        "use": ("[outer]", {}, "input"),
        "output": ("Output", {}, "use.z"),
    })  # fmt: skip
    assert "inside_block_node" in codes(infer(drawn_in, blocks=blocks))
