"""Blocks of convolutional networks."""

from __future__ import annotations

from graph_model.network import Port, Project
from graph_model.values import Value, boolean, integer
from tools.examples.sketch import Sketch

CHANNELS = integer("channels", 64, "How many channels come out.")
STRIDE = integer("stride", 1, "The step of the window: 2 halves height and width.")
KERNEL = integer("kernel_size", 3, "Height and width of the window.")
DOWNSAMPLE = boolean("downsample", False, "A convolution on the way around, where sizes change.")
EXPAND = boolean("expand", True, "Widen first, by a convolution of 1×1.")
WIDTH = integer("width", 384, "How many channels there are within, before they are projected.")


def normed(sketch: Sketch, x: Port, suffix: str, channels: Value, **arguments: Value) -> Port:
    """Add a convolution without bias and a batch norm, named ``conv1`` and ``bn1`` for ``"1"``."""
    arguments = {"kernel_size": 3, **arguments}
    x = sketch.add(
        "Conv2d", x, name=f"conv{suffix}", out_channels=channels, bias=False, **arguments
    )
    return sketch.add("BatchNorm2d", x, name=f"bn{suffix}")


def conv_bn_relu(activation: str = "ReLU", *, eps: float = 1e-5) -> Project:
    """Return a convolution that keeps the size, batch norm and an activation."""
    title = f"Conv BN {activation}"
    sketch = Sketch(title, CHANNELS, KERNEL, STRIDE, id=title.lower().replace(" ", "-"))
    x = sketch.input("x", "N", 64, "H", "W")
    x = sketch.add(
        "Conv2d",
        x,
        name="conv",
        out_channels="=channels",
        kernel_size="=kernel_size",
        stride="=stride",
        padding="=kernel_size // 2",
        bias=False,
    )
    x = sketch.add("BatchNorm2d", x, name="bn", eps=eps)
    sketch.output(sketch.add(activation, x, name="act", inplace=True))
    return sketch.project()


def shortcut() -> Project:
    """Return the way around a residual block where sizes change."""
    sketch = Sketch("Shortcut", CHANNELS, STRIDE, id="shortcut")
    x = sketch.input("x", "N", 64, "H", "W")
    x = sketch.add(
        "Conv2d",
        x,
        name="conv",
        out_channels="=channels",
        kernel_size=1,
        stride="=stride",
        bias=False,
    )
    sketch.output(sketch.add("BatchNorm2d", x, name="bn"))
    return sketch.project()


def basic_block() -> Project:
    """Return the residual block of ResNet-18 and ResNet-34."""
    sketch = Sketch("Basic block", CHANNELS, STRIDE, DOWNSAMPLE, id="basic-block")
    x = sketch.input("x", "N", 64, "H", "W")
    y = normed(sketch, x, "1", "=channels", stride="=stride", padding=1)
    y = relu = sketch.add("ReLU", y, name="relu", inplace=True)
    y = normed(sketch, y, "2", "=channels", padding=1)
    sketch.output(_around(sketch, x, y, relu, "=channels"))
    return sketch.project()


def bottleneck() -> Project:
    """Return the residual block of ResNet-50 and deeper ones."""
    sketch = Sketch("Bottleneck", CHANNELS, STRIDE, DOWNSAMPLE, id="bottleneck")
    x = sketch.input("x", "N", 256, "H", "W")
    y = normed(sketch, x, "1", "=channels", kernel_size=1)
    y = relu = sketch.add("ReLU", y, name="relu", inplace=True)
    y = normed(sketch, y, "2", "=channels", stride="=stride", padding=1)
    y = sketch.again(relu, y, name="relu2")
    y = normed(sketch, y, "3", "=channels * 4", kernel_size=1)
    sketch.output(_around(sketch, x, y, relu, "=channels * 4"))
    return sketch.project()


