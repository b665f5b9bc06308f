import torch
import torch.nn as nn


class GRUTagger(nn.Module):
    def __init__(self, vocab, tags, emb=16, hid=12):
        super().__init__()
        self.emb = nn.Embedding(vocab, emb)
        self.rnn = nn.GRU(emb, hid, bidirectional=True, batch_first=True)
        self.drop = nn.Dropout(0.1)
        self.tag = nn.Linear(2 * hid, tags)

    def forward(self, ids):
        x = self.drop(self.emb(ids))
        y, h = self.rnn(x)
        last = torch.cat((h[-2], h[-1]), dim=1)
        return self.tag(y), self.tag(last)


model = GRUTagger(vocab=90, tags=5)
