"""Pooled and unpooled."""

import torch
from torch import Tensor, nn


class PooledAndUnpooled(nn.Module):
    """Pooled and unpooled.

    Input: image (N, 3, 13, 13) float32
    Output: mask (N, 3, 16, 16) float32
    Output: shares (N, 3, 8, 8) float32
    Output: places (N, 3, 2, 2) int64
    Parameters: 0
    """

    def __init__(self) -> None:
        super().__init__()
        self.pad = nn.ReflectionPad2d((1, 2, 1, 2))
        self.pool1 = nn.MaxPool2d(2, return_indices=True)
        self.norm = nn.LocalResponseNorm(5, k=2.0)
        self.pool2 = nn.MaxPool2d(2, return_indices=True, ceil_mode=True)
        self.fractional = nn.FractionalMaxPool2d(2, output_size=2, return_indices=True)
        self.border = nn.ConstantPad2d(1, -1.0)
        self.unpool2 = nn.MaxUnpool2d(2)
        self.unpool1 = nn.MaxUnpool2d(2)
        self.share = nn.FractionalMaxPool2d((2, 3), output_ratio=0.5)
        self.columns = nn.Unfold(2, stride=2)
        self.image2 = nn.Fold(16, 2, stride=2)

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        x = self.pad(image)  # (N, 3, 16, 16)
        x, indices = self.pool1(x)  # each (N, 3, 8, 8)
        x = self.norm(x)  # (N, 3, 8, 8)
        x, indices_2 = self.pool2(x)  # each (N, 3, 4, 4)
        x, places = self.fractional(x)  # each (N, 3, 2, 2)
        x = self.border(x)  # (N, 3, 4, 4)
        x = self.unpool2(x, indices_2)  # (N, 3, 8, 8)
        x = self.unpool1(x, indices, output_size=(16, 16))  # (N, 3, 16, 16)
        shares = self.share(x)  # (N, 3, 8, 8)
        x = self.columns(x)  # (N, 12, 64)
        mask = self.image2(x)  # (N, 3, 16, 16)
        return mask, shares, places


if __name__ == "__main__":
    model = PooledAndUnpooled()
    image = torch.zeros(2, 3, 13, 13)
    for output in model(image):
        print(tuple(output.shape))
