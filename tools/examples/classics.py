"""Plain convolutional networks: LeNet-5, AlexNet, VGG-16, SqueezeNet and GoogLeNet."""

from __future__ import annotations

from typing import Final

from graph_model.network import Port, Project
from graph_model.recipe import Choice, Recipe
from graph_model.values import Value, integer
from tools.examples.convolutional import CHANNELS, conv_bn_relu, inception
from tools.examples.sketch import Sketch

IMAGES: Final = Recipe(
    Choice("image_folder", {"size": 224}),
    optimizer=Choice("AdamW", {"lr": 0.001, "weight_decay": 0.05}),
    schedule=Choice("CosineAnnealingLR"),
    epochs=30,
)
"""How to train on pictures of one's own, one folder for each class."""


def images(sketch: Sketch) -> Port:
    """Add an Input of pictures as large as those of ImageNet."""
    return sketch.input("image", "N", 3, 224, 224)


def classify(sketch: Sketch, x: Port, dropout: float = 0.0) -> Project:
    """Add global pooling and a linear layer for the 1,000 classes of ImageNet."""
    x = sketch.add("AdaptiveAvgPool2d", x, name="avgpool")
    x = sketch.add("Flatten", x, name="flatten")
    if dropout:
        x = sketch.add("Dropout", x, name="dropout", p=dropout)
    x = sketch.add("Linear", x, name="fc", out_features=1000)
    sketch.output(x, "logits")
    return sketch.project(IMAGES)


def lenet_5() -> Project:
    """LeCun et al. 1998, with a third convolution that is connected fully."""
    sketch = Sketch("LeNet-5")
    x = sketch.input("image", "N", 1, 28, 28)
    for number, channels, padding in ((1, 6, 2), (2, 16, 0)):
        x = sketch.add(
            "Conv2d",
            x,
            name=f"conv{number}",
            out_channels=channels,
            kernel_size=5,
            padding=padding,
        )
        x = sketch.reused("Tanh", x, name="tanh")
        x = sketch.reused("AvgPool2d", x, name="pool")
    x = sketch.add("Flatten", x, name="flatten")
    for number, features in enumerate((120, 84), 1):
        x = sketch.add("Linear", x, name=f"fc{number}", out_features=features)
        x = sketch.reused("Tanh", x, name="tanh")
    x = sketch.add("Linear", x, name="fc3", out_features=10)
    sketch.output(x, "clothing")
    return sketch.project(
        Recipe(
            Choice("fashion_mnist"),
            optimizer=Choice("Adam", {"lr": 0.002}),
            schedule=Choice("CosineAnnealingLR"),
            epochs=15,
            batch_size=64,
        )
    )


def alexnet() -> Project:
    """Krizhevsky 2014, "One weird trick for parallelizing convolutional neural networks"."""
    sketch = Sketch("AlexNet")
    x = images(sketch)
    layers: tuple[dict[str, Value], ...] = (
        {"out_channels": 64, "kernel_size": 11, "stride": 4, "padding": 2},
        {"out_channels": 192, "kernel_size": 5, "padding": 2},
        {"out_channels": 384, "padding": 1},
        {"out_channels": 256, "padding": 1},
        {"out_channels": 256, "padding": 1},
    )
    for number, arguments in enumerate(layers, 1):
        x = sketch.add("Conv2d", x, name=f"conv{number}", **arguments)
        x = sketch.reused("ReLU", x, name="relu", inplace=True)
        if number in {1, 2, 5}:
            x = sketch.reused("MaxPool2d", x, name="maxpool", kernel_size=3, stride=2)
    x = sketch.add("AdaptiveAvgPool2d", x, name="avgpool", output_size=6)
    return _dropped_out(sketch, sketch.add("Flatten", x, name="flatten"), dropout_first=True)


def _dropped_out(sketch: Sketch, x: Port, *, dropout_first: bool) -> Project:
    """Add the three linear layers that AlexNet and VGG end with."""
    for number in (6, 7):
        if dropout_first:
            x = sketch.reused("Dropout", x, name="dropout")
        x = sketch.add("Linear", x, name=f"fc{number}", out_features=4096)
        x = sketch.reused("ReLU", x, name="relu", inplace=True)
        if not dropout_first:
            x = sketch.reused("Dropout", x, name="dropout")
    sketch.output(sketch.add("Linear", x, name="fc8", out_features=1000), "logits")
    return sketch.project(IMAGES)


