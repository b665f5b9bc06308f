"""The sources that come with the application or with scikit-learn."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from graph_model.recipes.facts import DataFacts, classification, regression
from graph_model.recipes.source_kinds.kind import NORMALIZE, NORMALIZE_TARGET, SourceKind, fixed
from graph_model.recipes.source_kinds.tokens import HOW
from graph_model.values import Arguments, choice

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


PLAYS: Final = (
    "as_you_like_it",
    "much_ado_about_nothing",
    "twelfth_night",
    "henry_iv_part_1",
    "henry_v",
    "richard_ii",
    "julius_caesar",
    "macbeth",
    "othello",
)
PICTURE_CLASSES: Final = ("face", "animal", "food", "vehicle", "building", "clock")
KINDS_OF_PLAYS: Final = ("comedy", "history", "tragedy")


def _fashion_facts(arguments: Arguments) -> DataFacts | None:
    """Say what the subset is; what is installed of the whole set only reading tells."""
    if arguments["extent"] != "subset":
        return None
    return classification(7000, (1, 28, 28), FASHION_CLASSES, own_test=1000)


BUNDLED: Final = (
    SourceKind(
        "digits",
        "1,797 handwritten digits of 8×8 pixels.",
        (NORMALIZE,),
        "Digits",
        facts=fixed(classification(1797, (1, 8, 8), tuple("0123456789"))),
    ),
    SourceKind(
        "iris",
        "150 irises of three species, four measurements each.",
        (NORMALIZE,),
        "Iris",
        facts=fixed(
            classification(150, (4,), ("setosa", "versicolor", "virginica"), columns=IRIS_COLUMNS)
        ),
    ),
    SourceKind(
        "wine",
        "178 wines of three growers, thirteen chemical measurements each.",
        (NORMALIZE,),
        "Wine",
        facts=fixed(
            classification(178, (13,), ("class 0", "class 1", "class 2"), columns=WINE_COLUMNS)
        ),
    ),
    SourceKind(
        "breast_cancer",
        "569 tumours, malignant or benign, thirty measurements each.",
        (NORMALIZE,),
        "Breast cancer",
        facts=fixed(
            classification(569, (30,), ("malignant", "benign"), columns=BREAST_CANCER_COLUMNS)
        ),
    ),
    SourceKind(
        "diabetes",
        "442 patients, ten measurements each, and how their diabetes went on.",
        (NORMALIZE, NORMALIZE_TARGET),
        "Diabetes",
        facts=fixed(regression(442, (10,), columns=DIABETES_COLUMNS)),
    ),
    SourceKind(
        "fashion_mnist",
        "Pictures of clothes of 28×28 pixels, in ten classes. The subset has 7,000 of them, 1,000 "
        "for test; the whole set 70,000 and 10,000.",
        (
            choice(
                "extent",
                ("subset", "auto", "whole"),
                "subset",
                "The subset comes along. The whole set is read from where the Debian package "
                "dataset-fashion-mnist puts it: “auto” takes it where it is, else the subset.",
            ),
            NORMALIZE,
        ),
        "Fashion-MNIST",
        facts=_fashion_facts,
    ),
    SourceKind(
        "penguins",
        "344 penguins of three species: where, how large, of which sex; with gaps.",
        (
            choice(
                "missing",
                ("auto", "median", "mean", "most_frequent", "category", "skip", "refuse"),
                "auto",
                "What becomes of missing values: by default the median of the training samples for "
                "numbers, and for words a category of their own. “skip” leaves their rows out.",
            ),
            NORMALIZE,
        ),
        "Penguins",
    ),
    SourceKind(
        "emoji",
        "Coloured pictures of 32×32 pixels of six kinds of things; those that test are never seen "
        "in training, in no colour and no place.",
        (NORMALIZE,),
        "Coloured pictures",
        facts=fixed(
            replace(
                classification(3288, (3, 32, 32), PICTURE_CLASSES),
                own_split=(2312, 488, 488),
                groups=411,
            )
        ),
    ),
    SourceKind(
        "shakespeare",
        "A play of Shakespeare to go on with, letter by letter, word by word or in parts of words.",
        (
            choice("play", (*PLAYS, "all"), "macbeth", "Which of nine plays, or all of them."),
            *HOW,
        ),
        "Shakespeare: going on",
    ),
    SourceKind(
        "shakespeare_kinds",
        "Passages of nine plays of Shakespeare: comedy, history or tragedy?",
        HOW,
        "Shakespeare: which kind of play",
    ),
)
