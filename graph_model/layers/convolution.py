"""Convolutions in one, two and three dimensions, and their transposes."""

from __future__ import annotations

from typing import Final, NoReturn, cast

from graph_model.dims import Dim, Shape, product
from graph_model.frozen import frozen
from graph_model.layers.call import Call
from graph_model.layers.kind import LayerKind, Module, Rule
from graph_model.layers.use import Use, set_argument
from graph_model.problems import Fix
from graph_model.tensors import TensorSpec
from graph_model.values import (
    Arguments,
    Parameter,
    Value,
    boolean,
    choice,
    inferred,
    integer,
    sizes,
)

SAME, VALID = "same", "valid"
LAYOUTS: Final = {1: "N×C×L", 2: "N×C×H×W", 3: "N×C×D×H×W"}


@frozen
class Window:
    """What slides over the spatial dimensions, each number once for each of them."""

    kernel: tuple[int, ...]
    stride: tuple[int, ...]
    padding: tuple[int, ...]
    dilation: tuple[int, ...]

    def span(self, axis: int) -> int:
        """Return how far the window reaches in one dimension."""
        return self.dilation[axis] * (self.kernel[axis] - 1) + 1

    def padded(self, use: Use) -> Shape:
        """Return the spatial sizes of the input with the padding on both sides."""
        sizes = use.input().shape[2:]
        return tuple(size + 2 * padding for size, padding in zip(sizes, self.padding, strict=True))

    def count(self, use: Use, axis: int, *, ceil: bool = False) -> Dim:
        """Return how many windows fit into one dimension of the input, as torch counts them.

        With ``ceil``, a window that hangs over the end counts too, unless it would begin in the
        padding after it.
        """
        size, span = use.input().shape[axis + 2], self.span(axis)
        stride, padding = self.stride[axis], self.padding[axis]
        spare = size + 2 * padding - span
        if not ceil and not use.at_least(spare, 0):
            self.refuse_kernel(use, axis, self.padded(use))
        out = (spare + (stride - 1 if ceil else 0)) // stride + 1
        if ceil and padding + stride > span:  # only then may a window begin after the input
            if not isinstance(size, int) or not isinstance(out, int):
                use.refuse_symbol(size)
            out -= (out - 1) * stride >= size + padding
        if ceil:
            use.need_positive(axis + 2, out)
        return out

    def refuse_kernel(
        self, use: Use, axis: int, rooms: Shape, *, padding_helps: bool = True
    ) -> NoReturn:
        """Refuse a kernel too large for one of the ``rooms``, offering the largest that fits."""
        kernel = tuple(
            min(kernel, (room - 1) // dilation + 1) if isinstance(room, int) else kernel
            for kernel, room, dilation in zip(self.kernel, rooms, self.dilation, strict=True)
        )
        use.refuse(
            "kernel_too_large",
            *(self._enough_padding(use) if padding_helps else ()),
            set_argument("kernel_size", kernel if len(set(kernel)) > 1 else kernel[0]),
            port="input",
            parameter="kernel_size",
            span=self.span(axis),
            got=rooms[axis],
            shape=use.input(),
        )

    def _enough_padding(self, use: Use) -> list[Fix]:
        """Offer the padding with which the kernel fits, unless that were more than the input."""
        sizes = {
            axis: size for axis, size in enumerate(use.input().shape[2:]) if isinstance(size, int)
        }
        missing = max(self.span(axis) - size for axis, size in sizes.items())
        padding = max((missing + 1) // 2, *self.padding)
        pools = "out_channels" not in use.arguments
        if "padding" not in use.arguments or padding > min(sizes.values()):
            return []
        if 1 in sizes.values():
            return []  # all but the middle of the kernel would see nothing but padding
        if pools and padding > min(self.kernel) // 2:
            return []
        return [set_argument("padding", padding)]


def _convolution(rank: int) -> Rule:
    def rule(use: Use) -> TensorSpec:
        use.need_float32()
        x = use.need_rank(rank + 2, LAYOUTS[rank])
        out_channels = _channels(use, transposed=False)
        if use.arguments["padding"] == SAME:
            return x.with_shape(x.shape[0], out_channels, *_kept_sizes(use, rank))
        window = Window(
            use.sizes("kernel_size", rank),
            use.sizes("stride", rank),
            (0,) * rank if use.arguments["padding"] == VALID else use.sizes("padding", rank),
            use.sizes("dilation", rank),
        )
        for axis, padding in enumerate(window.padding):
            _need_enough_to_pad(use, axis + 2, padding)
        spatial = (window.count(use, axis) for axis in range(rank))
        return x.with_shape(x.shape[0], out_channels, *spatial)

    return rule


def _kept_sizes(use: Use, rank: int) -> Shape:
    """Return the sizes of the input, around which ``padding="same"`` adds what the window needs.

    It cannot do so for a window that takes larger steps, as torch says as well.
    """
    added = added_padding(use.arguments, rank)
    if any(step != 1 for step in use.sizes("stride", rank)):
        half = tuple(each // 2 for each in added)
        use.refuse(
            "same_with_stride",
            set_argument("padding", half if len(set(half)) > 1 else half[0]),
            set_argument("stride", 1),
            parameter="padding",
        )
    for axis, both in enumerate(added):
        _need_enough_to_pad(use, axis + 2, both - both // 2)
    return use.input().shape[2:]


def added_padding(arguments: Arguments, rank: int) -> tuple[int, ...]:
    """Return how much padding is added in each dimension, both sides taken together.

    The larger half of what ``padding="same"`` adds is at the end.
    """
    padding = arguments.get("padding", 0)
    if padding == VALID:
        return (0,) * rank
    if padding != SAME:
        return tuple(2 * each for each in _numbers(padding, rank))
    kernel, dilation = (_numbers(arguments[name], rank) for name in ("kernel_size", "dilation"))
    return tuple(far * (size - 1) for size, far in zip(kernel, dilation, strict=True))


def _numbers(value: Value, rank: int) -> tuple[int, ...]:
    return cast("tuple[int, ...]", value if isinstance(value, tuple) else (value,) * rank)


def _need_enough_to_pad(use: Use, dim: int, padding: int) -> None:
    """Refuse more padding than the input can fill, where it is filled from the input."""
    size, mode = use.input().shape[dim], use.text("padding_mode")
    if mode in {"reflect", "circular"}:
        limit = size - 1 if mode == "reflect" else size
        if not use.at_least(limit, padding):
            use.refuse(
                "padding_exceeds_input",
                set_argument("padding_mode", "zeros"),
                port="input",
                parameter="padding",
                mode=mode,
                padding=padding,
                limit=limit,
                dim=dim,
                shape=use.input(),
            )


def _transposed(rank: int) -> Rule:
    def rule(use: Use) -> TensorSpec:
        use.need_float32()
        x = use.need_rank(rank + 2, LAYOUTS[rank])
        out_channels = _channels(use, transposed=True)
        window = Window(
            *(use.sizes(name, rank) for name in ("kernel_size", "stride", "padding", "dilation"))
        )
        extra = use.sizes("output_padding", rank)
        spatial = (_spread(use, window, axis, extra[axis]) for axis in range(rank))
        return x.with_shape(x.shape[0], out_channels, *spatial)

    return rule


def _spread(use: Use, window: Window, axis: int, extra: int) -> Dim:
    """Return the size from which the window would count as many as come in, and ``extra``."""
    stride, dilation = window.stride[axis], window.dilation[axis]
    if extra >= max(stride, dilation):
        use.refuse(
            "output_padding_too_large",
            set_argument("output_padding", 0),
            parameter="output_padding",
            got=extra,
            stride=stride,
            dilation=dilation,
        )
    size = use.input().shape[axis + 2]
    out = (size - 1) * stride - 2 * window.padding[axis] + window.span(axis) + extra
    use.need_positive(axis + 2, out, set_argument("padding", 0))
    return out


def _channels(use: Use, *, transposed: bool) -> int:
    """State the weights and return ``out_channels``; the groups must divide both channels."""
    in_channels = use.infer("in_channels", 1)
    out_channels, groups = use.integer("out_channels"), use.integer("groups")
    if groups != 1:
        one = set_argument("groups", 1)
        use.need_divisible("in_channels", in_channels, "groups", groups, one)
        use.need_divisible("out_channels", out_channels, "groups", groups, one)
    first, second = (in_channels, out_channels) if transposed else (out_channels, in_channels)
    use.weight("weight", first, second // groups, *use.sizes("kernel_size", use.input().rank - 2))
    if use.flag("bias"):
        use.weight("bias", out_channels)
    return out_channels


def _at_each_place(call: Call) -> Dim:
    """Multiply one filter with the window for each element that goes out."""
    return product(call.output.shape) * product(call.weights[0].shape[1:])


def _from_each_place(call: Call) -> Dim:
    """Multiply one filter with each element that comes in, to spread it out."""
    return product(call.inputs["input"].shape) * product(call.weights[0].shape[1:])


def _parameters(rank: int, *, transposed: bool) -> tuple[Parameter, ...]:
    modes = ("zeros", "reflect", "replicate", "circular")
    padding_mode = choice("padding_mode", modes, "zeros", "What the padding is filled with.")
    words = () if transposed else (SAME, VALID)
    output_padding = sizes("output_padding", rank, 0, "Added to one side of the output.", minimum=0)
    return (
        inferred("in_channels", "Channels that come in."),
        integer("out_channels", 32, "Channels that go out: the number of learned filters."),
        sizes("kernel_size", rank, 3, "Size of the sliding window."),
        sizes("stride", rank, 1, "Step of the window."),
        sizes("padding", rank, 0, "Added on both sides of the input.", minimum=0, words=words),
        *((output_padding,) if transposed else ()),
        sizes("dilation", rank, 1, "Distance between the elements of the window."),
        integer("groups", 1, "Groups of channels that do not see each other."),
        boolean("bias", True, "Whether a learned bias is added."),
        *(() if transposed else (padding_mode,)),
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
        multiply_adds=_from_each_place if transposed else _at_each_place,
        documentation=f"torch.nn.{name}.html",
    )


KINDS: Final = (
    *(_kind(rank, transposed=False) for rank in (1, 2, 3)),
    *(_kind(rank, transposed=True) for rank in (1, 2, 3)),
)
