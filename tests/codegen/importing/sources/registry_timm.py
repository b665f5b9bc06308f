# inputs: 3x32x32
from functools import partial

import torch
import torch.nn as nn

_registry = {}

default_cfgs = {
    "tinynet_a": dict(width=8, depths=(1, 2), drop_rate=0.1),
    "tinynet_b": dict(width=16, depths=(2, 2), drop_rate=0.2),
}


def register_model(fn):
    _registry[fn.__name__] = fn
    return fn


class ConvBnAct(nn.Module):
    def __init__(self, in_chs, out_chs, kernel_size=3, stride=1, norm_layer=nn.BatchNorm2d, act_layer=nn.ReLU):
        super().__init__()
        self.conv = nn.Conv2d(in_chs, out_chs, kernel_size, stride, padding=kernel_size // 2, bias=False)
        self.bn = norm_layer(out_chs)
        self.act = act_layer(inplace=True)

    def forward(self, x):
        return self.act(self.bn(self.conv(x)))


class TinyNet(nn.Module):
    def __init__(self, in_chans=3, num_classes=10, width=8, depths=(1, 1), drop_rate=0.0, **kwargs):
        super().__init__()
        norm_layer = kwargs.pop("norm_layer", partial(nn.BatchNorm2d, eps=1e-3))
        self.stem = ConvBnAct(in_chans, width, stride=2, norm_layer=norm_layer)
        stages = []
        chs = width
        for i, d in enumerate(depths):
            out = width * 2**i
            stages.append(nn.Sequential(*[ConvBnAct(chs if j == 0 else out, out, stride=2 if j == 0 else 1, norm_layer=norm_layer) for j in range(d)]))
            chs = out
        self.stages = nn.Sequential(*stages)
        self.num_features = chs
        self.drop = nn.Dropout(drop_rate)
        self.fc = nn.Linear(self.num_features, num_classes) if num_classes > 0 else nn.Identity()

    def forward_features(self, x):
        return self.stages(self.stem(x))

    def forward_head(self, x, pre_logits: bool = False):
        x = x.mean((2, 3))
        x = self.drop(x)
        return x if pre_logits else self.fc(x)

    def forward(self, x):
        return self.forward_head(self.forward_features(x))


def _create(variant, pretrained=False, **kwargs):
    cfg = {**default_cfgs[variant], **kwargs}
    return TinyNet(**cfg)


@register_model
def tinynet_b(pretrained=False, **kwargs):
    return _create("tinynet_b", pretrained, **kwargs)


model = tinynet_b(num_classes=5)
