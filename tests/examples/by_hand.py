"""The networks of the examples as one writes them by hand."""

import itertools

import torch
from torch import Tensor, nn


class Line(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.a_and_b = nn.Linear(1, 1)

    def forward(self, x: Tensor) -> Tensor:
        return self.a_and_b(x)


class Neuron(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.weights = nn.Linear(30, 1)

    def forward(self, x: Tensor) -> Tensor:
        return self.weights(x)


class Iris(nn.Sequential):
    def __init__(self) -> None:
        super().__init__(
            nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 16), nn.ReLU(), nn.Linear(16, 3)
        )


class ClothesByLayers(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        sizes = [784, 512, 256, 128, 10]
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in itertools.pairwise(sizes))
        self.drop = nn.Dropout(0.2)

    def forward(self, x: Tensor) -> Tensor:
        x = x.view(len(x), -1)
        for layer in self.layers[:-1]:
            x = self.drop(torch.relu(layer(x)))
        return self.layers[-1](x)


class ClothesByPatches(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.blocks = nn.ModuleList()
        for before, after in ((1, 16), (16, 32), (32, 64)):
            self.blocks.append(nn.Conv2d(before, after, 3, padding=1, bias=False))
            self.blocks.append(nn.BatchNorm2d(after))
        self.hidden = nn.Linear(64 * 3 * 3, 128)
        self.scores = nn.Linear(128, 10)

    def forward(self, x: Tensor) -> Tensor:
        for conv, norm in zip(self.blocks[::2], self.blocks[1::2], strict=True):
            x = nn.functional.max_pool2d(torch.relu(norm(conv(x))), 2)
        return self.scores(torch.relu(self.hidden(x.flatten(1))))


def normed(before: int, after: int, stride: int = 1, kernel_size: int = 3) -> nn.Sequential:
    padding = kernel_size // 2
    conv = nn.Conv2d(before, after, kernel_size, stride, padding, bias=False)
    return nn.Sequential(conv, nn.BatchNorm2d(after))


class Residual(nn.Module):
    def __init__(self, before: int, after: int, stride: int = 1) -> None:
        super().__init__()
        self.first = normed(before, after, stride)
        self.second = normed(after, after)
        self.around = normed(before, after, stride, 1) if stride > 1 else nn.Identity()

    def forward(self, x: Tensor) -> Tensor:
        return torch.relu(self.second(torch.relu(self.first(x))) + self.around(x))


class Digits(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.stem = normed(1, 16)
        self.stages = nn.Sequential(Residual(16, 16), Residual(16, 32, 2))
        self.scores = nn.Linear(32, 10)

    def forward(self, x: Tensor) -> Tensor:
        x = self.stages(torch.relu(self.stem(x)))
        return self.scores(x.mean((2, 3)))


class Order(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.memory = nn.LSTM(2, 32, batch_first=True)
        self.scores = nn.Linear(32, 2)

    def forward(self, x: Tensor) -> Tensor:
        states, _ = self.memory(x)
        return self.scores(states[:, -1])


class Cheques(nn.Sequential):
    def __init__(self) -> None:
        super().__init__(
            nn.Conv2d(1, 6, 5, padding=2), nn.Tanh(), nn.AvgPool2d(2),
            nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2), nn.Flatten(),
            nn.Linear(400, 120), nn.Tanh(), nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, 10),
        )  # fmt: skip


BY_HAND: dict[str, tuple[type[nn.Module], tuple[int, ...]]] = {
    "linear-regression": (Line, (1,)),
    "perceptron": (Neuron, (30,)),
    "iris-mlp": (Iris, (4,)),
    "fashion-mlp": (ClothesByLayers, (1, 28, 28)),
    "fashion-cnn": (ClothesByPatches, (1, 28, 28)),
    "fashion-augmented": (ClothesByPatches, (1, 28, 28)),
    "digits-resnet": (Digits, (1, 8, 8)),
    "sequence-lstm": (Order, (24, 2)),
    "lenet-5": (Cheques, (1, 28, 28)),
}
"""For each example its module and the shape of one sample."""
