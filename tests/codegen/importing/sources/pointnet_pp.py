# inputs: xyz=3x32 feats=6x32
import torch
import torch.nn as nn
import torch.nn.functional as F


def square_distance(src, dst):
    B, N, _ = src.shape
    _, M, _ = dst.shape
    dist = -2 * torch.matmul(src, dst.permute(0, 2, 1))
    dist += torch.sum(src**2, -1).view(B, N, 1)
    dist += torch.sum(dst**2, -1).view(B, 1, M)
    return dist


class PointNetSetAbstractionAll(nn.Module):
    def __init__(self, in_channel, mlp):
        super().__init__()
        self.mlp_convs = nn.ModuleList()
        self.mlp_bns = nn.ModuleList()
        last_channel = in_channel
        for out_channel in mlp:
            self.mlp_convs.append(nn.Conv2d(last_channel, out_channel, 1))
            self.mlp_bns.append(nn.BatchNorm2d(out_channel))
            last_channel = out_channel

    def forward(self, xyz, points):
        xyz = xyz.permute(0, 2, 1)
        if points is not None:
            points = points.permute(0, 2, 1)
        new_points = torch.cat([xyz.unsqueeze(1), points.unsqueeze(1)], dim=-1)
        new_points = new_points.permute(0, 3, 2, 1)
        for i, conv in enumerate(self.mlp_convs):
            bn = self.mlp_bns[i]
            new_points = F.relu(bn(conv(new_points)))
        new_points = torch.max(new_points, 2)[0]
        return new_points


class PointNet2(nn.Module):
    def __init__(self, k=4):
        super().__init__()
        self.sa = PointNetSetAbstractionAll(9, [8, 16])
        self.fc1 = nn.Linear(16, 8)
        self.bn1 = nn.BatchNorm1d(8)
        self.drop1 = nn.Dropout(0.4)
        self.fc2 = nn.Linear(8, k)

    def forward(self, xyz, feats):
        dist = square_distance(xyz.permute(0, 2, 1), xyz.permute(0, 2, 1))
        weight = 1.0 / (dist + 1e-1)
        weight = weight / torch.sum(weight, dim=2, keepdim=True)
        feats = torch.bmm(feats, weight)
        x = self.sa(xyz, feats)
        x = x.view(x.shape[0], 16)
        x = self.drop1(F.relu(self.bn1(self.fc1(x))))
        x = F.log_softmax(self.fc2(x), -1)
        return x
