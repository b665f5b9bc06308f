"""What others need to know the shapes of a network: torchinfo, torch.fx and Keras.

The modules are written by hand, as one writes them; those of Keras with its functional API.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any, Final

import torch
from torch import Tensor, fx, nn
from torch.fx.passes.shape_prop import ShapeProp

os.environ["KERAS_BACKEND"] = "torch"

BATCH: Final = 2


class Bottleneck(nn.Module):
    """Three convolutions around which the input is added."""

    def __init__(self, in_channels: int, channels: int, stride: int = 1) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, channels, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, stride, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)
        self.conv3 = nn.Conv2d(channels, 4 * channels, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(4 * channels)
        self.relu = nn.ReLU(inplace=True)
        self.shortcut = nn.Sequential()
        if in_channels != 4 * channels:
            self.shortcut = nn.Sequential(
                nn.Conv2d(in_channels, 4 * channels, 1, stride, bias=False),
                nn.BatchNorm2d(4 * channels),
            )

    def forward(self, x: Tensor) -> Tensor:
        y = self.relu(self.bn1(self.conv1(x)))
        y = self.relu(self.bn2(self.conv2(y)))
        return self.relu(self.bn3(self.conv3(y)) + self.shortcut(x))


def resnet(*depths: int) -> nn.Module:
    layers: list[nn.Module] = [
        nn.Conv2d(3, 64, 7, 2, 3, bias=False),
        nn.BatchNorm2d(64),
        nn.ReLU(inplace=True),
        nn.MaxPool2d(3, 2, 1),
    ]
    width = 64
    for stage, depth in enumerate(depths):
        channels = 64 * 2**stage
        for turn in range(depth):
            layers.append(Bottleneck(width, channels, 2 if stage and not turn else 1))
            width = 4 * channels
    return nn.Sequential(
        *layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(width, 1000)
    ).eval()


class EncoderBlock(nn.Module):
    """Attention and two layers, each added to its input."""

    def __init__(self, width: int = 768, heads: int = 12) -> None:
        super().__init__()
        self.norm1 = nn.LayerNorm(width)
        self.attention = nn.MultiheadAttention(width, heads, batch_first=True)
        self.norm2 = nn.LayerNorm(width)
        self.mlp = nn.Sequential(
            nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width)
        )

    def forward(self, x: Tensor) -> Tensor:
        y = self.norm1(x)
        x = x + self.attention(y, y, y, need_weights=False)[0]
        return x + self.mlp(self.norm2(x))


class VisionTransformer(nn.Module):
    """ViT-B/16."""

    def __init__(self) -> None:
        super().__init__()
        self.patches = nn.Conv2d(3, 768, 16, 16)
        self.token = nn.Parameter(torch.zeros(1, 1, 768))
        self.positions = nn.Parameter(torch.zeros(1, 197, 768))
        self.blocks = nn.Sequential(*[EncoderBlock() for _ in range(12)])
        self.norm = nn.LayerNorm(768)
        self.head = nn.Linear(768, 1000)

    def forward(self, image: Tensor) -> Tensor:
        x = self.patches(image).flatten(2).transpose(1, 2)
        x = torch.cat((self.token.expand(x.shape[0], -1, -1), x), dim=1) + self.positions
        return self.head(self.norm(self.blocks(x))[:, 0])


def mlp(count: int = 1000, width: int = 64) -> nn.Module:
    pairs = [(nn.Linear(width, width), nn.ReLU()) for _ in range(count // 2)]
    return nn.Sequential(*[layer for pair in pairs for layer in pair])


MODULES: Final[Mapping[str, tuple[Callable[[], nn.Module], tuple[int, ...]]]] = {
    "ResNet-50": (lambda: resnet(3, 4, 6, 3), (BATCH, 3, 224, 224)),
    "ResNet-152": (lambda: resnet(3, 8, 36, 3), (BATCH, 3, 224, 224)),
    "ViT-B/16": (lambda: VisionTransformer().eval(), (BATCH, 3, 224, 224)),
    "MLP-1000": (mlp, (BATCH, 64)),
}
"""How each network is made, and the shape of its input."""


# The peers: each is given a network's name and returns what is to be timed.


def torchinfo_on(device: str) -> Callable[[str], Callable[[], object]]:
    """``torchinfo.summary``, on real tensors as it is by default, or on those without data."""

    def prepare(name: str) -> Callable[[], object]:
        import torchinfo

        make, shape = MODULES[name]
        module = make().to(device)
        return lambda: torchinfo.summary(module, shape, verbose=0, device=device)

    return prepare


def shape_prop_on(device: str) -> Callable[[str], Callable[[], object]]:
    """``torch.fx``: traced, then its shapes by running it, on real tensors or without data."""

    def prepare(name: str) -> Callable[[], object]:
        make, shape = MODULES[name]
        module, given = make().to(device), torch.zeros(shape, device=device)
        return lambda: ShapeProp(fx.symbolic_trace(module)).propagate(given)

    return prepare


def keras_build(name: str) -> Callable[[], object]:
    """Keras' functional build, which makes the layers and their weights as well."""
    import keras

    def build() -> None:
        keras.backend.clear_session()
        _, shape = MODULES[name]
        image = keras.Input(shape=(*shape[2:], shape[1]) if len(shape) == 4 else shape[1:])
        keras.Model(image, _KERAS[name](image))

    return build


