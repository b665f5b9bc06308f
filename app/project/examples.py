"""The examples that come with the application."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.late import late
from app.resources import RESOURCES
from graph_model.files.storage import load
from graph_model.frozen import frozen
from graph_model.network import Project

if TYPE_CHECKING:
    from app.runs.job import Beginning

DEFAULT: Final = "digits-resnet"
"""The one that is trained where nothing else is asked for."""


@frozen
class Example:
    """One example: ``reaches`` is the figure on the validation split that its recipe attains.

    A ``loss`` falls to that instead; ``seconds`` are those that one thread took for it.

    Those without a ``metric`` want data of one's own, and have the ``parameters`` that were
    published. One that ``begins_with`` another has weights of that, those of some ``blocks``, to
    begin with; its figure is that on the test split. Title and description are English sources of
    the translation context ``Example``.
    """

    name: str
    title: str
    description: str
    metric: str = ""
    reaches: float = 0.0
    seconds: int = 0
    parameters: int = 0
    begins_with: str = ""
    blocks: tuple[str, ...] = ()

    @property
    def path(self) -> Path:
        """The project file."""
        return RESOURCES / "examples" / f"{self.name}.weft"

    @property
    def beginning(self) -> Beginning | None:
        """The weights that a run of it begins with, if not with new ones."""
        if not self.begins_with:
            return None
        path = RESOURCES / "examples" / f"{self.begins_with}.safetensors"
        begun: Beginning = late("app.runs.job").Beginning(path, blocks=self.blocks)
        return begun


TRAINED: Final = (
    Example(
        "linear-regression",
        "Linear regression",
        "A straight line through noisy points: one layer, two parameters.",
        metric="r2",
        reaches=0.95,
    ),
    Example(
        "perceptron",
        "Perceptron",
        "One neuron that tells benign tumours from malignant ones by thirty measurements.",
        metric="accuracy",
        reaches=0.93,
    ),
    Example(
        "iris-mlp",
        "MLP on iris flowers",
        "Three species of iris by four measurements of their flowers.",
        metric="accuracy",
        reaches=0.93,
    ),
    Example(
        "fashion-mlp",
        "MLP on Fashion-MNIST",
        "784-512-256-128-10 with dropout tells ten kinds of clothes apart.",
        metric="accuracy",
        reaches=0.84,
    ),
    Example(
        "fashion-cnn",
        "CNN on Fashion-MNIST",
        "Three blocks of convolution, batch norm and pooling see clothes better than an MLP.",
        metric="accuracy",
        reaches=0.86,
    ),
    Example(
        "fashion-augmented",
        "CNN on Fashion-MNIST, augmented",
        "The same CNN on clothes that are mirrored and moved a little, anew in each epoch: all of "
        "them where the whole set is installed, else the subset.",
        metric="accuracy",
        reaches=0.87,
        seconds=15,
    ),
    Example(
        "digits-resnet",
        "ResNet on digits",
        "A small residual network with skip connections reads handwritten digits.",
        metric="accuracy",
        reaches=0.98,
    ),
    Example(
        "sequence-lstm",
        "LSTM on sequences",
        "Which of two pulses comes first? An LSTM remembers.",
        metric="accuracy",
        reaches=0.95,
    ),
    Example(
        "lenet-5",
        "LeNet-5",
        "The network of 1998 that read the digits on cheques, here on clothes.",
        metric="accuracy",
        reaches=0.84,
        parameters=61_706,
    ),
)
"""What can be trained at once."""

PLAYERS: Final = (
    Example(
        "digits-gan",
        "GAN on digits",
        "A generator draws digits, and a discriminator tells them from real ones: two losses, each "
        "with an optimizer of its own.",
    ),
    Example(
        "fashion-autoencoder",
        "Autoencoder on Fashion-MNIST",
        "Clothes through sixteen numbers and back.",
        metric="loss",
        reaches=0.14,
        seconds=13,
    ),
    Example(
        "fashion-vae",
        "VAE on Fashion-MNIST",
        "An autoencoder whose codes are drawn at random, so that it can dream up clothes.",
        metric="loss",
        reaches=0.165,
        seconds=21,
    ),
    Example(
        "fashion-distillation",
        "Distillation on Fashion-MNIST",
        "A CNN with a third of the weights learns from the answers of a larger one beside it.",
        metric="clothing.accuracy",
        reaches=0.86,
        seconds=93,
    ),
    Example(
        "digits-pairs",
        "Siamese network on digits",
        "The same weights see two digits, and put them near each other where they are the same.",
        metric="loss",
        reaches=0.08,
        seconds=14,
    ),
    Example(
        "digits-few",
        "Fine-tuning on few digits",
        "A new head learns from five of each digit, on what the Siamese network has learned: "
        "frozen at first.",
        metric="accuracy",
        reaches=0.94,
        seconds=4,
        begins_with="digits-pairs",
        blocks=("code",),
    ),
)
"""What has several losses, or uses weights several times."""

READ: Final = (
    Example(
        "play-kinds",
        "Which kind of play",
        "Passages of Shakespeare: comedy, history or tragedy? An LSTM in both directions reads "
        "them, and attention weighs the words.",
        metric="accuracy",
        reaches=0.85,
        seconds=45,
    ),
    Example(
        "character-transformer",
        "Transformer that writes plays",
        "It says which letter comes next, and so goes on with nine plays of Shakespeare.",
        metric="loss",
        reaches=1.75,
        seconds=50,
    ),
    Example(
        "sunspots",
        "Forecast of sunspots",
        "The next year from two cycles: a GRU, and a straight way around it.",
        metric="r2",
        reaches=0.8,
        seconds=5,
    ),
    Example(
        "carbon-dioxide",
        "Forecast of carbon dioxide",
        "Four weeks ahead from two years at Mauna Loa, by convolutions beside a straight line.",
        metric="r2",
        reaches=0.8,
        seconds=5,
    ),
    Example(
        "penguins",
        "Penguins with gaps",
        "Three species by a table of words and numbers in which values are missing.",
        metric="accuracy",
        reaches=0.95,
        seconds=3,
    ),
    Example(
        "coloured-pictures",
        "ResNet on coloured pictures",
        "Six kinds of things in colours; what it is tested on it has never seen in any form.",
        metric="accuracy",
        reaches=0.7,
        seconds=20,
    ),
)
"""What is read from texts, over time, from a table with gaps, or in colours."""

VISION: Final = (
    Example(
        "alexnet",
        "AlexNet",
        "Five convolutions and three wide linear layers that began it all in 2012.",
        parameters=61_100_840,
    ),
    Example(
        "vgg-16",
        "VGG-16",
        "Windows of 3×3 and nothing else, sixteen layers deep.",
        parameters=138_357_544,
    ),
    Example(
        "googlenet",
        "GoogLeNet",
        "Inception blocks: four sizes of window side by side.",
        parameters=6_624_904,
    ),
    Example(
        "resnet-18",
        "ResNet-18",
        "Residual blocks, each with a way around it.",
        parameters=11_689_512,
    ),
    Example("resnet-50", "ResNet-50", "Bottleneck blocks in four stages.", parameters=25_557_032),
    Example(
        "resnet-152",
        "ResNet-152",
        "The same four stages, three times as deep.",
        parameters=60_192_808,
    ),
    Example(
        "squeezenet-1-0",
        "SqueezeNet 1.0",
        "Fire blocks: AlexNet's accuracy with a fiftieth of its weights.",
        parameters=1_248_424,
    ),
    Example(
        "densenet-121",
        "DenseNet-121",
        "Every layer sees all that came before it.",
        parameters=7_978_856,
    ),
    Example(
        "mobilenet-v2",
        "MobileNetV2",
        "Inverted residual blocks, made for telephones.",
        parameters=3_504_872,
    ),
    Example(
        "efficientnet-b0",
        "EfficientNet-B0",
        "Inverted residual blocks that weigh their channels.",
        parameters=5_288_548,
    ),
    Example(
        "u-net",
        "U-Net",
        "Down, up, and across: a mask as large as the image.",
        parameters=31_037_633,
    ),
    Example(
        "vit-b-16",
        "ViT-B/16",
        "An image as 196 words, read by a transformer.",
        parameters=86_567_656,
    ),
)
"""Networks that see."""

LANGUAGE: Final = (
    Example(
        "text-classifier",
        "Text classifier",
        "An LSTM in both directions, and attention that weighs the words.",
        parameters=2_825_477,
    ),
    Example(
        "seq2seq-transformer",
        "Seq2seq transformer",
        "An encoder reads one sentence, a decoder writes the other.",
        parameters=11_944_768,
    ),
    Example(
        "bert-base",
        "BERT base",
        "Twelve encoder layers with a padding mask, and a pooler.",
        parameters=109_482_240,
    ),
    Example(
        "gpt-2",
        "GPT-2",
        "Twelve causal blocks; the head shares the embedding's weights.",
        parameters=124_439_808,
    ),
)
"""Networks that read and write."""

GROUPS: Final = {
    "Train at once": TRAINED,
    "Several losses": PLAYERS,
    "Texts, series and pictures": READ,
    "Published networks that see": VISION,
    "Networks that read and write": LANGUAGE,
}
"""The examples by the headings of the welcome page, sources of the context ``Example``."""

EXAMPLES: Final = (*TRAINED, *PLAYERS, *READ, *VISION, *LANGUAGE)

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
