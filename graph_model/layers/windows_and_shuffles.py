"""Layers that move elements between channels and places: windows side by side, and shuffles."""

from __future__ import annotations

from math import prod
from typing import Final

from graph_model.dims import Dim, product
from graph_model.layers.convolution import LAYOUTS, Window
from graph_model.layers.kind import LayerKind, Module, Rule
from graph_model.layers.use import Use
from graph_model.tensors import TensorSpec
from graph_model.values import Parameter, integer, sizes


def _window(use: Use) -> Window:
    names = ("kernel_size", "stride", "padding", "dilation")
    return Window(*(use.sizes(name, 2) for name in names))


def unfold(use: Use) -> TensorSpec:
    """Lay the windows of images side by side, as the columns that a convolution multiplies."""
    use.need_floating()
    x = use.need_rank(4, LAYOUTS[2])
    window = _window(use)
    columns = product(tuple(window.count(use, axis) for axis in range(2)))
    return x.with_shape(x.shape[0], x.shape[1] * prod(window.kernel), columns)


def fold(use: Use) -> TensorSpec:
    """Add windows up to images, each at its place."""
    use.need_floating()
    x = use.need_rank(3, "N×C×L")
    window, size = _window(use), use.sizes("output_size", 2)
    use.need_dim_divisible(1, prod(window.kernel))
    counts = tuple(
        (size[axis] + 2 * window.padding[axis] - window.span(axis)) // window.stride[axis] + 1
        for axis in range(2)
    )
    if min(counts) < 1:
        use.refuse(
            "kernel_exceeds_output",
            parameter="output_size",
            span="×".join(str(window.span(axis)) for axis in range(2)),
            got="×".join(map(str, size)),
        )
    use.need_size("input", 2, prod(counts))
    channels: Dim = x.shape[1] // prod(window.kernel)
    return x.with_shape(x.shape[0], channels, *size)


def channel_shuffle(use: Use) -> TensorSpec:
    """Deal the channels of the groups out in turn (Zhang et al. 2017, arXiv:1707.01083)."""
    x = use.need_rank_at_least(3)
    use.need_dim_divisible(1, use.integer("groups"))
    return x


_KERNEL: Final = sizes("kernel_size", 2, 3, "Size of the window.")
_WINDOW: Final = (
    _KERNEL,
    sizes("dilation", 2, 1, "Distance between the elements of the window."),
    sizes("padding", 2, 0, "Added on both sides of the images.", minimum=0),
    sizes("stride", 2, 1, "Step of the window."),
)


def _kind(
    name: str,
    help: str,
    rule: Rule,
    parameters: tuple[Parameter, ...],
    positional: tuple[str, ...],
    *keywords: str,
) -> LayerKind:
    return LayerKind(
        name=name,
        family="shape",
        help=help,
        form=Module(name, positional=positional, always=positional),
        rule=rule,
        parameters=parameters,
        card=(f"!{' '.join(f'{{{each}}}' for each in positional)}",),
        keywords=keywords,
        documentation=f"torch.nn.{name}.html",
    )


KINDS: Final = (
    _kind(
        "Unfold",
        "Lays the windows of images side by side, one column for each.",
        unfold,
        _WINDOW,
        ("kernel_size",),
        "im2col", "patches",
    ),
    _kind(
        "Fold",
        "Adds columns of windows up to images, the way back from Unfold.",
        fold,
        (sizes("output_size", 2, 28, "Height and width of the images."), *_WINDOW),
        ("output_size", "kernel_size"),
        "col2im", "patches",
    ),
    _kind(
        "ChannelShuffle",
        "Mixes the channels of groups, so that grouped convolutions see all of them.",
        channel_shuffle,
        (integer("groups", 2, "Groups that the channels are parted into."),),
        ("groups",),
        "shufflenet",
    ),
)  # fmt: skip