def _around(sketch: Sketch, x: Port, y: Port, relu: Port, channels: str) -> Port:
    """Add the way around, and the last ReLU."""
    x = sketch.add(
        shortcut(),
        x,
        name="shortcut",
        repeat="=downsample",
        channels=channels,
        stride="=stride",
    )
    return sketch.again(relu, sketch.add("Add", y, x, name="add"), name="relu_out")


def linear_bottleneck() -> Project:
    """Return what an inverted residual block computes beside its way around."""
    parameters = (CHANNELS, WIDTH, STRIDE, EXPAND)
    sketch = Sketch("Linear bottleneck", *parameters, id="linear-bottleneck")
    x = sketch.input("x", "N", 64, "H", "W")
    x = _widened(sketch, x, "ReLU6", padding=1)
    sketch.output(normed(sketch, x, "2", "=channels", kernel_size=1))
    return sketch.project()


def _widened(sketch: Sketch, x: Port, activation: str, **window: Value) -> Port:
    """Add a convolution to many channels, and one for each of them by itself."""
    conv = conv_bn_relu(activation)
    x = sketch.add(conv, x, name="expand", repeat="=expand", channels="=width", kernel_size=1)
    width: dict[str, Value] = {"in_channels": "=width", "groups": "=width"}
    x = normed(sketch, x, "1", "=width", stride="=stride", **width, **window)
    return sketch.add(activation, x, name="act", inplace=True)


def inverted_residual() -> Project:
    """Return the block of MobileNetV2: narrow at its ends, wide within, with a way around."""
    sketch = Sketch("Inverted residual", CHANNELS, WIDTH, id="inverted-residual")
    x = sketch.input("x", "N", 64, "H", "W")
    y = sketch.add(linear_bottleneck(), x, name="conv", channels="=channels", width="=width")
    sketch.output(sketch.add("Add", x, y, name="add"))
    return sketch.project()


def mbconv() -> Project:
    """Return what the block of an EfficientNet computes beside its way around."""
    squeeze = integer("squeeze", 16, "How many channels there are within the squeeze excite.")
    parameters = (CHANNELS, WIDTH, squeeze, KERNEL, STRIDE, EXPAND)
    sketch = Sketch("MBConv", *parameters, id="mbconv")
    x = sketch.input("x", "N", 64, "H", "W")
    x = _widened(sketch, x, "SiLU", kernel_size="=kernel_size", padding="=kernel_size // 2")
    x = sketch.add(squeeze_excite(), x, name="se", channels="=width", squeeze="=squeeze")
    sketch.output(normed(sketch, x, "2", "=channels", kernel_size=1))
    return sketch.project()


def residual_mbconv() -> Project:
    """Return the block of an EfficientNet where it keeps the size, with a way around it."""
    squeeze = integer("squeeze", 16, "How many channels there are within the squeeze excite.")
    sketch = Sketch("Residual MBConv", CHANNELS, WIDTH, squeeze, KERNEL, id="residual-mbconv")
    x = sketch.input("x", "N", 64, "H", "W")
    names = ("channels", "width", "squeeze", "kernel_size")
    y = sketch.add(mbconv(), x, name="conv", **{name: f"={name}" for name in names})
    sketch.output(sketch.add("Add", x, y, name="add"))
    return sketch.project()


def squeeze_excite() -> Project:
    """Return a block that weighs the channels by what it sees of the whole image."""
    squeeze = integer("squeeze", 16, "How many channels there are within.")
    sketch = Sketch("Squeeze excite", CHANNELS, squeeze, id="squeeze-excite")
    x = sketch.input("x", "N", 64, "H", "W")
    y = sketch.add("AdaptiveAvgPool2d", x, name="pool")
    y = sketch.add("Conv2d", y, name="fc1", out_channels="=squeeze", kernel_size=1)
    y = sketch.add("SiLU", y, name="act", inplace=True)
    y = sketch.add("Conv2d", y, name="fc2", out_channels="=channels", kernel_size=1)
    y = sketch.add("Sigmoid", y, name="gate")
    sketch.output(sketch.add("Multiply", x, y, name="scale"))
    return sketch.project()


