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
"""What share of it is nothing after twice as many epochs."""
_LUCK: Final = 0.05
"""How often the best of all epochs may look better than guessing though it is not."""
_ABOVE: Final = 1.1
"""How many times the loss of guessing says that not even that was learnt."""
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
    last, recent = epochs.train[-1], min(epochs.validation[-2:])
    is_long = epochs.count >= _MANY and case.signs.steps >= _MANY_STEPS
    is_learnt = last < _LEARNT * chance.loss or (is_long and last < _A_LITTLE * chance.loss)
    if not is_learnt or recent < chance.validation:
        return None
    return of_recipe(
        case,
        "labels_unrelated",
        parameter="data",
        train=told(last),
        validation=told(epochs.validation[epochs.best]),
        chance=told(chance.validation),
        epochs=epochs.count,
    )


def labels_tell_nothing(case: Case) -> Finding | None:
    """Nothing is learnt in many epochs, though all else is as it should be."""
    chance, epochs = case.chance, case.signs.epochs
    if chance is None or epochs.count < _FEWEST or case.signs.steps < _MANY_STEPS:
        return None
    last = epochs.train[-1]
    has_tried = epochs.count >= 2 * _MANY
    is_learnt = last < (_TRIED if has_tried else _A_LITTLE) * chance.loss
    is_far = last > _ABOVE * chance.loss  # whatever the labels are, guessing can be learnt
    if is_learnt or is_far or _is_beyond_chance(case):
        return None
    return of_recipe(
        case,
        "labels_tell_nothing",
        parameter="data",
        train=told(last),
        chance=told(chance.loss),
        epochs=epochs.count,
    )


def _is_beyond_chance(case: Case) -> bool:
    """Tell whether the best epoch of validation is more than luck, by its loss or its accuracy.

    Where labels have nothing to do with samples, no one epoch is more likely than guessing by so
    many nats with a probability above e to the minus that, however sure the network is (Ville); the
    same holds of how often it is right (Chernoff). There are as many chances as epochs.
    """
    chance, epochs, count = case.chance, case.signs.epochs, case.signs.samples[1]
    if chance is None or not epochs.validation:
        return False
    nats = (chance.validation - epochs.validation[epochs.best]) / chance.nat
    if chance.share is not None:
        nats = max(nats, _divergence(epochs.accuracy, chance.share))
    return count * nats > math.log(epochs.count / _LUCK)


def _divergence(found: float, expected: float) -> float:
    """Return by how many nats a share is above another: their relative entropy, 0 if it is not."""
    if not expected < found <= 1:
        return 0.0
    rest = (1 - found) * math.log((1 - found) / (1 - expected)) if found < 1 else 0.0
    return found * math.log(found / expected) + rest


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
