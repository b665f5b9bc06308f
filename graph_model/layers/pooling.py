"""Pooling: one value for each window."""

from __future__ import annotations

import math
from typing import Final

from graph_model.dims import Dim
from graph_model.layers.convolution import LAYOUTS, Window
from graph_model.layers.kind import LayerKind, Module, Ports, Rule, ports
from graph_model.layers.use import Use, set_argument
from graph_model.tensors import TensorSpec
from graph_model.values import Arguments, Parameter, Type, boolean, integer, number, sizes


def with_indices(use: Use, output: TensorSpec) -> tuple[TensorSpec, ...]:
    """Return the output, and where each value came from if that is asked for."""
    if use.arguments.get("return_indices") is not True:
        return (output,)
    return output, TensorSpec(output.shape, "int64")


def _indices_port(arguments: Arguments) -> tuple[str, ...]:
    return ("output", "indices") if arguments["return_indices"] else ("output",)


def _window(rank: int, *, average: bool) -> Rule:
    def rule(use: Use) -> tuple[TensorSpec, ...]:
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
        return with_indices(use, x.with_shape(*x.shape[:2], *spatial))

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
    """Refuse a kernel larger than the volume itself, as torch does in three dimensions alone."""
    spatial = use.input().shape[2:]
    for axis, size in enumerate(spatial):
        if not use.at_least(size, window.kernel[axis]):
            window.refuse_kernel(use, axis, spatial, padding_helps=False)


def _power(rank: int) -> Rule:
    def rule(use: Use) -> TensorSpec:
        use.need_floating()
        x = use.need_rank(rank + 2, LAYOUTS[rank])
        kernel = use.sizes("kernel_size", rank)
        stride = kernel if use.arguments["stride"] is None else use.sizes("stride", rank)
        window = Window(kernel, stride, (0,) * rank, (1,) * rank)
        if rank == 3:
            _need_unpadded_fit(use, window)
        ceil = use.flag("ceil_mode")
        return x.with_shape(
            *x.shape[:2], *(window.count(use, axis, ceil=ceil) for axis in range(rank))
        )

    return rule


def _adaptive(rank: int) -> Rule:
    def rule(use: Use) -> tuple[TensorSpec, ...]:
        use.need_floating()
        x = use.need_rank(rank + 2, LAYOUTS[rank])
        spatial: tuple[Dim, ...] = use.sizes("output_size", rank)
        return with_indices(use, x.with_shape(*x.shape[:2], *spatial))

    return rule


def _fractional(rank: int) -> Rule:
    """Return the rule of pooling with windows at random places (Graham 2014, arXiv:1412.6071)."""

    def rule(use: Use) -> tuple[TensorSpec, ...]:
        use.need_floating()
        x = use.need_rank(rank + 2, LAYOUTS[rank])
        _need_size_or_ratio(use)
        kernel = use.sizes("kernel_size", rank)
        spatial: tuple[Dim, ...]
        if use.arguments["output_size"] is None:
            ratio = use.number("output_ratio")
            spatial = tuple(_share(use, size, ratio) for size in x.shape[2:])
        else:
            spatial = use.sizes("output_size", rank)
        overlap = 0 if rank == 3 else 1  # torch takes one window less of volumes
        for axis, size in enumerate(spatial):
            room, needed = x.shape[axis + 2], size + kernel[axis]
            if not use.at_least(room + overlap - needed, 0):
                use.refuse(
                    "windows_do_not_fit",
                    port="input",
                    kernel_size=kernel[axis],
                    size=size,
                    got=room,
                    shape=x,
                )
        return with_indices(use, x.with_shape(*x.shape[:2], *spatial))

    return rule


def _need_size_or_ratio(use: Use) -> None:
    given = [name for name in ("output_size", "output_ratio") if use.arguments[name] is not None]
    if len(given) != 1:
        fixes = [set_argument(name, None) for name in given] or [set_argument("output_ratio", 0.5)]
        use.refuse("size_or_ratio", *fixes, parameter="output_size")


