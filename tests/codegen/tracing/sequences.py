"""Small networks of rows and sequences, as people write them by hand."""
# ruff: noqa: B905, N812, RUF007 - people write like this

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import nn


class Mlp(nn.Module):
    def __init__(self, width=16, depth=2, activation=nn.ReLU):
        super().__init__()
        sizes = [8] + [width] * depth
        layers = []
        for one, other in zip(sizes, sizes[1:]):
            layers += [nn.Linear(one, other), activation()]
        self.body = nn.Sequential(*layers)
        self.head = nn.Linear(width, 3)

    def forward(self, x):
        return self.head(self.body(x))


class Attention(nn.Module):
    def __init__(self, dim=16, heads=4):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(dim, 3 * dim)
        self.out = nn.Linear(dim, dim)

    def forward(self, x):
        n, t, c = x.shape
        q, k, v = self.qkv(x).chunk(3, dim=-1)
        q, k, v = (
            each.view(n, t, self.heads, c // self.heads).transpose(1, 2) for each in (q, k, v)
        )
        scores = (q @ k.transpose(-2, -1)) / math.sqrt(c // self.heads)
        y = scores.softmax(dim=-1) @ v
        return self.out(y.transpose(1, 2).contiguous().view(n, t, c))


class CausalAttention(nn.Module):
    def __init__(self, dim=16, longest=32):
        super().__init__()
        self.q, self.k, self.v = nn.Linear(dim, dim), nn.Linear(dim, dim), nn.Linear(dim, dim)
        mask = torch.tril(torch.ones(longest, longest))
        self.register_buffer("mask", mask, persistent=False)

    def forward(self, x):
        t = x.size(1)
        scores = self.q(x) @ self.k(x).transpose(1, 2) * x.size(-1) ** -0.5
        scores = scores.masked_fill(self.mask[:t, :t] == 0, float("-inf"))
        return F.softmax(scores, dim=-1) @ self.v(x)


class FusedAttention(nn.Module):
    def __init__(self):
        super().__init__()
        self.qkv = nn.Linear(8, 24, bias=False)

    def forward(self, x):
        n, t, _ = x.shape
        q, k, v = self.qkv(x).reshape(n, t, 3, 2, 4).permute(2, 0, 3, 1, 4).unbind(0)
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        return y.transpose(1, 2).reshape(n, t, 8)


class MultiHead(nn.Module):
    def __init__(self):
        super().__init__()
        self.attend = nn.MultiheadAttention(8, 2, batch_first=True)
        self.norm = nn.LayerNorm(8)

    def forward(self, x):
        return self.norm(x + self.attend(x, x, x, need_weights=False)[0])


class EncoderLayer(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.TransformerEncoderLayer(8, 2, 16, batch_first=True, activation="gelu")
        self.head = nn.Linear(8, 3)

    def forward(self, x):
        return self.head(self.layer(x).mean(dim=1))


class PreNormBlock(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.ln1, self.ln2 = nn.LayerNorm(dim), nn.LayerNorm(dim)
        self.attn = Attention(dim, 2)
        self.mlp = nn.Sequential(nn.Linear(dim, 4 * dim), nn.GELU(), nn.Linear(4 * dim, dim))

    def forward(self, x):
        x = x + self.attn(self.ln1(x))
        return x + self.mlp(self.ln2(x))


@dataclass
class Config:
    vocabulary: int = 11
    dim: int = 8
    layers: int = 2
    longest: int = 32


class Gpt(nn.Module):
    """Has the weights of its embedding in its last layer as well."""

    def __init__(self, config):
        super().__init__()
        self.tokens = nn.Embedding(config.vocabulary, config.dim)
        self.places = nn.Embedding(config.longest, config.dim)
        self.blocks = nn.ModuleList(PreNormBlock(config.dim) for _ in range(config.layers))
        self.norm = nn.LayerNorm(config.dim)
        self.head = nn.Linear(config.dim, config.vocabulary, bias=False)
        self.head.weight = self.tokens.weight

    def forward(self, tokens):
        places = torch.arange(tokens.shape[1], device=tokens.device)
        x = self.tokens(tokens) + self.places(places)
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x))


class Patches(nn.Module):
    """A small vision transformer with a class token."""

    def __init__(self):
        super().__init__()
        self.patch = nn.Conv2d(3, 8, 4, 4)
        self.cls = nn.Parameter(torch.randn(1, 1, 8))
        self.pos = nn.Parameter(torch.randn(1, 17, 8))
        self.block = PreNormBlock(8)
        self.head = nn.Linear(8, 4)

    def forward(self, x):
        x = self.patch(x).flatten(2).transpose(1, 2)
        x = torch.cat((self.cls.expand(x.shape[0], -1, -1), x), dim=1) + self.pos
        return self.head(self.block(x)[:, 0])


class Lstm(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(20, 6, padding_idx=0)
        self.lstm = nn.LSTM(6, 5, num_layers=2, batch_first=True, bidirectional=True)
        self.fc = nn.Linear(10, 2)

    def forward(self, tokens):
        out, (hidden, _) = self.lstm(self.embed(tokens))
        return self.fc(out[:, -1] + torch.cat([hidden[-2], hidden[-1]], dim=1))


class Gru(nn.Module):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(3, 4, batch_first=True)
        self.fc = nn.Linear(4, 1)

    def forward(self, x):
        h0 = torch.zeros(1, x.size(0), 4)
        _, hidden = self.gru(x, h0)
        return self.fc(hidden.squeeze(0))


class EmbeddingBagOfWords(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(12, 4)
        self.fc = nn.Linear(4, 2)

    def forward(self, tokens):
        return self.fc(self.embed(tokens).mean(1))


class Gated(nn.Module):
    def __init__(self):
        super().__init__()
        self.up, self.gate = nn.Linear(8, 12), nn.Linear(8, 12)
        self.down = nn.Linear(12, 8)

    def forward(self, x):
        gate = torch.sigmoid(self.gate(x))
        return x * (1 - gate.mean(-1, keepdim=True)) + self.down(F.silu(self.up(x)) * gate)


class Experts(nn.Module):
    """Weighs what each of several networks gives."""

    def __init__(self, count=3):
        super().__init__()
        self.experts = nn.ModuleList(nn.Linear(6, 4) for _ in range(count))
        self.router = nn.Linear(6, count)

    def forward(self, x):
        weights = F.softmax(self.router(x), dim=-1)
        found = torch.stack([expert(x) for expert in self.experts], dim=1)
        return (weights.unsqueeze(-1) * found).sum(dim=1)


class Siamese(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(6, 8), nn.Tanh(), nn.Linear(8, 4))

    def forward(self, left, right):
        return F.cosine_similarity(self.encoder(left), self.encoder(right), dim=1)


class MultiInput(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 3, padding=1)
        self.table = nn.Linear(5, 4)
        self.head = nn.Linear(8, 2)

    def forward(self, picture, *, row):
        seen = self.conv(picture).amax(dim=(2, 3))
        return self.head(torch.cat([seen, torch.relu(self.table(row))], dim=1))


class MultiOutput(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(6, 8)
        self.classes, self.box = nn.Linear(8, 3), nn.Linear(8, 4)

    def forward(self, x):
        x = torch.relu(self.body(x))
        return {"classes": self.classes(x), "box": self.box(x).sigmoid(), "features": (x,)}


class Scaled(nn.Module):
    """Learns tensors of its own."""

    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.rand(6))
        self.shift = nn.Parameter(torch.zeros(6))
        self.weight = nn.Parameter(torch.randn(6, 4))

    def forward(self, x):
        return (x * self.scale + self.shift) @ self.weight


class Autoencoder(nn.Module):
    """Decodes with the matrix that it encodes with."""

    def __init__(self):
        super().__init__()
        self.encoder = nn.Linear(8, 3)
        self.bias = nn.Parameter(torch.zeros(8))

    def forward(self, x):
        return F.linear(torch.sigmoid(self.encoder(x)), self.encoder.weight.t(), self.bias)


class Einsum(nn.Module):
    def __init__(self):
        super().__init__()
        self.core = nn.Parameter(torch.randn(3, 4, 5))

    def forward(self, x, y):
        return torch.einsum("bi,ijk,bj->bk", x, self.core, y)


class Configured(nn.Module):
    """Goes its ways by what it was made with."""

    def __init__(self, norm="layer", skip=True, repeats=3):
        super().__init__()
        self.fc = nn.Linear(6, 6)
        self.norm = nn.LayerNorm(6) if norm == "layer" else None
        self.skip, self.repeats = skip, repeats

    def forward(self, x):
        for place in range(self.repeats):
            y = self.fc(x)
            if self.norm is not None:
                y = self.norm(y)
            if place % 2 == 0:
                y = torch.tanh(y)
            x = x + y if self.skip else y
        if self.training:
            x = x + torch.randn_like(x)
        assert x.shape[-1] == 6, "six features"
        return x


class Temporal(nn.Module):
    """Causal convolutions with holes."""

    def __init__(self):
        super().__init__()
        self.convs = nn.ModuleList(nn.Conv1d(4, 4, 3, dilation=2**each) for each in range(2))

    def forward(self, x):
        for place, conv in enumerate(self.convs):
            x = x + torch.relu(conv(F.pad(x, (2 * 2**place, 0))))
        return x[..., -1]


class Variational(nn.Module):
    def __init__(self):
        super().__init__()
        self.encode, self.decode = nn.Linear(8, 6), nn.Linear(3, 8)

    def forward(self, x):
        mean, log_var = self.encode(x).split(3, dim=1)
        std = torch.exp(0.5 * log_var)
        return torch.sigmoid(self.decode(mean + std.clamp(max=2.0) * 0.1)), mean, log_var


class Rotary(nn.Module):
    def __init__(self, dim=8, longest=32):
        super().__init__()
        angles = torch.outer(torch.arange(longest).float(), 1e4 ** (-torch.arange(0, dim, 2) / dim))
        self.register_buffer("cos", angles.cos())
        self.register_buffer("sin", angles.sin())
        self.proj = nn.Linear(dim, dim, bias=False)

    def forward(self, x):
        x = self.proj(x)
        one, other = x[..., 0::2], x[..., 1::2]
        cos, sin = self.cos[: x.size(1)], self.sin[: x.size(1)]
        return torch.stack([one * cos - other * sin, one * sin + other * cos], dim=-1).flatten(-2)


class Asserting(nn.Module):
    """Looks at its values without going by them."""

    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 2)

    def forward(self, x):
        assert x.min() > -1e6
        return self.fc(x)


class WithoutGradient(nn.Module):
    def __init__(self):
        super().__init__()
        self.frozen, self.fc = nn.Linear(4, 4), nn.Linear(4, 2)

    def forward(self, x):
        with torch.no_grad():
            x = torch.relu(self.frozen(x))
        return self.fc(x)


class Keeping(nn.Module):
    """Keeps what it has seen for whoever looks."""

    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)
        self.seen = None

    def forward(self, x):
        self.seen = self.fc(x)
        return torch.relu(self.seen)
