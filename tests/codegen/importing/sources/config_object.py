from dataclasses import dataclass, field

import torch
from torch import nn


@dataclass
class Settings:
    width: int = 16
    depth: int = 2
    act: str = "gelu"
    dims: tuple = (8, 4)


ACTS = {"gelu": nn.GELU, "relu": nn.ReLU}


class Mixer(nn.Module):
    def __init__(self, cfg: Settings):
        super().__init__()
        self.inp = nn.Linear(cfg.dims[0], cfg.width)
        self.layers = nn.Sequential(*[self.layer(cfg) for _ in range(cfg.depth)])
        self.out = nn.Linear(cfg.width, cfg.dims[1])

    @staticmethod
    def layer(cfg):
        return nn.Sequential(nn.Linear(cfg.width, cfg.width), ACTS[cfg.act]())

    def forward(self, x):
        return self.out(self.layers(self.inp(x)))


def build(**overrides):
    return Mixer(Settings(**overrides))
