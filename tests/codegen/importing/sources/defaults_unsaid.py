# inputs: a=3x4 b=3x4
import torch
import torch.nn.functional as F
from torch import nn


class Unsaid(nn.Module):
    """Says nothing where torch has a default of its own."""

    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)

    def forward(self, a, b):
        a = self.fc(a)
        both = torch.cat([a, b])
        pair = torch.stack((a, b))
        low = a.clamp(max=0.1)
        scaled = a / a.flatten(1).norm()
        late = [lambda x, k=k: x * k for k in (1, 2, 3)]
        return both, pair, low, scaled, F.normalize(a), late[0](a)
