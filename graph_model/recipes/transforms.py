"""What can be done to each sample before it enters the network, anew in each epoch.

How each is written stands in ``codegen.training.transforms``, under the same name.
"""

from __future__ import annotations

from enum import Enum
from typing import Final

from graph_model.entry import Entry, catalogue
from graph_model.frozen import frozen
from graph_model.recipe import Recipe
from graph_model.values import Parameter, choice, integer, number


class Suits(Enum):
    """The inputs that a transform can change, by the words that say so."""

    PICTURES = "pictures of shape N×C×H×W"
    COLOURED = "pictures in three colours, N×3×H×W"
    SERIES = "series of shape N×T×C"
    TOKENS = "indices of words, N×T"
    NUMBERS = "numbers"


@frozen
class TransformKind(Entry):
    """One thing that is done to training samples at random, or what data are scaled by.

    What is done to ``pixels_move`` is done to targets that are pictures or masks alike. What
    ``mixes`` makes one sample of two, and their targets too. What is ``fitted`` is done to all
    samples alike, by figures of the training split.
    """

    suits: Suits = Suits.PICTURES
    pixels_move: bool = False
    mixes: bool = False
    fitted: bool = False


SCALE: Final = "scale"
"""The transform that is no change at random: what the features are scaled by."""


def scaled_by(recipe: Recipe) -> str:
    """Return what the recipe says that features are scaled by, nothing where it does not."""
    chosen = next((each for each in recipe.transforms if each.kind == SCALE), None)
    return str(TRANSFORMS[SCALE].complete(chosen.arguments)["by"]) if chosen else ""


def _probability(default: float, what: str) -> Parameter:
    return number("probability", default, what, above=0, maximum=1)


_PADDING: Final = choice(
    "outside",
    ("zeros", "border", "reflection"),
    "zeros",
    "What comes from outside of a picture: zeros, the nearest pixel, or its mirror image.",
)
_ALPHA: Final = (
    "How evenly two are mixed: with small numbers one outweighs the other nearly always."
)
_MIXED: Final = "Share of the samples that are mixed."

