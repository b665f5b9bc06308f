"""How the numbers of one layer are spread: its weights, their gradients and what it gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import torch
from torch import Tensor, nn
from torch.utils.hooks import RemovableHandle

from app.observing.observers import Arrays, Figures, Observer, Trained, has_numbers, optimizers_of

_BINS: Final = 64
_FARTHEST: Final = 1e30
"""What lies beyond counts as this far: the width of a bin has to be a number."""


class Histograms(Observer):
    """Histograms of one layer: ``weights`` and ``gradients`` as a step begins, and ``outputs``.

    A histogram is the lowest and the highest value, then how many there are in each of 64 bins
    between them. Values that are not finite are left out. ``sizes`` names the layers that there
    are to choose from, with the number of their weights; without a name it is the first that has
    any.
    """

    def __init__(self, layer: str = "") -> None:
        self._layer = layer
        self._weights: Sequence[nn.Parameter] = ()
        self._sizes: dict[str, float] = {}
        self._seen: dict[str, dict[str, Sequence[float]]] = {}

    def attach(self, training: Trained) -> Iterator[RemovableHandle]:
        """Register hooks on the layer and the steps of all optimizers."""
        layers = layers_of(training.model)
        self._sizes = {
            name: float(sum(each.numel() for each in found)) for name, (_, found) in layers.items()
        }
        if self._layer not in layers:
            self._layer = next((name for name, size in self._sizes.items() if size), "")
        if self._layer not in layers:
            return
        module, weights = layers[self._layer]
        most = max((each.dim() for each in weights), default=0)
        self._weights = [each for each in weights if each.dim() == most]
        if training.model._compiled_call_impl is None:
            yield module.register_forward_hook(self._look)
        for each in optimizers_of(training):
            yield each.register_step_pre_hook(self._begin)

    def _look(self, module: nn.Module, _: Any, output: Any) -> None:
        """See what the layer gives, of several results the first."""
        first = output[0] if isinstance(output, tuple) and output else output
        if module.training and has_numbers(first):
            self._see("outputs", [first])

    def _begin(self, optimizer: torch.optim.Optimizer, *_: Any) -> None:
        """See the weights that an optimizer is about to move, and their gradients."""
        moved = {id(each) for group in optimizer.param_groups for each in group["params"]}
        found = [each for each in self._weights if id(each) in moved]
        self._see("weights", found)
        self._see("gradients", [each.grad for each in found if each.grad is not None])
        self._seen.setdefault("weights", {})  # a step was taken, whether or not of this layer

    def _see(self, what: str, numbers: Sequence[Tensor]) -> None:
        counted = histogram(numbers)
        if counted:
            self._seen[what] = {self._layer: counted}

    def figures(self) -> Figures:
        """Return the layers that there are, once a step was taken."""
        return {"sizes": self._sizes} if "weights" in self._seen else {}

    def arrays(self) -> Arrays:
        """Return the histograms."""
        return self._seen


def layers_of(model: nn.Module) -> Mapping[str, tuple[nn.Module, Sequence[nn.Parameter]]]:
    """Return each module that has no others within, or weights of its own, with its weights."""
    found: dict[str, tuple[nn.Module, Sequence[nn.Parameter]]] = {}
    for name, module in model.named_modules():
        if not name or "parametrizations" in name.split("."):
            continue
        children = [each for each, _ in module.named_children() if each != "parametrizations"]
        weights = [*module.parameters(recurse=not children)]
        if weights or not children:
            found[name] = (module, weights)
    return found


def histogram(numbers: Sequence[Tensor]) -> Sequence[float]:
    """Return the lowest and highest of all numbers and the counts between, () where none are."""
    flat = [(each.coalesce().values() if each.is_sparse else each).reshape(-1) for each in numbers]
    if not flat:
        return ()
    all_of_them = torch.cat([each.detach().float() for each in flat])
    finite = all_of_them[all_of_them.isfinite()].clamp_(-_FARTHEST, _FARTHEST)
    if not finite.numel():
        return ()
    low, high = (float(each) for each in torch.aminmax(finite))
    if low == high:
        low, high = low - 0.5 * (abs(low) or 1.0), high + 0.5 * (abs(high) or 1.0)
    return (low, high, *torch.histc(finite, _BINS, low, high).tolist())
