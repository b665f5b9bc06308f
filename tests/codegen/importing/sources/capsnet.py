# inputs: 1x14x14
import torch
import torch.nn as nn
import torch.nn.functional as F


def squash(x, dim=-1):
    squared_norm = (x**2).sum(dim=dim, keepdim=True)
    scale = squared_norm / (1 + squared_norm)
    return scale * x / (squared_norm.sqrt() + 1e-8)


class PrimaryCaps(nn.Module):
    def __init__(self, num_conv_units=4, in_channels=8, out_channels=4, kernel_size=5, stride=2):
        super().__init__()
        self.conv = nn.Conv2d(in_channels, out_channels * num_conv_units, kernel_size=kernel_size, stride=stride)
        self.out_channels = out_channels

    def forward(self, x):
        out = self.conv(x)
        batch_size = out.shape[0]
        return squash(out.contiguous().view(batch_size, -1, self.out_channels), dim=-1)


class DigitCaps(nn.Module):
    def __init__(self, in_dim, in_caps, num_caps, dim_caps, num_routing):
        super().__init__()
        self.in_caps, self.num_caps, self.num_routing = in_caps, num_caps, num_routing
        self.W = nn.Parameter(0.01 * torch.randn(1, num_caps, in_caps, dim_caps, in_dim), requires_grad=True)

    def forward(self, x):
        batch_size = x.size(0)
        x = x.unsqueeze(1).unsqueeze(4)
        u_hat = torch.matmul(self.W, x)
        u_hat = u_hat.squeeze(-1)
        temp_u_hat = u_hat.detach()
        b = torch.zeros(batch_size, self.num_caps, self.in_caps, 1).to(x.device)
        for route_iter in range(self.num_routing - 1):
            c = b.softmax(dim=1)
            s = (c * temp_u_hat).sum(dim=2)
            v = squash(s)
            uv = torch.matmul(temp_u_hat, v.unsqueeze(-1))
            b += uv
        c = F.softmax(b, dim=1)
        s = (c * u_hat).sum(dim=2)
        return squash(s)


class CapsNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 8, 5)
        self.relu = nn.ReLU(inplace=True)
        self.primary = PrimaryCaps()
        self.digits = DigitCaps(in_dim=4, in_caps=4 * 3 * 3, num_caps=3, dim_caps=6, num_routing=3)

    def forward(self, x):
        out = self.relu(self.conv(x))
        out = self.digits(self.primary(out))
        return torch.norm(out, dim=-1)
