"""Observers: each looks at one step of a training from outside, by hooks on what it is made of.

The text that trains knows nothing of them, and a hook changes no number: it reads what is there
already, draws nothing at random and keeps no gradient.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

import torch
from torch import Tensor, nn
from torch.utils.hooks import RemovableHandle

Figures = Mapping[str, Mapping[str, float]]
"""Numbers by what they are, then by the weight or the module that they are of."""
Arrays = Mapping[str, Mapping[str, Sequence[float]]]
"""The same of several numbers each, such as histograms."""


class Trained(Protocol):
    """What is observed: a model, and the optimizers that move its weights."""

    @property
    def model(self) -> nn.Module: ...


class Observer:
    """What looks at a step: attached before it by hooks, and asked after it."""

    def attach(self, training: Trained) -> Iterator[RemovableHandle]:
        """Register hooks, which are removed after the step; none where there is nothing to see."""
        raise NotImplementedError

    def figures(self) -> Figures:
        """Return what was seen, nothing where no step was taken."""
        raise NotImplementedError

    def arrays(self) -> Arrays:
        """Return the same of what is more than a number each."""
        return {}


class Gradients(Observer):
    """The norm of each weight's gradient as the optimizer takes it, and how far the weight moves.

    ``gradient_norm`` is that after clipping and scaling; ``update_ratio`` is the norm of the change
    over the norm of the weight before, where that is not 0. While the step is taken the weights are
    held twice.
    """

    def __init__(self) -> None:
        self._names: dict[nn.Parameter, str] = {}
        self._before: dict[nn.Parameter, Tensor] = {}
        self._seen: dict[str, tuple[Tensor, Tensor]] = {}

    def attach(self, training: Trained) -> Iterator[RemovableHandle]:
        """Register hooks around the steps of all optimizers."""
        self._names = {weight: name for name, weight in training.model.named_parameters()}
        for each in optimizers_of(training):
            yield each.register_step_pre_hook(self._begin)
            yield each.register_step_post_hook(self._end)

    def _begin(self, optimizer: torch.optim.Optimizer, *_: Any) -> None:
        for group in optimizer.param_groups:
            for weight in group["params"]:
                if weight.requires_grad:
                    self._before[weight] = weight.detach().clone()

    def _end(self, optimizer: torch.optim.Optimizer, *_: Any) -> None:
        for weight, before in self._before.items():
            if weight.grad is None or weight not in self._names:
                continue
            moved = norm_of(weight.detach() - before) / norm_of(before)
            self._seen[self._names[weight]] = (norm_of(weight.grad), moved)
        self._before.clear()

    def figures(self) -> Figures:
        """Return both numbers of each weight that a step has moved."""
        if not self._seen:
            return {}
        numbers = torch.stack([torch.stack(each) for each in self._seen.values()]).tolist()
        pairs = dict(zip(self._seen, numbers, strict=True))
        ratios = {name: ratio for name, (_, ratio) in pairs.items() if math.isfinite(ratio)}
        return {
            "gradient_norm": {name: norm for name, (norm, _) in pairs.items()},
            "update_ratio": ratios,
        }


class Activations(Observer):
    """What each layer gives: its mean, its deviation, and the share of it that is zero.

    Of blocks it is their layers. Nothing is seen of a compiled model, which calls none of them.
    """

    def __init__(self) -> None:
        self._seen: dict[str, Tensor] = {}

    def attach(self, training: Trained) -> Iterator[RemovableHandle]:
        """Register a hook on each layer."""
        for name, module in leaves_of(training):
            yield module.register_forward_hook(self._hook(name))

    def _hook(self, name: str) -> Callable[[nn.Module, Any, Any], None]:
        def look(module: nn.Module, _: Any, output: Any) -> None:
            if module.training and has_numbers(output):
                found = output.detach().float()
                deviation, mean = torch.std_mean(found, correction=0)
                zeros = 1 - found.count_nonzero() / found.numel()
                self._seen[name] = torch.stack([mean, deviation, zeros])

        return look

    def figures(self) -> Figures:
        """Return the three numbers of each layer that was called."""
        if not self._seen:
            return {}
        numbers = torch.stack([*self._seen.values()]).T.tolist()
        names = ("activation_mean", "activation_deviation", "activation_zeros")
        return {
            name: dict(zip(self._seen, row, strict=True))
            for name, row in zip(names, numbers, strict=True)
        }


def optimizers_of(training: Trained) -> list[torch.optim.Optimizer]:
    """Return the one optimizer of a training, or those of its players."""
    several: Mapping[str, torch.optim.Optimizer] = getattr(training, "optimizers", {})
    return [*several.values()] or [training.optimizer]  # type: ignore[attr-defined]


def leaves_of(training: Trained) -> Iterator[tuple[str, nn.Module]]:
    """Yield the modules that have no others within, none of a compiled model, which calls none."""
    if training.model._compiled_call_impl is None:
        for name, module in training.model.named_modules():
            if not [*module.children()]:
                yield name, module


def device_of(training: Trained) -> torch.device:
    """Return where a model is computed."""
    weights = training.model.parameters()
    return next((each.device for each in weights), torch.device("cpu"))


def time_on(device: torch.device) -> float:
    """Return the time in seconds, once a device has done all that it was given."""
    if device.type != "cpu":
        torch.get_device_module(device).synchronize()
    return time.perf_counter()


def has_numbers(output: object) -> bool:
    """Tell whether there are real numbers in what a module gives."""
    return isinstance(output, Tensor) and output.is_floating_point() and output.numel() > 0


def norm_of(of: Tensor) -> Tensor:
    """Return the norm of all numbers, of a sparse gradient of those that are there."""
    numbers = of.detach()
    return torch.linalg.vector_norm(
        (numbers.coalesce().values() if of.is_sparse else numbers).float()
    )
