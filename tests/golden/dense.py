"""Small DenseNet."""

import torch
from torch import Tensor, nn


class DenseLayer(nn.Module):
    def __init__(self, in_channels: int, growth: int = 8) -> None:
        super().__init__()
        self.norm = nn.BatchNorm2d(in_channels)
        self.relu = nn.ReLU()
        self.conv = nn.Conv2d(in_channels, growth, kernel_size=3, padding=1, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        y = self.conv(self.relu(self.norm(x)))
        return torch.cat((x, y), dim=1)


class DenseStage(nn.Sequential):
    def __init__(self, in_channels: int, channels: int, depth: int, growth: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            *[DenseLayer(in_channels + i * growth, growth) for i in range(depth)]
        )
        self.squeeze = nn.Conv2d(in_channels + depth * growth, channels, kernel_size=1)
        self.pool = nn.AvgPool2d(2)


class SmallDenseNet(nn.Module):
    """Small DenseNet.

    Input: image (N, 3, 32, 32) float32
    Output: logits (N, 10) float32
    Parameters: 17,102
    """

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 16, kernel_size=3, padding=1)
        self.stage1 = DenseStage(16, 20, depth=2, growth=12)
        self.stage2 = DenseStage(20, 24, depth=4, growth=8)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.flatten = nn.Flatten()
        self.fc = nn.Linear(24, 10)

    def forward(self, image: Tensor) -> Tensor:
        x = self.stem(image)  # (N, 16, 32, 32)
        x = self.stage1(x)  # (N, 20, 16, 16)
        x = self.stage2(x)  # (N, 24, 8, 8)
        return self.fc(self.flatten(self.pool(x)))


if __name__ == "__main__":
    model = SmallDenseNet()
    image = torch.zeros(2, 3, 32, 32)
    print(tuple(model(image).shape))
