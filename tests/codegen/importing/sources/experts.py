import torch
import torch.nn as nn
import torch.nn.functional as F



class Experts(nn.Module):
    def __init__(self, dim=8, count=4, classes=3):
        super().__init__()
        self.gate = nn.Linear(dim, count)
        self.experts = nn.ModuleList([nn.Linear(dim, classes) for _ in range(count)])

    def forward(self, x):
        weights = F.softmax(self.gate(x), dim=1)
        outs = torch.stack([expert(x) for expert in self.experts], dim=1)
        return (weights.unsqueeze(-1) * outs).sum(dim=1)
