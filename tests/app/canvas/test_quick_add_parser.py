"""What is typed into quick-add becomes a layer and its arguments."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.canvas.quick_add_parser import suggestions
from graph_model.layers import LAYERS
from graph_model.values import complaint


@pytest.mark.parametrize(
    ("text", "kind", "arguments"),
    [
        ("conv 64 3 s2", "Conv2d", {"out_channels": 64, "kernel_size": 3, "stride": 2}),
        ("conv 64 k3 p1", "Conv2d", {"out_channels": 64, "kernel_size": 3, "padding": 1}),
        ("conv2d 8 3x5", "Conv2d", {"out_channels": 8, "kernel_size": (3, 5)}),
        ("conv3d 8", "Conv3d", {"out_channels": 8}),
        ("linear 10", "Linear", {"out_features": 10}),
        ("fc 10 bias=false", "Linear", {"out_features": 10, "bias": False}),
        ("dense", "Linear", {}),
        ("bn", "BatchNorm2d", {}),
        ("pool 2", "MaxPool2d", {"kernel_size": 2}),
        ("dropout .25", "Dropout", {"p": 0.25}),
        ("dropout p0.1", "Dropout", {"p": 0.1}),
        ("relu", "ReLU", {}),
        ("ReLU", "ReLU", {}),
        ("lstm 128 num_layers=2", "LSTM", {"hidden_size": 128, "num_layers": 2}),
        ("flat", "Flatten", {}),
        ("softm", "Softmax", {}),
        ("input 4", "Input", {"shape": ("N", 4)}),
        ("input 3x32x32", "Input", {"shape": ("N", 3, 32, 32)}),
        ("input N 1 28 28", "Input", {"shape": ("N", 1, 28, 28)}),
        ("input T int64", "Input", {"shape": ("N", "T"), "dtype": "int64"}),
    ],
)
def test_the_first_suggestion_is_what_was_meant(text, kind, arguments):
    first = suggestions(text)[0]
    assert first.kind.name == kind
    assert dict(first.arguments) == arguments


@pytest.mark.parametrize(
    "text", ["zzz", "linear x", "linear 1 2 3 4 5", "linear -3", "conv 0", "input 0"]
)
def test_what_means_nothing_suggests_nothing(text):
    assert suggestions(text) == []


def test_every_layer_is_found_by_its_name():
    for name in LAYERS:
        assert suggestions(name)[0].kind.name == name


def test_keywords_find_layers():
    for kind in LAYERS.values():
        for keyword in kind.keywords:
            found = {each.kind.name for each in suggestions(keyword.split()[0], limit=len(LAYERS))}
            assert kind.name in found, keyword


def test_nothing_typed_offers_something():
    assert len(suggestions("")) > 3


@given(st.text(max_size=30))
def test_any_text_yields_valid_arguments(text):
    for each in suggestions(text):
        for name, value in each.arguments.items():
            assert not complaint(each.kind.by_name[name], value)


@pytest.mark.parametrize("text", ["linear {}", "conv 8 {}x3", "input {}x3", "dropout p{}"])
def test_numbers_of_thousands_of_digits_are_read_without_failing(text):
    assert suggestions(text.format("9" * 5000)) is not None
