import torch
import torch.nn as nn
import torch.nn.functional as F



class Separable(nn.Module):
    def __init__(self, cin, cout, *, stride=1):
        super().__init__()
        self.dw = nn.Conv2d(cin, cin, 3, stride, 1, groups=cin, bias=False)
        self.pw = nn.Conv2d(cin, cout, 1, bias=False)
        self.bn = nn.BatchNorm2d(cout)

    def forward(self, x):
        return F.relu6(self.bn(self.pw(self.dw(x))))


class Mobile(nn.Module):
    cfg = [(16, 1), (32, 2), (32, 1), (64, 2)]

    def __init__(self, classes=6):
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 3, 2, 1)
        self.layers = self._layers(8)
        self.out = nn.Linear(64, classes)

    def _layers(self, c):
        made = []
        for width, stride in self.cfg:
            made.append(Separable(c, width, stride=stride))
            c = width
        return nn.Sequential(*made)

    def forward(self, x):
        x = self.layers(self.stem(x))
        x = F.avg_pool2d(x, x.size()[2:])
        return self.out(torch.flatten(x, 1))
