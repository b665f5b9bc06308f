import torch
import torch.nn as nn
import torch.nn.functional as F



class Residual(nn.Module):
    def __init__(self, fn):
        super().__init__()
        self.fn = fn

    def forward(self, x):
        return self.fn(x) + x


class ConvMixer(nn.Sequential):
    def __init__(self, dim=16, depth=2, kernel=5, patch=4, classes=5):
        super().__init__(
            nn.Conv2d(3, dim, patch, stride=patch),
            nn.GELU(),
            nn.BatchNorm2d(dim),
            *[
                nn.Sequential(
                    Residual(nn.Sequential(nn.Conv2d(dim, dim, kernel, groups=dim, padding="same"), nn.GELU())),
                    nn.Conv2d(dim, dim, 1),
                    nn.GELU(),
                )
                for i in range(depth)
            ],
            nn.AdaptiveAvgPool2d((1, 1)),
            nn.Flatten(),
            nn.Linear(dim, classes),
        )
