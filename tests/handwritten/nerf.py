"""A NeRF: a long chain of layers that gets the point a second time halfway."""

import torch
from torch import Tensor, nn


class NeRF(nn.Module):
    def __init__(self, points: int = 63, directions: int = 27, width: int = 256) -> None:
        super().__init__()
        sizes = [points, *3 * [width], points + width, *3 * [width]]
        self.fcs = nn.ModuleList([nn.Linear(size, width) for size in sizes])
        self.relu = nn.ReLU()
        self.density = nn.Linear(width, 1)
        self.feature = nn.Linear(width, width)
        self.fc_view = nn.Linear(width + directions, width // 2)
        self.color = nn.Linear(width // 2, 3)

    def forward(self, points: Tensor, directions: Tensor) -> tuple[Tensor, Tensor]:
        x = points
        for i, fc in enumerate(self.fcs):
            if i == 4:
                x = torch.cat((points, x), dim=1)
            x = self.relu(fc(x))
        sigma = self.density(x)
        x = torch.cat((self.feature(x), directions), dim=1)
        x = self.relu(self.fc_view(x))
        return sigma, torch.sigmoid(self.color(x))