def _share(use: Use, size: Dim, ratio: float) -> Dim:
    """Return the whole part of a share of a size, as ``int(size * ratio)`` gives it."""
    numerator, denominator = float(ratio).as_integer_ratio()
    if isinstance(size, int):
        return math.floor(size * ratio)
    if denominator > _FINEST:  # such as 1/3, which has no exact value as a float
        use.refuse_symbol(size)
    return size * numerator // denominator


_FINEST: Final = 1024


def _unpool(rank: int) -> Rule:
    def rule(use: Use) -> TensorSpec:
        x = use.need_rank(rank + 2, LAYOUTS[rank])
        use.need_floating("input")
        use.need_indices("indices", dtypes=("int64",))
        use.need_shape("indices", *x.shape)
        kernel = use.sizes("kernel_size", rank)
        stride = kernel if use.arguments["stride"] is None else use.sizes("stride", rank)
        padding = use.sizes("padding", rank)
        spatial: list[Dim] = []
        for axis, size in enumerate(x.shape[2:]):
            usual = (size - 1) * stride[axis] - 2 * padding[axis] + kernel[axis]
            spatial.append(_unpooled(use, axis, usual, stride[axis]))
        return x.with_shape(*x.shape[:2], *spatial)

    return rule


def _unpooled(use: Use, axis: int, usual: Dim, stride: int) -> Dim:
    """Return the size that is wanted, which may differ from the usual by less than a stride."""
    if use.arguments["output_size"] is None:
        use.need_positive(axis + 2, usual)
        return usual
    wanted = use.sizes("output_size", use.input().rank - 2)[axis]
    if not isinstance(usual, int):
        use.refuse_symbol(usual)
    if not usual - stride < wanted < usual + stride:
        use.refuse(
            "unpooled_size_outside",
            set_argument("output_size", None),
            parameter="output_size",
            dim=axis + 2,
            got=wanted,
            low=usual - stride,
            high=usual + stride,
        )
    return wanted


_CEIL_MODE: Final = boolean("ceil_mode", False, "Whether a window that hangs over the end counts.")
_RETURN_INDICES: Final = boolean(
    "return_indices", False, "Whether an output says where each value came from, for unpooling."
)


def _kernel(rank: int) -> tuple[Parameter, ...]:
    return (
        sizes("kernel_size", rank, 2, "Size of the window."),
        sizes("stride", rank, None, "Step of the window; by default its size.", optional=True),
    )


def _parameters(rank: int, *, average: bool) -> tuple[Parameter, ...]:
    padding = sizes("padding", rank, 0, "Added on both sides of the input.", minimum=0)
    if not average:
        dilation = sizes("dilation", rank, 1, "Distance between the elements of the window.")
        return (*_kernel(rank), padding, dilation, _RETURN_INDICES, _CEIL_MODE)
    last = (
        boolean("count_include_pad", True, "Whether padding counts in the average."),
        integer("divisor_override", None, "Divide by this instead of the window's size."),
    )
    return (*_kernel(rank), padding, _CEIL_MODE, *(last if rank > 1 else last[:1]))


def _kind(
    name: str,
    help: str,
    rule: Rule,
    parameters: tuple[Parameter, ...],
    *,
    positional: tuple[str, ...] = ("kernel_size",),
    always: tuple[str, ...] = (),
    card: tuple[str, ...] = ("!k{kernel_size}", "s{stride}"),
    keywords: tuple[str, ...] = ("downsample", "subsample"),
) -> LayerKind:
    has_indices = _RETURN_INDICES in parameters
    outputs: Ports = _indices_port if has_indices else ports("output")
    return LayerKind(
        name=name,
        family="pooling",
        help=help,
        form=Module(name, positional=positional, always=(*positional, *always)),
        rule=rule,
        parameters=parameters,
        outputs=outputs,
        card=(*card, "indices {return_indices}") if has_indices else card,
        stem="pool",
        keywords=keywords,
        documentation=f"torch.nn.{name}.html",
    )


