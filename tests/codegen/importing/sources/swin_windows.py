# inputs: 8x8x8
import torch
import torch.nn as nn
import torch.nn.functional as F



def window_partition(x, size):
    b, h, w, c = x.shape
    x = x.view(b, h // size, size, w // size, size, c)
    return x.permute(0, 1, 3, 2, 4, 5).contiguous().view(-1, size * size, c)


def window_reverse(windows, size, h, w):
    b = windows.shape[0] // (h * w // size // size)
    x = windows.view(b, h // size, w // size, size, size, -1)
    return x.permute(0, 1, 3, 2, 4, 5).contiguous().view(b, h, w, -1)


class WindowBlock(nn.Module):
    def __init__(self, dim=8, size=4):
        super().__init__()
        self.size = size
        self.norm = nn.LayerNorm(dim)
        self.attn = nn.MultiheadAttention(dim, 2, batch_first=True)

    def forward(self, x):
        b, h, w, c = x.shape
        windows = window_partition(self.norm(x), self.size)
        mixed = self.attn(windows, windows, windows, need_weights=False)[0]
        return x + window_reverse(mixed, self.size, h, w)
