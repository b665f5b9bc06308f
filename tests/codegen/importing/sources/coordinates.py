import torch
import torch.nn as nn
import torch.nn.functional as F



class CoordConv(nn.Module):
    def __init__(self, cin, cout):
        super().__init__()
        self.conv = nn.Conv2d(cin + 1, cout, 3, padding=1)

    def forward(self, x):
        ones = torch.ones_like(x[:, :1])
        return self.conv(torch.cat([x, ones], dim=1))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = CoordConv(3, 8)
        self.second = CoordConv(8, 4)

    def forward(self, x):
        x = F.leaky_relu(self.first(x), 0.2)
        return self.second(x).sum(dim=(1, 2, 3))
