"""Fixes with which an output takes the shape that its target has."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from graph_model.advice.axes import BY_FEATURE, SPATIAL
from graph_model.blocks import find_kind
from graph_model.editing.edits import apply_fix
from graph_model.inference.infer import Inference, infer
from graph_model.layers import LAYERS
from graph_model.layers.samples import batch_of
from graph_model.network import Node, NodeId
from graph_model.problems import (
    Fix,
    InsertBefore,
    OfRecipe,
    Problem,
    SetArguments,
    SetInAll,
    TakeThrough,
)
from graph_model.tensors import TensorSpec
from graph_model.values import Arguments

_BY_STEP: Final = frozenset(
    kind.name for kind in LAYERS.values() if kind.family in ("activation", "dropout")
) | {"Linear", "LayerNorm", "RMSNorm", "Identity"}
"""Kinds that do the same at each step of a sequence."""

_RANK_OF_SERIES: Final = 3

_OF_DATA: Final = frozenset({"input_shape", "input_dtype", "input_sizes", "output_shape"})
"""The problems whose fixes give a network the shape that its data have."""


def bends_to_data(problem: Problem) -> bool:
    """Tell whether the fixes of a problem make the network fit the data as they were read."""
    return problem.code in _OF_DATA and any(map(bends_network, problem.fixes))


def bends_network(fix: Fix) -> bool:
    """Tell whether a fix changes the network, and not how the data are read or what is chosen."""
    return not isinstance(fix.change, OfRecipe)


def fits(spec: TensorSpec, shape: tuple[int, ...]) -> bool:
    """Tell whether an output has this shape behind the batch; symbols fit anything."""
    return spec.rank == 1 + len(shape) and all(
        not isinstance(mine, int) or mine == size
        for mine, size in zip(spec.shape[1:], shape, strict=True)
    )


def input_fixes(
    node: Node, shape: tuple[int, ...], dtype: str, inference: Inference
) -> Iterator[Fix]:
    """Yield what lets an Input take samples of a shape, read by what follows in another one.

    Each is tried first: a network that has no errors has none with it either.
    """
    mine = inference.nodes[node.id].outputs["output"].shape[1:]
    taken: Arguments = {"shape": ("N", *shape), "dtype": dtype}
    layers: list[tuple[str, Arguments]] = []
    if len(mine) == 1 and len(shape) > 1:
        layers.append(("Flatten", {}))
    sizes = tuple(each for each in mine if isinstance(each, int))
    if len(shape) == 1 and len(sizes) == len(mine) > 1 and math.prod(sizes) == shape[0]:
        layers.append(("Unflatten", {"dim": 1, "unflattened_size": sizes}))
    for kind, arguments in layers:
        told = "×".join(map(str, ("N", *shape)))
        values = {"node": node.name, "shape": told, "dtype": dtype, "kind": kind}
        fix = Fix("take_through", TakeThrough(taken, kind, arguments), values, node.id)
        if not infer(apply_fix(inference.network, fix), inference).has_errors:
            yield fix


def output_fixes(output: NodeId, shape: tuple[int, ...], inference: Inference) -> Iterator[Fix]:
    """Yield what brings an output to this shape, or to as many dimensions; each is tried first."""
    for fix in _of_size(output, shape, inference):
        if fits(_fixed(fix, output, inference), shape):
            yield fix
            return
    for fix in _of_flat_samples(output, inference):
        if fits(_fixed(fix, output, inference), shape):
            yield fix
            return
    for fix in _of_another_order(output, shape, inference):
        if fits(_fixed(fix, output, inference), shape):
            yield fix
            return
    for fix in _of_fewer_dimensions(output, shape, inference):
        if _fixed(fix, output, inference).rank == 1 + len(shape):
            yield fix
    for fix in _of_one_channel(output, shape, inference):
        if fits(_fixed(fix, output, inference), shape):
            yield fix
    for fix in _of_larger_images(output, inference):
        if fits(_fixed(fix, output, inference), shape):
            yield fix
            return


def _fixed(fix: Fix, output: NodeId, inference: Inference) -> TensorSpec:
    """Return what comes to the output with a fix; of no dimension where nothing does."""
    fixed = infer(apply_fix(inference.network, fix), inference)
    return fixed.nodes[output].inputs.get("input", TensorSpec(()))


def _before(id: NodeId, inference: Inference) -> Iterator[Node]:
    """Yield the nodes of one input that lead to a node, from the last one on."""
    feeders = inference.structure.feeders.get(id, ())
    while len(feeders) == 1:
        node = inference.network.nodes[feeders[0].source.node]
        yield node
        feeders = inference.structure.feeders.get(node.id, ())


def _of_size(output: NodeId, shape: tuple[int, ...], inference: Inference) -> Iterator[Fix]:
    """Offer the size of the last layer that has one."""
    for node in _before(output, inference):
        kind = find_kind(node.kind, inference.networks)
        for name in ("out_features", "out_channels"):
            if kind is not None and name in kind.by_name and shape:
                values = {"node": node.name, "parameter": name, "value": str(shape[0])}
                yield Fix("set_layer_size", SetArguments({name: shape[0]}), values, node.id)
                return


def _of_another_order(
    output: NodeId, shape: tuple[int, ...], inference: Inference
) -> Iterator[Fix]:
    """Offer to put the classes of each step where a loss wants them, N×C×T, from N×T×C."""
    spec = inference.nodes[output].inputs["input"]
    if spec.rank == len(shape) + 1 == 3 and (spec.shape[2], spec.shape[1]) != spec.shape[1:]:
        change = InsertBefore("input", "Transpose", {"dim0": 1, "dim1": 2})
        yield Fix("insert_layer", change, {"kind": "Transpose"}, output)


def _of_flat_samples(output: NodeId, inference: Inference) -> Iterator[Fix]:
    """Offer to flatten pictures before the first Linear, which reads their last dimension alone."""
    before = [*_before(output, inference)]
    place = len(before) - 1
    while place > 0 and before[place - 1].kind in _BY_STEP - {"Linear"}:
        place -= 1
    if place < 1 or before[-1].kind != "Input" or before[place - 1].kind != "Linear":
        return
    if inference.nodes[before[-1].id].outputs["output"].rank > _RANK_OF_SERIES:
        change = InsertBefore("input", "Flatten")
        values = {"kind": "Flatten", "name": before[place - 1].name}
        yield Fix("insert_before", change, values, before[place - 1].id)


def _of_fewer_dimensions(
    output: NodeId, shape: tuple[int, ...], inference: Inference
) -> Iterator[Fix]:
    """Offer one of the steps of a sequence, or their mean, or that over all pixels."""
    rank = inference.nodes[output].inputs["input"].rank
    before = [*_before(output, inference)]
    place = next(place for place, node in enumerate(before) if node.kind not in _BY_STEP)
    maker = before[place]
    at = before[place - 1].id if place else output
    if maker.kind in BY_FEATURE or (maker.kind == "Input" and rank == 3):
        yield from _of_the_steps(at, maker, inference)
    elif maker.kind in SPATIAL and rank > len(shape) + 1 == 2:
        change = InsertBefore("input", "Mean", {"dim": tuple(range(2, rank))})
        yield Fix("insert_mean", change, node=output)
    is_flat = maker.kind in ("Input", "Embedding") and rank > len(shape) + 1 == 2 and place
    if is_flat:
        values = {"kind": "Flatten", "name": inference.network.nodes[at].name}
        feeder = inference.structure.feeders[at][0].target.name
        yield Fix("insert_before", InsertBefore(feeder, "Flatten"), values, at)


def _of_one_channel(output: NodeId, shape: tuple[int, ...], inference: Inference) -> Iterator[Fix]:
    """Offer to drop a dimension of size 1 behind the batch, or to add one, as masks differ by."""
    spec = inference.nodes[output].inputs["input"]
    kind, arguments = "", {"dim": 1}
    if spec.rank == len(shape) + 2 and spec.shape[1] == 1:
        kind = "Squeeze"
    elif spec.rank == len(shape) and shape[0] == 1:
        kind = "Unsqueeze"
    if kind:
        change = InsertBefore("input", kind, arguments)
        yield Fix("insert_layer", change, {"kind": kind}, output)


def _of_the_steps(at: NodeId, maker: Node, inference: Inference) -> Iterator[Fix]:
    """Offer the last step before a node, and the mean; the mean alone where none is the last."""
    edge = inference.structure.feeders[at][0]
    shape = inference.nodes[maker.id].outputs[edge.source.name].shape
    steps = 0 if batch_of(shape) == 1 else 1
    values = {"name": inference.network.nodes[at].name}
    mean = InsertBefore(edge.target.name, "Mean", {"dim": (steps,)})
    last = InsertBefore(edge.target.name, "Select", {"dim": steps, "index": -1})
    if LAYERS[maker.kind].family == "recurrent" or maker.kind == "Input":
        yield Fix("last_step", last, values, at)
    yield Fix("mean_over_steps", mean, values, at)


def _of_larger_images(output: NodeId, inference: Inference) -> Iterator[Fix]:
    """Offer the output_padding that a strided convolution lacks: in one of them, or in each."""
    strided = [node for node in _before(output, inference) if _is_ambiguous(node, inference)]
    change: Arguments = {"output_padding": 1}
    for node in strided:
        values = {"node": node.name, "parameter": "output_padding", "value": "1"}
        yield Fix("set_layer_size", SetArguments(change), values, node.id)
    if len(strided) > 1:
        ids = tuple(node.id for node in reversed(strided))
        names = ", ".join(node.name for node in reversed(strided))
        values = {"parameter": "output_padding", "value": "1", "nodes": names}
        yield Fix("set_in_all", SetInAll(ids, change), values, ids[0])


def _is_ambiguous(node: Node, inference: Inference) -> bool:
    """Tell whether a layer may have undone any of several convolutions, for it skips sizes."""
    if not node.kind.startswith("ConvTranspose") or node.formulas:
        return False
    arguments = inference.nodes[node.id].arguments
    return arguments["stride"] != 1 and arguments["output_padding"] == 0
