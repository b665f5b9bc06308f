import torch
import torch.nn as nn
import torch.nn.functional as F



class Options(nn.Module):
    def __init__(self, dim=10, use_norm=True, bottleneck=None, act="relu", bias=True):
        super().__init__()
        mid = bottleneck if bottleneck is not None else dim * 2
        self.fc1 = nn.Linear(dim, mid, bias=bias)
        self.norm = nn.LayerNorm(mid) if use_norm else nn.Identity()
        if act == "relu":
            self.act = nn.ReLU()
        elif act == "tanh":
            self.act = nn.Tanh()
        else:
            raise ValueError(f"unknown activation {act}")
        self.fc2 = nn.Linear(mid, dim, bias=bias)
        self.use_skip = True

    def forward(self, x):
        y = self.fc2(self.act(self.norm(self.fc1(x))))
        return x + y if self.use_skip else y
