# inputs: 3x16x16
import torch
import torch.nn as nn
import torch.nn.functional as F



class ViT(nn.Module):
    def __init__(self, size=16, patch=4, dim=24, depth=2, heads=3, classes=6):
        super().__init__()
        count = (size // patch) * (size // patch)
        self.embed = nn.Conv2d(3, dim, kernel_size=patch, stride=patch)
        self.cls = nn.Parameter(torch.zeros(1, 1, dim))
        self.pos = nn.Parameter(torch.randn(1, count + 1, dim) * 0.02)
        layer = nn.TransformerEncoderLayer(dim, heads, 2 * dim, 0.0, activation="gelu", batch_first=True, norm_first=True)
        self.encoder = nn.TransformerEncoder(layer, depth, enable_nested_tensor=False)
        self.norm = nn.LayerNorm(dim)
        self.head = nn.Linear(dim, classes)

    def forward(self, images):
        b = images.shape[0]
        x = self.embed(images).flatten(2).permute(0, 2, 1)
        x = torch.cat([self.cls.expand(b, -1, -1), x], dim=1) + self.pos
        x = self.encoder(x)
        return self.head(self.norm(x[:, 0]))
