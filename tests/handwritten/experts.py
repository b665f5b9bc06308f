"""A mixture of eight experts, all of which are asked and weighed."""

import torch
from torch import Tensor, nn


class Expert(nn.Module):
    def __init__(self, dim: int = 32, hidden: int = 64) -> None:
        super().__init__()
        self.fc1 = nn.Linear(dim, hidden)
        self.act = nn.GELU()
        self.fc2 = nn.Linear(hidden, dim)

    def forward(self, x: Tensor) -> Tensor:
        return self.fc2(self.act(self.fc1(x)))


class Experts(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(32)
        self.router = nn.Linear(32, 8)
        self.softmax = nn.Softmax(dim=-1)
        self.experts = nn.ModuleList([Expert() for _ in range(8)])
        self.head = nn.Linear(32, 5)

    def forward(self, x: Tensor) -> Tensor:
        y = self.norm(x)
        weights = self.softmax(self.router(y))
        answers = torch.stack([expert(y) for expert in self.experts], dim=-1)
        mixed = (answers * weights.unsqueeze(1)).sum(dim=-1)
        return self.head(x + mixed)
