"""A small denoising network that is told the time by sines and cosines."""

import torch
from torch import Tensor, nn


class TimeEmbedding(nn.Module):
    def __init__(self, dim: int = 64) -> None:
        super().__init__()
        frequencies = torch.exp(torch.arange(16) * -0.6140227)
        self.register_buffer("frequencies", frequencies, persistent=False)
        self.fc1 = nn.Linear(32, dim)
        self.act = nn.SiLU()
        self.fc2 = nn.Linear(dim, dim)

    def forward(self, time: Tensor) -> Tensor:
        angles = time.unsqueeze(1) * self.frequencies
        waves = torch.cat((torch.sin(angles), torch.cos(angles)), dim=-1)
        return self.fc2(self.act(self.fc1(waves)))


class ResBlock(nn.Module):
    def __init__(self, in_channels: int, channels: int) -> None:
        super().__init__()
        self.norm1 = nn.GroupNorm(4, in_channels)
        self.act1 = nn.SiLU()
        self.conv1 = nn.Conv2d(in_channels, channels, kernel_size=3, padding=1)
        self.told = nn.Linear(64, channels)
        self.norm2 = nn.GroupNorm(4, channels)
        self.act2 = nn.SiLU()
        self.conv2 = nn.Conv2d(channels, channels, kernel_size=3, padding=1)
        self.skip = nn.Conv2d(in_channels, channels, kernel_size=1)

    def forward(self, x: Tensor, time: Tensor) -> Tensor:
        y = self.conv1(self.act1(self.norm1(x)))
        y = y + self.told(time).unsqueeze(-1).unsqueeze(-1)
        y = self.conv2(self.act2(self.norm2(y)))
        return self.skip(x) + y


class Denoiser(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.time = TimeEmbedding()
        self.stem = nn.Conv2d(1, 16, kernel_size=3, padding=1)
        self.down1 = ResBlock(16, 32)
        self.pool = nn.AvgPool2d(2)
        self.down2 = ResBlock(32, 64)
        self.grow = nn.Upsample(scale_factor=2.0)
        self.up = ResBlock(96, 32)
        self.head = nn.Conv2d(32, 1, kernel_size=3, padding=1)

    def forward(self, noisy: Tensor, when: Tensor) -> Tensor:
        time = self.time(when)
        skip = self.down1(self.stem(noisy), time)
        x = self.down2(self.pool(skip), time)
        x = torch.cat((self.grow(x), skip), dim=1)
        x = self.up(x, time)
        return self.head(x)
