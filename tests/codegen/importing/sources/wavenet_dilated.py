# inputs: 1x32
import torch
import torch.nn as nn
import torch.nn.functional as F



class Gated(nn.Module):
    def __init__(self, channels, dilation):
        super().__init__()
        self.pad = (dilation, 0)
        self.filter = nn.Conv1d(channels, channels, 2, dilation=dilation)
        self.gate = nn.Conv1d(channels, channels, 2, dilation=dilation)
        self.skip = nn.Conv1d(channels, channels, 1)

    def forward(self, x):
        y = F.pad(x, self.pad)
        y = torch.tanh(self.filter(y)) * torch.sigmoid(self.gate(y))
        return x + y, self.skip(y)


class WaveNet(nn.Module):
    def __init__(self, channels=8, levels=4):
        super().__init__()
        self.start = nn.Conv1d(1, channels, 1)
        self.layers = nn.ModuleList([Gated(channels, 2**i) for i in range(levels)])
        self.end = nn.Conv1d(channels, 1, 1)

    def forward(self, x):
        x = self.start(x)
        total = 0
        for layer in self.layers:
            x, skip = layer(x)
            total = total + skip
        return self.end(F.relu(total))
