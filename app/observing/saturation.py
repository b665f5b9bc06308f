"""How much of what a layer gives lies where its activation is nearly flat."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import torch
from torch import Tensor, nn
from torch.utils.hooks import RemovableHandle

from app.observing.observers import Figures, Observer, Trained, has_numbers

BOUNDS: Final[Mapping[str, tuple[float, float]]] = {
    "Sigmoid": (0.0, 1.0),
    "Hardsigmoid": (0.0, 1.0),
    "Tanh": (-1.0, 1.0),
    "Softsign": (-1.0, 1.0),
    "Hardtanh": (-1.0, 1.0),
}
"""The activations that are bounded at both sides, and their bounds as PyTorch has them."""
_NEAR: Final = 40


def saturation(value: Tensor, bounds: tuple[float, float]) -> Tensor:
    """Return the share of numbers that lie within a fortieth of the range from either bound.

    There a sigmoid and a tanh have less than a tenth of the slope that they have at most.
    """
    low, high = bounds
    near = (high - low) / _NEAR
    numbers = value.detach()
    return ((numbers <= low + near) | (numbers >= high - near)).float().mean()


class Saturation(Observer):
    """``activation_saturation``: the share of a bounded activation that is near its bounds."""

    def __init__(self) -> None:
        self._seen: dict[str, Tensor] = {}

    def attach(self, training: Trained) -> Iterator[RemovableHandle]:
        """Register a hook on each bounded activation of a model that is not compiled."""
        if training.model._compiled_call_impl is not None:
            return
        for name, module in training.model.named_modules():
            bounds = BOUNDS.get(type(module).__name__)
            if bounds is not None:
                yield module.register_forward_hook(self._hook(name, bounds))

    def _hook(
        self, name: str, bounds: tuple[float, float]
    ) -> Callable[[nn.Module, Any, Any], None]:
        def look(module: nn.Module, _: Any, output: Any) -> None:
            if module.training and has_numbers(output):
                self._seen[name] = saturation(output, bounds)

        return look

    def figures(self) -> Figures:
        """Return the share for each activation that was called."""
        if not self._seen:
            return {}
        shares = torch.stack([*self._seen.values()]).tolist()
        return {"activation_saturation": dict(zip(self._seen, shares, strict=True))}
