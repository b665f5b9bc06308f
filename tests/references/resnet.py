"""ResNet-50 and deeper ones, as one writes them by hand."""

from torch import Tensor, nn


class Bottleneck(nn.Module):
    def __init__(
        self, in_channels: int, channels: int, stride: int = 1, downsample: bool = False
    ) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, channels, kernel_size=1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(
            channels, channels, kernel_size=3, stride=stride, padding=1, bias=False
        )
        self.bn2 = nn.BatchNorm2d(channels)
        self.conv3 = nn.Conv2d(channels, 4 * channels, kernel_size=1, bias=False)
        self.bn3 = nn.BatchNorm2d(4 * channels)
        self.relu = nn.ReLU(inplace=True)
        self.downsample = nn.Sequential()
        if downsample:
            self.downsample = nn.Sequential(
                nn.Conv2d(in_channels, 4 * channels, kernel_size=1, stride=stride, bias=False),
                nn.BatchNorm2d(4 * channels),
            )

    def forward(self, x: Tensor) -> Tensor:
        out = self.relu(self.bn1(self.conv1(x)))
        out = self.relu(self.bn2(self.conv2(out)))
        out = self.bn3(self.conv3(out))
        return self.relu(out + self.downsample(x))


class ResNet(nn.Module):
    def __init__(self, depths: tuple[int, int, int, int]) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, kernel_size=7, stride=2, padding=3, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        self.relu = nn.ReLU(inplace=True)
        self.maxpool = nn.MaxPool2d(kernel_size=3, stride=2, padding=1)
        self.layer1 = self._make_layer(64, 64, depths[0])
        self.layer2 = self._make_layer(256, 128, depths[1], stride=2)
        self.layer3 = self._make_layer(512, 256, depths[2], stride=2)
        self.layer4 = self._make_layer(1024, 512, depths[3], stride=2)
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(2048, 1000)

    def _make_layer(
        self, in_channels: int, channels: int, depth: int, stride: int = 1
    ) -> nn.Sequential:
        layers = [Bottleneck(in_channels, channels, stride, downsample=True)]
        for _ in range(1, depth):
            layers.append(Bottleneck(4 * channels, channels))
        return nn.Sequential(*layers)

    def forward(self, x: Tensor) -> Tensor:
        x = self.relu(self.bn1(self.conv1(x)))
        x = self.maxpool(x)
        x = self.layer1(x)
        x = self.layer2(x)
        x = self.layer3(x)
        x = self.layer4(x)
        x = self.avgpool(x).flatten(1)
        return self.fc(x)
