"""Padding and resizing to sizes that are given or those of another tensor, and unit length."""

from __future__ import annotations

from functools import partial
from typing import Final

from graph_model.dims import Dim
from graph_model.layers.activation import along_dim
from graph_model.layers.arithmetic import same_dtype
from graph_model.layers.convolution import LAYOUTS
from graph_model.layers.kind import Function, Pattern
from graph_model.layers.operation import operation
from graph_model.layers.use import Use, set_argument
from graph_model.tensors import TensorSpec
from graph_model.values import boolean, choice, integer, integers, number

_RANKS: Final = {"linear": 1, "bilinear": 2, "bicubic": 2, "trilinear": 3}
_MODES: Final = ("nearest", "linear", "bilinear", "bicubic", "trilinear", "area", "nearest-exact")


def pad(use: Use) -> TensorSpec:
    """Add elements around the last dimensions, or cut some off; the last dimension comes first."""
    x, amounts = use.input(), use.integers("pad")
    count = len(amounts) // 2
    if len(amounts) % 2 or not 0 < count <= x.rank:
        use.refuse("bad_pad", parameter="pad", got=len(amounts), rank=x.rank)
    if use.text("mode") != "constant":
        _need_source(use, x, amounts)
    for index in range(count):
        dim = x.rank - 1 - index
        before, after = amounts[2 * index], amounts[2 * index + 1]
        use.need_positive(dim, x.shape[dim] + min(before, 0) + min(after, 0))
        x = x.with_dim(dim, x.shape[dim] + before + after)
    return x


def _need_source(use: Use, x: TensorSpec, amounts: tuple[int, ...]) -> None:
    """Refuse padding that is filled from the input where that is too small for it."""
    use.need_floating()
    mode, count = use.text("mode"), len(amounts) // 2
    if use.arguments["value"] is not None:
        none = set_argument("value", None)
        use.refuse("value_without_constant", none, parameter="value", mode=mode)
    if count > 3 or x.rank not in (count + 1, count + 2):
        use.refuse("pad_needs_batch", set_argument("mode", "constant"), parameter="mode",
                   mode=mode, rank=x.rank, dims=count)  # fmt: skip
    for position, amount in enumerate(amounts):
        dim = x.rank - 1 - position // 2
        limit = _limit(mode, x.shape[dim])
        if amount < 0:
            use.refuse("pad_negative", set_argument("mode", "constant"), parameter="pad",
                       mode=mode, got=amount)  # fmt: skip
        if limit is not None and amount > limit:
            use.refuse("pad_exceeds_input", set_argument("mode", "constant"), parameter="pad",
                       mode=mode, got=amount, limit=limit, dim=dim, shape=x)  # fmt: skip


def _limit(mode: str, size: Dim) -> int | None:
    """Return how much at most can be filled from a dimension, where there is a limit."""
    if mode == "replicate" or not isinstance(size, int):
        return None
    return size - 1 if mode == "reflect" else size


def _need_spatial(use: Use) -> TensorSpec:
    use.need_floating("input")
    mode = use.text("mode")
    rank = _RANKS.get(mode) or min(max(use.input().rank - 2, 1), 3)
    return use.need_rank(rank + 2, LAYOUTS[rank])


def interpolate(use: Use) -> TensorSpec:
    """Resize sequences, images or volumes to given sizes."""
    x = _need_spatial(use)
    size = use.integers("size")
    if len(size) != x.rank - 2 or any(each < 1 for each in size):
        use.refuse("bad_size", parameter="size", rank=x.rank - 2, shape=x)
    return x.with_shape(*x.shape[:2], *size)


def interpolate_like(use: Use) -> TensorSpec:
    """Resize sequences, images or volumes to the sizes of another tensor."""
    x = _need_spatial(use)
    like = use.need_rank(x.rank, LAYOUTS[x.rank - 2], "like")
    return x.with_shape(*x.shape[:2], *like.shape[2:])


