# inputs: 1x20x20
import torch
import torch.nn as nn
import torch.nn.functional as F



class Probe(nn.Module):
    def __init__(self, shape=(1, 20, 20), actions=4):
        super().__init__()
        self.conv = nn.Sequential(nn.Conv2d(shape[0], 8, 5, stride=2), nn.ReLU(), nn.Conv2d(8, 8, 3), nn.ReLU())
        with torch.no_grad():
            n = self.conv(torch.zeros(1, *shape)).numel()
        self.value = nn.Linear(n, 1)
        self.advantage = nn.Linear(n, actions)

    def forward(self, x):
        h = self.conv(x).flatten(1)
        a = self.advantage(h)
        return self.value(h) + a - a.mean(dim=1, keepdim=True)
