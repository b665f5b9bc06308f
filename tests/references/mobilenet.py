"""MobileNetV2, as one writes it by hand."""

from torch import Tensor, nn


class ConvBNReLU6(nn.Sequential):
    def __init__(
        self,
        in_channels: int,
        channels: int,
        kernel_size: int = 3,
        stride: int = 1,
        groups: int = 1,
    ) -> None:
        super().__init__(
            nn.Conv2d(
                in_channels,
                channels,
                kernel_size,
                stride,
                padding=kernel_size // 2,
                groups=groups,
                bias=False,
            ),
            nn.BatchNorm2d(channels),
            nn.ReLU6(inplace=True),
        )


class InvertedResidual(nn.Module):
    def __init__(self, in_channels: int, channels: int, stride: int, expansion: int) -> None:
        super().__init__()
        width = in_channels * expansion
        self.is_residual = stride == 1 and in_channels == channels
        layers: list[nn.Module] = []
        if expansion > 1:
            layers.append(ConvBNReLU6(in_channels, width, kernel_size=1))
        layers += [
            ConvBNReLU6(width, width, stride=stride, groups=width),
            nn.Conv2d(width, channels, kernel_size=1, bias=False),
            nn.BatchNorm2d(channels),
        ]
        self.conv = nn.Sequential(*layers)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.conv(x) if self.is_residual else self.conv(x)


class MobileNetV2(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        settings = [
            # expansion, channels, depth, stride
            (1, 16, 1, 1),
            (6, 24, 2, 2),
            (6, 32, 3, 2),
            (6, 64, 4, 2),
            (6, 96, 3, 1),
            (6, 160, 3, 2),
            (6, 320, 1, 1),
        ]
        features: list[nn.Module] = [ConvBNReLU6(3, 32, stride=2)]
        in_channels = 32
        for expansion, channels, depth, stride in settings:
            for i in range(depth):
                features.append(
                    InvertedResidual(in_channels, channels, stride if i == 0 else 1, expansion)
                )
                in_channels = channels
        features.append(ConvBNReLU6(in_channels, 1280, kernel_size=1))
        self.features = nn.Sequential(*features)
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.dropout = nn.Dropout(0.2)
        self.fc = nn.Linear(1280, 1000)

    def forward(self, x: Tensor) -> Tensor:
        x = self.features(x)
        x = self.avgpool(x).flatten(1)
        return self.fc(self.dropout(x))
