"""What each layer takes in the forward pass of a step: time, and memory for what it gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.utils.hooks import RemovableHandle

from app.observing.observers import Figures, Observer, Trained, device_of, leaves_of, time_on


class LayerCosts(Observer):
    """``forward_seconds`` and ``output_bytes`` of each layer, of all its calls in a step together.

    Before and after each layer the device is waited for, or work would be counted where its result
    is first needed. Of blocks it is their layers.
    """

    def __init__(self) -> None:
        self._device = torch.device("cpu")
        self._began: dict[str, float] = {}
        self._seconds: defaultdict[str, float] = defaultdict(float)
        self._bytes: defaultdict[str, float] = defaultdict(float)

    def attach(self, training: Trained) -> Iterator[RemovableHandle]:
        """Register hooks around each module that has no others within, unless it is compiled."""
        self._device = device_of(training)
        for name, module in leaves_of(training):
            yield module.register_forward_pre_hook(self._begin(name))
            yield module.register_forward_hook(self._end(name))

    def _begin(self, name: str) -> Callable[[nn.Module, Any], None]:
        def begin(module: nn.Module, _: Any) -> None:
            if module.training:
                self._began[name] = time_on(self._device)

        return begin

    def _end(self, name: str) -> Callable[[nn.Module, Any, Any], None]:
        def end(module: nn.Module, _: Any, output: Any) -> None:
            began = self._began.pop(name, None)
            if began is not None:
                self._seconds[name] += time_on(self._device) - began
                self._bytes[name] += sum(
                    each.numel() * each.element_size() for each in _tensors(output)
                )

        return end

    def figures(self) -> Figures:
        """Return both numbers of each layer that was called."""
        if not self._seconds:
            return {}
        return {"forward_seconds": dict(self._seconds), "output_bytes": dict(self._bytes)}


def _tensors(output: Any) -> Sequence[Tensor]:
    """Return the tensors that a module gives, be they in tuples of tuples."""
    if isinstance(output, Tensor):
        return [output]
    if isinstance(output, tuple | list):
        return [tensor for each in output for tensor in _tensors(each)]
    return []
