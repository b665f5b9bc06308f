"""A small network that takes data as they were read, for those who have data and no network yet."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final, TypeAlias

from graph_model.inference.infer import infer
from graph_model.layers import LAYERS
from graph_model.naming import as_name
from graph_model.network import Network, Node, Port, add_nodes, connect, free_name, names, new_id
from graph_model.recipe import Recipe
from graph_model.recipes.check import recipe_problems
from graph_model.recipes.facts import ArrayFacts, DataFacts
from graph_model.values import Arguments

_Row: TypeAlias = tuple[str, Arguments]
_WIDTH: Final = 64
_LEAST_PIXELS: Final = 8
"""From so many pixels on, a picture is halved once more."""
_CHANNELS: Final = (16, 32, 64, 128)
_PICTURE: Final = ("channels", "height", "width")
_DEEP: Final = 3
"""How many convolutions lead to a mask or a picture of the same size."""


def first_network(network: Network, recipe: Recipe, facts: DataFacts) -> Network | None:
    """Return a network without nodes with some that suit the data, ``None`` where none are known.

    Columns go through two hidden layers, pictures through convolutions, to masks and pictures of
    their size as well, series and tokens through a recurrent layer.
    """
    if network.nodes:
        return None
    features, target = facts.arrays[facts.features], facts.arrays[facts.target]
    row = [*_layers(features, target)]
    if not row:
        return None
    first: _Row = ("Input", {"shape": ("N", *features.shape), "dtype": features.dtype})
    drawn = _in_a_row(network, (first, *row, ("Output", {})))
    problems = recipe_problems(recipe, infer(drawn), facts)
    return None if any(problem.is_error for problem in problems) else drawn


def _layers(features: ArrayFacts, target: ArrayFacts) -> Iterator[_Row]:
    """Yield the layers between Input and Output; none where samples are of another form."""
    size = target.classes or (target.shape[0] if len(target.shape) == 1 else 1)
    last = "Linear", {"out_features": size}
    if target.classes and target.shape == features.shape and features.dtype == "int64":
        yield "Embedding", _embedding(features)
        yield "GRU", {"hidden_size": _WIDTH}
        yield last
        yield "Transpose", {"dim0": 1, "dim1": 2}
    elif len(features.shape) == len(_PICTURE) and target.shape[-2:] == features.shape[1:]:
        for _ in range(_DEEP):
            yield from _convolution(_CHANNELS[1])
        yield "Conv2d", {"out_channels": target.classes or target.shape[0], "kernel_size": 1}
    elif len(target.shape) <= (0 if target.classes else 1) and (body := [*_body(features)]):
        yield from (*body, last)


def _body(features: ArrayFacts) -> Iterator[_Row]:
    """Yield what makes a vector of each sample."""
    match features.dtype, features.shape:
        case "float32", (_,):
            for _ in range(2):
                yield "Linear", {"out_features": _WIDTH}
                yield "ReLU", {}
        case "float32", (_, height, width):
            yield from _convolutions(min(height, width))
        case "float32", (_, _):
            yield "GRU", {"hidden_size": _WIDTH}
            yield "Select", {}
        case "int64", (_,):
            yield "Embedding", _embedding(features)
            yield "GRU", {"hidden_size": _WIDTH}
            yield "Mean", {"dim": (1,)}  # short texts are filled up: their last step tells little


def _embedding(features: ArrayFacts) -> Arguments:
    known = features.classes or 1 + (features.highest or 0)
    return {"num_embeddings": known, "embedding_dim": _WIDTH}


def _convolutions(side: int) -> Iterator[_Row]:
    for channels in _CHANNELS:
        yield from _convolution(channels)
        if side < _LEAST_PIXELS:
            break
        yield "MaxPool2d", {}
        side //= 2
    yield "AdaptiveAvgPool2d", {}
    yield "Flatten", {}


def _convolution(channels: int) -> Iterator[_Row]:
    yield "Conv2d", {"out_channels": channels, "padding": 1, "bias": False}
    yield "BatchNorm2d", {}
    yield "ReLU", {}


def _in_a_row(network: Network, row: tuple[_Row, ...]) -> Network:
    """Return the network with layers that feed one another in this order."""
    made: list[Node] = []
    for kind, arguments in row:
        name = free_name(as_name(LAYERS[kind].code_stem, "layer"), names(network))
        changed = {
            key: value for key, value in arguments.items() if value != LAYERS[kind].defaults[key]
        }
        made.append(Node(new_id(network.nodes), kind, name, changed))
        network = add_nodes(network, made[-1:])
    for one, other in pairwise(made):
        port = next(iter(LAYERS[one.kind].outputs(LAYERS[one.kind].complete(one.arguments))))
        network = connect(network, Port(one.id, port), Port(other.id, "input"))
    return network
