import torch
import torch.nn as nn
import torch.nn.functional as F



class Iterated(nn.Module):
    """The same weights several times, as in a refinement."""

    def __init__(self, dim=6, steps=4):
        super().__init__()
        self.step = nn.Linear(dim, dim)
        self.steps = steps

    def forward(self, x):
        h = x
        for _ in range(self.steps):
            h = F.softplus(self.step(h)) + x
        return h.norm(dim=-1)
