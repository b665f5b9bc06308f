"""Binary cross entropy that counts hard samples more."""

from __future__ import annotations

from torch import Tensor, nn


class BinaryFocalLoss(nn.Module):
    """Binary cross entropy that counts little of what is right already (Lin et al. 2017)."""

    def __init__(self, gamma: float = 2.0, alpha: float = 0.25) -> None:
        super().__init__()
        self.gamma, self.alpha = gamma, alpha

    def forward(self, scores: Tensor, target: Tensor) -> Tensor:
        """Return the mean over all elements; ``alpha`` is what those of class 1 count."""
        entropy = nn.functional.binary_cross_entropy_with_logits(scores, target, reduction="none")
        focused = (1 - (-entropy).exp()) ** self.gamma * entropy
        shares = self.alpha * target + (1 - self.alpha) * (1 - target)
        return (shares * focused).mean()
