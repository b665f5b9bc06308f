"""Residual net."""

import torch
from torch import Tensor, nn


class ResidualNet(nn.Module):
    """Residual net.

    Input: image (N, 3, H, W) float32
    Output: logits (N, 10) float32
    Parameters: 8,378
    """

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 16, kernel_size=3, padding=1)
        self.conv1 = nn.Conv2d(16, 16, kernel_size=3, padding=1)
        self.bn1 = nn.BatchNorm2d(16)
        self.relu1 = nn.ReLU()
        self.conv2 = nn.Conv2d(16, 32, kernel_size=3, stride=2, padding=1)
        self.bn2 = nn.BatchNorm2d(32)
        self.shortcut = nn.Conv2d(16, 32, kernel_size=1, stride=2)
        self.relu2 = nn.ReLU()
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.flatten = nn.Flatten()
        self.fc = nn.Linear(32, 10)

    def forward(self, image: Tensor) -> Tensor:
        x = self.stem(image)  # (N, 16, H, W)
        x = self.relu1(x + self.bn1(self.conv1(x)))
        x = self.shortcut(x) + self.bn2(self.conv2(x))  # (N, 32, (H + 1)//2, (W + 1)//2)
        x = self.relu2(x)
        return self.fc(self.flatten(self.pool(x)))


if __name__ == "__main__":
    model = ResidualNet()
    image = torch.zeros(2, 3, 8, 8)
    print(tuple(model(image).shape))
