"""Operations that rearrange, select or repeat elements and compute nothing."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final

from graph_model.dims import Dim, product
from graph_model.layers.complex_numbers import refuse_complex
from graph_model.layers.convolution import LAYOUTS
from graph_model.layers.kind import Index, LayerKind, Method, Module, Pattern
from graph_model.layers.reshaping import reshape, unflatten
from graph_model.layers.use import Use, set_argument
from graph_model.tensors import TensorSpec
from graph_model.values import boolean, choice, dtype, integer, integers, number


def identity(use: Use) -> TensorSpec:
    """Give what came in."""
    return use.input()


def flatten(use: Use) -> TensorSpec:
    """Merge the dimensions from ``start_dim`` to ``end_dim`` into one."""
    x = use.input()
    start, end = use.dim("start_dim", x.rank), use.dim("end_dim", x.rank)
    if start > end:
        reset = set_argument("end_dim", -1)
        use.refuse("dims_reversed", reset, parameter="start_dim", start=start, end=end)
    return x.with_shape(*x.shape[:start], product(x.shape[start : end + 1]), *x.shape[end + 1 :])


def permute(use: Use) -> TensorSpec:
    """Put the dimensions in another order."""
    x = use.input()
    dims = tuple(use.as_dim(index, "dims", x.rank) for index in use.integers("dims"))
    if sorted(dims) != list(range(x.rank)):
        order = set_argument("dims", tuple(range(x.rank)))
        use.refuse("dims_incomplete", order, parameter="dims", rank=x.rank)
    return x.with_shape(*(x.shape[dim] for dim in dims))


def transpose(use: Use) -> TensorSpec:
    """Swap two dimensions."""
    x = use.input()
    dims = list(range(x.rank))
    first, second = use.dim("dim0", x.rank), use.dim("dim1", x.rank)
    dims[first], dims[second] = dims[second], dims[first]
    return x.with_shape(*(x.shape[dim] for dim in dims))


def squeeze(use: Use) -> TensorSpec:
    """Remove a dimension of size 1."""
    x = use.input()
    dim = use.dim("dim", x.rank)
    use.need_size("input", dim, 1)
    return x.with_shape(*x.shape[:dim], *x.shape[dim + 1 :])


def unsqueeze(use: Use) -> TensorSpec:
    """Add a dimension of size 1."""
    x = use.input()
    dim = use.dim("dim", x.rank + 1)
    return x.with_shape(*x.shape[:dim], 1, *x.shape[dim:])


def select(use: Use) -> TensorSpec:
    """Take one element along a dimension, which goes."""
    x = use.input()
    dim, index = use.dim("dim", x.rank), use.size("index")
    size = x.shape[dim]
    _need_within(use, "index", index, size, -1)
    return x.with_shape(*x.shape[:dim], *x.shape[dim + 1 :])


def _need_within(use: Use, parameter: str, got: Dim, size: Dim, beyond: int = 0) -> None:
    """Refuse an index outside −size … size + ``beyond``, where the size is known.

    What is named by the size of an Input counts from the beginning.
    """
    if not isinstance(got, int):
        if not (use.at_least(got, 0) and use.at_least(size - got, -beyond)):
            use.refuse("size_not_within", parameter=parameter, port="input", got=got, size=size,
                       shape=use.input())  # fmt: skip
    elif not use.at_least(size, -got if got < 0 else got - beyond):
        assert isinstance(size, int)
        use.refuse(
            "index_out_of_range",
            set_argument(parameter, size + beyond if got > 0 else -size),
            port="input",
            parameter=parameter,
            got=got,
            size=size,
            shape=use.input(),
        )


def take_slice(use: Use) -> TensorSpec:
    """Take a range of elements along a dimension; negative bounds count from its end."""
    x = use.input()
    dim = use.dim("dim", x.rank)
    size = x.shape[dim]
    start, step = use.size("start"), use.integer("step")
    end = None if use.arguments["end"] is None else use.size("end")
    begin, stop = _counted(use, "start", start, size), _counted(use, "end", end, size)
    length = (stop - begin + step - 1) // step
    use.need_positive(dim, length, set_argument("end", None))
    return x.with_dim(dim, length)


def _counted(use: Use, parameter: str, bound: Dim | None, size: Dim) -> Dim:
    """Return the bound of a slice counted from the beginning."""
    if bound is None:
        return size
    _need_within(use, parameter, bound, size)
    return size + bound if isinstance(bound, int) and bound < 0 else bound


def cast(use: Use) -> TensorSpec:
    """Give the same numbers in another dtype."""
    return as_dtype(use, use.text("dtype"))


def as_dtype(use: Use, dtype: str) -> TensorSpec:
    """Return the input in a dtype, which must not be a real one for complex numbers."""
    given = replace(use.input(), dtype=dtype)
    if use.input().is_complex and not given.is_complex:
        refuse_complex(use, "input", "discards_imaginary", dtype=dtype)
    return given


_INTERPOLATED_RANK: Final = {"linear": 1, "bilinear": 2, "bicubic": 2, "trilinear": 3}


def upsample(use: Use) -> TensorSpec:
    """Enlarge sequences, images or volumes by repeating or interpolating."""
    use.need_floating()
    mode, scale = use.text("mode"), use.number("scale_factor")
    rank = _INTERPOLATED_RANK.get(mode) or min(max(use.input().rank - 2, 1), 3)
    x = use.need_rank(rank + 2, LAYOUTS[rank])
    if use.flag("align_corners") and mode == "nearest":
        reset = set_argument("align_corners", False)
        use.refuse("corners_without_mode", reset, parameter="align_corners", mode=mode)
    return x.with_shape(*x.shape[:2], *(_scaled(use, dim, scale) for dim in range(2, x.rank)))


def _scaled(use: Use, dim: int, scale: float) -> Dim:
    size = use.input().shape[dim]
    if float(scale).is_integer():
        return size * math.floor(scale)
    if not isinstance(size, int):
        use.refuse_symbol(size)
    scaled = math.floor(size * scale)
    use.need_positive(dim, scaled)
    return scaled


def pixel_shuffle(use: Use) -> TensorSpec:
    """Turn channels into resolution (Shi et al. 2016, arXiv:1609.05158)."""
    x = use.need_rank(4, LAYOUTS[2])
    factor = use.integer("upscale_factor")
    batch, channels, height, width = x.shape
    use.need_dim_divisible(1, factor * factor)
    return x.with_shape(batch, channels // (factor * factor), height * factor, width * factor)


def pixel_unshuffle(use: Use) -> TensorSpec:
    """Turn resolution into channels."""
    x = use.need_rank(4, LAYOUTS[2])
    factor = use.integer("downscale_factor")
    batch, channels, height, width = x.shape
    use.need_dim_divisible(2, factor)
    use.need_dim_divisible(3, factor)
    return x.with_shape(batch, channels * factor * factor, height // factor, width // factor)


KINDS: Final = (
    LayerKind(
        name="Flatten",
        family="shape",
        help="Lays the dimensions after the batch out in one row, so that Linear can follow.",
        form=Module("Flatten"),
        rule=flatten,
        parameters=(
            integer("start_dim", 1, "The first dimension to merge.", minimum=None),
            integer("end_dim", -1, "The last dimension to merge.", minimum=None),
        ),
        card=("dims {start_dim} to {end_dim}",),
        keywords=("vector", "reshape", "view"),
        documentation="torch.nn.Flatten.html",
    ),
    LayerKind(
        name="Unflatten",
        family="shape",
        help="Parts one dimension into several.",
        form=Module(
            "Unflatten",
            positional=("dim", "unflattened_size"),
            always=("dim", "unflattened_size"),
        ),
        rule=unflatten,
        parameters=(
            integer("dim", 1, "The dimension to part.", minimum=None),
            integers(
                "unflattened_size",
                (1, -1),
                "Its parts; one may be −1, and H is a size of an Input.",
                symbolic=True,
            ),
        ),
        card=("!dim {dim} to {unflattened_size}",),
        sized=Pattern("{input}.unflatten({dim}, {unflattened_size_tuple})"),
        keywords=("reshape", "view"),
        documentation="torch.nn.Unflatten.html",
    ),
    LayerKind(
        name="Reshape",
        family="shape",
        help="Lays the same elements out in another shape; −1 stands for what is left.",
        form=Method("reshape", positional=("shape",)),
        rule=reshape,
        parameters=(
            integers(
                "shape",
                (-1, 1, 28, 28),
                "The sizes; one may be −1, and N is a size of an Input.",
                symbolic=True,
            ),
        ),
        card=("!{shape}",),
        keywords=("view",),
        documentation="torch.reshape.html",
    ),
    LayerKind(
        name="Permute",
        family="shape",
        help="Puts the dimensions in another order.",
        form=Method("permute", positional=("dims",)),
        rule=permute,
        parameters=(integers("dims", (0, 2, 1), "The dimensions in their new order."),),
        card=("!{dims}",),
        keywords=("order", "transpose", "axes"),
        documentation="torch.permute.html",
    ),
    LayerKind(
        name="Transpose",
        family="shape",
        help="Swaps two dimensions.",
        form=Method("transpose", positional=("dim0", "dim1")),
        rule=transpose,
        parameters=(
            integer("dim0", 1, "The one.", minimum=None),
            integer("dim1", 2, "The other.", minimum=None),
        ),
        card=("!{dim0} ↔ {dim1}",),
        keywords=("swap", "permute"),
        documentation="torch.transpose.html",
    ),
    LayerKind(
        name="Squeeze",
        family="shape",
        help="Removes a dimension of size 1.",
        form=Method("squeeze", positional=("dim",)),
        rule=squeeze,
        parameters=(integer("dim", -1, "The dimension to remove.", minimum=None),),
        card=("!dim {dim}",),
        documentation="torch.squeeze.html",
    ),
    LayerKind(
        name="Unsqueeze",
        family="shape",
        help="Adds a dimension of size 1.",
        form=Method("unsqueeze", positional=("dim",)),
        rule=unsqueeze,
        parameters=(integer("dim", 1, "Where the new dimension goes.", minimum=None),),
        card=("!dim {dim}",),
        keywords=("expand",),
        documentation="torch.unsqueeze.html",
    ),
    LayerKind(
        name="Select",
        family="shape",
        help="Takes one element along a dimension, such as the last step of a sequence.",
        form=Index(),
        rule=select,
        parameters=(
            integer("dim", 1, "The dimension, which goes.", minimum=None),
            integer(
                "index",
                -1,
                "Which element; −1 is the last, T - 1 a size of an Input.",
                minimum=None,
                symbolic=True,
            ),
        ),
        card=("!dim {dim} at {index}",),
        keywords=("index", "last", "step"),
        documentation="torch.select.html",
    ),
    LayerKind(
        name="Slice",
        family="shape",
        help="Takes a range of elements along a dimension.",
        form=Index(),
        rule=take_slice,
        parameters=(
            integer("dim", 1, "The dimension.", minimum=None),
            integer(
                "start", 0, "The first element, such as 0 or H // 2.", minimum=None, symbolic=True
            ),
            integer(
                "end",
                None,
                "The element after the last, such as H // 2; empty for all.",
                minimum=None,
                symbolic=True,
            ),
            integer("step", 1, "Take every so many."),
        ),
        card=("!dim {dim}", "from {start}", "to {end}", "step {step}"),
        keywords=("crop", "range", "narrow"),
        documentation="torch.narrow.html",
    ),
    LayerKind(
        name="Cast",
        family="shape",
        help="Gives the same numbers in another dtype, such as real numbers for whole ones.",
        form=Method("to", positional=("dtype",)),
        rule=cast,
        parameters=(dtype("dtype", "float32", "The dtype of the result."),),
        card=("!{dtype}",),
        keywords=("dtype", "float", "convert", "type", "to"),
        documentation="torch.Tensor.to.html",
    ),
    LayerKind(
        name="Upsample",
        family="shape",
        help="Enlarges images, sequences or volumes by repeating or interpolating.",
        form=Module("Upsample", always=("scale_factor",)),
        rule=upsample,
        parameters=(
            number("scale_factor", 2.0, "By how much.", above=0),
            choice(
                "mode",
                ("nearest", "linear", "bilinear", "bicubic", "trilinear"),
                "nearest",
                "How new elements come about.",
            ),
            boolean("align_corners", False, "Whether the corners stay where they were."),
        ),
        card=("!×{scale_factor}", "{mode}"),
        stem="upsample",
        keywords=("resize", "interpolate", "unet"),
        documentation="torch.nn.Upsample.html",
    ),
    LayerKind(
        name="PixelShuffle",
        family="shape",
        help="Turns channels into resolution, for super-resolution.",
        form=Module("PixelShuffle", positional=("upscale_factor",), always=("upscale_factor",)),
        rule=pixel_shuffle,
        parameters=(integer("upscale_factor", 2, "By how much height and width grow."),),
        card=("!×{upscale_factor}",),
        keywords=("upsample", "super-resolution"),
        documentation="torch.nn.PixelShuffle.html",
    ),
    LayerKind(
        name="PixelUnshuffle",
        family="shape",
        help="Turns resolution into channels.",
        form=Module(
            "PixelUnshuffle", positional=("downscale_factor",), always=("downscale_factor",)
        ),
        rule=pixel_unshuffle,
        parameters=(integer("downscale_factor", 2, "By how much height and width shrink."),),
        card=("!÷{downscale_factor}",),
        keywords=("downsample",),
        documentation="torch.nn.PixelUnshuffle.html",
    ),
    LayerKind(
        name="Identity",
        family="shape",
        help="Gives what came in: a place to hold.",
        form=Module("Identity"),
        rule=identity,
        keywords=("noop", "pass"),
        documentation="torch.nn.Identity.html",
    ),
)
