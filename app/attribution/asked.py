"""What is to be explained: one number that a model gives for one sample."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeAlias

import torch
from torch import Tensor, nn

from graph_model.frozen import frozen

Inputs: TypeAlias = tuple[Tensor, ...]


@frozen
class Asked:
    """A model in evaluation, which of its results is meant, and which number of that.

    ``target`` is the index of a class along dimension 1, ``None`` for the only number. ``place`` is
    the input that is explained: the others stay as they are.
    """

    model: nn.Module
    result: int = 0
    target: int | None = None
    place: int = 0

    def score(self, inputs: Sequence[Tensor]) -> Tensor:
        """Return the number for each sample: shape ``(N,)``."""
        results = self.model(*inputs)
        output = results if isinstance(results, Tensor) else results[self.result]
        flat = output.float().reshape(len(output), -1) if self.target is None else output.float()
        chosen = flat.sum(dim=1) if self.target is None else flat[:, self.target]
        return chosen.reshape(len(output), -1).sum(dim=1)

    def gradient(self, inputs: Sequence[Tensor]) -> Tensor:
        """Return the gradient of the number by the input that is explained, in its shape."""
        given = [each.detach() for each in inputs]
        given[self.place] = given[self.place].clone().requires_grad_()
        with evaluating(self.model), torch.enable_grad():
            (found,) = torch.autograd.grad(self.score(given).sum(), given[self.place])
        return found.detach()


@contextmanager
def evaluating(model: nn.Module) -> Iterator[None]:
    """Have a model evaluate, with recurrent layers that give gradients, and as before afterwards.

    cuDNN gives gradients of recurrent layers in training mode alone, so it is left out.
    """
    was_training = model.training
    model.eval()
    try:
        with torch.backends.cudnn.flags(enabled=False):
            yield
    finally:
        model.train(was_training)


@contextmanager
def hooked(module: nn.Module, hook: Callable[..., Tensor | None]) -> Iterator[None]:
    """Call a function after a module; what it returns, if anything, stands in for the result."""
    handle = module.register_forward_hook(hook)
    try:
        yield
    finally:
        handle.remove()
