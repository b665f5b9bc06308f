"""Operations along one dimension that keep order: running totals, sorting, the largest few."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from graph_model.layers.kind import LayerKind, Method, Rule
from graph_model.layers.operation import operation
from graph_model.layers.reduction import multiplied
from graph_model.layers.use import Use, set_argument
from graph_model.tensors import TensorSpec
from graph_model.values import Parameter, boolean, integer


def running(use: Use) -> TensorSpec:
    """Add up or multiply as one goes along; torch counts whole numbers in int64."""
    x = use.input()
    use.dim("dim", x.rank)
    return x if x.has_fractions else replace(x, dtype="int64")


def running_logarithm(use: Use) -> TensorSpec:
    """Add up what logarithms stand for as one goes along."""
    use.need_floating()
    return running(use)


def with_positions(use: Use) -> tuple[TensorSpec, TensorSpec]:
    """Give values along a dimension together with where they stood."""
    x = use.input()
    use.dim("dim", x.rank)
    return x, replace(x, dtype="int64")


def positions(use: Use) -> TensorSpec:
    """Give the order along a dimension as indices."""
    return with_positions(use)[1]


def extreme(use: Use) -> tuple[TensorSpec, TensorSpec]:
    """Take one value along a dimension, and where it stood."""
    use.need_numbers()
    x = use.input()
    spec = replace(multiplied(use), dtype=x.dtype)
    return spec, replace(spec, dtype="int64")


def ranked(use: Use) -> tuple[TensorSpec, TensorSpec]:
    """Take the k-th value along a dimension, and where it stood."""
    _need_k(use)
    return extreme(use)


def topk(use: Use) -> tuple[TensorSpec, TensorSpec]:
    """Take the k largest values along a dimension, and where they stood."""
    use.need_numbers()
    x, k = use.input(), use.integer("k")
    _need_k(use)
    spec = x.with_dim(use.dim("dim", x.rank), k)
    return spec, replace(spec, dtype="int64")


def _need_k(use: Use) -> None:
    """Refuse more elements than there are."""
    x = use.input()
    size = x.shape[use.dim("dim", x.rank)]
    if not use.at_least(size, use.integer("k")):
        assert isinstance(size, int)
        use.refuse("k_too_large", set_argument("k", size), parameter="k",
                   got=use.integer("k"), size=size, shape=x)  # fmt: skip


_KEEPDIM: Final = boolean("keepdim", False, "Whether the dimension stays, with size 1.")
_DESCENDING: Final = boolean("descending", False, "Whether the largest comes first.")
_WITH_INDICES: Final = ("values", "indices")


def _kind(
    name: str,
    method: str,
    help: str,
    rule: Rule,
    *keywords: str,
    first: tuple[Parameter, ...] = (),
    further: tuple[Parameter, ...] = (),
    outputs: tuple[str, ...] = ("output",),
    card: tuple[str, ...] = (),
    stem: str = "",
) -> LayerKind:
    form = Method(method, positional=tuple(each.name for each in first), always=("dim",))
    dim = integer("dim", -1, "The dimension to go along.", minimum=None)
    return operation("reduction", name, help, form, rule, method, *keywords,
                     parameters=(*first, dim, *further), outputs=outputs,
                     card=(*card, "!dim {dim}"), stem=stem or method)  # fmt: skip


KINDS: Final = (
    _kind("CumSum", "cumsum", "Adds up along a dimension, one total for each element.", running,
          "running", "total", "cumulative"),
    _kind("CumProd", "cumprod", "Multiplies along a dimension, one product for each element.",
          running, "running", "product", "cumulative"),
    _kind("LogCumSumExp", "logcumsumexp", "Adds up along a dimension what logarithms stand for.",
          running_logarithm, "running", "cumulative"),
    _kind("CumMax", "cummax", "The largest element so far along a dimension, and where it stands.",
          with_positions, "running", "cumulative", outputs=_WITH_INDICES),
    _kind("CumMin", "cummin", "The smallest element so far along a dimension, and where it stands.",
          with_positions, "running", "cumulative", outputs=_WITH_INDICES),
    _kind("Sort", "sort", "Sorts along a dimension, and tells where each element stood.",
          with_positions, "order", "rank", further=(_DESCENDING,), outputs=_WITH_INDICES,
          card=("descending {descending}",)),
    _kind("ArgSort", "argsort", "Tells in which order elements would be sorted.", positions,
          "order", "rank", further=(_DESCENDING,), card=("descending {descending}",)),
    _kind("TopK", "topk", "Takes the k largest elements along a dimension, and where they stand.",
          topk, "largest", "beam", "k-max",
          first=(integer("k", 1, "How many."),),
          further=(boolean("largest", True, "Whether the largest are taken, else the smallest."),
                   boolean("sorted", True, "Whether they come in order.")),
          outputs=_WITH_INDICES, card=("!k {k}",)),
    _kind("KthValue", "kthvalue", "Takes the k-th smallest element along a dimension.", ranked,
          "quantile", "order", first=(integer("k", 1, "Which one, from 1 on."),),
          further=(_KEEPDIM,), outputs=_WITH_INDICES, card=("!k {k}",)),
    _kind("Median", "median", "Takes the middle element along a dimension, and where it stands.",
          extreme, "middle", "quantile", further=(_KEEPDIM,), outputs=_WITH_INDICES),
    _kind("MaxWithIndices", "max", "Takes the largest element along one dimension, and its index.",
          extreme, "maximum", "argmax", further=(_KEEPDIM,), outputs=_WITH_INDICES),
    _kind("MinWithIndices", "min", "Takes the smallest element along one dimension, and its index.",
          extreme, "minimum", "argmin", further=(_KEEPDIM,), outputs=_WITH_INDICES),
)  # fmt: skip
