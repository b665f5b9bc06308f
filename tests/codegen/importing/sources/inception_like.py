import torch
import torch.nn as nn
import torch.nn.functional as F



class Mixed(nn.Module):
    def __init__(self, cin, a, b, c):
        super().__init__()
        self.one = nn.Conv2d(cin, a, 1)
        self.three = nn.Sequential(nn.Conv2d(cin, b // 2, 1), nn.Conv2d(b // 2, b, 3, padding=1))
        self.pool = nn.Sequential(nn.AvgPool2d(3, 1, 1), nn.Conv2d(cin, c, 1))

    def forward(self, x):
        outs = [branch(x) for branch in (self.one, self.three, self.pool)]
        return torch.cat(outs, dim=1)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.m1 = Mixed(3, 8, 16, 8)
        self.m2 = Mixed(32, 16, 24, 8)
        self.out = nn.Linear(48, 4)

    def forward(self, x):
        x = self.m2(self.m1(x))
        x = x.mean([2, 3])
        return self.out(x)
