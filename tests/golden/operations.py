"""Operations only."""

import torch
from torch import Tensor, nn


class OperationsOnly(nn.Module):
    """Operations only.

    Input: a (N, 4, 6) float32
    Input: b (N, 4, 6) float32
    Output: first (2, N, 3, 4) float32
    Output: second (N, 3) float32
    Output: third (N, 4, 6) float32
    Parameters: 0
    """

    def forward(self, a: Tensor, b: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        swapped = a[:, :, 1::2].transpose(1, 2)  # (N, 3, 4)
        stacked = torch.stack((swapped, swapped), dim=0)  # (2, N, 3, 4)
        product = b.permute(0, 2, 1) @ a  # (N, 6, 6)
        flat = product.reshape(-1, 36)  # (N, 36)
        total = flat[:, :9].sum(dim=1, keepdim=True)  # (N, 1)
        joined = torch.cat((total, total, total), dim=1)  # (N, 3)
        third = torch.maximum(a, b)  # (N, 4, 6)
        return stacked, joined, third


if __name__ == "__main__":
    model = OperationsOnly()
    a = torch.zeros(2, 4, 6)
    b = torch.zeros(2, 4, 6)
    for output in model(a, b):
        print(tuple(output.shape))
