# inputs: 10
from enum import Enum

import torch
from torch import nn


class Pool(Enum):
    MEAN = "mean"
    LAST = "last"


def make_norm(kind: str, dim: int) -> nn.Module:
    match kind:
        case "layer":
            return nn.LayerNorm(dim)
        case "batch" | "bn":
            return nn.BatchNorm1d(dim)
        case _:
            return nn.Identity()


class MatchNet(nn.Module):
    def __init__(self, dims=(10, 16, 8), norm="bn", pool=Pool.MEAN):
        super().__init__()
        self.pool = pool
        self.layers = nn.ModuleList()
        i = 0
        while (i := i + 1) < len(dims):
            self.layers.append(nn.Linear(dims[i - 1], dims[i]))
            self.layers.append(make_norm(norm, dims[i]))
        if (n := dims[-1]) > 4:
            self.head = nn.Linear(n, 2)
        else:
            self.head = nn.Identity()

    def forward(self, x):
        for layer in self.layers:
            x = torch.relu(y) if (y := layer(x)) is not None else x
        match self.pool:
            case Pool.MEAN:
                x = x - x.mean(-1, keepdim=True)
            case Pool.LAST:
                x = x[..., -1:]
        return {"logits": self.head(x), "features": x}
