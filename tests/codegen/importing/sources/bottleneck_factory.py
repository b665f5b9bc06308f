import torch
import torch.nn as nn
import torch.nn.functional as F



def conv_bn(c_in, c_out, k=3, s=1, act=True):
    layers = [nn.Conv2d(c_in, c_out, k, s, k // 2, bias=False), nn.BatchNorm2d(c_out)]
    if act:
        layers.append(nn.ReLU(inplace=True))
    return nn.Sequential(*layers)


class Unit(nn.Module):
    def __init__(self, c_in, c_out, stride):
        super().__init__()
        mid = c_out // 4
        self.path = nn.Sequential(
            conv_bn(c_in, mid, 1), conv_bn(mid, mid, 3, stride), conv_bn(mid, c_out, 1, act=False)
        )
        if stride > 1 or c_in != c_out:
            self.proj = conv_bn(c_in, c_out, 1, stride, act=False)
        else:
            self.proj = nn.Identity()

    def forward(self, x):
        return F.relu(self.path(x) + self.proj(x))


class Backbone(nn.Module):
    def __init__(self, plan=((2, 32), (2, 64)), classes=10):
        super().__init__()
        self.stem = conv_bn(3, 16)
        blocks, c = [], 16
        for count, width in plan:
            for n in range(count):
                blocks.append(Unit(c, width, stride=2 if n == 0 else 1))
                c = width
        self.blocks = nn.Sequential(*blocks)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(c, classes)

    def forward(self, x):
        x = self.pool(self.blocks(self.stem(x)))
        return self.fc(x.view(x.size(0), -1))


def build():
    return Backbone()
