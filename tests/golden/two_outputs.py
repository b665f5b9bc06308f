"""Two heads."""

import torch
from torch import Tensor, nn


class TwoHeads(nn.Module):
    """Two heads.

    Input: features (N, 20) float32
    Output: amount (N,) float32
    Output: scores (N, 4) float32
    Output: label (N,) int64
    Parameters: 901
    """

    def __init__(self) -> None:
        super().__init__()
        self.fc1 = nn.Linear(20, 32)
        self.act = nn.GELU(approximate="tanh")
        self.norm = nn.LayerNorm(32)
        self.classes = nn.Linear(32, 4)
        self.log_probabilities = nn.LogSoftmax(dim=1)
        self.value = nn.Linear(32, 1)

    def forward(self, features: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        x = self.act(self.fc1(features))  # (N, 32)
        x = self.norm(x)
        classes = self.classes(x)  # (N, 4)
        scores = self.log_probabilities(classes)
        best = classes.argmax(dim=-1)  # (N,)
        amount = self.value(x).squeeze(-1)
        return amount, scores, best


if __name__ == "__main__":
    model = TwoHeads()
    features = torch.zeros(2, 20)
    for output in model(features):
        print(tuple(output.shape))
