"""Layers that bring activations to a common mean and scale."""

from __future__ import annotations

from typing import Final

from graph_model.dims import Dim
from graph_model.layers.convolution import LAYOUTS
from graph_model.layers.kind import LayerKind, Module, Rule
from graph_model.layers.use import Use, set_argument
from graph_model.tensors import TensorSpec
from graph_model.values import Parameter, Type, boolean, inferred, integer, number

_EPS: Final = number(
    "eps", 1e-5, "Added to the variance, so that nothing divides by zero.", above=0
)
_MOMENTUM: Final = Parameter(
    "momentum",
    Type.NUMBER,
    0.1,
    "Weight of the newest batch in the running statistics; empty for the mean of all batches.",
    minimum=0,
    maximum=1,
    optional=True,
)


def _channel_statistics(use: Use, size: int) -> None:
    """State the weights and buffers of a layer that normalises each channel."""
    if use.flag("affine"):
        use.weight("weight", size)
        use.weight("bias", size)
    if use.flag("track_running_stats"):
        use.buffer("running_mean", size)
        use.buffer("running_var", size)
        use.buffer("num_batches_tracked", dtype="int64")


def _batch_norm(rank: int) -> Rule:
    def rule(use: Use) -> TensorSpec:
        use.need_float32()
        if rank == 1 and use.input().rank == 2:
            x = use.input()
        else:
            layout = f"N×C or {LAYOUTS[1]}" if rank == 1 else LAYOUTS[rank]
            x = use.need_rank(rank + 2, layout)
        _channel_statistics(use, use.infer("num_features", 1))
        if {x.shape[0], *x.shape[2:]} == {1}:
            use.refuse("single_value_per_channel", port="input", shape=x)
        return x

    return rule


def _instance_norm(rank: int) -> Rule:
    def rule(use: Use) -> TensorSpec:
        use.need_float32()
        x = use.need_rank(rank + 2, LAYOUTS[rank])
        _channel_statistics(use, use.infer("num_features", 1))
        if set(x.shape[2:]) == {1}:
            use.refuse("single_value_per_channel", port="input", shape=x)
        return x

    return rule


def _last_dims(use: Use) -> tuple[int, ...]:
    """Return the sizes of the trailing dimensions that are normalised, and state them."""
    pinned = use.arguments["normalized_shape"]
    count = use.integer("dims") if pinned is None else len(use.integers("normalized_shape"))
    x = use.need_rank_at_least(count)
    sizes = tuple(_number(use, dim) for dim in x.shape[x.rank - count :])
    if pinned not in (None, sizes):
        use.refuse_pinned("normalized_shape", TensorSpec(sizes))
    use.sizes_inferred["normalized_shape"] = sizes
    return sizes


def _number(use: Use, dim: Dim) -> int:
    if not isinstance(dim, int):
        use.refuse_unknown_size("normalized_shape", dim)
    return dim


def layer_norm(use: Use) -> TensorSpec:
    """Normalise over the last dimensions (Ba et al. 2016, arXiv:1607.06450)."""
    use.need_float32()
    sizes = _last_dims(use)
    if use.flag("elementwise_affine"):
        use.weight("weight", *sizes)
        if use.flag("bias"):
            use.weight("bias", *sizes)
    return use.input()


def rms_norm(use: Use) -> TensorSpec:
    """Divide by the root mean square over the last dimensions (arXiv:1910.07467)."""
    use.need_float32()
    sizes = _last_dims(use)
    if use.flag("elementwise_affine"):
        use.weight("weight", *sizes)
    return use.input()


