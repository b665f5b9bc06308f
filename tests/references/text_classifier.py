"""A bidirectional LSTM with attention pooling, as one writes it by hand."""

import torch
from torch import Tensor, nn


class TextClassifier(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.embedding = nn.Embedding(20000, 128, padding_idx=0)
        self.lstm = nn.LSTM(128, 128, batch_first=True, bidirectional=True)
        self.attention = nn.Linear(256, 1)
        self.classifier = nn.Linear(256, 4)
        self.dropout = nn.Dropout(0.3)

    def forward(self, tokens: Tensor) -> Tensor:
        states, _ = self.lstm(self.dropout(self.embedding(tokens)))
        weights = torch.softmax(self.attention(states).squeeze(-1), dim=1)
        pooled = torch.einsum("nt,ntd->nd", weights, states)
        return self.classifier(self.dropout(pooled))
