# inputs: 12x8
import torch
import torch.nn as nn
import torch.nn.functional as F



def rotate_half(x):
    a, b = x.chunk(2, dim=-1)
    return torch.cat((-b, a), dim=-1)


class Rotary(nn.Module):
    def __init__(self, dim=8, length=12):
        super().__init__()
        freqs = 1.0 / (100 ** (torch.arange(0, dim, 2).float() / dim))
        angles = torch.outer(torch.arange(length).float(), freqs)
        table = torch.cat((angles, angles), dim=-1)
        self.register_buffer("cos", table.cos(), persistent=False)
        self.register_buffer("sin", table.sin(), persistent=False)
        self.q = nn.Linear(dim, dim)

    def forward(self, x):
        q = self.q(x)
        return q * self.cos + rotate_half(q) * self.sin
