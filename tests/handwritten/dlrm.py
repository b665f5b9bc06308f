"""A recommender with an embedding for each of 26 categories, and all their products."""

import torch
from torch import Tensor, nn


class Recommender(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.bottom = nn.Linear(13, 16)
        self.act1 = nn.ReLU()
        self.tables = nn.ModuleList([nn.Embedding(100, 16) for _ in range(26)])
        self.fc = nn.Linear(745, 64)
        self.act2 = nn.ReLU()
        self.head = nn.Linear(64, 1)

    def forward(self, numbers: Tensor, categories: Tensor) -> Tensor:
        dense = self.act1(self.bottom(numbers))
        rows = [table(categories[:, i]) for i, table in enumerate(self.tables)]
        features = torch.stack([dense, *rows], dim=1)
        products = features @ features.transpose(1, 2)
        x = torch.cat((dense, products.flatten(1)), dim=1)
        x = self.act2(self.fc(x))
        return self.head(x)