def _window_kind(rank: int, *, average: bool) -> LayerKind:
    return _kind(
        f"{'Avg' if average else 'Max'}Pool{rank}d",
        (
            "Takes the mean of each window: smaller and smoother."
            if average
            else "Takes the largest value of each window: smaller, keeping what stands out."
        ),
        _window(rank, average=average),
        _parameters(rank, average=average),
        card=("!k{kernel_size}", "s{stride}", "p{padding}", "ceil {ceil_mode}"),
    )


def _power_kind(rank: int) -> LayerKind:
    kernel = integer("kernel_size", 2, "Size of the window.")
    norm_type = number("norm_type", 2.0, "The power p: 1 adds up, large is like max.", above=0)
    return _kind(
        f"LPPool{rank}d",
        "Takes the p-norm of each window, between the sum and the maximum.",
        _power(rank),
        (norm_type, *((kernel, *_kernel(1)[1:]) if rank == 1 else _kernel(rank)), _CEIL_MODE),
        positional=("norm_type", "kernel_size"),
        card=("!p{norm_type} k{kernel_size}", "s{stride}"),
        keywords=("downsample", "norm", "power average"),
    )


def _adaptive_kind(rank: int, *, average: bool) -> LayerKind:
    size = sizes("output_size", rank, 1, "Size that goes out, whatever came in.")
    return _kind(
        f"Adaptive{'Avg' if average else 'Max'}Pool{rank}d",
        f"Pools to a given size by the {'mean' if average else 'maximum'}; size 1 is global "
        "pooling.",
        _adaptive(rank),
        (size,) if average else (size, _RETURN_INDICES),
        positional=("output_size",),
        card=("!to {output_size}",),
        keywords=("global", "gap"),
    )


def _fractional_kind(rank: int) -> LayerKind:
    ratio = Parameter(
        "output_ratio",
        Type.NUMBER,
        0.5,
        "Share of the size that goes out, where output_size is empty.",
        above=0,
        maximum=1,
        optional=True,
    )
    return _kind(
        f"FractionalMaxPool{rank}d",
        "Max pooling by any ratio, with windows at random places.",
        _fractional(rank),
        (
            sizes("kernel_size", rank, 2, "Size of the window."),
            sizes("output_size", rank, None, "Size that goes out.", optional=True),
            ratio,
            _RETURN_INDICES,
        ),
        always=("output_ratio",),
        card=("!k{kernel_size}", "to {output_size}", "ratio {output_ratio}"),
        keywords=("downsample", "random", "stochastic"),
    )


def _unpool_kind(rank: int) -> LayerKind:
    name = f"MaxUnpool{rank}d"
    size = sizes(
        "output_size", rank, None, "Size before the pooling, where it was rounded.", optional=True
    )
    return LayerKind(
        name=name,
        family="pooling",
        help="Puts each value back where max pooling took it from, with zeros between.",
        form=Module(
            name,
            positional=("kernel_size",),
            always=("kernel_size",),
            omitted=("output_size",),
            call_keywords=("output_size",),
        ),
        rule=_unpool(rank),
        parameters=(
            *_kernel(rank),
            sizes("padding", rank, 0, "The padding of the pooling.", minimum=0),
            size,
        ),
        inputs=ports("input", "indices"),
        card=("!k{kernel_size}", "s{stride}", "to {output_size}"),
        stem="unpool",
        keywords=("upsample", "segnet", "indices"),
        documentation=f"torch.nn.{name}.html",
    )


KINDS: Final = (
    *(_window_kind(rank, average=False) for rank in (1, 2, 3)),
    *(_window_kind(rank, average=True) for rank in (1, 2, 3)),
    *(_adaptive_kind(rank, average=True) for rank in (1, 2, 3)),
    *(_adaptive_kind(rank, average=False) for rank in (1, 2, 3)),
    *(_power_kind(rank) for rank in (1, 2, 3)),
    *(_fractional_kind(rank) for rank in (2, 3)),
    *(_unpool_kind(rank) for rank in (1, 2, 3)),
)
