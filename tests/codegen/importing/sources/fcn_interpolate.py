import torch
import torch.nn as nn
import torch.nn.functional as F



class Segmenter(nn.Module):
    def __init__(self, classes=4):
        super().__init__()
        self.down = nn.Sequential(
            nn.Conv2d(3, 8, 3, 2, 1), nn.ReLU(), nn.Conv2d(8, 16, 3, 2, 1), nn.ReLU()
        )
        self.score = nn.Conv2d(16, classes, 1)

    def forward(self, x):
        size = x.shape[-2:]
        y = self.score(self.down(x))
        return F.interpolate(y, size=size, mode="bilinear", align_corners=False)
