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
        x, y, z = x.chunk(3, dim=-1)  # (N, T, 8), (N, T, 8), (N, T, 8)
        turned = y.transpose(1, 2)  # (N, 8, T)
        turned = x @ turned  # (N, T, T)
        turned = turned / 2.8284271
        late = turned.triu(diagonal=1)
        late = late != 0
        turned = turned.masked_fill(late, float("-inf"))
        turned = self.softmax(turned) @ z  # (N, T, 8)
        x = nn.functional.scaled_dot_product_attention(x, y, z, is_causal=True)
        turned = torch.lerp(turned, x, 0.25)
        turned = turned**2
        turned = torch.sqrt(turned)
        x = 1 - turned
        x = x.clamp(max=1.0)
        y, _ = x.topk(2, dim=-1)  # (N, T, 2)
        z = x >= 0.5  # (N, T, 8)
        z = torch.where(z, x, turned)
        z = torch.roll(z, (1, -1), dims=(1, 2))
        z = nn.functional.pad(z, (1, 1), mode="reflect")  # (N, T, 10)
        z = torch.einsum("nti,nsi->nts", z, z)  # (N, T, T)
        z = z.std(dim=(1, 2), correction=0, keepdim=True)  # (N, 1, 1)
        x = nn.functional.one_hot(labels, 4)  # (N, T, 4)
        return z, y, x


if __name__ == "__main__":
    model = AttentionByHand()
    x = torch.zeros(2, 8, 24)
    labels = torch.zeros(2, 8, dtype=torch.int64)
    for output in model(x, labels):
        print(tuple(output.shape))
