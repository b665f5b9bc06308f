"""LSTM classifier."""

import torch
from torch import Tensor, nn


class LSTMClassifier(nn.Module):
    """LSTM classifier.

    Input: sequence (N, T, 8) float32
    Output: logits (N, 2) float32
    Parameters: 35,970
    """

    def __init__(self) -> None:
        super().__init__()
        self.lstm = nn.LSTM(8, 32, num_layers=2, batch_first=True, bidirectional=True)
        self.fc = nn.Linear(64, 2)

    def forward(self, sequence: Tensor) -> Tensor:
        x, _ = self.lstm(sequence)  # (N, T, 64)
        return self.fc(x[:, -1])


if __name__ == "__main__":
    model = LSTMClassifier()
    sequence = torch.zeros(2, 8, 8)
    print(tuple(model(sequence).shape))
