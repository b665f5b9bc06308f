"""What fits at the end of a wire, the likeliest first."""

from __future__ import annotations

import pytest

from app.canvas.offers import (
    _AFTER,
    _BEFORE,
    _OTHERWISE,
    complaint_about,
    input_for,
    offered_after,
    offered_before,
)
from graph_model.dims import symbol
from graph_model.inference.infer import infer
from graph_model.layers import FAMILIES, LAYERS
from graph_model.layers.ranks import of_rank
from graph_model.network import Edge, Network, Node, Port
from graph_model.tensors import TensorSpec

N, T = symbol("N"), symbol("T")
IMAGES = TensorSpec((N, 3, 32, 32))
ROWS = TensorSpec((N, 8))
STEPS = TensorSpec((N, T, 16))
TOKENS = TensorSpec((N, T), "int64")


@pytest.mark.parametrize(
    ("family", "given", "first", "absent"),
    [
        ("input_output", IMAGES, "Conv2d", ["Conv1d", "Embedding", "BatchNorm1d"]),
        ("convolution", IMAGES, "BatchNorm2d", ["MaxPool1d", "LSTM"]),
        ("input_output", ROWS, "Linear", ["Conv2d", "Embedding", "MaxPool2d"]),
        ("linear", ROWS, "ReLU", ["Conv2d", "Embedding"]),
        ("input_output", TOKENS, "Embedding", ["Linear", "Conv1d", "LSTM"]),
        ("embedding", STEPS, "LSTM", ["Conv2d", "Embedding"]),
    ],
)
def test_what_fits_comes_and_what_usually_follows_comes_first(family, given, first, absent):
    found = offered_after(LAYERS, family, given)
    assert next(iter(found)) == first
    assert not found.keys() & set(absent)
    assert "Output" in found
    assert "Input" not in found


@pytest.mark.parametrize("given", [IMAGES, ROWS, STEPS, TOKENS])
def test_what_is_offered_is_taken_when_it_is_added(given):
    """Held against inference of a network with the layer wired as it would be."""
    for name in offered_after(LAYERS, "", given):
        kind = LAYERS[name]
        port = Port("l", input_for(kind, given))
        nodes = {
            "i": Node(
                "i",
                "Input",
                "x",
                {
                    "shape": tuple(
                        each if isinstance(each, int) else str(each) for each in given.shape
                    ),
                    "dtype": given.dtype,
                },
            ),
            "l": Node("l", name, "layer"),
        }
        network = Network("main", "Net", nodes, {port: Edge(Port("i", "output"), port)})
        codes = {each.code for each in infer(network).nodes["l"].problems if each.is_error}
        assert codes <= {"missing_input"}, name


@pytest.mark.parametrize("given", [IMAGES, ROWS, TOKENS])
def test_what_is_not_offered_says_why(given):
    fitting = offered_after(LAYERS, "", given)
    for name, kind in LAYERS.items():
        if kind.inputs(kind.defaults):
            assert bool(complaint_about(kind, given)) is (name not in fitting), name


def test_where_nothing_is_known_all_that_take_anything_are_offered():
    found = offered_after(LAYERS, "linear", None)
    assert found.keys() == {n for n, kind in LAYERS.items() if kind.inputs(kind.defaults)}


def test_before_an_input_what_gives_anything_is_offered():
    found = offered_before(LAYERS, "linear")
    assert next(iter(found)) == "Flatten"
    assert "Input" in found
    assert "Output" not in found


def test_the_input_that_takes_a_tensor_is_chosen():
    assert input_for(LAYERS["Where"], ROWS) == "input"
    assert input_for(LAYERS["Conv2d"], ROWS) == "input"
    assert input_for(LAYERS["Input"], ROWS) == ""


@pytest.mark.parametrize("table", [_AFTER, _BEFORE, {"": _OTHERWISE}])
def test_the_tables_name_families_and_layers_there_are(table):
    assert table.keys() <= {*FAMILIES, ""}
    for stem in " ".join(table.values()).split():
        assert stem in LAYERS or of_rank(stem, 2) in LAYERS, stem
