"""Attention block."""

import torch
from torch import Tensor, nn


class AttentionBlock(nn.Module):
    """Attention block.

    Input: tokens (N, T, 32) float32
    Input: padding (N, T) bool
    Output: encoded (N, T, 32) float32
    Output: weights (N, T, T) float32
    Parameters: 21,312
    """

    def __init__(self) -> None:
        super().__init__()
        self.norm1 = nn.LayerNorm(32)
        self.attention = nn.MultiheadAttention(32, 4, dropout=0.1, batch_first=True)
        self.norm2 = nn.LayerNorm(32, eps=1e-6)
        self.fc1 = nn.Linear(32, 64)
        self.gelu = nn.GELU()
        self.fc2 = nn.Linear(64, 32)
        self.encoder = nn.TransformerEncoderLayer(
            32, 4, dim_feedforward=64, batch_first=True, norm_first=True
        )
        self.pooler = nn.MultiheadAttention(32, 2, batch_first=True)

    def forward(self, tokens: Tensor, padding: Tensor) -> tuple[Tensor, Tensor]:
        x = self.norm1(tokens)  # (N, T, 32)
        x, _ = self.attention(x, x, x, key_padding_mask=padding, need_weights=False)
        x = tokens + x
        y = self.gelu(self.fc1(self.norm2(x)))  # (N, T, 64)
        x = x + self.fc2(y)  # (N, T, 32)
        x = self.encoder(x, src_key_padding_mask=padding)
        # (N, T, 32), (N, T, T)
        encoded, weights = self.pooler(x, tokens, tokens, need_weights=True)
        return encoded, weights


if __name__ == "__main__":
    model = AttentionBlock()
    tokens = torch.zeros(2, 8, 32)
    padding = torch.zeros(2, 8, dtype=torch.bool)
    for output in model(tokens, padding):
        print(tuple(output.shape))
