"""One step at a time."""

import torch
from torch import Tensor, nn


class OneStepAtATime(nn.Module):
    """One step at a time.

    Input: words (W,) int64
    Input: bags (N,) int64
    Input: weights (W,) float32
    Input: h (N, 16) float32
    Input: c (N, 16) float32
    Input: label (N,) int64
    Output: log_probability (N,) float32
    Output: loss () float32
    Output: alike (N,) float32
    Output: apart (N,) float32
    Parameters: 12,656
    """

    def __init__(self) -> None:
        super().__init__()
        self.bag = nn.EmbeddingBag(500, 16, mode="sum")
        self.rnn_cell = nn.RNNCell(16, 16)
        self.lstm_cell = nn.LSTMCell(16, 16)
        self.gru_cell = nn.GRUCell(16, 16, bias=False)
        self.similarity = nn.CosineSimilarity(dim=-1)
        self.triplet = nn.TripletMarginLoss(reduction="none")
        self.classifier = nn.AdaptiveLogSoftmaxWithLoss(16, 50, (10,))

    def forward(
        self, words: Tensor, bags: Tensor, weights: Tensor, h: Tensor, c: Tensor, label: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        bag = self.bag(words, offsets=bags, per_sample_weights=weights)  # (N, 16)
        rnn_cell = self.rnn_cell(bag, h)
        h_1, c_1 = self.lstm_cell(rnn_cell, (h, c))  # each (N, 16)
        x = self.gru_cell(c_1)  # (N, 16)
        alike = self.similarity(x, bag)  # (N,)
        apart = self.triplet(x, bag, rnn_cell)
        log_probability, loss = self.classifier(h_1, label)  # (N,), ()
        return log_probability, loss, alike, apart


if __name__ == "__main__":
    model = OneStepAtATime()
    words = torch.zeros(8, dtype=torch.int64)
    bags = torch.zeros(2, dtype=torch.int64)
    weights = torch.zeros(8)
    h = torch.zeros(2, 16)
    c = torch.zeros(2, 16)
    label = torch.zeros(2, dtype=torch.int64)
    for output in model(words, bags, weights, h, c, label):
        print(tuple(output.shape))
