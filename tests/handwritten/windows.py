"""A Swin layer: attention within windows, with a bias for each relative position."""

import torch
from torch import Tensor, nn


class WindowAttention(nn.Module):
    def __init__(self, dim: int = 32, heads: int = 2) -> None:
        super().__init__()
        self.qkv = nn.Linear(dim, 3 * dim)
        self.heads = nn.Unflatten(-1, (3, heads, -1))
        self.table = nn.Parameter(torch.randn(49, heads) * 0.02)
        y = torch.arange(4).repeat_interleave(4)
        x = torch.arange(4).repeat(4)
        rows = y.unsqueeze(1) - y.unsqueeze(0) + 3
        columns = x.unsqueeze(1) - x.unsqueeze(0) + 3
        self.register_buffer("place", rows * 7 + columns, persistent=False)
        self.out = nn.Linear(dim, dim)

    def forward(self, x: Tensor) -> Tensor:
        q, k, v = self.heads(self.qkv(x)).permute(2, 0, 3, 1, 4).unbind(dim=0)
        bias = self.table[self.place].permute(2, 0, 1)
        x = nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=bias)
        return self.out(x.transpose(1, 2).flatten(2))


class SwinLayer(nn.Module):
    def __init__(self, dim: int = 32, shift: int = 0) -> None:
        super().__init__()
        self.shift = shift
        self.norm1 = nn.LayerNorm(dim)
        self.attention = WindowAttention(dim)
        self.norm2 = nn.LayerNorm(dim)
        self.fc1 = nn.Linear(dim, dim * 4)
        self.act = nn.GELU()
        self.fc2 = nn.Linear(dim * 4, dim)

    def forward(self, x: Tensor) -> Tensor:
        y = torch.roll(self.norm1(x), (-self.shift, -self.shift), dims=(1, 2))
        y = y.reshape(-1, 4, 4, 4, 4, y.shape[-1]).transpose(2, 3).reshape(-1, 16, y.shape[-1])
        y = self.attention(y)
        y = y.reshape(-1, 4, 4, 4, 4, y.shape[-1]).transpose(2, 3).reshape(-1, 16, 16, y.shape[-1])
        x = x + torch.roll(y, (self.shift, self.shift), dims=(1, 2))
        return x + self.fc2(self.act(self.fc1(self.norm2(x))))


class Swin(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.patches = nn.Conv2d(3, 32, kernel_size=4, stride=4)
        self.layer1 = SwinLayer()
        self.layer2 = SwinLayer(shift=2)
        self.norm = nn.LayerNorm(32)
        self.head = nn.Linear(32, 10)

    def forward(self, image: Tensor) -> Tensor:
        x = self.patches(image).permute(0, 2, 3, 1)
        x = self.layer2(self.layer1(x))
        x = self.norm(x).mean(dim=(1, 2))
        return self.head(x)