TRANSFORMS: Final = catalogue(
    (
        TransformKind(
            SCALE,
            "Scales the features by figures of the training split, in another way than by mean and "
            "deviation. It is done to all samples, also when predicting.",
            (
                choice(
                    "by",
                    ("standard", "min-max", "robust", "sample", "nothing"),
                    "standard",
                    "Mean and deviation; least and greatest, to 0 and 1; median and quartiles, "
                    "which heed no outliers; each sample by its own mean and deviation, such as "
                    "each picture by its light and contrast; or nothing.",
                ),
            ),
            shown="Scale",
            suits=Suits.NUMBERS,
            fitted=True,
        ),
        TransformKind(
            "horizontal_flip",
            "Mirrors some pictures, left for right.",
            (_probability(0.5, "Share of the samples that are mirrored."),),
            shown="Flip left and right",
            pixels_move=True,
        ),
        TransformKind(
            "vertical_flip",
            "Turns some pictures upside down, as a mirror does.",
            (_probability(0.5, "Share of the samples that are mirrored."),),
            shown="Flip up and down",
            pixels_move=True,
        ),
        TransformKind(
            "crop",
            "Puts a border around pictures and cuts a piece of their former size out of that, at a "
            "random place.",
            (
                integer("padding", 4, "How many pixels wide the border is.", maximum=1024),
                choice(
                    "outside",
                    ("zeros", "border", "reflection"),
                    "zeros",
                    "What the border is: zeros, the nearest pixel, or the picture's mirror image.",
                ),
            ),
            shown="Crop with padding",
            pixels_move=True,
        ),
        TransformKind(
            "rotate",
            "Turns pictures about their middle.",
            (
                number("degrees", 10.0, "The most that they turn, either way.",
                       above=0, maximum=180),
                _PADDING,
            ),
            shown="Turn",
            pixels_move=True,
        ),
        TransformKind(
            "affine",
            "Shifts pictures, makes them larger or smaller, and slants them.",
            (
                number(
                    "shift", 0.1, "The most that they move, as a share of their size.",
                    minimum=0, maximum=1,
                ),
                number(
                    "zoom", 0.1, "The most that they grow or shrink, as a share of their size.",
                    minimum=0, maximum=0.9,
                ),
                number("shear", 0.0, "The most that they slant: 1 is half a right angle.",
                       minimum=0, maximum=2),
                _PADDING,
            ),
            shown="Shift, zoom and shear",
            pixels_move=True,
        ),
        TransformKind(
            "brightness_contrast",
            "Makes pictures brighter or darker, and their contrasts larger or smaller.",
            (
                number(
                    "brightness", 0.2,
                    "The most that is added to every pixel, in the units that enter the network: "
                    "where data are scaled, 1 is their deviation.", minimum=0, maximum=10,
                ),
                number("contrast", 0.2, "The most that contrasts grow or shrink, as a share.",
                       minimum=0, maximum=1),
            ),
            shown="Brightness and contrast",
        ),
        TransformKind(
            "colour",
            "Makes colours stronger or paler, and turns them into others.",
            (
                number("saturation", 0.3, "The most that they grow stronger or paler, as a share.",
                       minimum=0, maximum=1),
                number("hue", 0.05, "The most that they turn, as a share of the colour circle.",
                       minimum=0, maximum=0.5),
            ),
            shown="Colour",
            suits=Suits.COLOURED,
        ),
        TransformKind(
            "blur",
            "Blurs pictures, each as much as chance says.",
            (
                number("largest", 1.0, "The deviation of the strongest blur, in pixels.",
                       above=0, maximum=20),
            ),
            shown="Blur",
        ),
        TransformKind(
            "noise",
            "Adds normal noise to every number: to pixels, to features, to the steps of a series.",
            (
                number(
                    "deviation", 0.1,
                    "How strong it is, in the units that enter the network: where data are scaled, "
                    "1 is their deviation.", above=0, maximum=100,
                ),
            ),
            shown="Noise",
            suits=Suits.NUMBERS,
        ),
        TransformKind(
            "erase",
            "Sets a rectangle of some pictures to 0 (Zhong et al. 2020).",
            (
                _probability(0.5, "Share of the samples that lose a rectangle."),
                number("smallest", 0.02, "The smallest rectangle, as a share of the picture.",
                       above=0, maximum=1),
                number("largest", 0.3, "The largest rectangle, as a share of the picture.",
                       above=0, maximum=1),
            ),
            shown="Erase a rectangle",
        ),
        TransformKind(
            "mixup",
            "Lays two samples over each other, and their targets too (Zhang et al. 2018). Figures "
            "of the training split count the one that it has more of.",
            (
                number("alpha", 0.2, _ALPHA, above=0, maximum=100),
                _probability(1.0, _MIXED),
            ),
            shown="MixUp",
            suits=Suits.NUMBERS,
            mixes=True,
        ),
        TransformKind(
            "cutmix",
            "Puts a rectangle of another picture into each, and mixes their targets by its size "
            "(Yun et al. 2019). Figures of the training split count the one that it has more of.",
            (
                number("alpha", 1.0, _ALPHA, above=0, maximum=100),
                _probability(1.0, _MIXED),
            ),
            shown="CutMix",
            mixes=True,
        ),
        TransformKind(
            "rand_augment",
            "Does some of eight things to each picture, drawn anew: turn, slant, shift two ways, "
            "zoom, brighten, change its contrast, or nothing (after Cubuk et al. 2020).",
            (
                integer("count", 2, "How many are done, one after the other.", maximum=8),
                number(
                    "strength", 0.3, "How far each goes: 1 turns by 30 degrees and shifts by 30 %.",
                    above=0, maximum=1,
                ),
            ),
            shown="RandAugment",
            pixels_move=True,
        ),
        TransformKind(
            "feature_dropout",
            "Sets some numbers of each sample to 0, which is their mean where data are scaled.",
            (_probability(0.1, "Share of the numbers that become 0."),),
            shown="Drop features",
            suits=Suits.NUMBERS,
        ),
        TransformKind(
            "scaling",
            "Multiplies each variable of a series by a number near 1.",
            (number("deviation", 0.1, "How far from 1 it lies.", above=0, maximum=10),),
            shown="Scale variables",
            suits=Suits.SERIES,
        ),
        TransformKind(
            "time_shift",
            "Moves series in time; what is missing then is as the first or the last step.",
            (integer("most", 2, "The most steps that they move, either way.", maximum=10_000),),
            shown="Shift in time",
            suits=Suits.SERIES,
        ),
        TransformKind(
            "time_crop",
            "Cuts a piece out of each series at a random place, and stretches it to the whole "
            "length.",
            (number("share", 0.9, "How long the piece is, as a share of the whole.",
                    above=0, maximum=1),),
            shown="Crop in time",
            suits=Suits.SERIES,
        ),
        TransformKind(
            "token_mask",
            "Puts another index in place of some words.",
            (
                _probability(0.1, "Share of the words that are replaced."),
                integer("token", 0, "The index that takes their place.", minimum=0),
            ),
            shown="Mask words",
            suits=Suits.TOKENS,
        ),
    )
)  # fmt: skip
"""Every transform by its name."""
