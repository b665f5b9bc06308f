import torch
import torch.nn as nn
import torch.nn.functional as F



class Tagger(nn.Module):
    def __init__(self, n_in=20, n_hidden=(64, 32), n_out=5):
        super(Tagger, self).__init__()
        self.first = nn.Linear(n_in, n_hidden[0])
        self.second = nn.Linear(n_hidden[0], n_hidden[1])
        self.last = nn.Linear(n_hidden[1], n_out)

    def forward(self, features):
        h = torch.tanh(self.first(features))
        h = F.dropout(F.elu(self.second(h)), p=0.2, training=self.training)
        return F.softmax(self.last(h), dim=-1)
