"""Explains what a trained model says of a sample of its data, or of its columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Literal, TypeAlias

import numpy as np
import torch
from numpy.typing import NDArray

from app.attribution.asked import Asked
from app.attribution.columns import (
    Importance,
    grid_of,
    partial_dependence,
    permutation_importance,
)
from app.attribution.pictures import (
    convolutions,
    grad_cam,
    integrated_gradients,
    occlusion,
    saliency,
)
from app.attribution.tokens import embedding_of, token_gradients
from app.data.dataset import Dataset
from app.runs.predictions import Predictions
from app.training.looks import looks_of
from app.training.outputs import results_of
from app.training.predict import Predictor, predicting, predictions_of
from app.training.samples import inputs_at
from app.training.text_trial import text_field
from graph_model.frozen import frozen

Way: TypeAlias = Literal["grad_cam", "occlusion", "saliency", "integrated_gradients"]
_PARTS: Final = 8
"""How many windows that cover a picture lie along its shorter side."""
_MOST_SAMPLES: Final = 1000
"""On how many samples columns are shuffled at most."""


@frozen
class Heat:
    """How much the answer rests on each place of a picture, in the shape ``(H, W)``."""

    picture: NDArray[np.float32]
    heat: NDArray[np.float32]


@frozen
class Words:
    """How much each token of a text speaks for the answer, or against it where below 0."""

    tokens: tuple[str, ...]
    weights: NDArray[np.float32]


@frozen
class Columns:
    """How much worse the model gets without each column, by ``figure``."""

    importances: tuple[Importance, ...]
    figure: Literal["accuracy", "r2"]


@frozen
class Dependence:
    """The mean answer over the values of one column: ``means`` has one line for each class."""

    column: str
    values: NDArray[np.float64]
    means: NDArray[np.float64]
    class_names: tuple[str, ...]


def explains(predictor: Predictor) -> Literal["picture", "text", "table", ""]:
    """Tell what kind of explanation suits what enters a model; "" where none does."""
    entrances = predictor.preprocessing.entrances
    if len(entrances) == 1 and text_field(predictor.preprocessing, "") is not None:
        return "text" if embedding_of(predictor.model) is not None else ""
    shape = entrances[0].shape
    if len(entrances) == 1 and len(shape) == 3 and shape[0] in (1, 3):
        return "picture"
    is_plain = len(entrances) == 1 and len(shape) == 1
    return "table" if is_plain and parts_of(predictor.samples.data) else ""


def ways(predictor: Predictor) -> tuple[Way, ...]:
    """Return the ways to explain a picture: Grad-CAM needs a convolution."""
    found: tuple[Way, ...] = ("occlusion", "saliency", "integrated_gradients")
    return ("grad_cam", *found) if convolutions(predictor.model) else found


def of_picture(
    predictor: Predictor, output: int, sample: int, target: int | None, way: Way
) -> Heat:
    """Explain the answer to one picture; ``target`` is the class meant, ``None`` for a number."""
    inputs = inputs_at(predictor.samples, np.array([sample]))
    asked = _asked(predictor, output, target)
    match way:
        case "grad_cam":
            found = grad_cam(asked, inputs, convolutions(predictor.model)[-1][1])
        case "saliency":
            found = saliency(asked, inputs)
        case "integrated_gradients":
            found = integrated_gradients(asked, inputs)
        case "occlusion":
            window = max(1, min(inputs[0].shape[-2:]) // _PARTS * 2)
            lowest = float(inputs[0].min())
            found = occlusion(asked, inputs, window, max(1, window // 2), lowest)
    looks = looks_of(predictor.samples, np.array([sample]))
    assert looks.pictures is not None
    return Heat(np.asarray(looks.pictures[0]), found[0].sum(dim=0).numpy())


def of_text(predictor: Predictor, output: int, sample: int, target: int | None) -> Words:
    """Explain the answer to one text, token by token."""
    table, field = embedding_of(predictor.model), text_field(predictor.preprocessing, "")
    assert table is not None
    assert field is not None
    inputs = inputs_at(predictor.samples, np.array([sample]))
    found = token_gradients(_asked(predictor, output, target), inputs, table)[0]
    indices = inputs[0][0].tolist()
    tokens = [field.read([index]) for index in indices]
    kept = [place for place, token in enumerate(tokens) if token]
    return Words(tuple(tokens[place] for place in kept), found[kept].numpy())


def of_columns(
    predictor: Predictor,
    output: int,
    samples: Sequence[int] | NDArray[np.int64],
    goes_on: Callable[[], bool] = lambda: True,
) -> Columns:
    """Tell how much worse the model gets on some samples where each column is shuffled."""
    chosen = np.asarray(samples, np.int64)[:_MOST_SAMPLES]
    (features,) = (each.numpy() for each in inputs_at(predictor.samples, chosen))
    true = predictor.at(chosen)[output]

    def score(given: NDArray[np.float32]) -> float:
        return _score(_predictions(predictor, output, given), true)

    columns = parts_of(predictor.samples.data)
    found = permutation_importance(score, features, columns, goes_on=goes_on)
    return Columns(found, "accuracy" if true.is_of_classes else "r2")


def of_column(
    predictor: Predictor, output: int, samples: Sequence[int] | NDArray[np.int64], column: str
) -> Dependence:
    """Tell the mean answer over the values of a column of numbers."""
    chosen = np.asarray(samples, np.int64)[:_MOST_SAMPLES]
    (features,) = (each.numpy() for each in inputs_at(predictor.samples, chosen))
    place = parts_of(predictor.samples.data)[column][0]
    grid = grid_of(features[:, place])

    def answer(given: NDArray[np.float32]) -> NDArray[np.float32]:
        found = _predictions(predictor, output, given)
        return found.scores if len(found.scores) else found.predicted.reshape(len(given), -1)

    means = partial_dependence(answer, features, place, grid.tolist())
    names = predictor.preprocessing.exits[_place(predictor, output)].class_names
    return Dependence(column, _in_units(predictor, place, grid), means.T, names)


def parts_of(data: Dataset) -> Mapping[str, Sequence[int]]:
    """Return the places of the features that each column became; empty where that is not known."""
    places: dict[str, Sequence[int]] = {}
    for name in data.columns:
        if name in data.dates:
            width = len(data.dates[name][1])
        else:
            width = len(data.categories.get(name, ())) or 1
        first = sum(map(len, places.values()))
        places[name] = range(first, first + width)
    known = data.facts.features in data.arrays and data.features.ndim == 2
    whole = sum(map(len, places.values()))
    return places if known and whole == data.features.shape[1] else {}


def _place(predictor: Predictor, output: int) -> int:
    return predicting(predictor.samples)[output]


def _asked(predictor: Predictor, output: int, target: int | None) -> Asked:
    return Asked(predictor.model, _place(predictor, output), target)


def _predictions(predictor: Predictor, output: int, features: NDArray[np.float32]) -> Predictions:
    """Return what an output says of features as they enter the model."""
    place = _place(predictor, output)
    with torch.no_grad():
        results = results_of(predictor.model, (torch.from_numpy(features),))
    objective = predictor.samples.binding.objectives[place]
    done = predictor.preprocessing.exits[place]
    numbers = np.arange(len(features))
    return predictions_of(objective, done, results[place], numbers, None, ignores=False)


def _score(found: Predictions, true: Predictions) -> float:
    """Return the share that is right, or R² of numbers."""
    if true.is_of_classes:
        return float((found.predicted == true.true).mean())
    wanted, got = true.true.reshape(-1).astype(float), found.predicted.reshape(-1).astype(float)
    spread = float(((wanted - wanted.mean()) ** 2).sum())
    return 1 - float(((wanted - got) ** 2).sum()) / max(spread, 1e-12)


def _in_units(predictor: Predictor, place: int, grid: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return scaled values of a feature in the units of the data."""
    scaling = predictor.preprocessing.entrances[0].scaling
    if scaling is None:
        return grid
    factor, shift = (
        np.asarray(each, float).reshape(-1) for each in (scaling.deviation, scaling.mean)
    )
    return grid * factor[place % len(factor)] + shift[place % len(shift)]


def gives_one_number(predictor: Predictor, output: int) -> bool:
    """Tell whether an output gives one number for each sample, as of two classes."""
    place = _place(predictor, output)
    sample = predictor.samples.prepared.split.train[:1]
    return bool(predictor.results(sample)[place].numel() == 1)
