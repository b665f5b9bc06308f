"""A small convolutional network whose blocks weigh their channels."""

from torch import Tensor, nn


class SqueezeExcite(nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.fc1 = nn.Conv2d(channels, channels // 4, kernel_size=1)
        self.relu = nn.ReLU()
        self.fc2 = nn.Conv2d(channels // 4, channels, kernel_size=1)
        self.sigmoid = nn.Sigmoid()

    def forward(self, x: Tensor) -> Tensor:
        y = self.relu(self.fc1(self.pool(x)))
        return x * self.sigmoid(self.fc2(y))


class Block(nn.Module):
    def __init__(self, in_channels: int, channels: int, stride: int = 2) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, channels, 3, stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.relu1 = nn.ReLU()
        self.conv2 = nn.Conv2d(channels, channels, kernel_size=3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)
        self.squeeze = SqueezeExcite(channels)
        self.shortcut = nn.Conv2d(in_channels, channels, kernel_size=1, stride=stride)
        self.relu2 = nn.ReLU()

    def forward(self, x: Tensor) -> Tensor:
        y = self.relu1(self.bn1(self.conv1(x)))
        y = self.squeeze(self.bn2(self.conv2(y)))
        return self.relu2(y + self.shortcut(x))


class SqueezeNet(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.block1 = Block(3, 16, stride=1)
        self.block2 = Block(16, 32)
        self.block3 = Block(32, 64)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.flatten = nn.Flatten()
        self.head = nn.Linear(64, 10)

    def forward(self, image: Tensor) -> Tensor:
        x = self.block1(image)
        x = self.block2(x)
        x = self.block3(x)
        return self.head(self.flatten(self.pool(x)))