def group_norm(use: Use) -> TensorSpec:
    """Normalise over groups of channels (Wu and He 2018, arXiv:1803.08494)."""
    use.need_float32()
    x = use.need_rank_at_least(2)
    channels = use.infer("num_channels", 1)
    groups = use.integer("num_groups")
    use.need_divisible(
        "num_channels", channels, "num_groups", groups, set_argument("num_groups", 1)
    )
    if {channels // groups, *x.shape[2:]} == {1}:
        fixes = [set_argument("num_groups", 1)] if channels > 1 else []
        use.refuse("single_value_per_group", *fixes, port="input", shape=x)
    if use.flag("affine"):
        use.weight("weight", channels)
        use.weight("bias", channels)
    return x


def local_response(use: Use) -> TensorSpec:
    """Divide by the squares of neighbouring channels (Krizhevsky et al. 2012, section 3.3)."""
    use.need_floating()
    return use.need_rank_at_least(3)


def cross_map(use: Use) -> TensorSpec:
    """Divide by the squares of neighbouring channels of images."""
    use.need_floating()
    return use.need_rank(4, LAYOUTS[2])


def _channel_parameters(*, affine: bool, track: bool) -> tuple[Parameter, ...]:
    return (
        inferred("num_features", "Channels that come in."),
        _EPS,
        _MOMENTUM,
        boolean("affine", affine, "Whether a scale and a shift are learned for each channel."),
        boolean(
            "track_running_stats", track, "Whether running statistics are kept for evaluation."
        ),
    )


_NORMALIZED_SHAPE: Final = (
    integer("dims", 1, "How many of the last dimensions are normalised together."),
    Parameter(
        "normalized_shape",
        Type.INTEGERS,
        None,
        "The sizes of these dimensions, which follow from the input.",
        minimum=1,
        inferred=True,
    ),
)


def _over_channels(name: str, rule: Rule, help: str, *, affine: bool, track: bool) -> LayerKind:
    return LayerKind(
        name=name,
        family="normalisation",
        help=help,
        form=Module(name, positional=("num_features",)),
        rule=rule,
        parameters=_channel_parameters(affine=affine, track=track),
        card=("{num_features}", "affine {affine}"),
        stem="bn" if name.startswith("Batch") else "norm",
        keywords=("normalization", "batchnorm", "bn"),
        documentation=f"torch.nn.{name}.html",
    )


def _response(name: str, rule: Rule, help: str, k: float) -> LayerKind:
    return LayerKind(
        name=name,
        family="normalisation",
        help=help,
        form=Module(name, positional=("size",), always=("size",)),
        rule=rule,
        parameters=(
            integer("size", 5, "How many neighbouring channels count."),
            number("alpha", 1e-4, "The factor of their squares."),
            number("beta", 0.75, "The exponent."),
            number("k", k, "Added before the exponent."),
        ),
        card=("!{size} channels",),
        stem="norm",
        keywords=("lrn", "alexnet", "brightness"),
        documentation=f"torch.nn.{name}.html",
    )


_WHERE: Final = {1: "features or sequences", 2: "images", 3: "volumes"}

KINDS: Final = (
    *(
        _over_channels(
            f"BatchNorm{rank}d",
            _batch_norm(rank),
            f"Normalises each channel of {_WHERE[rank]} over the batch, which speeds training up.",
            affine=True,
            track=True,
        )
        for rank in (1, 2, 3)
    ),
    LayerKind(
        name="LayerNorm",
        family="normalisation",
        help="Normalises the last dimensions of each sample by itself, whatever the batch.",
        form=Module("LayerNorm", positional=("normalized_shape",), omitted=("dims",)),
        rule=layer_norm,
        parameters=(
            *_NORMALIZED_SHAPE,
            _EPS,
            boolean("elementwise_affine", True, "Whether a scale is learned for each element."),
            boolean("bias", True, "Whether a shift is learned as well."),
        ),
        card=("{normalized_shape}",),
        stem="norm",
        keywords=("normalization", "transformer"),
        documentation="torch.nn.LayerNorm.html",
    ),
    LayerKind(
        name="RMSNorm",
        family="normalisation",
        help="Divides the last dimensions by their root mean square: a lighter LayerNorm.",
        form=Module("RMSNorm", positional=("normalized_shape",), omitted=("dims",)),
        rule=rms_norm,
        parameters=(
            *_NORMALIZED_SHAPE,
            number("eps", None, "Added within the root; by default the dtype's own.", above=0),
            boolean("elementwise_affine", True, "Whether a scale is learned for each element."),
        ),
        card=("{normalized_shape}",),
        stem="norm",
        keywords=("normalization", "root mean square", "llama"),
        documentation="torch.nn.RMSNorm.html",
    ),
    LayerKind(
        name="GroupNorm",
        family="normalisation",
        help="Normalises groups of channels of each sample, so that small batches work as well.",
        form=Module("GroupNorm", positional=("num_groups", "num_channels"), always=("num_groups",)),
        rule=group_norm,
        parameters=(
            integer("num_groups", 4, "Groups that the channels are parted into."),
            inferred("num_channels", "Channels that come in."),
            _EPS,
            boolean("affine", True, "Whether a scale and a shift are learned for each channel."),
        ),
        card=("{num_channels}", "!in {num_groups} groups"),
        stem="norm",
        keywords=("normalization",),
        documentation="torch.nn.GroupNorm.html",
    ),
    *(
        _over_channels(
            f"InstanceNorm{rank}d",
            _instance_norm(rank),
            f"Normalises each channel of each of the {_WHERE[rank]} by itself; used for style.",
            affine=False,
            track=False,
        )
        for rank in (1, 2, 3)
    ),
    _response(
        "LocalResponseNorm",
        local_response,
        "Lets strong channels damp their neighbours, as AlexNet did.",
        1.0,
    ),
    _response(
        "CrossMapLRN2d",
        cross_map,
        "LocalResponseNorm as Lua Torch had it, to run models of that time.",
        1,
    ),
)
