"""A small LLaMA: rotary embedding, root mean square norms, a gated feed-forward network."""

import torch
from torch import Tensor, nn


class Rotary(nn.Module):
    def __init__(self, dim: int = 16) -> None:
        super().__init__()
        frequencies = torch.exp(torch.arange(0, dim, 2) * (-9.21034 / dim))
        self.register_buffer("frequencies", frequencies, persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        places = torch.arange(x.shape[2], device=x.device)
        angles = places.unsqueeze(1) * self.frequencies
        angles = torch.cat((angles, angles), dim=-1)
        x1, x2 = x.chunk(2, dim=-1)
        turned = torch.cat((-x2, x1), dim=-1)
        return x * torch.cos(angles) + turned * torch.sin(angles)


class Attention(nn.Module):
    def __init__(self, dim: int = 64, heads: int = 4) -> None:
        super().__init__()
        self.heads = heads
        self.q = nn.Linear(dim, dim, bias=False)
        self.k = nn.Linear(dim, dim, bias=False)
        self.v = nn.Linear(dim, dim, bias=False)
        self.rotary = Rotary(dim // heads)
        self.out = nn.Linear(dim, dim, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        q = self.q(x).unflatten(-1, (self.heads, -1)).transpose(1, 2)
        k = self.k(x).unflatten(-1, (self.heads, -1)).transpose(1, 2)
        v = self.v(x).unflatten(-1, (self.heads, -1)).transpose(1, 2)
        q, k = self.rotary(q), self.rotary(k)
        x = nn.functional.scaled_dot_product_attention(q, k, v, is_causal=True)
        return self.out(x.transpose(1, 2).flatten(2))


class FeedForward(nn.Module):
    def __init__(self, dim: int = 64, hidden: int = 160) -> None:
        super().__init__()
        self.gate = nn.Linear(dim, hidden, bias=False)
        self.act = nn.SiLU()
        self.up = nn.Linear(dim, hidden, bias=False)
        self.down = nn.Linear(hidden, dim, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        return self.down(self.act(self.gate(x)) * self.up(x))


class Layer(nn.Module):
    def __init__(self, dim: int = 64, heads: int = 4, hidden: int = 160) -> None:
        super().__init__()
        self.norm1 = nn.RMSNorm(dim)
        self.attention = Attention(dim, heads)
        self.norm2 = nn.RMSNorm(dim)
        self.feed_forward = FeedForward(dim, hidden)

    def forward(self, x: Tensor) -> Tensor:
        x = x + self.attention(self.norm1(x))
        return x + self.feed_forward(self.norm2(x))


class Llama(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.embedding = nn.Embedding(500, 64)
        self.layers = nn.Sequential(*[Layer() for _ in range(2)])
        self.norm = nn.RMSNorm(64)
        self.head = nn.Linear(64, 500, bias=False)

    def forward(self, tokens: Tensor) -> Tensor:
        x = self.embedding(tokens)
        x = self.layers(x)
        x = self.norm(x)
        return self.head(x)
