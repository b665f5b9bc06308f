"""EfficientNet-B0, as one writes it by hand."""

from torch import Tensor, nn


class ConvBNSiLU(nn.Sequential):
    def __init__(
        self,
        in_channels: int,
        channels: int,
        kernel_size: int,
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
            nn.SiLU(inplace=True),
        )


class SqueezeExcite(nn.Module):
    def __init__(self, channels: int, squeeze: int) -> None:
        super().__init__()
        self.gate = nn.Sequential(
            nn.AdaptiveAvgPool2d(1),
            nn.Conv2d(channels, squeeze, kernel_size=1),
            nn.SiLU(inplace=True),
            nn.Conv2d(squeeze, channels, kernel_size=1),
            nn.Sigmoid(),
        )

    def forward(self, x: Tensor) -> Tensor:
        return x * self.gate(x)


class MBConv(nn.Module):
    def __init__(
        self, in_channels: int, channels: int, kernel_size: int, stride: int, expansion: int
    ) -> None:
        super().__init__()
        width = in_channels * expansion
        self.is_residual = stride == 1 and in_channels == channels
        layers: list[nn.Module] = []
        if expansion > 1:
            layers.append(ConvBNSiLU(in_channels, width, kernel_size=1))
        layers += [
            ConvBNSiLU(width, width, kernel_size, stride, groups=width),
            SqueezeExcite(width, in_channels // 4),
            nn.Conv2d(width, channels, kernel_size=1, bias=False),
            nn.BatchNorm2d(channels),
        ]
        self.layers = nn.Sequential(*layers)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.layers(x) if self.is_residual else self.layers(x)


class EfficientNetB0(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        settings = [
            # expansion, channels, depth, stride, kernel size
            (1, 16, 1, 1, 3),
            (6, 24, 2, 2, 3),
            (6, 40, 2, 2, 5),
            (6, 80, 3, 2, 3),
            (6, 112, 3, 1, 5),
            (6, 192, 4, 2, 5),
            (6, 320, 1, 1, 3),
        ]
        features: list[nn.Module] = [ConvBNSiLU(3, 32, kernel_size=3, stride=2)]
        in_channels = 32
        for expansion, channels, depth, stride, kernel_size in settings:
            for i in range(depth):
                stride = stride if i == 0 else 1
                features.append(MBConv(in_channels, channels, kernel_size, stride, expansion))
                in_channels = channels
        features.append(ConvBNSiLU(in_channels, 1280, kernel_size=1))
        self.features = nn.Sequential(*features)
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.dropout = nn.Dropout(0.2)
        self.fc = nn.Linear(1280, 1000)

    def forward(self, x: Tensor) -> Tensor:
        x = self.features(x)
        x = self.avgpool(x).flatten(1)
        return self.fc(self.dropout(x))
