"""An encoder and a decoder, as one writes them by hand."""

import torch
from torch import Tensor, nn


class Attention(nn.Module):
    def __init__(self, dim: int, heads: int, dropout: float, causal: bool) -> None:
        super().__init__()
        self.heads = heads
        self.causal = causal
        self.qkv = nn.Linear(dim, 3 * dim)
        self.proj = nn.Linear(dim, dim)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        n, t, dim = x.shape
        q, k, v = (
            part.view(n, t, self.heads, dim // self.heads).transpose(1, 2)
            for part in self.qkv(x).split(dim, dim=2)
        )
        scores = q @ k.transpose(-2, -1) / (dim // self.heads) ** 0.5
        if self.causal:
            later = torch.ones(t, t, dtype=torch.bool, device=x.device).triu(1)
            scores = scores.masked_fill(later, float("-inf"))
        y = (scores.softmax(-1) @ v).transpose(1, 2).reshape(n, t, dim)
        return self.dropout(self.proj(y))


class MLP(nn.Sequential):
    def __init__(self, dim: int, hidden: int, dropout: float) -> None:
        super().__init__(
            nn.Linear(dim, hidden), nn.GELU(), nn.Linear(hidden, dim), nn.Dropout(dropout)
        )


class EncoderLayer(nn.Module):
    def __init__(self, dim: int, heads: int, hidden: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.norm1 = nn.LayerNorm(dim)
        self.attention = Attention(dim, heads, dropout, causal=False)
        self.norm2 = nn.LayerNorm(dim)
        self.mlp = MLP(dim, hidden, dropout)

    def forward(self, x: Tensor) -> Tensor:
        x = x + self.attention(self.norm1(x))
        return x + self.mlp(self.norm2(x))


class DecoderLayer(nn.Module):
    def __init__(self, dim: int, heads: int, hidden: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.norm1 = nn.LayerNorm(dim)
        self.self_attention = Attention(dim, heads, dropout, causal=True)
        self.norm2 = nn.LayerNorm(dim)
        self.cross_attention = nn.MultiheadAttention(dim, heads, dropout, batch_first=True)
        self.norm3 = nn.LayerNorm(dim)
        self.mlp = MLP(dim, hidden, dropout)

    def forward(self, x: Tensor, memory: Tensor) -> Tensor:
        x = x + self.self_attention(self.norm1(x))
        x = x + self.cross_attention(self.norm2(x), memory, memory)[0]
        return x + self.mlp(self.norm3(x))


class Embedding(nn.Module):
    def __init__(self, words: int, length: int, dim: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(words, dim, padding_idx=0)
        self.positions = nn.Embedding(length, dim)
        self.dropout = nn.Dropout(dropout)

    def forward(self, tokens: Tensor) -> Tensor:
        positions = torch.arange(tokens.shape[1], device=tokens.device)
        return self.dropout(self.words(tokens) + self.positions(positions))


class Seq2seq(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.source = Embedding(8000, 512, 256)
        self.encoder = nn.ModuleList(EncoderLayer(256, 8, 1024) for _ in range(3))
        self.encoder_norm = nn.LayerNorm(256)
        self.target = Embedding(8000, 512, 256)
        self.decoder = nn.ModuleList(DecoderLayer(256, 8, 1024) for _ in range(3))
        self.decoder_norm = nn.LayerNorm(256)
        self.head = nn.Linear(256, 8000)

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        memory = self.source(source)
        for layer in self.encoder:
            memory = layer(memory)
        memory = self.encoder_norm(memory)
        x = self.target(target)
        for layer in self.decoder:
            x = layer(x, memory)
        return self.head(self.decoder_norm(x))
