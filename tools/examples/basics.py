"""Small networks to begin with, each of which is trained in a minute on data that comes along."""

from __future__ import annotations

from dataclasses import replace

from graph_model.network import Port, Project
from graph_model.recipe import Choice, Recipe
from tools.examples.sketch import Sketch


def linear_regression() -> Project:
    """``y = a x + b``."""
    sketch = Sketch("Linear regression")
    x = sketch.add("Input", name="x", shape=("N", 1))
    y = sketch.add("Linear", x, out_features=1)
    sketch.add("Output", y, name="y")
    return sketch.project(
        Recipe(Choice("linear"), optimizer=Choice("SGD", {"lr": 0.05}), epochs=20, batch_size=16),
    )


def perceptron() -> Project:
    """One neuron, whose output is the logit of the second class."""
    sketch = Sketch("Perceptron")
    x = sketch.add("Input", name="measurements", shape=("N", 30))
    x = sketch.add("Linear", x, out_features=1)
    sketch.add("Output", x, name="benign")
    return sketch.project(
        Recipe(Choice("breast_cancer"), optimizer=Choice("Adam", {"lr": 0.02}), epochs=20),
    )


def iris_mlp() -> Project:
    """4-16-16-3."""
    sketch = Sketch("Iris MLP")
    x = sketch.add("Input", name="flower", shape=("N", 4))
    for size in (16, 16):
        x = sketch.add("Linear", x, out_features=size)
        x = sketch.add("ReLU", x)
    x = sketch.add("Linear", x, out_features=3)
    sketch.add("Output", x, name="species")
    return sketch.project(
        Recipe(
            Choice("iris"),
            optimizer=Choice("Adam", {"lr": 0.01}),
            epochs=60,
            batch_size=16,
            validation_fraction=0.2,
            test_fraction=0.2,
        ),
    )


def fashion_mlp() -> Project:
    """784-512-256-128-10 with dropout."""
    sketch = Sketch("Fashion MLP")
    x = sketch.add("Input", name="image", shape=("N", 1, 28, 28))
    x = sketch.add("Flatten", x)
    for size in (512, 256, 128):
        x = sketch.add("Linear", x, out_features=size)
        x = sketch.add("ReLU", x)
        x = sketch.add("Dropout", x, p=0.2)
    x = sketch.add("Linear", x, out_features=10)
    sketch.add("Output", x, name="clothing")
    return sketch.project(
        Recipe(
            Choice("fashion_mnist"),
            schedule=Choice("OneCycleLR", {"max_lr": 0.003}),
            epochs=15,
            batch_size=64,
        ),
    )


def fashion_cnn() -> Project:
    """Return the network of three blocks, trained on the clothes as they are."""
    return _clothes("Fashion CNN").project(_of_clothes(epochs=10))


def fashion_augmented() -> Project:
    """Return the same network, trained on clothes that differ a little in each epoch.

    They are those of the whole set, where that is installed.
    """
    changes = (Choice("horizontal_flip"), Choice("crop", {"padding": 1}))
    data = Choice("fashion_mnist", {"extent": "auto"})
    return _clothes("Fashion CNN augmented").project(
        replace(_of_clothes(epochs=6), data=data, transforms=changes)
    )


def _clothes(title: str) -> Sketch:
    """Return three blocks of convolution, batch norm, ReLU and pooling, then two linear layers."""
    sketch = Sketch(title)
    x = sketch.add("Input", name="image", shape=("N", 1, 28, 28))
    for channels in (16, 32, 64):
        x = sketch.add("Conv2d", x, out_channels=channels, kernel_size=3, padding=1, bias=False)
        x = sketch.add("BatchNorm2d", x)
        x = sketch.add("ReLU", x)
        x = sketch.add("MaxPool2d", x, kernel_size=2)
    x = sketch.add("Flatten", x)
    x = sketch.add("Linear", x, out_features=128)
    x = sketch.add("ReLU", x)
    x = sketch.add("Linear", x, out_features=10)
    sketch.add("Output", x, name="clothing")
    return sketch


def _of_clothes(epochs: int) -> Recipe:
    return Recipe(
        Choice("fashion_mnist"),
        optimizer=Choice("AdamW", {"lr": 0.003, "weight_decay": 0.05}),
        schedule=Choice("CosineAnnealingLR"),
        epochs=epochs,
        batch_size=64,
    )


def digits_resnet() -> Project:
    """A convolution, two residual blocks, of which the second halves the image, and pooling."""
    sketch = Sketch("Digits ResNet")
    x = sketch.add("Input", name="image", shape=("N", 1, 8, 8))
    x = convolution(sketch, x, 16)
    x = sketch.add("ReLU", x)
    x = residual(sketch, x, 16, stride=1)
    x = residual(sketch, x, 32, stride=2)
    x = sketch.add("AdaptiveAvgPool2d", x)
    x = sketch.add("Flatten", x)
    x = sketch.add("Linear", x, out_features=10)
    sketch.add("Output", x, name="digit")
    return sketch.project(
        Recipe(
            Choice("digits"),
            optimizer=Choice("Adam", {"lr": 0.003}),
            schedule=Choice("CosineAnnealingLR"),
            epochs=15,
            batch_size=32,
        ),
    )


def residual(sketch: Sketch, x: Port, channels: int, *, stride: int) -> Port:
    """Add two convolutions with a way around them, itself a convolution where sizes change."""
    y = convolution(sketch, x, channels, stride)
    y = sketch.add("ReLU", y)
    y = convolution(sketch, y, channels)
    around = x if stride == 1 else convolution(sketch, x, channels, stride, kernel_size=1)
    return sketch.add("ReLU", sketch.add("Add", y, around))


def convolution(
    sketch: Sketch, x: Port, channels: int, stride: int = 1, kernel_size: int = 3
) -> Port:
    """Add a convolution and the norm behind it."""
    x = sketch.add(
        "Conv2d",
        x,
        out_channels=channels,
        kernel_size=kernel_size,
        stride=stride,
        padding=kernel_size // 2,
        bias=False,
    )
    return sketch.add("BatchNorm2d", x)


def sequence_lstm() -> Project:
    """An LSTM whose last output is classified."""
    sketch = Sketch("Sequence LSTM")
    x = sketch.add("Input", name="signal", shape=("N", 24, 2))
    x = sketch.add("LSTM", x, hidden_size=32)
    x = sketch.add("Select", x, name="last")
    x = sketch.add("Linear", x, out_features=2)
    sketch.add("Output", x, name="first")
    return sketch.project(
        Recipe(
            Choice("sequence", {"samples": 2000}),
            optimizer=Choice("Adam", {"lr": 0.01}),
            epochs=15,
            batch_size=64,
        ),
    )
