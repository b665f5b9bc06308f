"""Which samples train, validate and test: the ways to split them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph_model.entry import Entry as Way
from graph_model.entry import catalogue
from graph_model.frozen import frozen
from graph_model.values import boolean, choice, integer, text


@frozen
class Entry(Way):
    """A way to split samples; ``ignores`` names the fractions that count for nothing in it."""

    ignores: tuple[str, ...] = ()


SPLITS: Final[Mapping[str, Entry]] = catalogue(
    (
        Entry(
            "random",
            "By chance, with each class spread evenly. Where the data are split already, that is "
            "kept, and only what it lacks is taken from the training samples.",
            (boolean("keep_own", True, "Keep the split that the data have of their own."),),
            shown="At random, or as the data are split",
        ),
        Entry(
            "plain_random",
            "By chance alone, whatever the classes are and however the data were split.",
            shown="Purely at random",
        ),
        Entry(
            "stratified",
            "By chance, with the values of an array spread evenly: its classes, or its numbers by "
            "how large they are.",
            (
                text("array", "", "The array whose values are spread; none stands for the target."),
                integer(
                    "parts",
                    10,
                    "How many parts of equal size numbers are put into, from small to large.",
                    minimum=2,
                    maximum=1000,
                ),
            ),
            shown="Stratified by an array",
        ),
        Entry(
            "group",
            "By chance, but what is of one group is never parted: all pictures of a patient, all "
            "rows of a customer. A column with the role “group” says what belongs together.",
            shown="By group",
        ),
        Entry(
            "time",
            "The last samples test, those before them validate, and the first train: in the order "
            "of a date, or else in that of the data. For what is to be forecast.",
            shown="By time",
        ),
        Entry(
            "folds",
            "In folds of equal size, of which one validates and the others train. Runs with each "
            "fold in turn make a cross-validation. The test split is set aside before.",
            (
                integer("folds", 5, "How many folds there are.", minimum=2, maximum=1000),
                integer("fold", 1, "Which of them validates, from 1."),
                choice(
                    "by",
                    ("class", "chance", "group", "order"),
                    "class",
                    "Each class spread evenly, chance alone, groups never parted, or neighbours "
                    "together.",
                ),
            ),
            shown="K folds",
            ignores=("validation_fraction",),
        ),
        Entry(
            "own",
            "As the data are split already, by folders, arrays or a column. What that lacks is "
            "taken from its training samples by chance.",
            shown="The data's own",
        ),
        Entry(
            "counts",
            "By chance, with each class spread evenly, in fixed numbers of samples.",
            (
                integer("validation", 1000, "How many samples validate."),
                integer("test", 1000, "How many samples test.", minimum=0),
            ),
            shown="Fixed numbers",
            ignores=("validation_fraction", "test_fraction"),
        ),
    )
)
"""Every way to split samples, by its name. How each is done stands in ``app.data.splitting``."""
