"""Blocky MLP."""

import torch
from torch import Tensor, nn


class HiddenLayer(nn.Sequential):
    def __init__(
        self, in_features: int, width: int = 32, is_wide: bool = True, slope: float = 0.01
    ) -> None:
        super().__init__()
        self.linear = nn.Linear(in_features, width if is_wide else width // 2)
        self.act = nn.LeakyReLU(slope)


class SplitHeads(nn.Module):
    def __init__(self, heads: int) -> None:
        super().__init__()
        self.heads = nn.Unflatten(-1, (heads, -1))

    def forward(self, x: Tensor) -> Tensor:
        return self.heads(x).transpose(1, 2)


class BlockyMLP(nn.Module):
    """Blocky MLP.

    Input: x (N, 4, 20) float32
    Output: first (N, 2, 4, 8) float32
    Output: second (N, 4, 4, 4) float32
    Parameters: 5,696
    """

    def __init__(self) -> None:
        super().__init__()
        self.hidden = nn.Sequential(HiddenLayer(20), *[HiddenLayer(32) for _ in range(4)])
        self.narrow = nn.Sequential(
            HiddenLayer(32, is_wide=False, slope=0.2), HiddenLayer(16, is_wide=False, slope=0.2)
        )
        self.two = SplitHeads(2)
        self.four = SplitHeads(4)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        x = self.hidden(x)  # (N, 4, 32)
        narrow = self.narrow(x)  # (N, 4, 16)
        first = self.two(narrow)  # (N, 2, 4, 8)
        second = self.four(narrow)  # (N, 4, 4, 4)
        return first, second


if __name__ == "__main__":
    model = BlockyMLP()
    x = torch.zeros(2, 4, 20)
    for output in model(x):
        print(tuple(output.shape))
