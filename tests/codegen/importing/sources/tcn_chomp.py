# inputs: 2x40
import torch
import torch.nn as nn
import torch.nn.functional as F



class Chomp(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.size = size

    def forward(self, x):
        return x[:, :, : -self.size].contiguous()


class TemporalBlock(nn.Module):
    def __init__(self, n_in, n_out, k, d):
        super().__init__()
        pad = (k - 1) * d
        self.net = nn.Sequential(nn.Conv1d(n_in, n_out, k, padding=pad, dilation=d), Chomp(pad), nn.ReLU())
        self.down = nn.Conv1d(n_in, n_out, 1) if n_in != n_out else None

    def forward(self, x):
        out = self.net(x)
        res = x if self.down is None else self.down(x)
        return torch.relu(out + res)


class TCN(nn.Module):
    def __init__(self, n_in=2, widths=(8, 8, 16), k=3):
        super().__init__()
        layers = []
        for i, w in enumerate(widths):
            layers += [TemporalBlock(n_in if i == 0 else widths[i - 1], w, k, 2**i)]
        self.network = nn.Sequential(*layers)
        self.linear = nn.Linear(widths[-1], 1)

    def forward(self, x):
        return self.linear(self.network(x)[:, :, -1])
