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
"""How far apart it is told, in the time since the first: a hundred times in an hour."""


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


class AfterEpochs:
    """Tells now and then what the outputs at some ``places`` give for fixed ``inputs``.

    Numbers are told to three digits, which is enough for pictures, unless that ``is_exact``.
    """

    def __init__(
        self,
        inputs: Sequence[Tensor],
        places: Sequence[int],
        *,
        is_exact: bool = False,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._inputs, self._places, self._clock = inputs, places, clock
        self._dtype = "float32" if is_exact else "float16"
        self._first: float | None = None
        self._due = 0.0

    def given(self, training: Any) -> dict[str, Any] | None:
        """Return what is given after an epoch by place, unless the last time is not long ago."""
        now = self._clock()
        if now < self._due:
            return None
        self._first = now if self._first is None else self._first
        self._due = now + max(_SECONDS_APART, _SHARE_APART * (now - self._first))
        results = given(judged_of(training), self._inputs, training.device)
        return {str(place): as_text(results[place], self._dtype) for place in self._places}


def as_text(numbers: Tensor, dtype: str) -> dict[str, Any]:
    """Return numbers in a form for JSON."""
    held = numbers.detach().to("cpu", getattr(torch, dtype)).contiguous()
    plain = bytes(held.view(-1).view(torch.uint8).tolist())  # without NumPy, which may lack
    text = base64.b64encode(plain).decode()
    return {"shape": list(held.shape), "dtype": dtype, "numbers": text}


def of_text(told: Mapping[str, Any]) -> Tensor:
    """Return the numbers that :func:`as_text` told."""
    plain = bytearray(base64.b64decode(told["numbers"]))
    dtype = getattr(torch, told["dtype"])
    return torch.frombuffer(plain, dtype=dtype).float().reshape(told["shape"])
