"""What the figures of the epochs say by themselves: labels that do not belong, and overfitting."""

from __future__ import annotations

import math
from typing import Final

from app.diagnosis.case import Case, Finding, of_recipe, told
from graph_model.phrases import figure_names
from graph_model.problems import AddOption, Fix, SetOptionArguments
from graph_model.recipes.judging import LOSS, judged_by
from graph_model.recipes.options import OPTIONS

_FEWEST: Final = 5
"""Epochs before which nothing is said."""
_MANY, _MANY_STEPS = 10, 150
"""Epochs and steps after which even a little that was learnt should help with other samples."""
_FEWEST_SAMPLES: Final = 20
_LEARNT, _A_LITTLE = 0.85, 0.97
"""What shares of the loss of guessing say that training samples are learnt, or are a little."""
_TRIED: Final = 0.9
"""What share of it is nothing after twice as many epochs and steps."""
_LUCK: Final = 0.6
"""By what share, over the root of the number of samples, the best of many epochs may be better
than guessing by luck."""
_FAR: Final = 3.0
"""How many standard deviations are more than chance."""
_RISEN: Final = 1.25
_SINCE: Final = 3


def labels_unrelated(case: Case) -> Finding | None:
    """The training samples are learnt by heart, and nothing of it holds for others."""
    chance, epochs = case.chance, case.signs.epochs
    validating = case.signs.samples[1]
    if chance is None or epochs.count < _FEWEST or validating < _FEWEST_SAMPLES:
        return None
    if not epochs.validation or _is_beyond_chance(case):
        return None
    last = epochs.train[-1]
    best, recent = epochs.validation[epochs.best], min(epochs.validation[-2:])
    is_long = epochs.count >= _MANY and case.signs.steps >= _MANY_STEPS
    is_learnt = last < _LEARNT * chance.loss or (is_long and last < _A_LITTLE * chance.loss)
    if not is_learnt or best < _no_better(case) or recent < chance.validation:
        return None
    return of_recipe(
        case,
        "labels_unrelated",
        parameter="data",
        train=told(last),
        validation=told(best),
        chance=told(chance.validation),
        epochs=epochs.count,
    )


def labels_tell_nothing(case: Case) -> Finding | None:
    """Nothing is learnt in many epochs, though all else is as it should be."""
    chance, epochs = case.chance, case.signs.epochs
    if chance is None or epochs.count < _FEWEST or case.signs.steps < _MANY_STEPS:
        return None
    last = epochs.train[-1]
    best = epochs.validation[epochs.best] if epochs.validation else chance.validation
    has_tried = epochs.count >= 2 * _MANY and case.signs.steps >= 2 * _MANY_STEPS
    is_learnt = last < (_TRIED if has_tried else _A_LITTLE) * chance.loss
    if is_learnt or best < _no_better(case) or _is_beyond_chance(case):
        return None
    return of_recipe(
        case,
        "labels_tell_nothing",
        parameter="data",
        train=told(last),
        chance=told(chance.loss),
        epochs=epochs.count,
    )


def _no_better(case: Case) -> float:
    """Return the loss of validation above which the best of many epochs may be luck."""
    chance, validating = case.chance, case.signs.samples[1]
    assert chance is not None
    return (1 - _LUCK / math.sqrt(max(1, validating))) * chance.validation


def _is_beyond_chance(case: Case) -> bool:
    """Tell whether the best accuracy is more than the most frequent class gives by luck."""
    chance, validating = case.chance, case.signs.samples[1]
    if chance is None or chance.share is None:
        return False
    deviation = math.sqrt(chance.share * (1 - chance.share) / max(1, validating))
    return case.signs.epochs.accuracy > chance.share + _FAR * deviation


def overfitting(case: Case) -> Finding | None:
    """The validation loss has been rising for some epochs while that of training falls."""
    epochs = case.signs.epochs
    validation, train, best = epochs.validation, epochs.train, epochs.best
    if len(validation) < 2 * _SINCE or len(validation) != len(train):
        return None
    recent = min(validation[-_SINCE:])
    if len(validation) - 1 - best < _SINCE or recent < _RISEN * validation[best]:
        return None
    if not train[-1] < 0.8 * train[best] or not train[-1] < 0.5 * recent:
        return None
    fixes = [] if case.recipe.option("early_stopping") else [_STOPPING]
    return of_recipe(
        case,
        "overfitting",
        *fixes,
        parameter="epochs",
        epoch=best + 1,
        best=told(validation[best]),
        now=told(validation[-1]),
        before=told(train[best]),
        train=told(train[-1]),
    )


def nothing_decides(case: Case) -> Finding | None:
    """The figure that says which epoch is the best is no number."""
    deciding = judged_by(case.recipe).figure
    if not math.isnan(case.signs.epochs.last.get(deciding, 0.0)) or deciding == LOSS:
        return None
    return of_recipe(
        case,
        "nothing_decides",
        _BY_LOSS,
        parameter="options.best_by",
        figure=figure_names(deciding),
        samples=case.signs.samples[1],
    )


_BY_LOSS: Final = Fix(
    "decide_by", SetOptionArguments("best_by", {"figure": LOSS}), {"figure": figure_names(LOSS)}
)
_STOPPING: Final = Fix(
    "add_option",
    AddOption("early_stopping", {"patience": 5}),
    {"option": OPTIONS["early_stopping"].title},
)
RULES: Final = (nothing_decides, labels_unrelated, overfitting)


def found_in_epochs(case: Case) -> Finding | None:
    """Return what the figures of the epochs say."""
    return next((finding for rule in RULES if (finding := rule(case)) is not None), None)
