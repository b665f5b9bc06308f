# inputs: categories=3:int64 numbers=5
import torch
import torch.nn as nn
import torch.nn.functional as F



class WideDeep(nn.Module):
    def __init__(self, cards=(10, 6, 4), numbers=5, dim=4):
        super().__init__()
        self.embeds = nn.ModuleList([nn.Embedding(c, dim) for c in cards])
        total = dim * len(cards) + numbers
        self.deep = nn.Sequential(nn.Linear(total, 32), nn.ReLU(), nn.BatchNorm1d(32), nn.Linear(32, 1))
        self.wide = nn.Linear(numbers, 1)

    def forward(self, categories, numbers):
        parts = [embed(categories[:, i]) for i, embed in enumerate(self.embeds)]
        x = torch.cat(parts + [numbers], dim=1)
        return self.deep(x) + self.wide(numbers)
