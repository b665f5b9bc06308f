"""Two optimizers that are treated as one."""

from __future__ import annotations

from typing import Any

import torch


class Both(torch.optim.Optimizer):
    """Two optimizers as one, each for weights of its own."""

    def __init__(self, first: torch.optim.Optimizer, second: torch.optim.Optimizer) -> None:
        self.parts = (first, second)
        super().__init__([*first.param_groups, *second.param_groups], {})

    def step(self, closure: Any = None) -> Any:
        """Let each of them take a step."""
        for each in self.parts:
            each.step()

    def state_dict(self) -> dict[str, Any]:
        """Return the state of both."""
        return {"parts": [each.state_dict() for each in self.parts]}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Take the state of both up again."""
        for each, state in zip(self.parts, state_dict["parts"], strict=True):
            each.load_state_dict(state)
        self.param_groups = [group for each in self.parts for group in each.param_groups]
