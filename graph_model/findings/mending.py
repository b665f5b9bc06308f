"""Fixes that follow from where a node stands: from the Input it reads, or what comes before it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain, permutations
from typing import Final

from graph_model.dims import Dim, Expression, Shape, is_symbol, symbols
from graph_model.findings.around import Around
from graph_model.findings.axes import channels_first, features_swapped
from graph_model.findings.channels import divisible_channels
from graph_model.findings.kernels import smaller_windows, works
from graph_model.findings.paddings import padding_of_feeder
from graph_model.findings.sequences import as_sequence, samples_apart
from graph_model.layers import LAYERS
from graph_model.network import Network, Node, NodeId, Port
from graph_model.problems import (
    Bypass,
    Change,
    Connect,
    Fix,
    InsertBefore,
    Problem,
    ReplaceKind,
    SetArguments,
)
from graph_model.tensors import TensorSpec
from graph_model.validate import Structure, reached
from graph_model.values import Arguments, Value

_USUAL_PIXELS: Final = 224
_USUAL_FEATURES: Final = 16
_NORMS: Final = ("LayerNorm", "RMSNorm")
_RECURRENT: Final = ("RNN", "LSTM", "GRU")


def mended(around: Around, problem: Problem, inputs: Mapping[str, TensorSpec]) -> Problem:
    """Return a problem at a node with the fixes that its place offers, behind its own."""
    if problem.code == "missing_input":
        return replace(problem, fixes=(*problem.fixes, *_connections(around, problem)))
    node, more = around.network.nodes[problem.node], _BY_CODE.get(problem.code)
    if problem.code == "kernel_too_large":
        windows = smaller_windows(around.network, node, problem, inputs)
        return replace(problem, fixes=tuple(windows))
    if more is None:
        return problem
    offered = dict.fromkeys(f.message for f in problem.fixes)
    fixes = [fix for fix in more(around, node, problem, inputs) if fix.message not in offered]
    return replace(problem, fixes=(*problem.fixes, *fixes))


def _wrong_dtype(
    around: Around, node: Node, problem: Problem, inputs: Mapping[str, TensorSpec]
) -> Iterator[Fix]:
    """Offer to declare the Input that feeds the port as what is wanted, or a table for indices."""
    source = around.feeding_input(node.id, problem.port)
    change = problem.fixes[0].change if problem.fixes else None
    if source and isinstance(change, InsertBefore):
        wanted = change.arguments["dtype"]
        values = {"node": source.name, "parameter": "dtype", "value": str(wanted)}
        yield Fix("set_layer_size", SetArguments({"dtype": wanted}), values, source.id)
        if _are_indices(inputs[problem.port], str(wanted)):
            embedding = InsertBefore(problem.port, "Embedding")
            yield Fix("insert_layer", embedding, {"kind": "Embedding"}, node.id)


def _are_indices(spec: TensorSpec, wanted: str) -> bool:
    """Tell whether whole numbers may be indices, N×T, where real numbers are wanted."""
    return spec.dtype in ("int64", "int32") and spec.rank == 2 and wanted.startswith("float")


def _wrong_rank(
    around: Around, node: Node, problem: Problem, inputs: Mapping[str, TensorSpec]
) -> Iterator[Fix]:
    """Offer the same layer for so many dimensions, a batch, or a channel.

    Three dimensions without a batch, or with a square at the end, are pictures rather than series.
    """
    spec = inputs[problem.port]
    others = [*_of_other_rank(node, spec)]
    missing = [*_one_missing(around, node, problem, spec)]
    yield from as_sequence(node, problem.port, inputs)
    is_picture = spec.rank == 3 and (
        isinstance(spec.shape[0], int) or spec.shape[-1] == spec.shape[-2]
    )
    yield from (*missing, *others) if is_picture else (*others, *missing)


def _of_other_rank(node: Node, spec: TensorSpec) -> Iterator[Fix]:
    """Offer the same layer for as many dimensions; of vectors, what takes those as well."""
    stem = node.kind[:-2]
    others = [f"{stem}{spec.rank - 2}d"] if spec.rank > 2 else [f"{stem}1d", stem]
    if node.kind[-2:] not in ("1d", "2d", "3d"):
        return
    for other in others:
        is_known = other in LAYERS and other != node.kind
        if is_known and (spec.rank > 2 or works(other, LAYERS[other].defaults, {"input": spec})):
            yield Fix("replace_kind", ReplaceKind(other), {"kind": other}, node.id)
            return


def _one_missing(around: Around, node: Node, problem: Problem, spec: TensorSpec) -> Iterator[Fix]:
    """Offer a batch for an Input of plain numbers, else a channel."""
    if spec.rank != int(problem.values["expected"]) - 1 or spec.rank < 1:
        return
    source = around.feeding_input(node.id, problem.port)
    if isinstance(spec.shape[0], int):
        if source:
            yield _reshaped_input(source, ("N", *_declared(source)))
    else:
        change = InsertBefore(problem.port, "Unsqueeze", {"dim": 1})
        yield Fix("insert_layer", change, {"kind": "Unsqueeze"}, node.id)


def _unknown_size(
    around: Around, node: Node, problem: Problem, inputs: Mapping[str, TensorSpec]
) -> Iterator[Fix]:
    """Offer to swap dimensions, what goes before the Flatten that merged them, or numbers."""
    shape = inputs[problem.port].shape
    if node.kind.endswith("1d") and len(shape) == 3 and isinstance(shape[2], int):
        yield from features_swapped(node.id, node.kind, problem.port, len(shape))
        return
    if node.kind[-2:] in ("2d", "3d") and (change := channels_first(shape)):
        yield Fix("insert_layer", change, {"kind": change.kind}, node.id)
        return
    feeder = around.feeder(node.id, problem.port)
    if feeder and feeder.kind == "Flatten":
        yield from _before_flatten(around, feeder)
    yield from samples_apart(around.network, Port(node.id, problem.port), shape)
    if node.kind in _NORMS and (fewer := [*_fewer_dims(node, shape)]):
        yield from fewer
        return
    names = frozenset[str]().union(*(symbols(dim) for dim in shape[1:]))
    for source in around.inputs():
        declared = _declared(source)
        if names & {entry for entry in declared[1:] if isinstance(entry, str)}:
            usual = _USUAL_PIXELS if len(declared) > 3 else _USUAL_FEATURES
            yield _reshaped_input(
                source, tuple(usual if entry in names else entry for entry in declared)
            )


def _before_flatten(around: Around, flatten: Node) -> Iterator[Fix]:
    """Offer what keeps a Flatten from merging a size that is not known with others."""
    into = Port(flatten.id, "input")
    before, edge = around.feeder(*into), around.network.edges[into]
    if flatten.arguments.get("start_dim") == 0:
        values = {"node": flatten.name, "parameter": "start_dim", "value": "1"}
        yield Fix("set_layer_size", SetArguments({"start_dim": 1}), values, flatten.id)
    elif before and before.kind in _RECURRENT and edge.source.name == "output":
        steps = 1 if before.arguments.get("batch_first", True) else 0
        change = InsertBefore("input", "Select", {"dim": steps, "index": -1})
        yield Fix("last_step", change, {"name": flatten.name}, flatten.id)
    elif before and before.kind in _RECURRENT:  # a state, L×N×C
        yield _inserted(flatten, InsertBefore("input", "Transpose", {"dim0": 0, "dim1": 1}))
    elif _is_image_like(around, flatten.id):
        yield _inserted(flatten, InsertBefore("input", "AdaptiveAvgPool2d", {"output_size": 1}))


def _is_image_like(around: Around, flatten: NodeId) -> bool:
    """Tell whether some Input upstream is an image."""
    images = [node.id for node in around.every_input() if len(_declared(node)) == 4]
    return flatten in around.structure.fed_by(frozenset(images))


def _sizes_differ(
    around: Around, node: Node, problem: Problem, inputs: Mapping[str, TensorSpec]
) -> Iterator[Fix]:
    """Offer what makes the tensor at the port of the size of the first one."""
    port = problem.port
    first, other = next(iter(inputs.values())), inputs.get(port)
    if other is None:
        return
    if first.rank != other.rank:
        if problem.code == "wrong_shape" and (change := _one_more(first.shape, other.shape, port)):
            yield Fix("insert_layer", change, {"kind": change.kind}, node.id)
        return
    differing = [i for i in range(first.rank) if first.shape[i] != other.shape[i]]
    if change := _swapped(first.shape, other.shape, port):
        yield Fix("insert_layer", change, {"kind": "Transpose"}, node.id)
    yield from _numbers_for_symbols(around, first.shape, other.shape)
    for wanted, got, end in (first, other, port), (other, first, next(iter(inputs))):
        yield from padding_of_feeder(around, Port(node.id, end), wanted.shape, got.shape)
    if node.kind == "Concatenate":
        dim = node.arguments.get("dim", 1)
        assert isinstance(dim, int)
        yield from _padded(first.shape, other.shape, node, port, dim % first.rank)
        return
    for wanted, got, end in (first, other, port), (other, first, next(iter(inputs))):
        if change := _projected(wanted.shape, got.shape, differing, end):
            yield Fix("insert_layer", change, {"kind": change.kind}, node.id)
            return


def _one_more(wanted: Shape, got: Shape, port: str) -> InsertBefore | None:
    """Return the layer that adds or takes away a last dimension of one element."""
    if wanted == (*got, 1):
        return InsertBefore(port, "Unsqueeze", {"dim": -1})
    return InsertBefore(port, "Squeeze", {"dim": -1}) if got == (*wanted, 1) else None


def _swapped(wanted: Shape, got: Shape, port: str) -> InsertBefore | None:
    """Return the Transpose of the only two dimensions that are the other way round."""
    differing = [i for i in range(len(got)) if wanted[i] != got[i]]
    for first, second in permutations(differing, 2) if len(differing) == 2 else ():
        if (wanted[first], wanted[second]) == (got[second], got[first]):
            return InsertBefore(port, "Transpose", {"dim0": first, "dim1": second})
    return None


def _numbers_for_symbols(around: Around, first: Shape, other: Shape) -> Iterator[Fix]:
    """Offer the number that a declared size would have to be."""
    for a, b in zip(first, other, strict=True):
        name, size = (str(a), b) if isinstance(a, Expression) else (str(b), a)
        if isinstance(size, int) and is_symbol(name):
            for source in around.inputs():
                declared = _declared(source)
                if name in declared[1:]:  # any number of samples has to do
                    sizes = tuple(size if entry == name else entry for entry in declared)
                    yield _reshaped_input(source, sizes)
            return


def _padded(wanted: Shape, got: Shape, node: Node, port: str, dim: int) -> Iterator[Fix]:
    """Offer to pad or crop a tensor whose sizes differ a little from those of the first."""
    pad: list[int] = []
    for index in reversed(range(len(got))):
        a, b = (0, 0) if index == dim else (wanted[index], got[index])
        if not isinstance(a, int) or not isinstance(b, int):
            if a != b:
                return
            a = b = 0
        pad += [0, a - b]
    while pad and not pad[-1]:
        del pad[-2:]
    if len(pad) <= 2 * (len(got) - 2):
        fix: Arguments = {"pad": tuple(pad)}
        yield Fix("insert_layer", InsertBefore(port, "Pad", fix), {"kind": "Pad"}, node.id)


def _projected(wanted: Shape, got: Shape, differing: list[int], port: str) -> InsertBefore | None:
    """Return the layer that gives a skip connection the features that it has to have."""
    if len(wanted) == 4 and 0 not in differing:
        channels, *pixels = wanted[1:]
        ratios = [_ratio(b, a) for a, b in zip(pixels, got[2:], strict=True)]
        if isinstance(channels, int) and ratios[0] is not None and len(set(ratios)) == 1:
            arguments: dict[str, Value] = {"out_channels": channels, "kernel_size": 1}
            if ratios[0] > 1:
                arguments["stride"] = ratios[0]
            return InsertBefore(port, "Conv2d", arguments)
    elif differing == [len(wanted) - 1] and isinstance(wanted[-1], int):
        return InsertBefore(port, "Linear", {"out_features": wanted[-1]})
    return None


def _ratio(large: Dim, small: Dim) -> int | None:
    """Return the stride that makes ``small`` of ``large``."""
    if large == small:
        return 1
    if isinstance(large, int) and isinstance(small, int) and 1 <= small <= large:
        stride = large // small
        return stride if (large - 1) // stride + 1 == small else None
    return None


def _not_a_matrix(
    around: Around, node: Node, problem: Problem, inputs: Mapping[str, TensorSpec]
) -> Iterator[Fix]:
    """Offer to transpose the second factor, or the first."""
    left, right = inputs["input1"], inputs["input2"]
    if min(left.rank, right.rank) < 2:
        return  # a row of numbers cannot be turned
    dims: Arguments = {"dim0": -2, "dim1": -1}
    for port, fits in (
        ("input2", left.shape[-1] == right.shape[-1]),
        ("input1", left.shape[-2] == right.shape[-2]),
    ):
        if fits:
            change = InsertBefore(port, "Transpose", dims)
            yield Fix("insert_layer", change, {"kind": "Transpose"}, node.id)
            return


def _connections(around: Around, problem: Problem) -> Iterator[Fix]:
    """Offer what nothing reads yet, the latest before this node first."""
    network, structure = around
    yield from _as_many_inputs(network, network.nodes[problem.node])
    at, loose, places = problem.node, structure.loose_ends, structure.places
    behind = bisect_left(loose, places[at], key=places.__getitem__)
    nearest = chain(reversed(range(behind)), range(behind, len(loose)))
    for id in map(loose.__getitem__, nearest):  # the first fits nearly always: nothing is copied
        kind = LAYERS.get(network.nodes[id].kind)
        outputs = kind.outputs(kind.complete(network.nodes[id].arguments)) if kind else ()
        if outputs and not _is_fed_by(at, id, structure):
            change = Connect(id, outputs[0], problem.port)
            yield Fix("connect", change, {"name": network.nodes[id].name}, at)
            return


def _is_fed_by(at: NodeId, id: NodeId, structure: Structure) -> bool:
    """Tell whether one node feeds another: what has no higher rank, none needs to look for."""
    ranks = structure.ranks
    if at in ranks and id in ranks and ranks[id] <= ranks[at]:
        return id == at
    return id in reached(structure, at, forwards=True)


def _as_many_inputs(network: Network, node: Node) -> Iterator[Fix]:
    """Offer that a layer has as many inputs as are given, where those are the first."""
    kind = LAYERS.get(node.kind)
    if kind is None or "inputs" not in kind.by_name:
        return
    ports = kind.inputs(kind.complete(node.arguments))
    given = [port for port in ports if Port(node.id, port) in network.edges]
    if 2 <= len(given) < len(ports) and given == [*ports[: len(given)]]:
        values = {"parameter": "inputs", "value": str(len(given))}
        yield Fix("set_argument", SetArguments({"inputs": len(given)}), values, node.id)


def _single_value(
    around: Around, node: Node, _: Problem, inputs: Mapping[str, TensorSpec]
) -> Iterator[Fix]:
    """Offer a batch of any size, or to do without."""
    if node.kind.startswith("BatchNorm"):
        for source in around.inputs():
            declared = _declared(source)
            if declared[:1] == (1,):
                yield _reshaped_input(source, ("N", *declared[1:]))
    yield Fix("bypass", Bypass(), {"name": node.name}, node.id)


def _too_few_dimensions(
    around: Around, node: Node, problem: Problem, inputs: Mapping[str, TensorSpec]
) -> Iterator[Fix]:
    """Offer one more dimension, where one is missing; of a norm of several, the last alone."""
    spec = inputs[problem.port]
    if node.kind in _NORMS:
        yield from _fewer_dims(node, spec.shape)
        return
    if spec.rank == int(problem.values["expected"]) - 1:
        change = InsertBefore(problem.port, "Unsqueeze", {"dim": -1})
        yield Fix("insert_layer", change, {"kind": "Unsqueeze"}, node.id)


def _fewer_dims(node: Node, shape: Shape) -> Iterator[Fix]:
    """Offer to normalise the last dimension alone, where that has a known size."""
    several = isinstance(dims := node.arguments.get("dims", 1), int) and dims > 1
    if several and "dims" not in node.formulas and isinstance(shape[-1], int):
        values = {"parameter": "dims", "value": "1"}
        yield Fix("set_argument", SetArguments({"dims": 1}), values, node.id)


_BY_CODE: Final = {
    **dict.fromkeys(
        (
            "needs_indices",
            "needs_float32",
            "needs_real_numbers",
            "needs_numbers",
            "needs_truth_values",
            "needs_whole_numbers",
        ),
        _wrong_dtype,
    ),
    "wrong_rank": _wrong_rank,
    "size_must_be_number": _unknown_size,
    **dict.fromkeys(("cannot_broadcast", "cannot_concatenate", "wrong_shape"), _sizes_differ),
    "cannot_multiply": _not_a_matrix,
    "single_value_per_channel": _single_value,
    "single_value_per_group": _single_value,
    "dim_not_divisible": divisible_channels,
    "rank_too_small": _too_few_dimensions,
}


def _inserted(behind: Node, change: InsertBefore) -> Fix:
    """Return the fix that inserts a layer before another node than the one at fault."""
    values = {"kind": change.kind, "name": behind.name}
    return Fix("insert_before", change, values, behind.id)


def _declared(source: Node) -> tuple[int | str, ...]:
    """Return the sizes and names that an Input declares."""
    shape = LAYERS["Input"].complete(source.arguments)["shape"]
    assert isinstance(shape, tuple)
    return tuple(entry for entry in shape if isinstance(entry, int | str))


def _reshaped_input(source: Node, shape: tuple[int | str, ...]) -> Fix:
    change: Change = SetArguments({"shape": shape})
    values = {"node": source.name, "parameter": "shape", "value": "×".join(map(str, shape))}
    return Fix("set_layer_size", change, values, source.id)
