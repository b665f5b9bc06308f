"""States in and out."""

import torch
from torch import Tensor, nn


class StatesInAndOut(nn.Module):
    """States in and out.

    Input: x (N, T, 8) float32
    Input: h (1, N, 16) float32
    Input: c (1, N, 16) float32
    Output: output (N, T, 16) float32
    Output: h_n (1, N, 16) float32
    Output: c_n (1, N, 16) float32
    Parameters: 3,296
    """

    def __init__(self) -> None:
        super().__init__()
        self.lstm = nn.LSTM(8, 16, batch_first=True)
        self.gru = nn.GRU(16, 16, batch_first=False)

    def forward(self, x: Tensor, h: Tensor, c: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        output, (h_n, c_n) = self.lstm(x, (h, c))  # (N, T, 16), (1, N, 16), (1, N, 16)
        _, h_n = self.gru(h_n)  # (1, N, 16)
        return output, h_n, c_n


if __name__ == "__main__":
    model = StatesInAndOut()
    x = torch.zeros(2, 8, 8)
    h = torch.zeros(1, 2, 16)
    c = torch.zeros(1, 2, 16)
    for output in model(x, h, c):
        print(tuple(output.shape))
