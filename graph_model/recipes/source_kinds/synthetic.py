"""The sources that are drawn from a formula."""

from __future__ import annotations

from typing import Final

from graph_model.recipes.facts import DataFacts, classification, regression
from graph_model.recipes.source_kinds.kind import NORMALIZE, Origin, SourceKind
from graph_model.values import Arguments, Parameter, Type, integer, number

_SAMPLES: Final = integer("samples", 1000, "How many samples are drawn.", minimum=10)
_DATA_SEED: Final = integer("data_seed", 0, "The same seed draws the same samples.", minimum=0)


def _count(arguments: Arguments, name: str) -> int:
    value = arguments[name]
    assert isinstance(value, int)
    return value


def _noise(default: float) -> Parameter:
    return number("noise", default, "Standard deviation of the noise.", minimum=0)


def _spiral_facts(arguments: Arguments) -> DataFacts:
    names = tuple(f"arm {number}" for number in range(1, _count(arguments, "classes") + 1))
    return classification(_count(arguments, "samples"), (2,), names, columns=("x", "y"))


SYNTHETIC: Final = (
    SourceKind(
        "ring",
        "Points in the plane around eight places on a circle, for networks that draw new ones.",
        (
            _SAMPLES,
            integer("places", 8, "How many places there are.", minimum=2, maximum=64),
            _noise(0.05),
            _DATA_SEED,
            NORMALIZE,
        ),
        "Ring",
        Origin.SYNTHETIC,
        lambda arguments: classification(
            _count(arguments, "samples"),
            (2,),
            tuple(f"place {number}" for number in range(1, _count(arguments, "places") + 1)),
            columns=("x", "y"),
        ),
    ),
    SourceKind(
        "linear",
        "Points on a straight line with noise: y = 2x − 1.",
        (_SAMPLES, _noise(0.1), _DATA_SEED, NORMALIZE),
        "Line",
        Origin.SYNTHETIC,
        lambda arguments: regression(_count(arguments, "samples"), (1,)),
    ),
    SourceKind(
        "sine",
        "Points on a sine curve with noise.",
        (_SAMPLES, _noise(0.1), _DATA_SEED, NORMALIZE),
        "Sine",
        Origin.SYNTHETIC,
        lambda arguments: regression(_count(arguments, "samples"), (1,)),
    ),
    SourceKind(
        "moons",
        "Two half moons in the plane, one in the other.",
        (_SAMPLES, _noise(0.1), _DATA_SEED, NORMALIZE),
        "Moons",
        Origin.SYNTHETIC,
        lambda arguments: classification(
            _count(arguments, "samples"), (2,), ("upper", "lower"), columns=("x", "y")
        ),
    ),
    SourceKind(
        "spirals",
        "Spiral arms in the plane, wound round each other.",
        (
            _SAMPLES,
            Parameter("classes", Type.INTEGER, 3, "How many arms.", minimum=2, maximum=10),
            _noise(0.05),
            _DATA_SEED,
            NORMALIZE,
        ),
        "Spirals",
        Origin.SYNTHETIC,
        _spiral_facts,
    ),
    SourceKind(
        "xor",
        "Points in the plane: 1 where exactly one coordinate is positive.",
        (_SAMPLES, _noise(0.0), _DATA_SEED, NORMALIZE),
        "XOR",
        Origin.SYNTHETIC,
        lambda arguments: classification(
            _count(arguments, "samples"), (2,), ("same", "different"), columns=("x", "y")
        ),
    ),
    SourceKind(
        "sequence",
        "Two noisy signals with one pulse each: which pulse comes first?",
        (
            _SAMPLES,
            integer("length", 24, "How many time steps each sample has.", minimum=4),
            _noise(0.2),
            _DATA_SEED,
            NORMALIZE,
        ),
        "Order of pulses",
        Origin.SYNTHETIC,
        lambda arguments: classification(
            _count(arguments, "samples"),
            (_count(arguments, "length"), 2),
            ("first signal", "second signal"),
        ),
    ),
)
