"""What is told of fixed samples at the end of an epoch, where somebody asks to see it."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

import torch
from torch import Tensor, nn

from app.runs.events import ANSWERS, PICTURES, Answered, Pictured
from app.training.fixed_answers import FixedAnswers
from app.training.samples import Samples
from app.training.showing import MOST_MEANWHILE, FixedSamples

_APART: Final = 20
"""How many times as long as it takes there is nothing of the kind: a 21st of the time each."""


class Meanwhile:
    """Asks a model of samples that it is not taught; costs nothing while nobody asks."""

    def __init__(self, samples: Samples, observers: Collection[str]) -> None:
        self._pictures = FixedSamples(samples, MOST_MEANWHILE)
        self._answers = FixedAnswers(samples) if ANSWERS in observers else None
        self._due = {PICTURES: 0.0, ANSWERS: 0.0}

    def told(
        self, epoch: int, model: nn.Module, observers: Collection[str]
    ) -> Iterator[Pictured | Answered]:
        """Tell what is asked for, but what would take much of the time."""
        device = next((each.device for each in model.parameters()), torch.device("cpu"))
        if PICTURES in observers and self._pictures and self._is_due(PICTURES):
            began = time.perf_counter()
            yield Pictured(epoch, self._pictures.of(model, device))
            self._rest(PICTURES, began)
        if ANSWERS in observers and self._answers and self._is_due(ANSWERS):
            began = time.perf_counter()
            yield self._answers.of(epoch, model, device)
            self._rest(ANSWERS, began)

    @property
    def asked(self) -> Mapping[str, Mapping[str, Any]]:
        """What can be asked for, by name, as a script elsewhere takes it."""
        found = {PICTURES: self._pictures, ANSWERS: self._answers}
        return {name: each.asked for name, each in found.items() if each}

    def told_elsewhere(
        self, name: str, epoch: int, results: Mapping[int, Tensor]
    ) -> Pictured | Answered:
        """Return what is told of the results that a script elsewhere gave, by their places."""
        if name == ANSWERS and self._answers is not None:
            return self._answers.told(epoch, results)
        return Pictured(epoch, self._pictures.shown(results))

    def _is_due(self, name: str) -> bool:
        return time.perf_counter() >= self._due[name]

    def _rest(self, name: str, began: float) -> None:
        done = time.perf_counter()
        self._due[name] = done + _APART * (done - began)
