"""Which tensors a random layer may be given, and what it gives for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from graph_model.dims import Shape, evaluate, product, symbol
from graph_model.layers.complex_numbers import TAKING_COMPLEX, need_what_it_takes
from graph_model.layers.kind import LayerKind
from graph_model.layers.use import Use
from graph_model.problems import Refusal
from graph_model.tensors import TensorSpec
from graph_model.values import Arguments

SIZES: Final = {"N": 2, "T": 5, "H": 8, "W": 6}
"""The real size of each symbolic dimension that occurs."""
INPUTS: Final = (
    TensorSpec((symbol("N"), 6)),
    TensorSpec((symbol("N"), 4, 8)),
    TensorSpec((symbol("N"), symbol("T"), 8)),
    TensorSpec((symbol("N"), 4, 8, 8)),
    TensorSpec((symbol("N"), 3, symbol("H"), symbol("W"))),
    TensorSpec((symbol("N"), 2, 5, 6, 6)),
    TensorSpec((symbol("N"), 2, 2, 3, 4)),
    TensorSpec((symbol("N"), 1)),
    TensorSpec((4, 6)),
    TensorSpec((7,)),
    TensorSpec((symbol("N"), 5), "int64"),
    TensorSpec((symbol("N"), symbol("T")), "int64"),
    TensorSpec((symbol("N"), 4, 8), "bool"),
    TensorSpec((symbol("N"), 5, 5)),
    TensorSpec((symbol("N"), 4, 8), "complex64"),
    TensorSpec((symbol("N"), 3, 2)),
)
_RANKS: Final = {
    "1d": 3,
    "2d": 4,
    "3d": 5,
    **dict.fromkeys(("Outer", "Bucketize"), 1),
    "BatchMatMul": 3,
    **dict.fromkeys(("AffineGrid", "GridSample"), 4),
    "PixelShuffle": 4,
    "PixelUnshuffle": 4,
    **dict.fromkeys(("MultiLabelMarginLoss", "AdaptiveLogSoftmaxWithLoss"), 2),
    "MultiMarginLoss": 2,
}
_MOST_ELEMENTS: Final = 4000
OF_INDICES: Final = frozenset({"Embedding", "OneHot", "EmbeddingBag"})
NOT_COMPUTED: Final = OF_INDICES | {"LocalResponseNorm"}
"""Kinds fed by Inputs alone: others may give no index, or lie in memory as torch's view forbids."""
_VALUE_PORTS: Final = frozenset(
    {"index", "indices", "target", "targets", "input_lengths", "target_lengths", "var", "offsets"}
)
GIVING_CERTAIN_VALUES: Final = frozenset({"Sigmoid", "Detach"})
"""Kinds drawn before others, for variances above zero and targets without gradients."""
OF_CLASSES: Final = frozenset({"CrossEntropyLoss", "NLLLoss", "MultiMarginLoss"})
OF_TRUTH_VALUES: Final = frozenset(
    {"LogicalAnd", "LogicalOr", "LogicalXor", "LogicalNot", "All", "Any", "Where"}
)
OF_COMPLEX: Final = frozenset({"Real", "Imag", "ViewAsReal", "IRFFT", "IRFFT2", "IRFFTN"})
NOT_DRAWN: Final = frozenset({
    "RandnLike",  # no seed makes its numbers the same in two ways of computing them
    *("Randn", "Rand", "Randint"),  # likewise
    *("RandLike", "Normal", "Bernoulli", "Multinomial"),  # likewise, and what is a probability
    "BCELoss",  # takes what is between 0 and 1 alone
    *("Nonzero", "MaskedSelect"),  # only the data tell how much they give
    "Gradient",  # by what the other does not follow from
    "Inverse",  # most matrices that come about have none
})  # fmt: skip
_DIVISIONS: Final = frozenset({"FloorDivide", "Remainder"})
"""Kinds that a zero among whole numbers stops."""


def needs_certain_values(kind: LayerKind) -> bool:
    """Tell whether a kind does not take just any tensor of the right shape and dtype."""
    return kind.name in NOT_COMPUTED | _DIVISIONS or not _VALUE_PORTS.isdisjoint(
        kind.inputs(kind.complete({}))
    )


def outputs_of(
    kind: LayerKind, arguments: Arguments, inputs: Mapping[str, TensorSpec]
) -> dict[str, TensorSpec] | None:
    """Return what a node gives, or ``None`` where its rule refuses or it would be too large."""
    symbolic = _ask(kind, arguments, inputs)
    real = _ask(kind, arguments, {name: as_real(spec) for name, spec in inputs.items()})
    if symbolic is None or real is None:
        return None
    specs, weights = real
    if weights > 4 * _MOST_ELEMENTS or not all(_fits(spec.shape) for spec in specs.values()):
        return None
    if kind.name.startswith("MaxUnpool") and product(specs["output"].shape[2:]) == 1:
        return None  # the indices that are drawn are 0 and 1
    if (
        kind.name in {"MultiLabelMarginLoss", *OF_CLASSES}
        and 1 in as_real(inputs["input"]).shape[:2]
    ):
        return None  # and so are the classes
    if {name: as_real(spec) for name, spec in symbolic[0].items()} != specs:
        return None  # as of a range of a symbolic size, told for sizes that hold all of it
    divided = inputs.get("other") if kind.name in _DIVISIONS else None
    if divided is not None and not divided.is_floating:
        return None  # there may be a zero in it
    return symbolic[0]


def _ask(
    kind: LayerKind, arguments: Arguments, inputs: Mapping[str, TensorSpec]
) -> tuple[dict[str, TensorSpec], int] | None:
    complete = kind.complete(arguments)
    use = Use(kind.name, complete, inputs)
    try:
        need_what_it_takes(kind, use)
        stated = kind.rule(use)
    except Refusal:
        return None
    specs = (stated,) if isinstance(stated, TensorSpec) else tuple(stated)
    names = kind.outputs(complete)
    return dict(zip(names, specs, strict=True)), sum(each.count for each in use.weights)


def inputs_for(kind: LayerKind) -> Sequence[TensorSpec]:
    """Return the inputs that a layer may well take: volumes for a name that ends with 3d."""
    rank = _RANKS.get(kind.name) or _RANKS.get(kind.name[-2:])
    suited = [spec for spec in INPUTS if suits(kind, spec)]
    return [spec for spec in suited if rank in (None, spec.rank)] or suited


def can_enter(spec: TensorSpec) -> bool:
    """Tell whether an Input can be of this shape: of numbers and plain symbols."""
    return all(isinstance(dim, int) or str(dim) in SIZES for dim in spec.shape)


def _fits(shape: Shape) -> bool:
    total = product(shape)
    return isinstance(total, int) and 0 < total <= _MOST_ELEMENTS and len(shape) <= 6


def as_real(spec: TensorSpec) -> TensorSpec:
    return spec.with_shape(*(evaluate(dim, SIZES) for dim in spec.shape))


def suits(kind: LayerKind, spec: TensorSpec) -> bool:
    """Tell whether a layer would be given numbers of the sort that it takes."""
    if spec.is_complex != (kind.name in OF_COMPLEX):
        return spec.is_complex and kind.name in TAKING_COMPLEX
    if kind.name in OF_TRUTH_VALUES:
        return spec.dtype == "bool"
    return kind.name not in OF_INDICES or spec.dtype == "int64"
