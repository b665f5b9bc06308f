import torch
import torch.nn as nn
import torch.nn.functional as F



class Layer(nn.Module):
    def __init__(self, dim, expansion=4):
        super().__init__()
        self.norm = nn.LayerNorm(dim)
        self.up = nn.Linear(dim, dim * expansion)
        self.down = nn.Linear(dim * expansion, dim)

    def forward(self, x):
        residual = x
        x = self.norm(x)
        x = self.down(F.gelu(self.up(x)))
        return residual + x


class Stack(nn.Module):
    def __init__(self, dim=24, depth=4, classes=7):
        super().__init__()
        self.layers = nn.ModuleList([Layer(dim) for _ in range(depth)])
        self.head = nn.Linear(dim, classes)

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return self.head(x.mean(1))
