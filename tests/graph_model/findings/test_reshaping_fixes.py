"""Fixes for pictures as sequences, batches laid end to end, and channels in the wrong number."""

from __future__ import annotations

import pytest
import torch

from codegen.build import build_network
from graph_model.editing.edits import apply_fix
from graph_model.inference.infer import infer
from graph_model.network import Network
from graph_model.problems import Fix, Problem
from graph_model.values import Arguments
from tools.mistakes import drawn


def x(*shape: int | str) -> tuple[str, str, Arguments]:
    return ("x", "Input", {"shape": shape})


Y = ("y", "Output", {})


def error(network: Network) -> Problem:
    (found,) = infer(network).errors
    return found


def offered(network: Network) -> list[str]:
    return [each.message for each in error(network).fixes]


def mended(network: Network, fix: Fix) -> Network:
    """Return what a fix leads to, which has no error and which torch runs."""
    fixed = apply_fix(network, fix)
    inference = infer(fixed)
    assert not inference.errors
    source = fixed.nodes["x"].arguments["shape"]
    assert isinstance(source, tuple)
    model = build_network(fixed).make()
    given = torch.rand([each if isinstance(each, int) else 2 for each in source])
    outputs = model(given)
    last = outputs[0] if isinstance(outputs, tuple) else outputs
    declared = next(iter(inference.nodes["y"].inputs.values()))
    assert declared is not None
    assert last.shape == tuple(d if isinstance(d, int) else 2 for d in declared.shape)
    return fixed


@pytest.mark.parametrize("pinned", [{}, {"in_features": 5408}])
@pytest.mark.parametrize("between", [[], [("relu", "ReLU", {}), ("drop", "Dropout", {})]])
def test_a_reshape_that_takes_the_batch_along_is_told_to_leave_the_samples_apart(pinned, between):
    network = drawn(
        x("N", 1, 28, 28),
        ("conv", "Conv2d", {"out_channels": 8}),
        ("flat", "Reshape", {"shape": (-1,)}),
        *between,
        ("fc", "Linear", {"out_features": 10, **pinned}),
        Y,
    )
    (fix,) = error(network).fixes
    assert fix.message == "Set shape of flat to (-1, 5408)"
    mended(network, fix)


def test_of_two_symbols_no_batch_is_guessed():
    network = drawn(x("N", "T", 8), ("flat", "Reshape", {"shape": (-1,)}), ("fc", "Linear", {}), Y)
    assert not any("of flat" in each for each in offered(network))


@pytest.mark.parametrize("behind", ["Flatten", "Linear"])
def test_batch_norm_of_pictures_behind_what_gives_vectors_is_that_of_vectors(behind):
    network = drawn(x("N", 3, 8, 8), ("flat", "Flatten", {}), ("bn", "BatchNorm2d", {}), Y)
    if behind == "Linear":
        network = drawn(x("N", 64), ("fc", "Linear", {}), ("bn", "BatchNorm2d", {}), Y)
    (fix,) = error(network).fixes
    assert fix.message == "Use BatchNorm1d instead"
    assert mended(network, fix).nodes["bn"].kind == "BatchNorm1d"


def test_what_takes_no_vectors_in_any_form_has_no_other_form_offered():
    network = drawn(x("N", 64), ("pool", "MaxPool2d", {}), Y)
    assert offered(network) == []
    network = drawn(x("N", 64), ("drop", "Dropout2d", {}), Y)
    assert offered(network) == ["Use Dropout instead"]


def test_a_recurrent_layer_reads_pictures_row_by_row_or_pixel_by_pixel():
    network = drawn(x("N", 3, 6, 5), ("rnn", "LSTM", {"hidden_size": 4}), Y)
    rows, pixels = error(network).fixes
    assert rows.message == "Read row by row: Permute and Flatten before it"
    assert pixels.message == "Read pixel by pixel: Flatten and Transpose before it"
    given = torch.rand(2, 3, 6, 5)
    for fix, sequence in (
        (rows, torch.stack([given[:, :, row].flatten(1) for row in range(6)], 1)),
        (pixels, torch.stack([given[:, :, i // 5, i % 5] for i in range(30)], 1)),
    ):
        model = build_network(mended(network, fix)).make()
        (layer,) = (each for each in model.modules() if isinstance(each, torch.nn.LSTM))
        with torch.no_grad():
            torch.testing.assert_close(model(given), layer(sequence)[0])


def test_rows_whose_length_is_not_known_are_not_offered_nor_what_has_its_steps_first():
    network = drawn(x("N", 3, "H", "W"), ("rnn", "GRU", {}), Y)
    assert offered(network) == ["Read pixel by pixel: Flatten and Transpose before it"]
    network = drawn(x("N", 3, 8, 8), ("rnn", "GRU", {"batch_first": False}), Y)
    assert offered(network) == []


@pytest.mark.parametrize(
    ("kind", "sources"), [("TransformerEncoderLayer", "x"), ("MultiheadAttention", "x x x")]
)
def test_attention_reads_pixels_at_all_its_inputs(kind, sources):
    network = drawn(x("N", 512, 4, 4), ("layer", kind, {}, sources), Y)
    (fix,) = error(network).fixes
    assert fix.message == "Read pixel by pixel: Flatten and Transpose before it"
    mended(network, fix)


def test_channels_that_pixel_shuffle_cannot_part_are_set_where_they_come_from():
    network = drawn(
        x("N", 3, 8, 8),
        ("conv", "Conv2d", {"out_channels": 10}),
        ("bn", "BatchNorm2d", {}),
        ("relu", "ReLU", {}),
        ("up", "PixelShuffle", {"upscale_factor": 2}),
        Y,
    )
    assert offered(network) == [
        "Set out_channels of conv to 12",
        "Set out_channels of conv to 8",
        "Insert Conv2d before it",
    ]
    for fix in error(network).fixes:
        mended(network, fix)


@pytest.mark.parametrize(
    "network",
    [
        drawn(x("N", 10, 8, 8), ("up", "PixelShuffle", {"upscale_factor": 2}), Y),
        drawn(
            x("N", 3, 8, 8),
            ("conv", "Conv2d", {"out_channels": 10}),
            ("up", "PixelShuffle", {"upscale_factor": 2}),
            Y,
            ("z", "Output", {}, "conv"),
        ),
        drawn(
            x("N", 3, 8, 8),
            ("conv", "Conv2d", {"out_channels": 10}),
            ("bn", "BatchNorm2d", {"num_features": 10}),
            ("up", "PixelShuffle", {"upscale_factor": 2}),
            Y,
        ),
    ],
    ids=["input", "branch", "pinned"],
)
def test_where_the_channels_are_not_to_be_altered_a_convolution_is_offered(network: Network):
    (fix,) = error(network).fixes
    assert fix.message == "Insert Conv2d before it"
    assert not infer(apply_fix(network, fix)).errors


def test_channels_of_groups_stay_a_multiple_of_those():
    network = drawn(
        x("N", 6, 8, 8),
        ("conv", "Conv2d", {"out_channels": 9, "groups": 3}),
        ("up", "PixelShuffle", {"upscale_factor": 2}),
        Y,
    )
    first, *_ = error(network).fixes
    assert first.message == "Set out_channels of conv to 12"
    mended(network, first)
