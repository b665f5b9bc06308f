"""What a model says of some samples that it is not taught, epoch after epoch."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn

from app.data.dataset import Indices
from app.observing.after_epochs import given
from app.runs.events import Answered
from app.training.looks import looks_of
from app.training.predict import predicting, predictions_of
from app.training.samples import Samples, inputs_at

_MOST: Final = 96
_MOST_NUMBERS: Final = 2**21
"""So many numbers enter at most for all samples together, and come out in all epochs."""
_EPOCHS: Final = 64


class FixedAnswers:
    """Samples spread evenly over the test split, else the validation split.

    They are fewer where they are large, or have many classes.
    """

    def __init__(self, samples: Samples) -> None:
        self._outputs = predicting(samples)
        self.samples = self._chosen(samples) if self._outputs else np.empty(0, np.int64)
        """Their indices into the data."""
        self._binding, self._done = samples.binding, samples.preprocessing
        if not len(self.samples):
            return
        self._looks = looks_of(samples, self.samples)
        self._inputs = inputs_at(samples, self.samples)
        self._targets = [
            torch.from_numpy(np.asarray(samples.prepared.targets[index][self.samples]).copy())
            for index in self._outputs
        ]
        arrays = samples.data.facts.arrays
        targets = (self._binding.objectives[index].target for index in self._outputs)
        self._ignores = [bool(arrays[name].ignored) for name in targets]
        self._is_first = True

    def __bool__(self) -> bool:
        return bool(len(self.samples))

    def _chosen(self, samples: Samples) -> Indices:
        split, facts = samples.prepared.split, samples.data.facts.arrays
        part = split.test if len(split.test) else split.validation
        entering = sum(math.prod(each.shape) for each in samples.preprocessing.entrances)
        told = sum(
            len(samples.preprocessing.exits[index].class_names)
            + math.prod(facts[samples.binding.objectives[index].target].shape)
            for index in self._outputs
        )
        room = _MOST_NUMBERS // max(1, entering, _EPOCHS * told)
        count = min(_MOST, room, len(part))
        return part[np.linspace(0, len(part) - 1, count).astype(int)] if count else part[:0]

    def of(self, epoch: int, model: nn.Module, device: torch.device) -> Answered:
        """Return what the model says now; it is left as it was found."""
        return self.told(epoch, dict(enumerate(given(model, self._inputs, device))))

    @property
    def asked(self) -> Mapping[str, Any]:
        """What a :class:`app.observing.after_epochs.AfterEpochs` is made of that gives the same."""
        return {"inputs": [*self._inputs], "places": [*self._outputs], "is_exact": True}

    def told(self, epoch: int, results: Mapping[int, Tensor]) -> Answered:
        """Return what is told of results by their places."""
        looks, self._is_first = (self._looks if self._is_first else None), False
        told = zip(self._outputs, self._targets, self._ignores, strict=True)
        answers = tuple(
            predictions_of(
                self._binding.objectives[index],
                self._done.exits[index],
                results[index].cpu(),
                self.samples,
                target,
                ignores=ignores,
            )
            for index, target, ignores in told
        )
        return Answered(epoch, answers, looks)
