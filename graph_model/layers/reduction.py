"""Operations that make one value of many along some dimensions."""

from __future__ import annotations

from typing import Final

from graph_model.dims import Dim
from graph_model.layers.kind import LayerKind, Method
from graph_model.layers.use import Use, set_argument
from graph_model.tensors import TensorSpec
from graph_model.values import Parameter, Type, boolean, integer


def _without(use: Use, dims: set[int]) -> tuple[Dim, ...]:
    """Return the input's shape with these dimensions gone, or 1 where ``keepdim`` is set."""
    keep = use.flag("keepdim")
    return tuple(
        1 if index in dims else size
        for index, size in enumerate(use.input().shape)
        if keep or index not in dims
    )


def _over_several(use: Use) -> TensorSpec:
    """Reduce over the dimensions listed in ``dim``."""
    x = use.input()
    listed = use.integers("dim")
    if not listed:
        use.refuse("dims_missing", set_argument("dim", (-1,)), parameter="dim")
    dims = {use.as_dim(index, "dim", x.rank) for index in listed}
    if len(dims) < len(listed):
        use.refuse("dims_repeated", set_argument("dim", tuple(sorted(dims))), parameter="dim")
    return x.with_shape(*_without(use, dims))


def mean(use: Use) -> TensorSpec:
    """Take the mean."""
    use.need_floating()
    return _over_several(use)


def total(use: Use) -> TensorSpec:
    """Take the sum; torch counts whole numbers and truth values in int64."""
    spec = _over_several(use)
    return spec if spec.is_floating else TensorSpec(spec.shape, "int64")


def largest(use: Use) -> TensorSpec:
    """Take the largest element."""
    return _over_several(use)


def position(use: Use) -> TensorSpec:
    """Give the index of the largest element."""
    x = use.input()
    use.need_numbers()
    dim = use.dim("dim", x.rank)
    return TensorSpec(_without(use, {dim}), "int64")


_DIMS: Final = Parameter(
    "dim", Type.INTEGERS, (-1,), "The dimensions to reduce, such as 2, 3 for height and width."
)
_KEEPDIM: Final = boolean("keepdim", False, "Whether reduced dimensions stay, with size 1.")

KINDS: Final = (
    LayerKind(
        name="Mean",
        family="reduction",
        help="Takes the mean over some dimensions; over 2, 3 it is global average pooling.",
        form=Method("mean", always=("dim",)),
        rule=mean,
        parameters=(_DIMS, _KEEPDIM),
        card=("!dim {dim}", "keepdim {keepdim}"),
        keywords=("average", "pool"),
        documentation="torch.mean.html",
    ),
    LayerKind(
        name="Sum",
        family="reduction",
        help="Adds up over some dimensions.",
        form=Method("sum", always=("dim",)),
        rule=total,
        parameters=(_DIMS, _KEEPDIM),
        card=("!dim {dim}", "keepdim {keepdim}"),
        keywords=("total",),
        documentation="torch.sum.html",
    ),
    LayerKind(
        name="Max",
        family="reduction",
        help="Takes the largest element over some dimensions.",
        form=Method("amax", always=("dim",)),
        rule=largest,
        parameters=(_DIMS, _KEEPDIM),
        card=("!dim {dim}", "keepdim {keepdim}"),
        keywords=("amax", "maximum", "pool"),
        documentation="torch.amax.html",
    ),
    LayerKind(
        name="Min",
        family="reduction",
        help="Takes the smallest element over some dimensions.",
        form=Method("amin", always=("dim",)),
        rule=largest,
        parameters=(_DIMS, _KEEPDIM),
        card=("!dim {dim}", "keepdim {keepdim}"),
        keywords=("amin", "minimum"),
        documentation="torch.amin.html",
    ),
    LayerKind(
        name="ArgMax",
        family="reduction",
        help="Gives the index of the largest element along one dimension: the predicted class.",
        form=Method("argmax", always=("dim",)),
        rule=position,
        parameters=(
            integer("dim", -1, "The dimension to search.", minimum=None),
            _KEEPDIM,
        ),
        card=("!dim {dim}", "keepdim {keepdim}"),
        keywords=("class", "prediction"),
        documentation="torch.argmax.html",
    ),
)
