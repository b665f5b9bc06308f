import torch
import torch.nn as nn
import torch.nn.functional as F



class DenseLayer(nn.Module):
    def __init__(self, channels, growth):
        super().__init__()
        self.bn = nn.BatchNorm2d(channels)
        self.conv = nn.Conv2d(channels, growth, 3, padding=1, bias=False)

    def forward(self, x):
        return torch.cat((x, self.conv(F.relu(self.bn(x)))), dim=1)


class DenseNet(nn.Module):
    def __init__(self, growth=6, layers=(3, 3), classes=5):
        super().__init__()
        channels = 2 * growth
        self.features = nn.Sequential()
        self.features.add_module("conv0", nn.Conv2d(3, channels, 3, padding=1))
        for b, n in enumerate(layers):
            for i in range(n):
                self.features.add_module(f"dense{b}_{i}", DenseLayer(channels, growth))
                channels += growth
            self.features.add_module(f"trans{b}", nn.Conv2d(channels, channels // 2, 1))
            self.features.add_module(f"pool{b}", nn.AvgPool2d(2))
            channels //= 2
        self.classifier = nn.Linear(channels, classes)

    def forward(self, x):
        features = self.features(x)
        out = F.adaptive_avg_pool2d(features, (1, 1)).flatten(1)
        return self.classifier(out)
