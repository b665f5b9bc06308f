"""Rules for layers that pass channels on as they come: element by element, or within each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from graph_model.layers import LAYERS
from graph_model.pruning.channels import Axes, Line
from graph_model.pruning.visit import Rule, Visit
from graph_model.tensors import TensorSpec


def as_it_comes(visit: Visit) -> Mapping[str, Axes]:
    """Pass every axis on."""
    return visit.everywhere(visit.axes)


def like_the_first(visit: Visit) -> Mapping[str, Axes]:
    """Pass on what the first input carries; of the others only a size or a dtype is read."""
    return visit.everywhere(visit.axes if visit.out.rank == visit.spec.rank else ())


def along(visit: Visit) -> Mapping[str, Axes]:
    """Fix the axes named by ``dim``, which are computed with as a whole; pass on the others."""
    rank, value = visit.spec.rank, visit.arguments.get("dim")
    named = value if isinstance(value, tuple) else (value,)
    dims = {each % rank for each in named if isinstance(each, int) and rank} or set(range(rank))
    visit.fix(visit.axes[dim] for dim in dims)
    if visit.out.rank == rank:
        kept: Axes = tuple(None if at in dims else each for at, each in enumerate(visit.axes))
    else:
        kept = tuple(each for at, each in enumerate(visit.axes) if at not in dims)
    return visit.everywhere(kept if len(kept) == visit.out.rank else ())


def loosely_along(visit: Visit) -> Mapping[str, Axes]:
    """Pass on what is divided by its norm along ``dim``: the rest changes where a part goes."""
    line = visit.axes[visit.axis("dim")]
    visit.channels.loosen(line or ())
    return visit.everywhere(visit.axes)


def gated(visit: Visit) -> Mapping[str, Axes]:
    """Let the halves along ``dim`` go together, of which one opens the other."""
    dim = visit.axis("dim")
    line = visit.axes[dim]
    half = None if line is None else line[: len(line) // 2]
    if line is not None and half is not None:
        visit.channels.join(half, line[len(half) :])
    return visit.everywhere((*visit.axes[:dim], half, *visit.axes[dim + 1 :]))


def spatial(visit: Visit) -> Mapping[str, Axes]:
    """Pass batch and channels on; what lies behind is gone over with a window or filled up."""
    visit.fix(visit.axes[2:])
    rest = (None,) * (visit.out.rank - 2)
    for port, axes in visit.given.items():
        if visit.specs[port].rank == visit.spec.rank and len(visit.specs[port].shape) > 2:
            visit.sheet.agree(visit.axes[1], axes[1], visit.path)
        elif axes is not visit.axes:
            visit.fix(axes)
    return visit.everywhere((*visit.axes[:2], *rest))


def spatial_like(visit: Visit) -> Mapping[str, Axes]:
    """Pass batch and channels on, in the height and width of another tensor."""
    for axes in visit.given.values():
        visit.fix(axes[2:])
    return visit.everywhere((*visit.axes[:2], *(None,) * (visit.out.rank - 2)))


def together(visit: Visit) -> Mapping[str, Axes]:
    """Let the channels of all inputs go together, as broadcasting lays them side by side."""
    axes = broadcast(visit, [(visit.specs[port], each) for port, each in visit.given.items()])
    return visit.everywhere(axes)


def broadcast(
    visit: Visit, given: Sequence[tuple[TensorSpec, Axes]], out: TensorSpec | None = None
) -> Axes:
    """Return what the axes of tensors carry that are computed with element by element."""
    out = out or visit.out
    found: list[Line | None] = []
    for back in range(out.rank, 0, -1):  # the last axes lie side by side
        there = [
            (spec.shape[-back], axes[-back]) for spec, axes in given if spec.rank >= back and axes
        ]
        lines = [line for size, line in there if size == out.shape[-back]]
        visit.fix(line for size, line in there if size != out.shape[-back])
        carried = [line for line in lines if line is not None]
        if len(carried) < len(lines):
            visit.fix(carried)
        else:
            visit.channels.join_all(carried)
        found.append(carried[0] if carried else None)
    return tuple(found)


_SPATIAL: Final = ("pooling", "padding")
_ALONG: Final = (
    "Softmax Softmin LogSoftmax Mean Sum Max Min ArgMax Prod Var Std LogSumExp Norm All Any "
    "CountNonzero ArgMin CumSum CumProd LogCumSumExp CumMax CumMin Sort ArgSort TopK KthValue "
    "Median MaxWithIndices MinWithIndices"
).split()
_ONE_BY_ONE: Final = (
    "Identity Detach Cast AddNumber SubtractFrom MultiplyByNumber DivideByNumber FloorDivide "
    "Remainder Power Clamp Negative Abs Sign Square Floor Ceil Round Trunc Exp Expm1 Log Log1p "
    "Log2 Log10 Sqrt Rsqrt Reciprocal Sin Cos Tan Asin Acos Atan Sinh Cosh Erf Erfc Lgamma "
    "NanToNum IsNaN IsFinite LogicalNot ZerosLike OnesLike FullLike RandnLike RandLike Bernoulli"
).split()
_TOGETHER: Final = (
    "Add Subtract Multiply Divide Maximum Minimum Lerp Atan2 LogAddExp Hypot Equal NotEqual "
    "Greater GreaterEqual Less LessEqual IsClose LogicalAnd LogicalOr LogicalXor Where MaskedFill "
    "Normal"
).split()


def _rules() -> dict[str, Rule]:
    found: dict[str, Rule] = {}
    for name, kind in LAYERS.items():
        if kind.family in ("activation", "dropout"):
            found[name] = as_it_comes
        elif kind.family in _SPATIAL:
            found[name] = spatial
    found |= dict.fromkeys(_ONE_BY_ONE, as_it_comes)
    found |= dict.fromkeys(_TOGETHER, together)
    found |= dict.fromkeys(_ALONG, along)
    found |= {"Upsample": spatial, "Interpolate": spatial, "InterpolateLike": spatial_like}
    found |= {"CastLike": like_the_first, "Normalize": loosely_along, "GLU": gated}
    return found


PASSING: Final = _rules()
del PASSING["Softmax2d"], PASSING["PReLU"]
