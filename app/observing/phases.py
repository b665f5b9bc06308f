"""How long the parts of a step take: its data, the forward pass, the backward pass, the update."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch
from torch.utils.hooks import RemovableHandle

from app.observing.observers import Figures, Observer, Trained, device_of, optimizers_of, time_on


class Phases(Observer):
    """``seconds`` of ``data``, ``forward``, ``backward`` and ``optimizer`` in a step.

    What comes between two calls belongs to what follows it, but between the forward pass and the
    update, where it is loss, gradient and clipping, to the backward pass. What an optimizer that
    asks for several passes works out between them counts as backward too. At each border the
    device is waited for, or work would be counted where its result is first needed.
    """

    def __init__(self) -> None:
        self._seconds = dict.fromkeys(("data", "forward", "backward", "optimizer"), 0.0)
        self._device = torch.device("cpu")
        self._at = 0.0
        self._before = "data"
        self._depth = 0
        self._has_stepped = False

    def attach(self, training: Trained) -> Iterator[RemovableHandle]:
        """Register hooks around the model, its parts and the steps of all optimizers.

        A model that is compiled would be compiled anew with them, so it is left alone.
        """
        model = training.model
        if model._compiled_call_impl is not None:
            return
        self._device = device_of(training)
        for module in (model, *model.children()):  # players call the children by themselves
            yield module.register_forward_pre_hook(self._enter)
            yield module.register_forward_hook(self._leave)
        for each in optimizers_of(training):
            yield each.register_step_pre_hook(self._begin_update)
            yield each.register_step_post_hook(self._end_update)
        self._at = time_on(self._device)

    def _enter(self, *_: Any) -> None:
        if self._depth == 0:
            self._count(self._before)
        self._depth += 1

    def _leave(self, *_: Any) -> None:
        self._depth -= 1
        if self._depth == 0:
            self._count("forward")
            self._before = "forward"

    def _begin_update(self, *_: Any) -> None:
        self._count("backward")
        self._before = "backward"

    def _end_update(self, *_: Any) -> None:
        self._count("optimizer")
        self._before, self._has_stepped = "data", True

    def _count(self, phase: str) -> None:
        """Add the time since the last border to a phase."""
        now = time_on(self._device)
        self._seconds[phase] += now - self._at
        self._at = now

    def figures(self) -> Figures:
        """Return the seconds of each phase once the weights have moved."""
        if not self._has_stepped:
            self._count("backward")  # of a batch that is only added up
            self._before = "data"
            return {}
        return {"seconds": dict(self._seconds)}
