"""The functions of ``torch.nn.init`` that fill a tensor, with torch's own names and defaults."""

from __future__ import annotations

from typing import Final

from graph_model.entry import Entry, catalogue
from graph_model.frozen import frozen
from graph_model.values import Parameter, choice, integer, number

MOST_DIMS: Final = 64
"""As many as torch has."""
_LIMIT: Final = 1e9


@frozen
class InitKind(Entry):
    """One function of ``torch.nn.init``.

    It fills tensors of ``fewest`` to ``most`` dimensions. The parameters named in ``positional``
    are written without keyword, always.
    """

    fewest: int = 0
    most: int = MOST_DIMS
    positional: tuple[str, ...] = ()


def _number(name: str, default: float, help: str) -> Parameter:
    return number(name, default, help, minimum=-_LIMIT, maximum=_LIMIT)


_STD: Final = number("std", 1.0, "The standard deviation.", minimum=0, maximum=_LIMIT)
_MEAN: Final = _number("mean", 0.0, "The mean.")
_GAIN: Final = _number("gain", 1.0, "What the result is multiplied by.")
_KAIMING: Final = (
    _number("a", 0.0, "The slope of the negative side of leaky_relu."),
    choice("mode", ("fan_in", "fan_out"), "fan_in", "Which pass keeps its size: forward or back."),
    choice(
        "nonlinearity",
        ("linear", "sigmoid", "tanh", "relu", "leaky_relu", "selu"),
        "leaky_relu",
        "The activation that follows.",
    ),
)

INITS: Final = catalogue(
    (
        InitKind(
            "kaiming_normal_",
            "Normal numbers that keep their size through ReLU layers (He et al. 2015).",
            _KAIMING,
            fewest=2,
        ),
        InitKind(
            "kaiming_uniform_",
            "Evenly spread numbers that keep their size through ReLU layers (He et al. 2015).",
            _KAIMING,
            fewest=2,
        ),
        InitKind(
            "xavier_normal_",
            "Normal numbers that keep their size both ways (Glorot and Bengio 2010).",
            (_GAIN,),
            fewest=2,
        ),
        InitKind(
            "xavier_uniform_",
            "Evenly spread numbers that keep their size both ways (Glorot and Bengio 2010).",
            (_GAIN,),
            fewest=2,
        ),
        InitKind(
            "trunc_normal_",
            "Normal numbers, none of them outside two bounds, as in vision transformers.",
            (
                _MEAN,
                _STD,
                _number("a", -2.0, "The lower bound."),
                _number("b", 2.0, "The upper bound."),
            ),
        ),
        InitKind("normal_", "Normal numbers.", (_MEAN, _STD)),
        InitKind(
            "uniform_",
            "Evenly spread numbers between two bounds.",
            (_number("a", 0.0, "The lower bound."), _number("b", 1.0, "The upper bound.")),
        ),
        InitKind(
            "orthogonal_",
            "A matrix that turns without stretching, as for recurrent layers (Saxe et al. 2013).",
            (_GAIN,),
            fewest=2,
        ),
        InitKind("zeros_", "Zeros, as for the last norm of a residual branch."),
        InitKind("ones_", "Ones."),
        InitKind(
            "constant_",
            "One number everywhere.",
            (_number("val", 0.0, "The number."),),
            positional=("val",),
        ),
        InitKind("eye_", "The unit matrix: what comes in goes out.", fewest=2, most=2),
        InitKind(
            "dirac_",
            "A convolution that gives what comes in, as far as there are channels.",
            (integer("groups", 1, "Groups of output channels, each of which does so."),),
            fewest=3,
            most=5,
        ),
        InitKind(
            "sparse_",
            "Normal numbers, a share of each column of which is zero (Martens 2010).",
            (
                number("sparsity", 0.1, "The share of zeros.", minimum=0, maximum=1),
                number("std", 0.01, "The standard deviation.", minimum=0, maximum=_LIMIT),
            ),
            fewest=2,
            most=2,
            positional=("sparsity",),
        ),
    )
)
"""Every one by its name."""