def affine_grid(use: Use) -> TensorSpec:
    """Give for each pixel of ``like`` where it comes from, by a matrix for each sample."""
    use.need_floating("theta")
    like = use.input("like")
    if like.rank != 5:
        use.need_rank(4, LAYOUTS[2], "like")
    dims = use.called("dims", like.rank - 2)
    use.need_shape("theta", like.shape[0], dims, dims + 1)
    return use.input("theta").with_shape(like.shape[0], *like.shape[2:], dims)


def grid_sample(use: Use) -> TensorSpec:
    """Look up places from −1 to 1, with one for each dimension (Jaderberg et al. 2015)."""
    use.need_floating()
    x, grid = same_dtype(use)
    if x.rank != 5 or use.text("mode") == "bicubic":
        use.need_rank(4, LAYOUTS[2])
    dims = x.rank - 2
    use.need_rank(x.rank, "N×H×W×2" if dims == 2 else "N×D×H×W×3", "grid")
    use.need_size("grid", 0, x.shape[0])
    use.need_size("grid", -1, dims)
    return x.with_shape(*x.shape[:2], *grid.shape[1:-1])


_CORNERS: Final = boolean("align_corners", False, "Whether −1 and 1 are the centres of corners.")
_kind: Final = partial(operation, "shape")
_MODE: Final = choice("mode", _MODES, "nearest", "How new elements come about.")

KINDS: Final = (
    _kind("Pad", "Adds elements around the last dimensions, or cuts some off.",
          Function("nn.functional.pad", positional=("pad",)), pad, "pad",
          "border", "crop", "margin",
          parameters=(
              integers("pad", (1, 1), "Before and after, the last dimension first."),
              choice("mode", ("constant", "reflect", "replicate", "circular"), "constant",
                     "What the new elements are."),
              number("value", None, "What constant means; empty for 0."),
          ),
          card=("!{pad}", "{mode}")),
    _kind("Interpolate", "Resizes images, sequences or volumes to the sizes that you give.",
          Function("nn.functional.interpolate", always=("size",)), interpolate, "interpolate",
          "resize", "upsample", "downsample",
          parameters=(integers("size", (32, 32), "The sizes, without batch and channels."), _MODE),
          card=("!{size}", "{mode}"), stem="resized"),
    _kind("InterpolateLike", "Resizes a tensor to the sizes of another, as skip connections need.",
          Pattern("nn.functional.interpolate({input}, size={like}.shape[2:], mode={mode})"),
          interpolate_like, "interpolate", "resize", "upsample", "unet",
          parameters=(_MODE,), inputs=("input", "like"), card=("{mode}",), stem="resized"),
    _kind("AffineGrid", "The places that a rotation, shift or scaling looks at: a grid to sample.",
          Pattern("nn.functional.affine_grid("
                  "{theta}, {like}.shape, align_corners={align_corners})"),
          affine_grid, "nn.functional.affine_grid", "spatial transformer", "rotate", "warp",
          parameters=(_CORNERS,), inputs=("theta", "like"), stem="grid"),
    _kind("GridSample", "Looks an image or volume up at the places that a grid names.",
          Function("nn.functional.grid_sample", always=("align_corners",)), grid_sample,
          "nn.functional.grid_sample", "spatial transformer", "warp", "flow", "interpolate",
          parameters=(
              choice("mode", ("bilinear", "nearest", "bicubic"), "bilinear",
                     "How elements between others come about."),
              choice("padding_mode", ("zeros", "border", "reflection"), "zeros",
                     "What is seen beyond the border."),
              _CORNERS,
          ),
          inputs=("input", "grid"), card=("{mode}",), stem="sampled"),
    _kind("Normalize", "Gives each vector along a dimension the length 1.",
          Function("nn.functional.normalize", always=("dim",)), along_dim, "normalize",
          "unit", "length", "cosine", "l2",
          parameters=(
              number("p", 2.0, "Which norm: 1, 2, or inf."),
              integer("dim", 1, "The dimension along which the length is taken.", minimum=None),
              number("eps", 1e-12, "The least length that is divided by.", above=0),
          ),
          card=("!dim {dim}",), stem="normalized"),
)  # fmt: skip
