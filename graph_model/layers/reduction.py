"""Operations that make one value of many along some dimensions."""

from __future__ import annotations

from typing import Final

from graph_model.dims import Dim, product
from graph_model.layers.kind import LayerKind, Method, Rule
from graph_model.layers.operation import operation
from graph_model.layers.use import Use, set_argument
from graph_model.tensors import TensorSpec
from graph_model.values import Parameter, Type, boolean, integer, number


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
    return use.input().with_shape(*_without(use, _listed(use)))


def _listed(use: Use) -> set[int]:
    """Return the dimensions listed in ``dim``, refused where one is missing or stands twice."""
    listed, rank = use.integers("dim"), use.input().rank
    if not listed:
        use.refuse("dims_missing", set_argument("dim", (-1,)), parameter="dim")
    dims = {use.as_dim(index, "dim", rank) for index in listed}
    if len(dims) < len(listed):
        use.refuse("dims_repeated", set_argument("dim", tuple(sorted(dims))), parameter="dim")
    return dims


def mean(use: Use) -> TensorSpec:
    """Take the mean."""
    if not use.input().is_complex:
        use.need_floating()
    return _over_several(use)


def total(use: Use) -> TensorSpec:
    """Take the sum; torch counts whole numbers and truth values in int64."""
    spec = _over_several(use)
    return spec if spec.has_fractions else TensorSpec(spec.shape, "int64")


def largest(use: Use) -> TensorSpec:
    """Take the largest element."""
    return _over_several(use)


def position(use: Use) -> TensorSpec:
    """Give the index of the largest element."""
    x = use.input()
    use.need_numbers()
    dim = use.dim("dim", x.rank)
    return TensorSpec(_without(use, {dim}), "int64")


def logarithm(use: Use) -> TensorSpec:
    """Take the logarithm of a sum, float32 of whole numbers."""
    spec = _over_several(use)
    return spec if spec.has_fractions else TensorSpec(spec.shape, "float32")


def spread(use: Use) -> TensorSpec:
    """Take the variance, whose divisor is the number of elements less the correction."""
    spec = mean(use)
    _need_more_than(use, use.integer("correction"))
    return spec


def _need_more_than(use: Use, correction: int) -> None:
    """Refuse to take the variance of so few elements that nothing is left to divide by."""
    x = use.input()
    count = product(tuple(x.shape[index] for index in use.integers("dim")))
    if not use.at_least(count, correction + 1):
        fix = set_argument("correction", 0)
        use.refuse(
            "too_few_for_variance",
            fix,
            parameter="correction",
            count=count,
            shape=x,
            correction=correction,
        )


def length(use: Use) -> TensorSpec:
    """Take the length of vectors, which is a real number."""
    return mean(use).real_numbers


def judged(use: Use) -> TensorSpec:
    """Tell something of all truth values along some dimensions."""
    use.need_truth_values("input")
    return _over_several(use)


def counted(use: Use) -> TensorSpec:
    """Count elements along some dimensions."""
    x, dims = use.input(), _listed(use)
    shape = tuple(size for index, size in enumerate(x.shape) if index not in dims)
    return TensorSpec(shape, "int64")


def multiplied(use: Use) -> TensorSpec:
    """Multiply along one dimension; torch computes whole numbers in int64."""
    x = use.input()
    shape = _without(use, {use.dim("dim", x.rank)})
    return TensorSpec(shape, x.dtype if x.has_fractions else "int64")


_DIMS: Final = Parameter(
    "dim", Type.INTEGERS, (-1,), "The dimensions to reduce, such as 2, 3 for height and width."
)
_KEEPDIM: Final = boolean("keepdim", False, "Whether reduced dimensions stay, with size 1.")
_CORRECTION: Final = integer(
    "correction", 1, "1 divides by one less than the elements, 0 by all of them.", minimum=0
)


def _dim(help: str) -> Parameter:
    return integer("dim", -1, help, minimum=None)


def _several(
    name: str,
    help: str,
    rule: Rule,
    *keywords: str,
    method: str = "",
    parameters: tuple[Parameter, ...] = (_DIMS, _KEEPDIM),
    stem: str = "",
) -> LayerKind:
    method = method or name.lower()
    form = Method(method, always=("dim",))
    card = ("!dim {dim}", *(("keepdim {keepdim}",) if _KEEPDIM in parameters else ()))
    return operation("reduction", name, help, form, rule, method, *keywords,
                     parameters=parameters, card=card, stem=stem or method)  # fmt: skip


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
    _several("Prod", "Multiplies along one dimension.", multiplied, "product",
             parameters=(_dim("The dimension to multiply along."), _KEEPDIM)),
    _several("Var", "Takes the variance over some dimensions.", spread, "variance", "spread",
             parameters=(_DIMS, _CORRECTION, _KEEPDIM)),
    _several("Std", "Takes the standard deviation over some dimensions.", spread, "deviation",
             "spread", parameters=(_DIMS, _CORRECTION, _KEEPDIM)),
    _several("LogSumExp", "Adds what logarithms stand for, and takes the logarithm.", logarithm,
             "softmax", "logarithm"),
    _several("Norm", "Takes the length of vectors along some dimensions.", length, "length", "l2",
             "l1", parameters=(number("p", 2.0, "Which norm: 1, 2, or inf."), _DIMS, _KEEPDIM)),
    _several("All", "Tells whether all hold along some dimensions.", judged, "every", "and",
             stem="all"),
    _several("Any", "Tells whether any holds along some dimensions.", judged, "some", "or",
             stem="any"),
    _several("CountNonzero", "Counts the elements that are not zero.", counted, "number",
             method="count_nonzero", parameters=(_DIMS,)),
    _several("ArgMin", "Gives the index of the smallest element along one dimension.", position,
             "nearest", parameters=(_dim("The dimension to search."), _KEEPDIM)),
)  # fmt: skip
