"""How much memory a training holds on its device."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch
from torch.utils.hooks import RemovableHandle

from app.observing.observers import Figures, Observer, Trained, optimizers_of


class DeviceMemory(Observer):
    """Bytes ``held`` by PyTorch on the device as weights are moved; nothing in main memory."""

    def __init__(self) -> None:
        self._device = torch.device("cpu")
        self._held: float | None = None

    def attach(self, training: Trained) -> Iterator[RemovableHandle]:
        """Register a hook before the steps of all optimizers."""
        self._device = next((each.device for each in training.model.parameters()), self._device)
        if self._device.type != "cpu":
            for each in optimizers_of(training):
                yield each.register_step_pre_hook(self._look)

    def _look(self, *_: Any) -> None:
        there = torch.get_device_module(self._device)
        if self._device.type == "mps":
            self._held = float(there.driver_allocated_memory())
        else:
            self._held = float(there.memory_reserved(self._device))

    def figures(self) -> Figures:
        """Return the number of bytes."""
        return {} if self._held is None else {"device_memory": {"held": self._held}}