def vgg_16() -> Project:
    """Simonyan and Zisserman 2014, configuration D."""
    conv = Sketch("Conv ReLU", CHANNELS, id="conv-relu")
    x = conv.input("x", "N", 64, "H", "W")
    x = conv.add("Conv2d", x, name="conv", out_channels="=channels", padding=1)
    conv.output(conv.add("ReLU", x, name="relu", inplace=True))

    sketch = Sketch("VGG-16")
    x = images(sketch)
    stages = ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3))
    for number, (channels, depth) in enumerate(stages, 1):
        x = sketch.add(conv.project(), x, name=f"stage{number}", repeat=depth, channels=channels)
        x = sketch.reused("MaxPool2d", x, name="maxpool")
    x = sketch.add("Flatten", x, name="flatten")
    return _dropped_out(sketch, x, dropout_first=False)


def fire() -> Project:
    """Return the block of a SqueezeNet: few channels, then many by two sizes of window."""
    squeeze = integer("squeeze", 16, "How many channels there are between.")
    expand = integer("expand", 64, "How many channels each of the two windows gives.")
    sketch = Sketch("Fire", squeeze, expand, id="fire")
    x = sketch.input("x", "N", 96, "H", "W")
    x = sketch.add("Conv2d", x, name="squeeze", out_channels="=squeeze", kernel_size=1)
    x = relu = sketch.add("ReLU", x, name="relu", inplace=True)
    one = sketch.add("Conv2d", x, name="expand1x1", out_channels="=expand", kernel_size=1)
    one = sketch.again(relu, one, name="relu1x1")
    three = sketch.add("Conv2d", x, name="expand3x3", out_channels="=expand", padding=1)
    three = sketch.again(relu, three, name="relu3x3")
    sketch.output(sketch.add("Concatenate", one, three, name="cat"))
    return sketch.project()


def squeezenet_1_0() -> Project:
    """Iandola et al. 2016."""
    sketch = Sketch("SqueezeNet 1.0")
    x = images(sketch)
    x = sketch.add("Conv2d", x, name="conv1", out_channels=96, kernel_size=7, stride=2)
    x = sketch.reused("ReLU", x, name="relu", inplace=True)
    widths = {2: 16, 3: 16, 4: 32, 5: 32, 6: 48, 7: 48, 8: 64, 9: 64}
    x = _halved(sketch, x)
    for number, squeeze in widths.items():
        x = sketch.add(fire(), x, name=f"fire{number}", squeeze=squeeze, expand=4 * squeeze)
        if number in {4, 8}:
            x = _halved(sketch, x)
    x = sketch.add("Dropout", x, name="dropout")
    x = sketch.add("Conv2d", x, name="conv10", out_channels=1000, kernel_size=1)
    x = sketch.reused("ReLU", x, name="relu", inplace=True)
    x = sketch.add("AdaptiveAvgPool2d", x, name="avgpool")
    sketch.output(sketch.add("Flatten", x, name="flatten"), "logits")
    return sketch.project(IMAGES)


def _halved(sketch: Sketch, x: Port) -> Port:
    """Add a pooling by two that keeps the pixels at the border."""
    return sketch.reused("MaxPool2d", x, name="maxpool", kernel_size=3, stride=2, ceil_mode=True)


def googlenet() -> Project:
    """Szegedy et al. 2014, with batch norm and 3×3 in place of 5×5, as torchvision has it."""
    conv = conv_bn_relu(eps=0.001)
    block = inception(conv)
    sketch = Sketch("GoogLeNet")
    x = images(sketch)
    x = sketch.add(conv, x, name="conv1", channels=64, kernel_size=7, stride=2)
    x = _halved(sketch, x)
    x = sketch.add(conv, x, name="conv2", channels=64, kernel_size=1)
    x = sketch.add(conv, x, name="conv3", channels=192)
    x = _halved(sketch, x)
    for name, widths in _INCEPTIONS.items():
        arguments = dict(zip(_WIDTHS, widths, strict=True))
        x = sketch.add(block, x, name=name, **arguments)
        if name == "inception3b":
            x = _halved(sketch, x)
        if name == "inception4e":
            x = sketch.add("MaxPool2d", x, name="maxpool4", ceil_mode=True)
    return classify(sketch, x, dropout=0.2)


_WIDTHS: Final = ("ch1x1", "ch3x3_reduced", "ch3x3", "ch5x5_reduced", "ch5x5", "pool_proj")
_INCEPTIONS: Final = {
    "inception3a": (64, 96, 128, 16, 32, 32),
    "inception3b": (128, 128, 192, 32, 96, 64),
    "inception4a": (192, 96, 208, 16, 48, 64),
    "inception4b": (160, 112, 224, 24, 64, 64),
    "inception4c": (128, 128, 256, 24, 64, 64),
    "inception4d": (112, 144, 288, 32, 64, 64),
    "inception4e": (256, 160, 320, 32, 128, 128),
    "inception5a": (256, 160, 320, 32, 128, 128),
    "inception5b": (384, 192, 384, 48, 128, 128),
}
