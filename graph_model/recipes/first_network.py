"""A small network that takes data as they were read, for those who have data and no network yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, TypeAlias

from graph_model.inference.infer import infer
from graph_model.layers import LAYERS
from graph_model.naming import as_name
from graph_model.network import Network, Node, Port, add_nodes, connect, free_name, names, new_id
from graph_model.recipe import Recipe
from graph_model.recipes.binding import entering_arrays
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
    their size as well, series and tokens through a recurrent layer. Numbers, texts and pictures of
    one table each have an Input, as have several arrays of one file, and meet.
    """
    if network.nodes:
        return None
    features, target = facts.arrays[facts.features], facts.arrays[facts.target]
    entering = [facts.arrays[name] for name in entering_arrays(facts)]
    if len(entering) > 1:
        drawn = _with_several_inputs(network, entering, target)
    else:
        row = [*_layers(features, target)]
        drawn = _in_a_row(network, (_input(features), *row, ("Output", {}))) if row else None
    if drawn is None:
        return None
    problems = recipe_problems(recipe, infer(drawn), facts)
    return None if any(problem.is_error for problem in problems) else drawn


def _input(array: ArrayFacts) -> _Row:
    return "Input", {"shape": ("N", *array.shape), "dtype": array.dtype}


def _is_single(target: ArrayFacts) -> bool:
    """Tell whether there is one thing to say of a sample: a class, its shares, or numbers."""
    is_class = target.classes and not target.has_shares
    return len(target.shape) <= (0 if is_class else 1)


def _with_several_inputs(
    network: Network, entering: Sequence[ArrayFacts], target: ArrayFacts
) -> Network | None:
    """Return a network with an Input for each array, whose vectors are put side by side."""
    bodies = [[*_body(each)] for each in entering]
    if not all(bodies) or not _is_single(target):
        return None
    ends = []
    for array, body in zip(entering, bodies, strict=True):
        network = _in_a_row(network, (_input(array), *body), as_name(array.name, "features"))
        ends.append(list(network.nodes.values())[-1])
    size = target.classes or (target.shape or (1,))[0]
    last: tuple[_Row, ...] = (("Concatenate", {"inputs": len(ends)}),
                              ("Linear", {"out_features": _WIDTH}), ("ReLU", {}),
                              ("Linear", {"out_features": size}), ("Output", {}))  # fmt: skip
    before = len(network.nodes)
    network = _in_a_row(network, last)
    meeting = list(network.nodes.values())[before]
    for place, end in enumerate(ends, 1):
        network = connect(network, _port_of(end), Port(meeting.id, f"input{place}"))
    return network


def _layers(features: ArrayFacts, target: ArrayFacts) -> Iterator[_Row]:
    """Yield the layers between Input and Output; none where samples are of another form."""
    size = target.classes or (target.shape[0] if len(target.shape) == 1 else 1)
    last = "Linear", {"out_features": size}
    are_steps = target.classes and target.shape == features.shape[:1]
    if are_steps and (features.dtype == "int64" or len(features.shape) == 2):
        if features.dtype == "int64":
            yield "Embedding", _embedding(features)
        yield "GRU", {"hidden_size": _WIDTH}
        yield last
        yield "Transpose", {"dim0": 1, "dim1": 2}
    elif len(features.shape) == len(_PICTURE) and target.shape[-2:] == features.shape[1:]:
        for _ in range(_DEEP):
            yield from _convolution(_CHANNELS[1])
        yield "Conv2d", {"out_channels": target.classes or target.shape[0], "kernel_size": 1}
    elif _is_single(target) and (body := [*_body(features)]):
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


def _port_of(node: Node) -> Port:
    """Return the first output of a layer."""
    kind = LAYERS[node.kind]
    return Port(node.id, next(iter(kind.outputs(kind.complete(node.arguments)))))


def _convolution(channels: int) -> Iterator[_Row]:
    yield "Conv2d", {"out_channels": channels, "padding": 1, "bias": False}
    yield "BatchNorm2d", {}
    yield "ReLU", {}


def _in_a_row(network: Network, row: tuple[_Row, ...], first: str = "") -> Network:
    """Return the network with layers that feed one another; the ``first`` may have a name."""
    made: list[Node] = []
    for kind, arguments in row:
        is_named = first and not made and first not in names(network)
        stem = as_name(LAYERS[kind].code_stem, "layer")
        name = first if is_named else free_name(stem, names(network))
        changed = {
            key: value for key, value in arguments.items() if value != LAYERS[kind].defaults[key]
        }
        made.append(Node(new_id(network.nodes), kind, name, changed))
        network = add_nodes(network, made[-1:])
    for one, other in pairwise(made):
        network = connect(network, _port_of(one), Port(other.id, "input"))
    return network
