# inputs: 3x16x16
import torch
import torch.nn as nn

ACTIVATIONS = {"relu": nn.ReLU, "silu": nn.SiLU, "gelu": nn.GELU, "leaky": lambda: nn.LeakyReLU(0.1)}
NORMS = nn.ModuleDict


def build_act(name, **kw):
    if name not in ACTIVATIONS:
        raise KeyError(f"no activation {name!r}, only {sorted(ACTIVATIONS)}")
    return ACTIVATIONS[name](**kw)


def conv_block(*args, act="relu", norm=True, **kwargs):
    kwargs.setdefault("kernel_size", 3)
    kwargs.setdefault("padding", kwargs["kernel_size"] // 2)
    conv = nn.Conv2d(*args, bias=not norm, **kwargs)
    parts = [conv]
    if norm:
        parts.append(nn.BatchNorm2d(conv.out_channels))
    if act is not None:
        parts.append(build_act(act))
    return nn.Sequential(*parts)


class Base(nn.Module):
    width = 8
    act = "relu"

    def __init__(self, **opts):
        super().__init__()
        opts = {**self.defaults(), **opts}
        for k, v in opts.items():
            setattr(self, k, v)
        self.build()

    @classmethod
    def defaults(cls):
        return {"width": cls.width, "act": cls.act, "depth": 2}

    def build(self):
        raise NotImplementedError


class Middle(Base):
    act = "silu"

    def build(self):
        self.stem = conv_block(3, self.width, act=self.act)
        self.body = nn.Sequential(*(conv_block(self.width, self.width, act=self.act, groups=self.width // 4) for _ in range(self.depth)))


class Net(Middle):
    width = 12

    def build(self):
        super().build()
        self.tail = conv_block(self.width, 4, act=None, norm=False, kernel_size=1)

    def forward(self, x):
        return self.tail(self.body(self.stem(x)))


def make(**kwargs):
    return Net(**{"depth": 3, **kwargs})


model = make(width=16)
