"""A variational autoencoder with its two losses."""

import torch
from torch import Tensor, nn


class VAE(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.fc1 = nn.Linear(784, 200)
        self.act1 = nn.ReLU()
        self.mean = nn.Linear(200, 16)
        self.log_var = nn.Linear(200, 16)
        self.fc2 = nn.Linear(16, 200)
        self.act2 = nn.ReLU()
        self.fc3 = nn.Linear(200, 784)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        hidden = self.act1(self.fc1(x))
        mean = self.mean(hidden)
        log_var = self.log_var(hidden)
        std = torch.exp(0.5 * log_var)
        z = mean + torch.randn_like(mean) * std
        decoded = self.fc3(self.act2(self.fc2(z)))
        kl = 0.5 * (torch.exp(log_var) + mean**2 - log_var - 1).sum(dim=-1)
        return decoded, kl
