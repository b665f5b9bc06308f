"""Tiny encoder."""

import torch
from torch import Tensor, nn


class EncoderBlock(nn.Module):
    def __init__(self, width: int = 32, heads: int = 2, dropout: float = 0.1) -> None:
        super().__init__()
        self.norm1 = nn.LayerNorm(width)
        self.attention = nn.MultiheadAttention(width, heads, dropout, batch_first=True)
        self.norm2 = nn.LayerNorm(width)
        self.fc1 = nn.Linear(width, width * 4)
        self.gelu = nn.GELU()
        self.fc2 = nn.Linear(width * 4, width)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, padding: Tensor) -> Tensor:
        y = self.norm1(x)  # (N, T, width)
        y, _ = self.attention(y, y, y, key_padding_mask=padding, need_weights=False)
        x = x + y
        y = self.gelu(self.fc1(self.norm2(x)))  # (N, T, width * 4)
        return x + self.drop(self.fc2(y))


class TinyEncoder(nn.Module):
    """Tiny encoder.

    Input: tokens (N, T) int64
    Input: padding (N, T) bool
    Output: output (N, T, 32) float32
    Parameters: 207,904
    """

    def __init__(self) -> None:
        super().__init__()
        self.embedding = nn.Embedding(500, 48)
        self.encoder = nn.ModuleList([EncoderBlock(width=48, heads=4) for _ in range(6)])
        self.narrow = nn.Linear(48, 32)
        self.head = EncoderBlock()

    def forward(self, tokens: Tensor, padding: Tensor) -> Tensor:
        x = self.embedding(tokens)  # (N, T, 48)
        for layer in self.encoder:
            x = layer(x, padding)
        x = self.narrow(x)  # (N, T, 32)
        x = self.head(x, padding)
        return self.head(x, padding)


if __name__ == "__main__":
    model = TinyEncoder()
    tokens = torch.zeros(2, 8, dtype=torch.int64)
    padding = torch.zeros(2, 8, dtype=torch.bool)
    print(tuple(model(tokens, padding).shape))
