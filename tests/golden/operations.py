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
        x = a[:, :, 1::2]  # (N, 4, 3)
        x = x.transpose(1, 2)  # (N, 3, 4)
        first = torch.stack((x, x), dim=0)  # (2, N, 3, 4)
        x = b.permute(0, 2, 1)  # (N, 6, 4)
        x = x @ a  # (N, 6, 6)
        x = x.reshape(-1, 36)  # (N, 36)
        x = x[:, :9]  # (N, 9)
        x = x.sum(dim=1, keepdim=True)  # (N, 1)
        second = torch.cat((x, x, x), dim=1)  # (N, 3)
        third = torch.maximum(a, b)  # (N, 4, 6)
        return first, second, third


if __name__ == "__main__":
    model = OperationsOnly()
    a = torch.zeros(2, 4, 6)
    b = torch.zeros(2, 4, 6)
    for output in model(a, b):
        print(tuple(output.shape))
