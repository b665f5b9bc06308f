"""Attention by hand."""

import torch
from torch import Tensor, nn


class AttentionByHand(nn.Module):
    """Attention by hand.

    Input: x (N, T, 24) float32
    Input: labels (N, T) int64
    Output: numbers (N, 1, 1) float32
    Output: largest (N, T, 2) float32
    Output: classes (N, T, 4) int64
    Parameters: 0
    """

    def __init__(self) -> None:
        super().__init__()
        self.softmax = nn.Softmax(dim=-1)

    def forward(self, x: Tensor, labels: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        parts1, parts2, parts3 = x.chunk(3, dim=-1)  # each (N, T, 8)
        x = parts2.transpose(1, 2)  # (N, 8, T)
        x = parts1 @ x  # (N, T, T)
        x = x / 2.8284271
        y = x.triu(diagonal=1)
        mask = y != 0
        x = x.masked_fill(mask, float("-inf"))
        x = self.softmax(x) @ parts3  # (N, T, 8)
        end = nn.functional.scaled_dot_product_attention(parts1, parts2, parts3, is_causal=True)
        x = torch.lerp(x, end, 0.25)
        x = x**2
        root = torch.sqrt(x)
        x = 1 - root
        limited = x.clamp(max=1.0)
        largest, _ = limited.topk(2, dim=-1)  # (N, T, 2)
        condition = limited >= 0.5  # (N, T, 8)
        x = torch.where(condition, limited, root)
        x = torch.roll(x, (1, -1), dims=(1, 2))
        x = nn.functional.pad(x, (1, 1), mode="reflect")  # (N, T, 10)
        x = torch.einsum("nti,nsi->nts", x, x)  # (N, T, T)
        numbers = x.std(dim=(1, 2), correction=0, keepdim=True)  # (N, 1, 1)
        classes = nn.functional.one_hot(labels, 4)  # (N, T, 4)
        return numbers, largest, classes


if __name__ == "__main__":
    model = AttentionByHand()
    x = torch.zeros(2, 8, 24)
    labels = torch.zeros(2, 8, dtype=torch.int64)
    for output in model(x, labels):
        print(tuple(output.shape))
