"""Pooling: one value for each window."""

from __future__ import annotations

from typing import Final

from graph_model.dims import Dim, Shape
from graph_model.layers.convolution import AXES, LAYOUTS, window_size
from graph_model.layers.kind import LayerKind, Module, Rule
from graph_model.layers.use import Use, set_argument
from graph_model.tensors import TensorSpec
from graph_model.values import Parameter, boolean, integer, sizes


def _window(rank: int, *, average: bool) -> Rule:
    def rule(use: Use) -> TensorSpec:
        use.need_floating()
        x = use.need_rank(rank + 2, LAYOUTS[rank])
        kernel = use.sizes("kernel_size", rank)
        stride = kernel if use.arguments["stride"] is None else use.sizes("stride", rank)
        padding = use.sizes("padding", rank)
        dilation = (1,) * rank if average else use.sizes("dilation", rank)
        if average and rank == 3:
            _need_unpadded_fit(use, x.shape[2:], kernel)
        for pad, size in zip(padding, kernel, strict=True):
            if pad > size // 2:
                use.refuse(
                    "padding_too_large",
                    set_argument("padding", min(kernel) // 2),
                    parameter="padding",
                    padding=pad,
                    kernel_size=size,
                )
        spatial = (
            window_size(use, *of_axis, ceil=use.flag("ceil_mode"))
            for of_axis in zip(
                x.shape[2:], AXES[rank], kernel, stride, padding, dilation, strict=True
            )
        )
        return x.with_shape(*x.shape[:2], *spatial)

    return rule


def _need_unpadded_fit(use: Use, shape: Shape, kernel: tuple[int, ...]) -> None:
    """Refuse a kernel larger than the volume itself, as torch does for AvgPool3d alone."""
    for size, span in zip(shape, kernel, strict=True):
        if isinstance(size, int) and size < span:
            use.refuse(
                "kernel_too_large",
                set_argument("kernel_size", min(dim for dim in shape if isinstance(dim, int))),
                port="input",
                span=span,
                got=size,
                shape=use.input(),
            )


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
