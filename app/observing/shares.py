"""Which share of what a layer gives is of no use: flat ends of activations, dead units."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import torch
from torch import Tensor, nn
from torch.utils.hooks import RemovableHandle

from app.observing.bounded import BOUNDS
from app.observing.observers import Figures, Observer, Trained, has_numbers, leaves_of

_NEAR: Final = 1 / 40
"""So near to a bound, in parts of the range, a sigmoid has less than a tenth of its slope left."""


def saturation(value: Tensor, bounds: tuple[float, float], within: float = _NEAR) -> Tensor:
    """Return the share of numbers that lie ``within`` a part of the range from either bound."""
    low, high = bounds
    near = (high - low) * within
    numbers = value.detach()
    return ((numbers <= low + near) | (numbers >= high - near)).float().mean()


def dead_units(value: Tensor) -> Tensor:
    """Return the share of units that are 0 for all samples: of channels, or of features.

    Which dimension these are is not known: it is the one of which most is 0 throughout.
    """
    zero = value.detach() == 0
    shares = [
        zero.all(dim=[other for other in range(zero.ndim) if other != dim]).float().mean()
        for dim in range(1, zero.ndim)
    ]
    return torch.stack(shares).max() if shares else zero.float().mean()


class _Shares(Observer):
    """Looks at what each layer gives of a model that is not compiled."""

    name: str

    def __init__(self) -> None:
        self._seen: dict[str, Tensor] = {}

    def attach(self, training: Trained) -> Iterator[RemovableHandle]:
        """Register a hook on each module that has no others within, where there is a share."""
        for name, module in leaves_of(training):
            if (share := self.share_of(module)) is not None:
                yield module.register_forward_hook(self._hook(name, share))

    def share_of(self, module: nn.Module) -> Callable[[Tensor], Tensor] | None:
        """Return what works out the share of a module's output, ``None`` where it has none."""
        raise NotImplementedError

    def _hook(
        self, name: str, share: Callable[[Tensor], Tensor]
    ) -> Callable[[nn.Module, Any, Any], None]:
        def look(module: nn.Module, _: Any, output: Any) -> None:
            if module.training and has_numbers(output):
                self._seen[name] = share(output)

        return look

    def figures(self) -> Figures:
        """Return the share of each layer that was called."""
        if not self._seen:
            return {}
        shares = torch.stack([*self._seen.values()]).tolist()
        return {self.name: dict(zip(self._seen, shares, strict=True))}


class Saturation(_Shares):
    """``activation_saturation``: the share of a bounded activation that is near its bounds."""

    name = "activation_saturation"

    def share_of(self, module: nn.Module) -> Callable[[Tensor], Tensor] | None:
        """Return it for bounded activations."""
        bounds = BOUNDS.get(type(module).__name__)
        return None if bounds is None else lambda output: saturation(output, bounds)


class DeadUnits(_Shares):
    """``dead_units``: the share of a layer's units that are 0 for all samples of the batch."""

    name = "dead_units"

    def share_of(self, module: nn.Module) -> Callable[[Tensor], Tensor] | None:
        """Return it for every layer."""
        return dead_units
