"""The data sources one can train on, and what is known of those that need no file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Final

from graph_model.complaints import complaint
from graph_model.entry import Entry, catalogue
from graph_model.frozen import frozen
from graph_model.phrases import phrase
from graph_model.problems import Problem, Refusal
from graph_model.recipe import Choice
from graph_model.recipes.facts import DataFacts, classification, regression
from graph_model.values import (
    Arguments,
    Parameter,
    Type,
    boolean,
    choice,
    folder,
    integer,
    number,
    path,
    text,
)


class Origin(Enum):
    """Where a source has its data from, in the order of the menu."""

    BUNDLED = "bundled"
    SYNTHETIC = "synthetic"
    FILE = "file"


@frozen
class SourceKind(Entry):
    """One data source.

    ``facts`` tells what complete arguments give, without any file; sources of ``Origin.FILE``
    have none and are described by reading them.
    """

    origin: Origin = Origin.BUNDLED
    facts: Callable[[Arguments], DataFacts] | None = None


def _count(arguments: Arguments, name: str) -> int:
    value = arguments[name]
    assert isinstance(value, int)
    return value


def _fixed(facts: DataFacts) -> Callable[[Arguments], DataFacts]:
    return lambda _: facts


_NORMALIZE: Final = boolean(
    "normalize", True, "Shift and scale to mean 0 and deviation 1, as in the training split."
)
_NORMALIZE_TARGET: Final = boolean(
    "normalize_target", True, "Scale a numeric target too; results are given in its own units."
)
_SAMPLES: Final = integer("samples", 1000, "How many samples are drawn.", minimum=10)
_DATA_SEED: Final = integer("data_seed", 0, "The same seed draws the same samples.", minimum=0)


def _noise(default: float) -> Parameter:
    return number("noise", default, "Standard deviation of the noise.", minimum=0)


IRIS_COLUMNS: Final = ("sepal length", "sepal width", "petal length", "petal width")
WINE_COLUMNS: Final = (
    "alcohol",
    "malic acid",
    "ash",
    "alcalinity of ash",
    "magnesium",
    "total phenols",
    "flavanoids",
    "nonflavanoid phenols",
    "proanthocyanins",
    "color intensity",
    "hue",
    "od280/od315 of diluted wines",
    "proline",
)
DIABETES_COLUMNS: Final = ("age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6")
BREAST_CANCER_COLUMNS: Final = tuple(
    f"{kind} {measure}" if kind != "error" else f"{measure} error"
    for kind in ("mean", "error", "worst")
    for measure in (
        "radius",
        "texture",
        "perimeter",
        "area",
        "smoothness",
        "compactness",
        "concavity",
        "concave points",
        "symmetry",
        "fractal dimension",
    )
)
FASHION_CLASSES: Final = (
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
)


def _spiral_facts(arguments: Arguments) -> DataFacts:
    names = tuple(f"arm {number}" for number in range(1, _count(arguments, "classes") + 1))
    return classification(_count(arguments, "samples"), (2,), names, columns=("x", "y"))


SOURCES: Final[Mapping[str, SourceKind]] = catalogue(
    (
        SourceKind(
            "digits",
            "1,797 handwritten digits of 8×8 pixels.",
            (_NORMALIZE,),
            "Digits",
            facts=_fixed(classification(1797, (1, 8, 8), tuple("0123456789"))),
        ),
        SourceKind(
            "iris",
            "150 irises of three species, four measurements each.",
            (_NORMALIZE,),
            "Iris",
            facts=_fixed(
                classification(
                    150, (4,), ("setosa", "versicolor", "virginica"), columns=IRIS_COLUMNS
                )
            ),
        ),
        SourceKind(
            "wine",
            "178 wines of three growers, thirteen chemical measurements each.",
            (_NORMALIZE,),
            "Wine",
            facts=_fixed(
                classification(178, (13,), ("class 0", "class 1", "class 2"), columns=WINE_COLUMNS)
            ),
        ),
        SourceKind(
            "breast_cancer",
            "569 tumours, malignant or benign, thirty measurements each.",
            (_NORMALIZE,),
            "Breast cancer",
            facts=_fixed(
                classification(569, (30,), ("malignant", "benign"), columns=BREAST_CANCER_COLUMNS)
            ),
        ),
        SourceKind(
            "diabetes",
            "442 patients, ten measurements each, and how their diabetes went on.",
            (_NORMALIZE, _NORMALIZE_TARGET),
            "Diabetes",
            facts=_fixed(regression(442, (10,), columns=DIABETES_COLUMNS)),
        ),
        SourceKind(
            "fashion_mnist",
            "7,000 pictures of clothes of 28×28 pixels, in ten classes; 1,000 of them for test.",
            (_NORMALIZE,),
            "Fashion-MNIST (subset)",
            facts=_fixed(classification(7000, (1, 28, 28), FASHION_CLASSES, own_test=1000)),
        ),
        SourceKind(
            "linear",
            "Points on a straight line with noise: y = 2x − 1.",
            (_SAMPLES, _noise(0.1), _DATA_SEED, _NORMALIZE),
            "Line",
            Origin.SYNTHETIC,
            lambda arguments: regression(_count(arguments, "samples"), (1,)),
        ),
        SourceKind(
            "sine",
            "Points on a sine curve with noise.",
            (_SAMPLES, _noise(0.1), _DATA_SEED, _NORMALIZE),
            "Sine",
            Origin.SYNTHETIC,
            lambda arguments: regression(_count(arguments, "samples"), (1,)),
        ),
        SourceKind(
            "moons",
            "Two half moons in the plane, one in the other.",
            (_SAMPLES, _noise(0.1), _DATA_SEED, _NORMALIZE),
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
                _NORMALIZE,
            ),
            "Spirals",
            Origin.SYNTHETIC,
            _spiral_facts,
        ),
        SourceKind(
            "xor",
            "Points in the plane: 1 where exactly one coordinate is positive.",
            (_SAMPLES, _noise(0.0), _DATA_SEED, _NORMALIZE),
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
                _NORMALIZE,
            ),
            "Order of pulses",
            Origin.SYNTHETIC,
            lambda arguments: classification(
                _count(arguments, "samples"),
                (_count(arguments, "length"), 2),
                ("first signal", "second signal"),
            ),
        ),
        SourceKind(
            "fashion_mnist_folder",
            "The full Fashion-MNIST, MNIST or any like it, from a folder of IDX files.",
            (
                folder("path", "Folder with train-images-idx3-ubyte and so on, packed or not."),
                _NORMALIZE,
            ),
            "IDX folder (MNIST files)",
            Origin.FILE,
        ),
        SourceKind(
            "csv",
            "A table with a header line; columns of numbers and of words.",
            (
                path("path", "The file, in UTF-8."),
                text("target", "", "The column to predict; the last one where empty."),
                choice(
                    "task",
                    ("auto", "classification", "regression"),
                    "auto",
                    "Whether the target is a class or a number.",
                ),
                choice(
                    "delimiter",
                    ("auto", "comma", "semicolon", "tab"),
                    "auto",
                    "What stands between the columns.",
                ),
                choice(
                    "missing",
                    ("refuse", "skip"),
                    "refuse",
                    "What becomes of a row without a value in some column.",
                ),
                _NORMALIZE,
                _NORMALIZE_TARGET,
            ),
            "CSV table",
            Origin.FILE,
        ),
        SourceKind(
            "npz",
            "Arrays in a NumPy file, samples along the first dimension.",
            (
                path("path", "The .npz file."),
                text("features", "", "The array that enters; found by name where empty."),
                text("target", "", "The array to predict; found by name where empty."),
                _NORMALIZE,
                _NORMALIZE_TARGET,
            ),
            "NumPy arrays",
            Origin.FILE,
        ),
        SourceKind(
            "image_folder",
            "Pictures in folders, one folder for each class.",
            (
                folder("path", "The folder that holds the folders."),
                integer("size", 32, "Pictures are scaled to this width and height."),
                choice("color", ("rgb", "grey"), "rgb", "Three channels or one."),
                _NORMALIZE,
            ),
            "Folder of pictures",
            Origin.FILE,
        ),
    )
)
"""Every data source by its name."""


def described(choice: Choice) -> DataFacts | Problem | None:
    """Say what the data of a choice are, or why there are none.

    ``None`` where files have to be read for that.
    """
    try:
        arguments = arguments_of(choice)
    except Refusal as refusal:
        return refusal.problem
    facts = SOURCES[choice.kind].facts
    return facts(arguments) if facts is not None else None


def arguments_of(choice: Choice) -> Arguments:
    """Return the complete arguments of a choice.

    Raises ``Refusal`` where the catalogue does not know it, or admits no such value.
    """
    kind = SOURCES.get(choice.kind)
    if kind is None:
        values = {"place": phrase("data"), "kind": choice.kind, "choices": ", ".join(SOURCES)}
        raise Refusal(Problem("unknown_choice", values, parameter="data"))
    arguments = kind.complete(choice.arguments)
    for parameter in kind.parameters:
        wrong = complaint(parameter, arguments[parameter.name])
        if wrong is not None:
            raise Refusal(Problem(wrong.code, wrong.values, parameter=f"data.{parameter.name}"))
    return arguments
