"""Networks with ways around their layers: ResNets, DenseNet, MobileNetV2, EfficientNet, U-Net."""

from __future__ import annotations

from collections.abc import Sequence

from graph_model.network import Port, Project
from graph_model.recipe import Choice, Recipe
from graph_model.values import Value, integer
from tools.examples.classics import classify, images
from tools.examples.convolutional import (
    CHANNELS,
    STRIDE,
    basic_block,
    bottleneck,
    conv_bn_relu,
    dense_layer,
    double_conv,
    inverted_residual,
    linear_bottleneck,
    mbconv,
    normed,
    residual_mbconv,
    unet_down,
    unet_up,
)
from tools.examples.sketch import Sketch


def resnet_18() -> Project:
    """He et al. 2015."""
    stage = Sketch("Stage", CHANNELS, STRIDE, id="stage")
    x = stage.input("x", "N", 64, "H", "W")
    x = stage.add(
        basic_block(),
        x,
        name="first",
        channels="=channels",
        stride="=stride",
        downsample="=stride > 1",
    )
    stage.output(stage.add(basic_block(), x, name="second", channels="=channels"))
    return _resnet("ResNet-18", stage.project(), [{}] * 4)


def resnet_50() -> Project:
    """He et al. 2015, with the stride at the 3×3 convolution."""
    return _resnet("ResNet-50", _deep_stage(), [{"depth": depth} for depth in (3, 4, 6, 3)])


def resnet_152() -> Project:
    """He et al. 2015, with the stride at the 3×3 convolution."""
    return _resnet("ResNet-152", _deep_stage(), [{"depth": depth} for depth in (3, 8, 36, 3)])


def _resnet(name: str, stage: Project, depths: Sequence[dict[str, Value]]) -> Project:
    sketch = Sketch(name)
    x = _stem(sketch, images(sketch), "1")
    for number, depth in enumerate(depths):
        sizes = {"channels": 64 * 2**number, "stride": 2 if number else 1, **depth}
        x = sketch.add(stage, x, name=f"layer{number + 1}", **sizes)
    return classify(sketch, x)


def _stem(sketch: Sketch, x: Port, suffix: str) -> Port:
    """Add what ResNets and DenseNets begin with: a quarter of the size."""
    x = normed(sketch, x, suffix, 64, kernel_size=7, stride=2, padding=3)
    x = sketch.add("ReLU", x, name="relu", inplace=True)
    return sketch.add("MaxPool2d", x, name="maxpool", kernel_size=3, stride=2, padding=1)


def _deep_stage() -> Project:
    """Return blocks of equal width, the first of which may halve the size."""
    depth = integer("depth", 2, "How many blocks.", minimum=2)
    sketch = Sketch("Stage", CHANNELS, depth, STRIDE, id="stage")
    x = sketch.input("x", "N", 64, "H", "W")
    x = sketch.add(
        bottleneck(), x, name="first", channels="=channels", stride="=stride", downsample=True
    )
    x = sketch.add(bottleneck(), x, name="rest", repeat="=depth - 1", channels="=channels")
    sketch.output(x)
    return sketch.project()


def densenet_121() -> Project:
    """Huang et al. 2016."""
    transition = Sketch("Transition", CHANNELS, id="transition")
    x = transition.input("x", "N", 256, "H", "W")
    x = transition.add("BatchNorm2d", x, name="norm")
    x = transition.add("ReLU", x, name="relu", inplace=True)
    x = transition.add(
        "Conv2d", x, name="conv", out_channels="=channels", kernel_size=1, bias=False
    )
    transition.output(transition.add("AvgPool2d", x, name="pool"))

    sketch = Sketch("DenseNet-121")
    x = _stem(sketch, images(sketch), "0")
    for number, depth in enumerate((6, 12, 24, 16), 1):
        x = sketch.add(dense_layer(), x, name=f"dense{number}", repeat=depth)
        if number < 4:
            name = f"transition{number}"
            x = sketch.add(transition.project(), x, name=name, channels=64 * 2**number)
    x = sketch.add("BatchNorm2d", x, name="norm5")
    return classify(sketch, sketch.add("ReLU", x, name="relu5", inplace=True))


def mobilenet_v2() -> Project:
    """Sandler et al. 2018."""
    conv = conv_bn_relu("ReLU6")
    sketch = Sketch("MobileNetV2")
    x = sketch.add(conv, images(sketch), name="conv1", channels=32, stride=2)
    before = 32
    stages = ((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1),
              (6, 160, 3, 2), (6, 320, 1, 1))  # fmt: skip
    for number, (expansion, channels, depth, stride) in enumerate(stages, 1):
        x = sketch.add(
            linear_bottleneck(),
            x,
            name=f"bottleneck{number}",
            channels=channels,
            width=before * expansion,
            stride=stride,
            expand=expansion > 1,
        )
        if depth > 1:
            x = sketch.add(
                inverted_residual(),
                x,
                name=f"residual{number}",
                repeat=depth - 1,
                channels=channels,
                width=channels * expansion,
            )
        before = channels
    x = sketch.add(conv, x, name="conv2", channels=1280, kernel_size=1)
    return classify(sketch, x, dropout=0.2)


def efficientnet_b0() -> Project:
    """Tan and Le 2019, without stochastic depth."""
    conv = conv_bn_relu("SiLU")
    sketch = Sketch("EfficientNet-B0")
    x = sketch.add(conv, images(sketch), name="conv1", channels=32, stride=2)
    before = 32
    stages = ((1, 16, 1, 1, 3), (6, 24, 2, 2, 3), (6, 40, 2, 2, 5), (6, 80, 3, 2, 3),
              (6, 112, 3, 1, 5), (6, 192, 4, 2, 5), (6, 320, 1, 1, 3))  # fmt: skip
    for number, (expansion, channels, depth, stride, window) in enumerate(stages, 1):
        x = sketch.add(
            mbconv(),
            x,
            name=f"mbconv{number}",
            channels=channels,
            width=before * expansion,
            squeeze=before // 4,
            kernel_size=window,
            stride=stride,
            expand=expansion > 1,
        )
        if depth > 1:
            x = sketch.add(
                residual_mbconv(),
                x,
                name=f"residual{number}",
                repeat=depth - 1,
                channels=channels,
                width=channels * expansion,
                squeeze=channels // 4,
                kernel_size=window,
            )
        before = channels
    x = sketch.add(conv, x, name="conv2", channels=1280, kernel_size=1)
    return classify(sketch, x, dropout=0.2)


def u_net() -> Project:
    """Ronneberger et al. 2015, with padding and batch norm."""
    sketch = Sketch("U-Net")
    x = sketch.input("image", "N", 3, 256, 256)
    x = sketch.add(double_conv(), x, name="stem", channels=64)
    skips = []
    for number, channels in enumerate((128, 256, 512, 1024), 1):
        skips.append(x)
        x = sketch.add(unet_down(), x, name=f"down{number}", channels=channels)
    for number, channels in enumerate((512, 256, 128, 64), 1):
        x = sketch.add(unet_up(), x, skips.pop(), name=f"up{number}", channels=channels)
    x = sketch.add("Conv2d", x, name="head", out_channels=1, kernel_size=1)
    sketch.output(x, "mask")
    return sketch.project(
        Recipe(Choice("npz"), optimizer=Choice("Adam", {"lr": 0.001}), batch_size=8)
    )
