"""Convolutions in one, two and three dimensions, and their transposes."""

from __future__ import annotations

from typing import Final

from graph_model.dims import Dim
from graph_model.layers.kind import LayerKind, Module, Rule
from graph_model.layers.use import Use, set_argument
from graph_model.tensors import TensorSpec
from graph_model.values import Parameter, boolean, choice, inferred, integer, sizes

LAYOUTS: Final = {1: "N×C×L", 2: "N×C×H×W", 3: "N×C×D×H×W"}
AXES: Final = {1: ("length",), 2: ("height", "width"), 3: ("depth", "height", "width")}


def window_size(
    use: Use,
    size: Dim,
    what: str,
    kernel: int,
    stride: int,
    padding: int,
    dilation: int,
    *,
    ceil: bool = False,
) -> Dim:
    """Return how many windows fit into one dimension, as torch counts them.

    With ``ceil``, a window that hangs over the end counts too, unless it would begin in the
    padding after it.
    """
    span = dilation * (kernel - 1) + 1
    padded = size + 2 * padding
    if isinstance(padded, int) and padded < span and not ceil:
        enough = -((padded - span) // 2) + padding
        use.refuse(
            "kernel_too_large",
            set_argument("padding", enough),
            set_argument("kernel_size", max(1, padded)),
            port="input",
            span=span,
            got=padded,
            shape=use.input(),
        )
    out = (padded - span + (stride - 1 if ceil else 0)) // stride + 1
    if ceil and isinstance(out, int) and isinstance(size, int):
        out -= (out - 1) * stride >= size + padding
    use.need_positive(what, out)
    return out


def _convolution(rank: int) -> Rule:
    def rule(use: Use) -> TensorSpec:
        use.need_floating()
        x = use.need_rank(rank + 2, LAYOUTS[rank])
        in_channels = use.infer("in_channels", 1)
        out_channels, groups = _channels(use, in_channels)
        kernel = use.sizes("kernel_size", rank)
        stride, padding, dilation = (
            use.sizes(name, rank) for name in ("stride", "padding", "dilation")
        )
        use.weight("weight", out_channels, in_channels // groups, *kernel)
        if use.flag("bias"):
            use.weight("bias", out_channels)
        spatial = (
            window_size(use, *of_axis)
            for of_axis in zip(
                x.shape[2:], AXES[rank], kernel, stride, padding, dilation, strict=True
            )
        )
        return x.with_shape(x.shape[0], out_channels, *spatial)

    return rule


def _transposed(rank: int) -> Rule:
    def rule(use: Use) -> TensorSpec:
        use.need_floating()
        x = use.need_rank(rank + 2, LAYOUTS[rank])
        in_channels = use.infer("in_channels", 1)
        out_channels, groups = _channels(use, in_channels)
        kernel = use.sizes("kernel_size", rank)
        stride, padding, extra, dilation = (
            use.sizes(name, rank) for name in ("stride", "padding", "output_padding", "dilation")
        )
        use.weight("weight", in_channels, out_channels // groups, *kernel)
        if use.flag("bias"):
            use.weight("bias", out_channels)
        spatial: list[Dim] = []
        for axis, size in enumerate(x.shape[2:]):
            if extra[axis] >= max(stride[axis], dilation[axis]):
                use.refuse(
                    "bad_combination",
                    set_argument("output_padding", 0),
                    parameter="output_padding",
                    explanation=f"output_padding = {extra[axis]} must be smaller than stride = "
                    f"{stride[axis]} or dilation = {dilation[axis]}.",
                )
            out = (
                (size - 1) * stride[axis]
                - 2 * padding[axis]
                + dilation[axis] * (kernel[axis] - 1)
                + extra[axis]
                + 1
            )
            use.need_positive(AXES[rank][axis], out)
            spatial.append(out)
        return x.with_shape(x.shape[0], out_channels, *spatial)

    return rule


def _channels(use: Use, in_channels: int) -> tuple[int, int]:
    """Return ``out_channels`` and ``groups``, refused unless the groups divide both channels."""
    out_channels, groups = use.integer("out_channels"), use.integer("groups")
    use.need_divisible("in_channels", in_channels, "groups", groups)
    use.need_divisible("out_channels", out_channels, "groups", groups)
    return out_channels, groups


def _parameters(rank: int, *, transposed: bool) -> tuple[Parameter, ...]:
    modes = ("zeros",) if transposed else ("zeros", "reflect", "replicate", "circular")
    output_padding = sizes("output_padding", rank, 0, "Added to one side of the output.", minimum=0)
    return (
        inferred("in_channels", "Channels that come in."),
        integer("out_channels", 32, "Channels that go out: the number of learned filters."),
        sizes("kernel_size", rank, 3, "Size of the sliding window."),
        sizes("stride", rank, 1, "Step of the window."),
        sizes("padding", rank, 0, "Added on both sides of the input.", minimum=0),
        *((output_padding,) if transposed else ()),
        sizes("dilation", rank, 1, "Distance between the elements of the window."),
        integer("groups", 1, "Groups of channels that do not see each other."),
        boolean("bias", True, "Whether a learned bias is added."),
        choice("padding_mode", modes, "zeros", "What the padding is filled with."),
    )


def _kind(rank: int, *, transposed: bool) -> LayerKind:
    name = f"ConvTranspose{rank}d" if transposed else f"Conv{rank}d"
    what = {1: "sequences or signals", 2: "images", 3: "volumes or video"}[rank]
    return LayerKind(
        name=name,
        family="convolution",
        help=(
            f"Upsamples {what}: each element is spread out through learned filters."
            if transposed
            else f"Slides learned filters over {what}."
        ),
        form=Module(
            name,
            positional=("in_channels", "out_channels"),
            always=("out_channels", "kernel_size"),
        ),
        rule=_transposed(rank) if transposed else _convolution(rank),
        parameters=_parameters(rank, transposed=transposed),
        card=(
            "{in_channels}→{out_channels}",
            "!k{kernel_size}",
            "s{stride}",
            "p{padding}",
            "d{dilation}",
            "g{groups}",
            "bias {bias}",
        ),
        stem="up" if transposed else "conv",
        keywords=("deconvolution", "upsample") if transposed else ("filter", "kernel", "cnn"),
        documentation=f"torch.nn.{name}.html",
    )


KINDS: Final = (
    *(_kind(rank, transposed=False) for rank in (1, 2, 3)),
    *(_kind(rank, transposed=True) for rank in (1, 2, 3)),
)
