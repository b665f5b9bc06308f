"""The pictures that a trained model gives, beside those of the data that they follow from."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch

from app.data.dataset import Array
from app.data.preprocessing import Entrance
from app.training.predict import Predictor
from graph_model.frozen import frozen
from graph_model.recipes.shown import PictureOutput

MOST = 64
"""How many pictures of an output are shown at most."""


@frozen
class Shown:
    """Pictures of one output: ``(samples, channels, height, width)``, from ``low`` to ``high``.

    ``originals`` are those that they follow from, if any, and ``samples`` their numbers.
    """

    output: str
    pictures: Array
    originals: Array | None
    samples: Array
    low: float
    high: float


def shown(predictor: Predictor) -> tuple[Shown, ...]:
    """Return what each output that gives pictures shows for the first samples it was not taught."""
    split = predictor.samples.prepared.split
    samples = (split.test if len(split.test) else split.validation)[:MOST]
    return tuple(_all_shown(predictor, samples)) if predictor.pictures else ()


def _all_shown(predictor: Predictor, samples: Array) -> Iterator[Shown]:
    binding, data = predictor.samples.binding, predictor.samples.data
    places = {each.output: place for place, each in enumerate(binding.objectives)}
    results = predictor.results(samples)
    for each in predictor.pictures:
        pictures = _as_numbers(results[places[each.output]], each)
        name = predictor.preprocessing.exits[places[each.output]].name
        like, is_original = _like(predictor, each)
        if like is None:
            yield Shown(name, pictures, None, samples, float(pictures.min()), float(pictures.max()))
            continue
        array = data.arrays[like.array]
        pictures = like.scaling.undo(pictures) if like.scaling else pictures
        originals = array[samples] if is_original else None
        yield Shown(name, pictures, originals, samples, float(array.min()), float(array.max()))


def _as_numbers(result: torch.Tensor, picture: PictureOutput) -> Array:
    return np.asarray(result.float().reshape(-1, *picture.sizes).numpy(), np.float32)


def _like(predictor: Predictor, picture: PictureOutput) -> tuple[Entrance | None, bool]:
    """Return the pictures of the data in whose units an output is, and whether it follows them."""
    inputs = predictor.samples.binding.inputs
    entrances = predictor.preprocessing.entrances
    for (node, _), entrance in zip(inputs, entrances, strict=True):
        if node == picture.original:
            return entrance, True
    alike = (each for each in entrances if each.shape == picture.sizes)
    return next(alike, None), False
