# inputs: x=7x12 context=5x12
import torch
import torch.nn as nn
import torch.nn.functional as F



class Heads(nn.Module):
    def __init__(self, dim=12, heads=3):
        super().__init__()
        self.heads = heads
        self.scale = (dim // heads) ** -0.5
        self.to_q = nn.Linear(dim, dim, bias=False)
        self.to_kv = nn.Linear(dim, dim * 2, bias=False)

    def forward(self, x, context):
        b, n, _ = x.size()
        m, h = context.size(1), self.heads
        q = self.to_q(x).reshape(b, n, h, -1)
        k, v = self.to_kv(context).chunk(2, dim=-1)
        k, v = (t.reshape(b, m, h, -1) for t in (k, v))
        sim = torch.einsum("bihd,bjhd->bhij", q, k) * self.scale
        out = torch.einsum("bhij,bjhd->bihd", sim.softmax(dim=-1), v)
        return out.reshape(b, n, -1)
