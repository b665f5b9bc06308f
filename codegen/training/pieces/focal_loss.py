"""Cross entropy that counts hard samples more."""

from __future__ import annotations

from torch import Tensor, nn


class FocalLoss(nn.Module):
    """Cross entropy that counts little of what is right already (Lin et al. 2017)."""

    def __init__(self, gamma: float = 2.0, weight: Tensor | None = None) -> None:
        super().__init__()
        self.gamma, self.weight = gamma, weight

    def forward(self, scores: Tensor, target: Tensor) -> Tensor:
        """Return the mean over all elements, weighed by their classes where these have weights."""
        entropy = nn.functional.cross_entropy(scores, target, reduction="none")
        focused = (1 - (-entropy).exp()) ** self.gamma * entropy
        if self.weight is None:
            return focused.mean()
        shares = self.weight[target]
        return (shares * focused).sum() / shares.sum()
