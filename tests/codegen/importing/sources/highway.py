import torch
import torch.nn as nn
import torch.nn.functional as F



class Highway(nn.Module):
    def __init__(self, size, layers):
        super().__init__()
        self.layers = layers
        self.nonlinear = nn.ModuleList([nn.Linear(size, size) for _ in range(layers)])
        self.linear = nn.ModuleList([nn.Linear(size, size) for _ in range(layers)])
        self.gate = nn.ModuleList([nn.Linear(size, size) for _ in range(layers)])

    def forward(self, x):
        for layer in range(self.layers):
            gate = torch.sigmoid(self.gate[layer](x))
            nonlinear = F.relu(self.nonlinear[layer](x))
            linear = self.linear[layer](x)
            x = gate * nonlinear + (1 - gate) * linear
        return x


class Net(nn.Module):
    def __init__(self, size=11):
        super().__init__()
        self.highway = Highway(size, 3)
        self.out = nn.Linear(size, 2)

    def forward(self, x):
        return self.out(self.highway(x))
