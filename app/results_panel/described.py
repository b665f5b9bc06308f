"""A sample in few words: what it is, and what it was taken for."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.language.numbers import figure
from app.runs.predictions import Predictions

_FEW: Final = 6
MANY: Final = "…"
"""What a sample was taken for where that is a class for each of its places."""


def described(predictions: Predictions, place: int) -> str:
    """Return what a sample is and what it was taken for: ``cat → dog · 71 %``."""
    true, taken = true_words(predictions, place), predicted_words(predictions, place)
    return f"{true} → {taken}" if true and taken != MANY else taken


def true_words(predictions: Predictions, place: int) -> str:
    """Return what a sample is, nothing where that is not known."""
    if not len(predictions.true):
        return ""
    true = predictions.true[place]
    if not predictions.is_of_classes:
        return number_words(true)
    return MANY if np.ndim(true) else predictions.name(int(true))


def predicted_words(predictions: Predictions, place: int) -> str:
    """Return what a sample was taken for, and how probable that is."""
    predicted = predictions.predicted[place]
    if not predictions.is_of_classes:
        return number_words(predicted)
    if np.ndim(predicted):
        return MANY
    words = predictions.name(int(predicted))
    if len(predictions.scores):
        score = float(predictions.scores[place].ravel()[int(predicted)])
        words += f" · {100 * score:.0f}\N{NO-BREAK SPACE}%"
    return words


def share_right(predictions: Predictions, place: int) -> str:
    """Return how many of the places of a sample were taken for what they are."""
    share = float((predictions.true[place] == predictions.predicted[place]).mean())
    return f"{100 * share:.1f}\N{NO-BREAK SPACE}%"


def in_lines(words: str) -> list[str]:
    """Return a description in lines: what a sample is, and what it was taken for."""
    true, arrow, predicted = words.rpartition(" → ")
    return [true, f"→ {predicted}"] if arrow else [words]


def number_words(values: NDArray[Any]) -> str:
    """Return numbers in a line, of many the first."""
    flat = np.ravel(values)
    text = ", ".join(figure(float(value)) for value in flat[:_FEW])
    return text + (" …" if len(flat) > _FEW else "")
