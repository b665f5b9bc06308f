"""Pooling: one value for each window."""

from __future__ import annotations

from typing import Final

from graph_model.dims import Dim
from graph_model.layers.convolution import LAYOUTS, Window
from graph_model.layers.kind import LayerKind, Module, Rule
from graph_model.layers.use import Use, set_argument
from graph_model.tensors import TensorSpec
from graph_model.values import Parameter, boolean, integer, sizes


def _window(rank: int, *, average: bool) -> Rule:
    def rule(use: Use) -> TensorSpec:
        use.need_floating()
        x = use.need_rank(rank + 2, LAYOUTS[rank])
        kernel = use.sizes("kernel_size", rank)
        window = Window(
            kernel,
            kernel if use.arguments["stride"] is None else use.sizes("stride", rank),
            use.sizes("padding", rank),
            (1,) * rank if average else use.sizes("dilation", rank),
        )
        _need_little_padding(use, window)
        if average and rank == 3:
            _need_unpadded_fit(use, window)
        ceil = use.flag("ceil_mode")
        spatial = (window.count(use, axis, ceil=ceil) for axis in range(rank))
        return x.with_shape(*x.shape[:2], *spatial)

    return rule


def _need_little_padding(use: Use, window: Window) -> None:
    for padding, kernel in zip(window.padding, window.kernel, strict=True):
        if padding > kernel // 2:
            use.refuse(
                "padding_too_large",
                set_argument("padding", min(window.kernel) // 2),
                parameter="padding",
                padding=padding,
                kernel_size=kernel,
            )


def _need_unpadded_fit(use: Use, window: Window) -> None:
    """Refuse a kernel larger than the volume itself, as torch does for AvgPool3d alone."""
    spatial = use.input().shape[2:]
    for axis, size in enumerate(spatial):
        if isinstance(size, int) and size < window.kernel[axis]:
            window.refuse_kernel(use, axis, spatial)


def _adaptive(rank: int) -> Rule:
    def rule(use: Use) -> TensorSpec:
        use.need_floating()
        x = use.need_rank(rank + 2, LAYOUTS[rank])
        spatial: tuple[Dim, ...] = use.sizes("output_size", rank)
        return x.with_shape(*x.shape[:2], *spatial)

    return rule


def _parameters(rank: int, *, average: bool) -> tuple[Parameter, ...]:
    last = (
        boolean("count_include_pad", True, "Whether padding counts in the average."),
        integer("divisor_override", None, "Divide by this instead of the window's size."),
    )
    return (
        sizes("kernel_size", rank, 2, "Size of the window."),
        sizes("stride", rank, None, "Step of the window; by default its size.", optional=True),
        sizes("padding", rank, 0, "Added on both sides of the input.", minimum=0),
        *(
            ()
            if average
            else (sizes("dilation", rank, 1, "Distance between the elements of the window."),)
        ),
        boolean("ceil_mode", False, "Whether a window that hangs over the end counts."),
        *((last if rank > 1 else last[:1]) if average else ()),
    )


def _window_kind(rank: int, *, average: bool) -> LayerKind:
    name = f"{'Avg' if average else 'Max'}Pool{rank}d"
    return LayerKind(
        name=name,
        family="pooling",
        help=(
            "Takes the mean of each window: smaller and smoother."
            if average
            else "Takes the largest value of each window: smaller, keeping what stands out."
        ),
        form=Module(name, positional=("kernel_size",), always=("kernel_size",)),
        rule=_window(rank, average=average),
        parameters=_parameters(rank, average=average),
        card=("!k{kernel_size}", "s{stride}", "p{padding}", "ceil {ceil_mode}"),
        stem="pool",
        keywords=("downsample", "subsample"),
        documentation=f"torch.nn.{name}.html",
    )


def _adaptive_kind(rank: int, *, average: bool) -> LayerKind:
    name = f"Adaptive{'Avg' if average else 'Max'}Pool{rank}d"
    what = "mean" if average else "maximum"
    return LayerKind(
        name=name,
        family="pooling",
        help=f"Pools to a given size by the {what}; size 1 is global pooling.",
        form=Module(name, positional=("output_size",), always=("output_size",)),
        rule=_adaptive(rank),
        parameters=(sizes("output_size", rank, 1, "Size that goes out, whatever came in."),),
        card=("!to {output_size}",),
        stem="pool",
        keywords=("global", "gap"),
        documentation=f"torch.nn.{name}.html",
    )


KINDS: Final = (
    *(_window_kind(rank, average=False) for rank in (1, 2, 3)),
    *(_window_kind(rank, average=True) for rank in (1, 2, 3)),
    *(_adaptive_kind(rank, average=True) for rank in (1, 2, 3)),
    *(_adaptive_kind(rank, average=False) for rank in (1, 2, 3)),
)
