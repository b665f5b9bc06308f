"""Linear regression."""

import torch
from torch import Tensor, nn


class LinearRegression(nn.Module):
    """Linear regression.

    Input: x (N, 1) float32
    Output: y (N, 1) float32
    Parameters: 2
    """

    def __init__(self) -> None:
        super().__init__()
        self.linear = nn.Linear(1, 1)

    def forward(self, x: Tensor) -> Tensor:
        return self.linear(x)


if __name__ == "__main__":
    model = LinearRegression()
    x = torch.zeros(2, 1)
    print(tuple(model(x).shape))
