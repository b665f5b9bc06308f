"""DenseNet-121, as one writes it by hand."""

import torch
from torch import Tensor, nn


class DenseLayer(nn.Module):
    def __init__(self, in_channels: int, growth: int = 32) -> None:
        super().__init__()
        self.norm1 = nn.BatchNorm2d(in_channels)
        self.conv1 = nn.Conv2d(in_channels, 4 * growth, kernel_size=1, bias=False)
        self.norm2 = nn.BatchNorm2d(4 * growth)
        self.conv2 = nn.Conv2d(4 * growth, growth, kernel_size=3, padding=1, bias=False)
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x: Tensor) -> Tensor:
        y = self.conv1(self.relu(self.norm1(x)))
        y = self.conv2(self.relu(self.norm2(y)))
        return torch.cat([x, y], dim=1)


class Transition(nn.Sequential):
    def __init__(self, in_channels: int, channels: int) -> None:
        super().__init__(
            nn.BatchNorm2d(in_channels),
            nn.ReLU(inplace=True),
            nn.Conv2d(in_channels, channels, kernel_size=1, bias=False),
            nn.AvgPool2d(2),
        )


class DenseNet121(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.conv0 = nn.Conv2d(3, 64, kernel_size=7, stride=2, padding=3, bias=False)
        self.norm0 = nn.BatchNorm2d(64)
        self.relu = nn.ReLU(inplace=True)
        self.maxpool = nn.MaxPool2d(kernel_size=3, stride=2, padding=1)
        blocks: list[nn.Module] = []
        channels = 64
        for depth in (6, 12, 24, 16):
            if blocks:
                blocks.append(Transition(channels, channels // 2))
                channels //= 2
            blocks += [DenseLayer(channels + 32 * i) for i in range(depth)]
            channels += 32 * depth
        self.blocks = nn.Sequential(*blocks)
        self.norm5 = nn.BatchNorm2d(channels)
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(channels, 1000)

    def forward(self, x: Tensor) -> Tensor:
        x = self.relu(self.norm0(self.conv0(x)))
        x = self.maxpool(x)
        x = self.blocks(x)
        x = self.relu(self.norm5(x))
        x = self.avgpool(x).flatten(1)
        return self.fc(x)
