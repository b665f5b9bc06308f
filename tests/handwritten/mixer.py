"""An MLP-Mixer: what mixes patches, and what mixes channels, in turn."""

from torch import Tensor, nn


class FeedForward(nn.Module):
    def __init__(self, dim: int, hidden: int) -> None:
        super().__init__()
        self.fc1 = nn.Linear(dim, hidden)
        self.act = nn.GELU()
        self.fc2 = nn.Linear(hidden, dim)

    def forward(self, x: Tensor) -> Tensor:
        return self.fc2(self.act(self.fc1(x)))


class MixerLayer(nn.Module):
    def __init__(self, dim: int = 48, patches: int = 16) -> None:
        super().__init__()
        self.norm1 = nn.LayerNorm(dim)
        self.tokens = FeedForward(patches, 24)
        self.norm2 = nn.LayerNorm(dim)
        self.channels = FeedForward(dim, 96)

    def forward(self, x: Tensor) -> Tensor:
        y = self.norm1(x).transpose(1, 2)
        x = x + self.tokens(y).transpose(1, 2)
        return x + self.channels(self.norm2(x))


class Mixer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.patches = nn.Conv2d(3, 48, kernel_size=8, stride=8)
        self.layers = nn.Sequential(*[MixerLayer() for _ in range(4)])
        self.norm = nn.LayerNorm(48)
        self.head = nn.Linear(48, 10)

    def forward(self, image: Tensor) -> Tensor:
        x = self.patches(image).flatten(2).transpose(1, 2)
        x = self.layers(x)
        x = self.norm(x).mean(dim=1)
        return self.head(x)
