# inputs: 3x32x32
import torch
from torch import nn


class VGGBlock(nn.Module):
    def __init__(self, in_channels, middle_channels, out_channels):
        super().__init__()
        self.relu = nn.ReLU(inplace=True)
        self.conv1 = nn.Conv2d(in_channels, middle_channels, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(middle_channels)
        self.conv2 = nn.Conv2d(middle_channels, out_channels, 3, padding=1)
        self.bn2 = nn.BatchNorm2d(out_channels)

    def forward(self, x):
        out = self.relu(self.bn1(self.conv1(x)))
        return self.relu(self.bn2(self.conv2(out)))


class NestedUNet(nn.Module):
    def __init__(self, num_classes=1, input_channels=3, deep_supervision=True, nb_filter=(4, 8, 16, 32)):
        super().__init__()
        self.deep_supervision = deep_supervision
        self.depth = len(nb_filter)
        self.pool = nn.MaxPool2d(2, 2)
        self.up = nn.Upsample(scale_factor=2, mode="bilinear", align_corners=True)
        self.nodes = nn.ModuleList()
        for i in range(self.depth):
            row = nn.ModuleList()
            for j in range(self.depth - i):
                if j == 0:
                    cin = input_channels if i == 0 else nb_filter[i - 1]
                else:
                    cin = nb_filter[i] * j + nb_filter[i + 1]
                row.append(VGGBlock(cin, nb_filter[i], nb_filter[i]))
            self.nodes.append(row)
        if self.deep_supervision:
            self.finals = nn.ModuleList([nn.Conv2d(nb_filter[0], num_classes, kernel_size=1) for _ in range(1, self.depth)])
        else:
            self.final = nn.Conv2d(nb_filter[0], num_classes, kernel_size=1)

    def forward(self, x):
        xs = [[] for _ in range(self.depth)]
        for i in range(self.depth):
            inp = x if i == 0 else self.pool(xs[i - 1][0])
            xs[i].append(self.nodes[i][0](inp))
            for j in range(1, i + 1):
                r = i - j
                xs[r].append(self.nodes[r][j](torch.cat([*xs[r], self.up(xs[r + 1][j - 1])], 1)))
        if self.deep_supervision:
            return [final(f) for final, f in zip(self.finals, xs[0][1:])]
        return self.final(xs[0][-1])
