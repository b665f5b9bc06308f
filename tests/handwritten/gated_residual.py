"""Variables chosen by gated residual networks, as in a temporal fusion transformer."""

from torch import Tensor, nn


class GatedResidual(nn.Module):
    def __init__(self, dim: int = 32, context: int = 8, out: int = 32) -> None:
        super().__init__()
        self.fc1 = nn.Linear(dim, dim)
        self.context = nn.Linear(context, dim, bias=False)
        self.elu = nn.ELU()
        self.fc2 = nn.Linear(dim, dim)
        self.dropout = nn.Dropout(0.1)
        self.gate = nn.Linear(dim, out * 2)
        self.glu = nn.GLU()
        self.skip = nn.Linear(dim, out)
        self.norm = nn.LayerNorm(out)

    def forward(self, x: Tensor, static: Tensor) -> Tensor:
        y = self.elu(self.fc1(x) + self.context(static))
        y = self.dropout(self.fc2(y))
        y = self.glu(self.gate(y))
        return self.norm(self.skip(x) + y)


class Chooser(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.embedding = nn.Linear(5, 32)
        self.weigh = GatedResidual(out=5)
        self.softmax = nn.Softmax(dim=-1)
        self.mix = GatedResidual(5)
        self.refine = GatedResidual()
        self.head = nn.Linear(32, 1)

    def forward(self, features: Tensor, static: Tensor) -> Tensor:
        x = self.embedding(features)
        weights = self.softmax(self.weigh(x, static))
        x = self.mix(features * weights, static)
        x = self.refine(x, static)
        return self.head(x)
