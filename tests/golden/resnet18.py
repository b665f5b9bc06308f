"""ResNet-18."""

import torch
from torch import Tensor, nn


class BasicBlock(nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, kernel_size=3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.relu = nn.ReLU(inplace=True)
        self.conv2 = nn.Conv2d(channels, channels, kernel_size=3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)

    def forward(self, x: Tensor) -> Tensor:
        y = self.relu(self.bn1(self.conv1(x)))
        return self.relu(self.bn2(self.conv2(y)) + x)


class DownsamplingBasicBlock(nn.Module):
    def __init__(self, in_channels: int, channels: int, stride: int = 2) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(
            in_channels, channels, kernel_size=3, stride=stride, padding=1, bias=False
        )
        self.bn1 = nn.BatchNorm2d(channels)
        self.relu = nn.ReLU(inplace=True)
        self.conv2 = nn.Conv2d(channels, channels, kernel_size=3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)
        self.shortcut = nn.Conv2d(in_channels, channels, kernel_size=1, stride=stride, bias=False)
        self.shortcut_bn = nn.BatchNorm2d(channels)

    def forward(self, x: Tensor) -> Tensor:
        y = self.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y)) + self.shortcut_bn(self.shortcut(x))
        return self.relu(y)


class ResNet18(nn.Module):
    """ResNet-18.

    Input: image (N, 3, 224, 224) float32
    Output: logits (N, 1000) float32
    Parameters: 11,689,512
    """

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, kernel_size=7, stride=2, padding=3, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        self.relu = nn.ReLU(inplace=True)
        self.maxpool = nn.MaxPool2d(3, stride=2, padding=1)
        self.layer1 = nn.Sequential(*[BasicBlock(64) for _ in range(2)])
        self.down2 = DownsamplingBasicBlock(64, 128)
        self.layer2 = BasicBlock(128)
        self.down3 = DownsamplingBasicBlock(128, 256)
        self.layer3 = BasicBlock(256)
        self.down4 = DownsamplingBasicBlock(256, 512)
        self.layer4 = BasicBlock(512)
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.flatten = nn.Flatten()
        self.fc = nn.Linear(512, 1000)

    def forward(self, image: Tensor) -> Tensor:
        x = self.relu(self.bn1(self.conv1(image)))  # (N, 64, 112, 112)
        x = self.maxpool(x)  # (N, 64, 56, 56)
        x = self.layer1(x)
        x = self.down2(x)  # (N, 128, 28, 28)
        x = self.layer2(x)
        x = self.down3(x)  # (N, 256, 14, 14)
        x = self.layer3(x)
        x = self.down4(x)  # (N, 512, 7, 7)
        x = self.layer4(x)
        return self.fc(self.flatten(self.avgpool(x)))


if __name__ == "__main__":
    model = ResNet18()
    image = torch.zeros(2, 3, 224, 224)
    print(tuple(model(image).shape))
