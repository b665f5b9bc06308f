import torch
import torch.nn as nn
import torch.nn.functional as F



class Tower(nn.Module):
    def __init__(self, sizes=[8, 16, 32, 64]):
        super().__init__()
        self.depth = len(sizes) - 1
        for i in range(self.depth):
            self.add_module(f"level{i}", nn.Conv1d(sizes[i], sizes[i + 1], 3, padding=1))
            self.add_module("norm%d" % i if False else f"norm{i}", nn.BatchNorm1d(sizes[i + 1]))

    def forward(self, x):
        for i in range(self.depth):
            conv = getattr(self, f"level{i}")
            norm = getattr(self, f"norm{i}")
            x = F.relu(norm(conv(x)))
        return x.max(dim=2)[0]
