"""A dueling Q network whose layers explore by factorised noise."""

import torch
from torch import Tensor, nn


class NoisyLinear(nn.Module):
    def __init__(self, in_features: int = 64, out_features: int = 64) -> None:
        super().__init__()
        self.mean = nn.Linear(in_features, out_features)
        self.spread = nn.Parameter(torch.full((out_features, in_features), 0.017))
        self.bias_spread = nn.Parameter(torch.full((out_features,), 0.017))
        self.register_buffer("rows", torch.zeros(out_features), persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        into = torch.randn_like(x)
        into = torch.sign(into) * torch.sqrt(torch.abs(into))
        out = torch.randn_like(self.rows)
        out = torch.sign(out) * torch.sqrt(torch.abs(out))
        return (
            self.mean(x) + (x * into) @ self.spread.transpose(0, 1) * out + self.bias_spread * out
        )


class Dueling(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.fc = nn.Linear(8, 64)
        self.relu = nn.ReLU()
        self.value_hidden = NoisyLinear()
        self.relu1 = nn.ReLU()
        self.value = NoisyLinear(out_features=1)
        self.advantage_hidden = NoisyLinear()
        self.relu2 = nn.ReLU()
        self.advantage = NoisyLinear(out_features=4)

    def forward(self, state: Tensor) -> Tensor:
        x = self.relu(self.fc(state))
        value = self.value(self.relu1(self.value_hidden(x)))
        advantage = self.advantage(self.relu2(self.advantage_hidden(x)))
        return value + advantage - advantage.mean(dim=-1, keepdim=True)
