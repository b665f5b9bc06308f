from collections import OrderedDict

import torch
from torch import nn


class Encoder(nn.Module):
    def __init__(self, channels: int = 3, width: int = 12) -> None:
        super().__init__()
        self.body = nn.Sequential(
            OrderedDict(
                [
                    ("conv_in", nn.Conv2d(channels, width, 3, stride=2, padding=1)),
                    ("norm_in", nn.GroupNorm(3, width)),
                    ("act_in", nn.SiLU()),
                    ("conv_out", nn.Conv2d(width, 2 * width, 3, stride=2, padding=1)),
                ]
            )
        )

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        code = self.body(image)
        return code.flatten(start_dim=1).mean(dim=1, keepdim=True)
