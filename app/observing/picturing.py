"""What a model gives for fixed samples after an epoch, and how a script elsewhere tells of it."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import torch
from torch import Tensor, nn

_SECONDS_APART: Final = 2.0
_SHARE_APART: Final = 0.05
"""How far apart pictures are that are sent, in the time since the first: a hundred in an hour."""


def judged_of(training: Any) -> nn.Module:
    """Return the model whose figures a training tells: the average of weights where it has one."""
    averaged = getattr(training, "averaged", None)
    model: nn.Module = averaged.module if averaged is not None else training.model
    return model


def given(model: nn.Module, inputs: Sequence[Tensor], device: torch.device) -> tuple[Tensor, ...]:
    """Return what a model in evaluation gives for some samples; it is left as it was found.

    What it draws at random is the same each time, and drawn from nobody else.
    """
    was_training = model.training
    devices = [device] if device.type == "cuda" else []
    try:
        model.eval()
        with torch.no_grad(), torch.random.fork_rng(devices):
            torch.manual_seed(0)
            results = model(*(each.to(device) for each in inputs))
    finally:
        model.train(was_training)
    results = (results,) if isinstance(results, Tensor) else results
    return tuple(each.detach() for each in results)


class Picturing:
    """Tells now and then what the outputs at some ``places`` give for fixed ``inputs``."""

    def __init__(
        self,
        inputs: Sequence[Tensor],
        places: Sequence[int],
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._inputs, self._places, self._clock = inputs, places, clock
        self._first: float | None = None
        self._due = 0.0

    def after_epoch(self, training: Any) -> dict[str, Any] | None:
        """Return the event for the epoch that has just ended, unless the last is not long ago."""
        now = self._clock()
        if now < self._due:
            return None
        self._first = now if self._first is None else self._first
        self._due = now + max(_SECONDS_APART, _SHARE_APART * (now - self._first))
        results = given(judged_of(training), self._inputs, training.device)
        told = {str(place): as_text(results[place]) for place in self._places}
        return {"event": "pictured", "epoch": training.epoch, "results": told}


def as_text(numbers: Tensor) -> dict[str, Any]:
    """Return numbers in a form for JSON, as exact as pictures need them: to three digits."""
    halves = numbers.detach().to("cpu", torch.float16).contiguous()
    plain = bytes(halves.view(-1).view(torch.uint8).tolist())  # without NumPy, which may lack
    return {"shape": list(halves.shape), "float16": base64.b64encode(plain).decode()}


def of_text(told: Mapping[str, Any]) -> Tensor:
    """Return the numbers that :func:`as_text` told."""
    plain = bytearray(base64.b64decode(told["float16"]))
    return torch.frombuffer(plain, dtype=torch.float16).float().reshape(told["shape"])
