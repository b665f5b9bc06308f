"""Many inputs."""

import torch
from torch import Tensor, nn


class ManyInputs(nn.Module):
    """Many inputs.

    Input: measurement1 (N, 3) float32
    Input: measurement2 (N, 3) float32
    Input: measurement3 (N, 3) float32
    Input: measurement4 (N, 3) float32
    Input: measurement5 (N, 3) float32
    Input: measurement6 (N, 3) float32
    Input: measurement7 (N, 3) float32
    Input: measurement8 (N, 3) float32
    Input: measurement9 (N, 3) float32
    Input: measurement10 (N, 3) float32
    Input: measurement11 (N, 3) float32
    Input: measurement12 (N, 3) float32
    Output: joined (N, 36) float32
    Output: total (N, 3) float32
    Parameters: 36
    """

    def __init__(self) -> None:
        super().__init__()
        self.scale = nn.RMSNorm(36, eps=1e-8)

    def forward(
        self,
        measurement1: Tensor,
        measurement2: Tensor,
        measurement3: Tensor,
        measurement4: Tensor,
        measurement5: Tensor,
        measurement6: Tensor,
        measurement7: Tensor,
        measurement8: Tensor,
        measurement9: Tensor,
        measurement10: Tensor,
        measurement11: Tensor,
        measurement12: Tensor,
    ) -> tuple[Tensor, Tensor]:
        # (N, 36)
        x = torch.cat(
            (
                measurement1,
                measurement2,
                measurement3,
                measurement4,
                measurement5,
                measurement6,
                measurement7,
                measurement8,
                measurement9,
                measurement10,
                measurement11,
                measurement12,
            ),
            dim=1,
        )
        joined = self.scale(x)
        # (N, 3)
        total = (
            measurement1
            + measurement2
            + measurement3
            + measurement4
            + measurement5
            + measurement6
            + measurement7
            + measurement8
            + measurement9
            + measurement10
            + measurement11
            + measurement12
        )
        return joined, total


if __name__ == "__main__":
    model = ManyInputs()
    measurement1 = torch.zeros(2, 3)
    measurement2 = torch.zeros(2, 3)
    measurement3 = torch.zeros(2, 3)
    measurement4 = torch.zeros(2, 3)
    measurement5 = torch.zeros(2, 3)
    measurement6 = torch.zeros(2, 3)
    measurement7 = torch.zeros(2, 3)
    measurement8 = torch.zeros(2, 3)
    measurement9 = torch.zeros(2, 3)
    measurement10 = torch.zeros(2, 3)
    measurement11 = torch.zeros(2, 3)
    measurement12 = torch.zeros(2, 3)
    for output in model(
        measurement1,
        measurement2,
        measurement3,
        measurement4,
        measurement5,
        measurement6,
        measurement7,
        measurement8,
        measurement9,
        measurement10,
        measurement11,
        measurement12,
    ):
        print(tuple(output.shape))
