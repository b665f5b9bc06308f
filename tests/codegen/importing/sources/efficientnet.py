# inputs: 3x32x32
import math
from collections import namedtuple

import torch
from torch import nn

BlockArgs = namedtuple("BlockArgs", ["expand", "out", "repeats", "stride", "kernel"])

BLOCKS = [
    BlockArgs(expand=1, out=16, repeats=1, stride=1, kernel=3),
    BlockArgs(6, 24, 2, 2, 3),
    BlockArgs(6, 40, 2, 2, 5),
]


def make_divisible(v, divisor=8, min_value=None):
    if min_value is None:
        min_value = divisor
    new_v = max(min_value, int(v + divisor / 2) // divisor * divisor)
    if new_v < 0.9 * v:
        new_v += divisor
    return new_v


class Swish(nn.Module):
    def forward(self, x):
        return x * torch.sigmoid(x)


class SELayer(nn.Module):
    def __init__(self, inp, oup, reduction=4):
        super().__init__()
        self.avg_pool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Sequential(nn.Linear(oup, make_divisible(inp // reduction, 8)), Swish(), nn.Linear(make_divisible(inp // reduction, 8), oup), nn.Sigmoid())

    def forward(self, x):
        b, c, _, _ = x.size()
        y = self.avg_pool(x).view(b, c)
        y = self.fc(y).view(b, c, 1, 1)
        return x * y


class MBConv(nn.Module):
    def __init__(self, inp, oup, kernel, stride, expand):
        super().__init__()
        assert stride in [1, 2]
        hidden = round(inp * expand)
        self.identity = stride == 1 and inp == oup
        layers = []
        if expand != 1:
            layers += [nn.Conv2d(inp, hidden, 1, bias=False), nn.BatchNorm2d(hidden), Swish()]
        layers.extend([
            nn.Conv2d(hidden, hidden, kernel, stride, (kernel - 1) // 2, groups=hidden, bias=False),
            nn.BatchNorm2d(hidden),
            Swish(),
            SELayer(inp, hidden),
            nn.Conv2d(hidden, oup, 1, bias=False),
            nn.BatchNorm2d(oup),
        ])
        self.conv = nn.Sequential(*layers)

    def forward(self, x):
        if self.identity:
            return x + self.conv(x)
        else:
            return self.conv(x)


class EfficientNet(nn.Module):
    def __init__(self, width_mult=1.0, depth_mult=1.1, dropout=0.2, num_classes=10):
        super().__init__()
        channels = make_divisible(32 * width_mult)
        layers = [nn.Conv2d(3, channels, 3, 2, 1, bias=False), nn.BatchNorm2d(channels), Swish()]
        for args in BLOCKS:
            out = make_divisible(args.out * width_mult)
            for i in range(int(math.ceil(args.repeats * depth_mult))):
                layers.append(MBConv(channels, out, args.kernel, args.stride if i == 0 else 1, args.expand))
                channels = out
        self.features = nn.Sequential(*layers)
        self.avgpool = nn.AdaptiveAvgPool2d((1, 1))
        self.classifier = nn.Sequential(nn.Dropout(dropout), nn.Linear(channels, num_classes))
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                n = m.kernel_size[0] * m.kernel_size[1] * m.out_channels
                m.weight.data.normal_(0, math.sqrt(2.0 / n))
                if m.bias is not None:
                    m.bias.data.zero_()

    def forward(self, x):
        x = self.features(x)
        x = self.avgpool(x)
        x = x.view(x.size(0), -1)
        return self.classifier(x)
