"""Caption match."""

import torch
from torch import Tensor, nn


class CaptionMatch(nn.Module):
    """Caption match.

    Input: image (N, 3, 32, 32) float32
    Input: tokens (N, T) int64
    Output: score (N, 1) float32
    Parameters: 8,353
    """

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 8, kernel_size=3, stride=4)
        self.relu = nn.ReLU()
        self.embedding = nn.Embedding(500, 16, padding_idx=0)
        self.bilinear = nn.Bilinear(8, 16, 1)

    def forward(self, image: Tensor, tokens: Tensor) -> Tensor:
        x = self.relu(self.conv(image))  # (N, 8, 8, 8)
        x = x.mean(dim=(2, 3))  # (N, 8)
        y = self.embedding(tokens).mean(dim=1)  # (N, 16)
        return self.bilinear(x, y)


if __name__ == "__main__":
    model = CaptionMatch()
    image = torch.zeros(2, 3, 32, 32)
    tokens = torch.zeros(2, 8, dtype=torch.int64)
    print(tuple(model(image, tokens).shape))