def _keras_resnet(x: Any, *depths: int) -> Any:
    from keras import layers

    def conv_bn(x: Any, channels: int, size: int, stride: int = 1) -> Any:
        x = layers.Conv2D(channels, size, stride, "same", use_bias=False)(x)
        return layers.BatchNormalization()(x)

    x = layers.ReLU()(conv_bn(x, 64, 7, 2))
    x = layers.MaxPooling2D(3, 2, "same")(x)
    width = 64
    for stage, depth in enumerate(depths):
        channels = 64 * 2**stage
        for turn in range(depth):
            stride = 2 if stage and not turn else 1
            y = layers.ReLU()(conv_bn(x, channels, 1))
            y = layers.ReLU()(conv_bn(y, channels, 3, stride))
            y = conv_bn(y, 4 * channels, 1)
            shortcut = x if width == 4 * channels else conv_bn(x, 4 * channels, 1, stride)
            x = layers.ReLU()(layers.Add()([y, shortcut]))
            width = 4 * channels
    return layers.Dense(1000)(layers.GlobalAveragePooling2D()(x))


def _keras_vit(x: Any) -> Any:
    import keras
    from keras import layers

    class Tokens(layers.Layer):  # the functional API has no learned tensors of their own
        def build(self, shape: Any) -> None:
            self.token = self.add_weight(shape=(1, 1, 768))
            self.positions = self.add_weight(shape=(1, 197, 768))

        def call(self, x: Any) -> Any:
            token = keras.ops.broadcast_to(self.token, (keras.ops.shape(x)[0], 1, 768))
            return keras.ops.concatenate([token, x], axis=1) + self.positions

    x = Tokens()(layers.Reshape((196, 768))(layers.Conv2D(768, 16, 16)(x)))
    for _ in range(12):
        y = layers.LayerNormalization()(x)
        x = layers.Add()([x, layers.MultiHeadAttention(12, 64)(y, y)])
        y = layers.LayerNormalization()(x)
        y = layers.Dense(768)(layers.Dense(3072, activation="gelu")(y))
        x = layers.Add()([x, y])
    return layers.Dense(1000)(layers.LayerNormalization()(x)[:, 0])


def _keras_mlp(x: Any) -> Any:
    from keras import layers

    for _ in range(500):
        x = layers.ReLU()(layers.Dense(64)(x))
    return x


_KERAS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "ResNet-50": lambda x: _keras_resnet(x, 3, 4, 6, 3),
    "ResNet-152": lambda x: _keras_resnet(x, 3, 8, 36, 3),
    "ViT-B/16": _keras_vit,
    "MLP-1000": _keras_mlp,
}

PEERS: Final[Mapping[str, Callable[[str], Callable[[], object]]]] = {
    "torchinfo.summary": torchinfo_on("cpu"),
    "torchinfo.summary, meta": torchinfo_on("meta"),
    "fx ShapeProp": shape_prop_on("cpu"),
    "fx ShapeProp, meta": shape_prop_on("meta"),
    "Keras functional": keras_build,
}
