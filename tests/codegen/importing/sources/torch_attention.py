import torch
import torch.nn as nn
import torch.nn.functional as F



class Block(nn.Module):
    def __init__(self, d_model: int, n_head: int, p: float = 0.1):
        super().__init__()
        self.attn = nn.MultiheadAttention(d_model, n_head, dropout=p, batch_first=True)
        self.ln1 = nn.LayerNorm(d_model)
        self.ln2 = nn.LayerNorm(d_model)
        self.ff = nn.Sequential(nn.Linear(d_model, 4 * d_model), nn.GELU(), nn.Linear(4 * d_model, d_model))

    def forward(self, x):
        a, _ = self.attn(x, x, x)
        x = self.ln1(x + a)
        return self.ln2(x + self.ff(x))


class Model(nn.Module):
    def __init__(self, d_model=16, layers=3):
        super().__init__()
        self.proj = nn.Linear(6, d_model)
        self.blocks = nn.ModuleList(Block(d_model, 4) for _ in range(layers))
        self.out = nn.Linear(d_model, 1)

    def forward(self, x):
        x = self.proj(x)
        for block in self.blocks:
            x = block(x)
        return self.out(x).squeeze(-1)