def dense_layer() -> Project:
    """Return a layer of a DenseNet, which adds channels to those that it is given."""
    growth = integer("growth", 32, "How many channels are added.")
    sketch = Sketch("Dense layer", growth, id="dense-layer")
    x = sketch.input("x", "N", 64, "H", "W")
    y = sketch.add("BatchNorm2d", x, name="norm1")
    y = relu = sketch.add("ReLU", y, name="relu", inplace=True)
    y = sketch.add("Conv2d", y, name="conv1", out_channels="=growth * 4", kernel_size=1, bias=False)
    y = sketch.add("BatchNorm2d", y, name="norm2")
    y = sketch.again(relu, y, name="relu2")
    y = sketch.add("Conv2d", y, name="conv2", out_channels="=growth", padding=1, bias=False)
    sketch.output(sketch.add("Concatenate", x, y, name="cat"))
    return sketch.project()


def inception(conv: Project | None = None) -> Project:
    """Return the block of GoogLeNet: four branches beside one another."""
    conv = conv or conv_bn_relu()
    names = ("ch1x1", "ch3x3_reduced", "ch3x3", "ch5x5_reduced", "ch5x5", "pool_proj")
    helps = (
        "Channels of the 1×1 convolution.",
        "Channels before the 3×3 convolution.",
        "Channels of the 3×3 convolution.",
        "Channels before the larger window.",
        "Channels of the larger window.",
        "Channels of the branch with the pooling.",
    )
    defaults = (64, 96, 128, 16, 32, 32)
    sketch = Sketch("Inception", *map(integer, names, defaults, helps), id="inception")
    x = sketch.input("x", "N", 192, "H", "W")
    y1 = sketch.add(conv, x, name="branch1", channels="=ch1x1", kernel_size=1)
    y2 = sketch.add(conv, x, name="branch2_reduce", channels="=ch3x3_reduced", kernel_size=1)
    y2 = sketch.add(conv, y2, name="branch2", channels="=ch3x3")
    y3 = sketch.add(conv, x, name="branch3_reduce", channels="=ch5x5_reduced", kernel_size=1)
    y3 = sketch.add(conv, y3, name="branch3", channels="=ch5x5")
    y4 = sketch.add("MaxPool2d", x, name="pool", kernel_size=3, stride=1, padding=1)
    y4 = sketch.add(conv, y4, name="branch4", channels="=pool_proj", kernel_size=1)
    sketch.output(sketch.add("Concatenate", y1, y2, y3, y4, name="cat", inputs=4))
    return sketch.project()


def double_conv() -> Project:
    """Return two convolutions, each with batch norm and ReLU, as throughout a U-Net."""
    sketch = Sketch("Double conv", CHANNELS, id="double-conv")
    x = sketch.input("x", "N", 64, "H", "W")
    for turn in "12":
        x = normed(sketch, x, turn, "=channels", padding=1)
        x = sketch.add("ReLU", x, name=f"relu{turn}", inplace=True)
    sketch.output(x)
    return sketch.project()


def unet_down() -> Project:
    """Return a step down of a U-Net: half the size, other channels."""
    sketch = Sketch("U-Net down", CHANNELS, id="unet-down")
    x = sketch.input("x", "N", 32, 64, 64)
    x = sketch.add("MaxPool2d", x, name="pool")
    sketch.output(sketch.add(double_conv(), x, name="conv", channels="=channels"))
    return sketch.project()


def unet_up() -> Project:
    """Return a step up of a U-Net: double the size, beside what the way down had there."""
    sketch = Sketch("U-Net up", CHANNELS, id="unet-up")
    x = sketch.input("x", "N", 128, 32, 32)
    skip = sketch.input("skip", "N", 64, 64, 64)
    x = sketch.add(
        "ConvTranspose2d", x, name="up", out_channels="=channels", kernel_size=2, stride=2
    )
    x = sketch.add("Concatenate", skip, x, name="cat")
    sketch.output(sketch.add(double_conv(), x, name="conv", channels="=channels"))
    return sketch.project()
