# inputs: 4
import torch
from torch import nn


class WrittenInto(nn.Module):
    """Writes into tensors and lists that other names hold as well."""

    def __init__(self):
        super().__init__()
        layers = []
        same = layers
        same += [nn.Linear(4, 4), nn.ReLU()]
        self.layers = nn.Sequential(*layers)

    def forward(self, x):
        h = self.layers(x)
        y = h
        y += 1
        h.mul_(2)
        count = 0
        while count < 2:
            count += 1
        else:
            h = h * 3
        return h + y, torch.var(h, 1, False)
