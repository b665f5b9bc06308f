import math

import torch
from torch import nn


class SelfAttention(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        assert dim % heads == 0, f"{dim} does not part into {heads}"
        self.heads, self.head_dim = heads, dim // heads
        self.q = nn.Linear(dim, dim)
        self.k = nn.Linear(dim, dim)
        self.v = nn.Linear(dim, dim)
        self.o = nn.Linear(dim, dim)

    def split(self, t):
        b, n, _ = t.shape
        return t.view(b, n, self.heads, self.head_dim).transpose(1, 2)

    def forward(self, x):
        b, n, d = x.shape
        q, k, v = self.split(self.q(x)), self.split(self.k(x)), self.split(self.v(x))
        scores = torch.matmul(q, k.transpose(-2, -1)) / math.sqrt(self.head_dim)
        weights = torch.softmax(scores, dim=-1)
        mixed = (weights @ v).transpose(1, 2).contiguous().view(b, n, d)
        return self.o(mixed)


class Reader(nn.Module):
    def __init__(self, vocabulary=200, dim=32, heads=4, classes=3):
        super().__init__()
        self.embed = nn.Embedding(vocabulary, dim)
        self.attend = SelfAttention(dim, heads)
        self.out = nn.Linear(dim, classes)

    def forward(self, tokens):
        x = self.embed(tokens)
        x = x + self.attend(x)
        return self.out(x[:, 0])
