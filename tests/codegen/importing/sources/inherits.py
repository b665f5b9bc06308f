import torch
import torch.nn as nn
import torch.nn.functional as F



class Base(nn.Module):
    hidden = 10

    def __init__(self, n_in, n_out):
        super().__init__()
        self.first = nn.Linear(n_in, self.hidden)
        self.last = self.make_last(n_out)

    def make_last(self, n_out):
        return nn.Linear(self.hidden, n_out)

    def features(self, x):
        return F.relu(self.first(x))

    def forward(self, x):
        return self.last(self.features(x))


class Child(Base):
    hidden = 14

    def __init__(self, n_in=6, n_out=3):
        super().__init__(n_in, n_out)
        self.extra = nn.LayerNorm(self.hidden)

    def features(self, x):
        return self.extra(super().features(x))
