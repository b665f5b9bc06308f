"""Activations: functions of each element, or of the elements along one dimension."""

from __future__ import annotations

from typing import Final

from graph_model.layers.convolution import LAYOUTS
from graph_model.layers.kind import LayerKind, Module, Rule
from graph_model.layers.use import Use, set_argument
from graph_model.problems import Fix, SetArguments
from graph_model.tensors import TensorSpec
from graph_model.values import Parameter, boolean, choice, integer, number


def same(use: Use) -> TensorSpec:
    """Give the shape that came in."""
    use.need_floating()
    return use.input()


def hardtanh(use: Use) -> TensorSpec:
    """Cut off at two bounds, of which the upper must be above the lower."""
    low, high = use.number("min_val"), use.number("max_val")
    if high <= low:
        swap = Fix("swap_bounds", SetArguments({"min_val": high, "max_val": low}))
        fixes = [swap] if high < low else []
        values = {"low": f"{low:g}", "high": f"{high:g}"}
        use.refuse("bounds_reversed", *fixes, parameter="max_val", **values)
    return same(use)


def rrelu(use: Use) -> TensorSpec:
    """Shrink the negative side by a random slope between two bounds."""
    low, high = use.number("lower"), use.number("upper")
    if low > high:
        fix = set_argument("lower", high)
        use.refuse("lower_above_upper", fix, parameter="lower", low=f"{low:g}", high=f"{high:g}")
    return same(use)


def softmax2d(use: Use) -> TensorSpec:
    """Normalise over the channels of images."""
    use.need_floating()
    return use.need_rank(4, LAYOUTS[2])


def prelu(use: Use) -> TensorSpec:
    """Learn the slope of the negative side: one, or one for each channel."""
    use.need_float32()
    x = use.input()
    count = use.integer("num_parameters")
    use.weight("weight", count)
    if count > 1:
        use.need_rank_at_least(2)
        use.need_size("input", 1, count)
    return x


def along_dim(use: Use) -> TensorSpec:
    """Normalise along one dimension."""
    use.need_floating()
    use.dim("dim", use.input().rank)
    return use.input()


