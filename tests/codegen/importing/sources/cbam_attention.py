import torch
import torch.nn as nn
import torch.nn.functional as F



class SpatialGate(nn.Module):
    def __init__(self, k=7):
        super().__init__()
        self.conv = nn.Conv2d(2, 1, k, padding=k // 2)

    def forward(self, x):
        avg = torch.mean(x, dim=1, keepdim=True)
        top, _ = torch.max(x, dim=1, keepdim=True)
        gate = self.conv(torch.cat([avg, top], dim=1)).sigmoid()
        return x * gate


class Net(nn.Module):
    def __init__(self, width=12):
        super().__init__()
        self.body = nn.Conv2d(3, width, 3, padding=1)
        self.gate = SpatialGate()
        self.head = nn.Conv2d(width, 2, 1)

    def forward(self, x):
        return self.head(self.gate(self.body(x).relu())).mean((2, 3))
