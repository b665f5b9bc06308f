"""The pictures that a model gives for fixed samples, beside those that they follow from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn

from app.data.dataset import Array
from app.data.preprocessing import Entrance
from app.observing.after_epochs import given
from app.runs.pictures import Shown
from app.training.predict import Predictor
from app.training.samples import Samples, inputs_at
from graph_model.frozen import frozen
from graph_model.recipes.shown import PictureOutput, picture_outputs

MOST: Final = 64
"""How many pictures of an output are shown at most once it is trained."""
MOST_MEANWHILE: Final = 24
"""How many while it is trained."""


@frozen
class _Output:
    """An output that gives pictures: its place among the results, and how its numbers are read."""

    place: int
    name: str
    picture: PictureOutput
    like: Entrance | None
    originals: Array | None
    limits: tuple[float, float] | None


class FixedSamples:
    """Some samples that a model was not taught, and the outputs that give pictures for them."""

    def __init__(self, samples: Samples, most: int) -> None:
        split = samples.prepared.split
        self.samples: Array = (split.test if len(split.test) else split.validation)[:most]
        self._outputs = tuple(_outputs(samples, self.samples))
        self._inputs = inputs_at(samples, self.samples) if self._outputs else ()

    def __bool__(self) -> bool:
        return bool(self._outputs)

    def of(self, model: nn.Module, device: torch.device) -> tuple[Shown, ...]:
        """Return what a model in evaluation gives for them; it is left as it was found."""
        return self.shown(dict(enumerate(given(model, self._inputs, device))))

    @property
    def asked(self) -> Mapping[str, Any]:
        """What a :class:`app.observing.after_epochs.AfterEpochs` is made of that gives the same."""
        return {"inputs": [*self._inputs], "places": [each.place for each in self._outputs]}

    def shown(self, results: Mapping[int, Tensor]) -> tuple[Shown, ...]:
        """Return the pictures among the results for them, by their places."""
        return tuple(self._shown(each, results[each.place]) for each in self._outputs)

    def _shown(self, output: _Output, result: Tensor) -> Shown:
        numbers = result.float().cpu().reshape(-1, *output.picture.sizes)
        pictures = np.asarray(numbers.numpy(), np.float32)
        if output.like is not None and output.like.scaling is not None:
            pictures = output.like.scaling.undo(pictures)
        finite = pictures[np.isfinite(pictures)]
        usual = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
        low, high = output.limits or usual
        return Shown(output.name, pictures, output.originals, self.samples, low, high)


def shown(predictor: Predictor) -> tuple[Shown, ...]:
    """Return what each output that gives pictures shows for the first samples it was not taught."""
    fixed = FixedSamples(predictor.samples, MOST)
    return fixed.shown(dict(enumerate(predictor.results(fixed.samples)))) if fixed else ()


def _outputs(samples: Samples, chosen: Array) -> Iterator[_Output]:
    objectives, data = samples.binding.objectives, samples.data
    places = {each.output: place for place, each in enumerate(objectives)}
    for each in picture_outputs(objectives, samples.inference):
        place = places[each.output]
        like, is_original = _like(samples, each)
        real = data.arrays[like.array][chosen] if like is not None else None
        originals = real if is_original else None
        limits = None if real is None else (float(real.min()), float(real.max()))
        name = samples.preprocessing.exits[place].name
        yield _Output(place, name, each, like, originals, limits)


def _like(samples: Samples, picture: PictureOutput) -> tuple[Entrance | None, bool]:
    """Return the pictures of the data in whose units an output is, and whether it follows them."""
    entrances = samples.preprocessing.entrances
    for (node, _), entrance in zip(samples.binding.inputs, entrances, strict=True):
        if node == picture.original:
            return entrance, True
    alike = (each for each in entrances if each.shape == picture.sizes)
    return next(alike, None), False