def glu(use: Use) -> TensorSpec:
    """Halve one dimension: one half gates the other (arXiv:1612.08083)."""
    use.need_floating()
    x = use.input()
    dim = use.dim("dim", x.rank)
    use.need_dim_divisible(dim, 2)
    return x.with_dim(dim, x.shape[dim] // 2)


_INPLACE: Final = boolean("inplace", False, "Whether it overwrites its input to save memory.")


def _kind(
    name: str,
    help: str,
    *parameters: Parameter,
    rule: Rule = same,
    positional: tuple[str, ...] = (),
    always: tuple[str, ...] = (),
    card: tuple[str, ...] = (),
    keywords: tuple[str, ...] = (),
) -> LayerKind:
    return LayerKind(
        name=name,
        family="activation",
        help=help,
        form=Module(name, positional=positional, always=always),
        rule=rule,
        parameters=parameters,
        card=card,
        stem=name.lower(),
        keywords=("nonlinearity", *keywords),
        documentation=f"torch.nn.{name}.html",
    )


KINDS: Final = (
    _kind(
        "ReLU",
        "Keeps what is positive and makes the rest zero.",
        _INPLACE,
        keywords=("rectified",),
    ),
    _kind(
        "LeakyReLU",
        "Keeps what is positive and shrinks the rest.",
        number("negative_slope", 0.01, "The slope of the negative side."),
        _INPLACE,
        positional=("negative_slope",),
        card=("slope {negative_slope}",),
    ),
    _kind(
        "PReLU",
        "Keeps what is positive and shrinks the rest by a learned slope.",
        integer("num_parameters", 1, "Learned slopes: 1, or one for each channel."),
        number("init", 0.25, "The slope to begin with."),
        rule=prelu,
        card=("{num_parameters} slopes",),
    ),
    _kind(
        "RReLU",
        "A LeakyReLU whose slope is drawn at random while training.",
        number("lower", 1 / 8, "The smallest slope."),
        number("upper", 1 / 3, "The largest slope."),
        _INPLACE,
        rule=rrelu,
        card=("{lower} to {upper}",),
        keywords=("random",),
    ),
    _kind(
        "Threshold",
        "Keeps what is above a threshold and puts a number in place of the rest.",
        number("threshold", 0.0, "What an element must be above."),
        number("value", 0.0, "What is put in place of the rest."),
        _INPLACE,
        positional=("threshold", "value"),
        always=("threshold", "value"),
        card=("!> {threshold} else {value}",),
    ),
    _kind("ReLU6", "ReLU that stops at 6.", _INPLACE, keywords=("mobilenet",)),
    _kind(
        "GELU",
        "A smooth ReLU, usual in transformers.",
        choice("approximate", ("none", "tanh"), "none", "How the error function is computed."),
        card=("{approximate}",),
        keywords=("transformer",),
    ),
    _kind("SiLU", "The input times its sigmoid; also called swish.", _INPLACE, keywords=("swish",)),
    _kind("Mish", "A smooth ReLU that dips below zero.", _INPLACE),
    _kind(
        "ELU",
        "Keeps what is positive; the rest falls smoothly towards −alpha.",
        number("alpha", 1.0, "Where the negative side levels out."),
        _INPLACE,
        card=("alpha {alpha}",),
    ),
    _kind(
        "CELU",
        "An ELU whose slope is continuous for every alpha.",
        number("alpha", 1.0, "Where the negative side levels out.", above=0),
        _INPLACE,
        card=("alpha {alpha}",),
    ),
    _kind("SELU", "An ELU scaled so that activations normalise themselves.", _INPLACE),
    _kind("Sigmoid", "Squeezes each element between 0 and 1.", keywords=("logistic",)),
    _kind("LogSigmoid", "The logarithm of the sigmoid, computed safely."),
    _kind("Tanh", "Squeezes each element between −1 and 1."),
    _kind("Hardsigmoid", "A sigmoid made of straight lines.", _INPLACE),
    _kind("Hardswish", "A swish made of straight lines.", _INPLACE, keywords=("mobilenet",)),
    _kind(
        "Hardtanh",
        "Cuts each element off at two bounds.",
        number("min_val", -1.0, "The lower bound."),
        number("max_val", 1.0, "The upper bound."),
        _INPLACE,
        rule=hardtanh,
        card=("{min_val} to {max_val}",),
    ),
    _kind(
        "Softplus",
        "A smooth ReLU that is always positive.",
        number("beta", 1.0, "How sharp the bend is.", above=0),
        number("threshold", 20.0, "Above this it is computed as the input itself."),
        card=("beta {beta}",),
    ),
    _kind(
        "Softshrink",
        "Moves each element towards zero by lambd, and to zero what is closer.",
        number("lambd", 0.5, "By how much.", minimum=0),
        positional=("lambd",),
        card=("{lambd}",),
        keywords=("soft threshold",),
    ),
    _kind(
        "Hardshrink",
        "Makes zero what is within lambd of zero and keeps the rest.",
        number("lambd", 0.5, "How close to zero."),
        positional=("lambd",),
        card=("{lambd}",),
        keywords=("hard threshold",),
    ),
    _kind("Tanhshrink", "The input less its tanh."),
    _kind("Softsign", "Squeezes each element between −1 and 1, more gently than tanh."),
    _kind(
        "Softmax",
        "Turns the elements along one dimension into probabilities.",
        integer("dim", -1, "The dimension whose elements sum to 1.", minimum=None),
        rule=along_dim,
        always=("dim",),
        card=("!dim {dim}",),
        keywords=("probabilities",),
    ),
    _kind(
        "Softmin",
        "Softmax of the negated input: the smallest weighs most.",
        integer("dim", -1, "The dimension whose elements sum to 1.", minimum=None),
        rule=along_dim,
        always=("dim",),
        card=("!dim {dim}",),
        keywords=("probabilities",),
    ),
    _kind(
        "Softmax2d",
        "Softmax over the channels at each place of an image.",
        rule=softmax2d,
        keywords=("probabilities", "segmentation"),
    ),
    _kind(
        "LogSoftmax",
        "The logarithm of Softmax, computed safely.",
        integer("dim", -1, "The dimension whose exponentials sum to 1.", minimum=None),
        rule=along_dim,
        always=("dim",),
        card=("!dim {dim}",),
        keywords=("probabilities",),
    ),
    _kind(
        "GLU",
        "Lets one half of a dimension gate the other.",
        integer("dim", -1, "The dimension that is halved.", minimum=None),
        rule=glu,
        card=("!dim {dim}",),
        keywords=("gate",),
    ),
)
