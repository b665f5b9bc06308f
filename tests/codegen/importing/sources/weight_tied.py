import torch
import torch.nn as nn
import torch.nn.functional as F



class Tied(nn.Module):
    def __init__(self, vocab=40, dim=12):
        super().__init__()
        self.encoder = nn.Embedding(vocab, dim)
        self.mix = nn.Linear(dim, dim)
        self.decoder = nn.Linear(dim, vocab, bias=False)
        self.decoder.weight = self.encoder.weight

    def forward(self, ids):
        return self.decoder(torch.tanh(self.mix(self.encoder(ids))))
