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
        scaled = parts1 @ parts2.transpose(1, 2) / 2.8284271  # (N, T, T)
        mask = scaled.triu(diagonal=1) != 0
        masked = scaled.masked_fill(mask, float("-inf"))
        mixed = self.softmax(masked) @ parts3  # (N, T, 8)
        same = nn.functional.scaled_dot_product_attention(parts1, parts2, parts3, is_causal=True)
        closer = torch.lerp(mixed, same, 0.25)
        root = torch.sqrt(closer**2)
        rest = 1 - root
        limited = rest.clamp(max=1.0)
        largest, _ = limited.topk(2, dim=-1)  # (N, T, 2)
        positive = limited >= 0.5  # (N, T, 8)
        shifted = torch.roll(torch.where(positive, limited, root), (1, -1), dims=(1, 2))
        padded = nn.functional.pad(shifted, (1, 1), mode="reflect")  # (N, T, 10)
        product = torch.einsum("nti,nsi->nts", padded, padded)  # (N, T, T)
        spread = product.std(dim=(1, 2), correction=0, keepdim=True)  # (N, 1, 1)
        hot = nn.functional.one_hot(labels, 4)  # (N, T, 4)
        return spread, largest, hot


if __name__ == "__main__":
    model = AttentionByHand()
    x = torch.zeros(2, 8, 24)
    labels = torch.zeros(2, 8, dtype=torch.int64)
    for output in model(x, labels):
        print(tuple(output.shape))
