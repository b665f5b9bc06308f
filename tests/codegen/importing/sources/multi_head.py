import torch
from torch import nn


class MultiTask(nn.Module):
    def __init__(self, inputs=12, shared=24):
        super().__init__()
        self.shared = nn.Sequential(nn.Linear(inputs, shared), nn.ReLU())
        self.heads = nn.ModuleDict({"age": nn.Linear(shared, 1), "kind": nn.Linear(shared, 4)})

    def forward(self, x):
        h = self.shared(x)
        return {name: head(h) for name, head in self.heads.items()}
