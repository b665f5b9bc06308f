"""Class token."""

import torch
from torch import Tensor, nn


class ClassToken(nn.Module):
    """Class token.

    Input: patches (N, T, 32) float32
    Output: first (N, T + 1, 32) float32
    Output: second (N, T, 32) float32
    Output: third (1, 65, 32) float32
    Output: fourth (4,) int64
    Output: fifth (2, 2) int64
    Output: sixth (4,) int64
    Parameters: 4,192
    """

    def __init__(self) -> None:
        super().__init__()
        self.class_token = nn.Parameter(torch.randn(1, 1, 32) * 0.02)
        self.scale = nn.Parameter(torch.full((32,), 1e-6))
        self.register_buffer("mean", torch.zeros(32))
        self.register_buffer("grid", torch.linspace(-1.0, 1.0, 32), persistent=False)
        self.register_buffer("temperature", torch.full((1,), 2.0), persistent=False)
        self.table = nn.Parameter(torch.ones(64, 32))
        self.position = nn.Parameter(torch.zeros(1, 65, 32))
        self.register_buffer("steps", torch.arange(4), persistent=False)
        self.register_buffer("odd", torch.arange(1, 8, 2), persistent=False)
        self.register_buffer("two", torch.full((2, 2), 2, dtype=torch.int64), persistent=False)

    def forward(self, patches: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
        token = self.class_token.expand(patches.shape[0], -1, -1)  # (N, 1, 32)
        # (N, T + 1, 32)
        waves = torch.cat((token, patches), dim=1) * self.scale - self.mean + self.grid
        warm = waves / self.temperature
        counted = torch.arange(patches.shape[1], device=patches.device)  # (T,)
        second = patches + self.table[counted]  # (N, T, 32)
        return warm, second, self.position, self.steps, self.two, self.odd


if __name__ == "__main__":
    model = ClassToken()
    patches = torch.zeros(2, 8, 32)
    for output in model(patches):
        print(tuple(output.shape))
