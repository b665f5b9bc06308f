# inputs: audio=6 video=4 text=3
import torch
from torch import nn


class ConcatFuse(nn.Module):
    def __init__(self, *dims, out=8, **kw):
        super().__init__()
        self.projs = nn.ModuleDict({f"proj_{i}": nn.Linear(d, out) for i, d in enumerate(dims)})
        self.names = list(self.projs.keys())
        self.gates = nn.ParameterDict({n: nn.Parameter(torch.ones(out)) for n in self.names})
        self.act = getattr(nn, kw.get("act", "Tanh"))()

    def forward(self, *xs):
        parts = [self.gates[n] * self.act(self.projs[n](x)) for n, x in zip(self.names, xs)]
        total = sum(parts)
        best = torch.stack(parts, dim=0).max(dim=0).values
        return total, best


class Fusion(nn.Module):
    def __init__(self):
        super().__init__()
        self.fuse = ConcatFuse(6, 4, 3, out=5, act="ELU")
        self.heads = nn.ModuleList(nn.Linear(10, k) for k in (1, 2))

    def forward(self, audio, video, text):
        *_, best = out = self.fuse(audio, video, text)
        h = torch.cat(out, dim=-1)
        return [head(h) for head in self.heads] + [best]
