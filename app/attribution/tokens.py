"""Which tokens of a text an answer rests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn

from app.attribution.asked import Asked, evaluating, hooked


def token_gradients(asked: Asked, inputs: Sequence[Tensor], table: nn.Embedding) -> Tensor:
    """Return the gradient by each token's vector times that vector: shape of the indices.

    What speaks for the answer is above 0 (input × gradient, Shrikumar et al. 2016,
    arXiv:1605.01713).
    """
    seen: list[Tensor] = []

    def keep(_: nn.Module, __: Any, output: Tensor) -> Tensor:
        seen.append(output.detach().clone().requires_grad_())
        return seen[-1]

    with evaluating(asked.model), hooked(table, keep), torch.enable_grad():
        score = asked.score(inputs).sum()
        (gradient,) = torch.autograd.grad(score, seen[0])
    return (gradient * seen[0].detach()).sum(dim=-1)


def embedding_of(model: nn.Module) -> nn.Embedding | None:
    """Return the first Embedding of a model, if it has one."""
    return next((each for each in model.modules() if isinstance(each, nn.Embedding)), None)
