"""The norm of each gradient before it is clipped."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import torch
from torch import Tensor
from torch.utils.hooks import RemovableHandle

from app.observing.observers import Figures, Observer, Trained, norm_of


class Unclipped(Observer):
    """The norm of each weight's gradient as it is worked out, before anything is done to it.

    ``unclipped_norm`` is without the scale of mixed precision, which is taken away before clipping.
    Where several processes share a step nothing is seen: each works out its own part.
    """

    def __init__(self) -> None:
        self._scale = 1.0
        self._seen: dict[str, Tensor] = {}

    def attach(self, training: Trained) -> Iterator[RemovableHandle]:
        """Register a hook on each weight."""
        if hasattr(training, "parallel"):
            return
        scaler: torch.GradScaler | None = getattr(training, "scaler", None)
        self._scale = scaler.get_scale() if scaler is not None else 1.0
        for name, weight in training.model.named_parameters():
            if weight.requires_grad:
                yield weight.register_post_accumulate_grad_hook(self._hook(name))

    def _hook(self, name: str) -> Callable[[Tensor], None]:
        def look(weight: Tensor) -> None:
            assert weight.grad is not None
            self._seen[name] = norm_of(weight.grad)

        return look

    def figures(self) -> Figures:
        """Return the norm for each weight that a gradient reached."""
        if not self._seen:
            return {}
        norms = (torch.stack([*self._seen.values()]) / self._scale).tolist()
        return {"unclipped_norm": dict(zip(self._seen, norms, strict=True))}
