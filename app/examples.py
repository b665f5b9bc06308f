"""The examples that come with the application."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from app.resources import RESOURCES
from graph_model.network import Project
from graph_model.storage import load

DEFAULT: Final = "digits-resnet"
"""The one that is trained where nothing else is asked for."""


@dataclass(frozen=True, slots=True)
class Example:
    """One example; ``reaches`` is the figure on the validation split that its recipe attains.

    Title and description are English sources of the translation context ``Example``.
    """

    name: str
    title: str
    description: str
    metric: str
    reaches: float

    @property
    def path(self) -> Path:
        """The project file."""
        return RESOURCES / "examples" / f"{self.name}.weft"


EXAMPLES: Final = (
    Example(
        "linear-regression",
        "Linear regression",
        "A straight line through noisy points: one layer, two parameters.",
        "r2",
        0.95,
    ),
    Example(
        "perceptron",
        "Perceptron",
        "One neuron that tells benign tumours from malignant ones by thirty measurements.",
        "accuracy",
        0.93,
    ),
    Example(
        "iris-mlp",
        "MLP on iris flowers",
        "Three species of iris by four measurements of their flowers.",
        "accuracy",
        0.93,
    ),
    Example(
        "fashion-mlp",
        "MLP on Fashion-MNIST",
        "784-512-256-128-10 with dropout tells ten kinds of clothes apart.",
        "accuracy",
        0.84,
    ),
    Example(
        "fashion-cnn",
        "CNN on Fashion-MNIST",
        "Three blocks of convolution, batch norm and pooling see clothes better than an MLP.",
        "accuracy",
        0.86,
    ),
    Example(
        "digits-resnet",
        "ResNet on digits",
        "A small residual network with skip connections reads handwritten digits.",
        "accuracy",
        0.98,
    ),
    Example(
        "sequence-lstm",
        "LSTM on sequences",
        "Which of two pulses comes first? An LSTM remembers.",
        "accuracy",
        0.95,
    ),
)
"""Every example, in the order of the welcome page."""

BY_NAME: Final = {example.name: example for example in EXAMPLES}


class UnknownExampleError(Exception):
    """There is no example of that name; the message says which there are."""


def load_example(name: str) -> Project:
    """Return a fresh copy of an example; raises ``UnknownExampleError`` where there is none."""
    example = BY_NAME.get(name)
    if example is None:
        near = get_close_matches(name, BY_NAME, 1)
        hint = f"Did you mean “{near[0]}”?" if near else f"There are: {', '.join(BY_NAME)}."
        raise UnknownExampleError(f"There is no example called “{name}”. {hint}")
    return load(example.path)
