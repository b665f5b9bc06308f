"""Networks of several losses: what generates, compresses, compares, teaches and is taught."""

from __future__ import annotations

from graph_model.network import Port, Project
from graph_model.recipe import Choice, Objective, Phase, Player, Recipe
from tools.examples.sketch import Sketch


def digits_gan() -> Project:
    """A generator and a discriminator, which sees each generated digit twice: once cut off.

    It is kept from being steep around real digits, the penalty R1 of Mescheder and others (2018).
    """
    generator = Sketch("Generator", id="generator")
    x = generator.input("noise", "N", 32)
    for size in (256, 256):
        x = generator.add("Linear", x, out_features=size, bias=False)
        x = generator.add("BatchNorm1d", x)
        x = generator.add("ReLU", x)
    x = generator.add("Linear", x, out_features=64)
    x = generator.add("Unflatten", x, dim=1, unflattened_size=(1, 8, 8))
    generator.output(x, "image")

    judge = Sketch("Discriminator", id="discriminator")
    x = judge.input("image", "N", 1, 8, 8)
    x = judge.add("Flatten", x)
    for size in (256, 128):
        x = judge.add("Linear", x, out_features=size)
        x = judge.add("LeakyReLU", x, negative_slope=0.2)
    x = judge.add("Linear", x, out_features=1)
    judge.output(x, "score")

    sketch = Sketch("Digits GAN")
    image = sketch.input("image", "N", 1, 8, 8)
    noise = sketch.add("Randn", name="noise", shape=("N", 32))
    fake = sketch.add(generator.project(), noise, name="generator")
    real_score = sketch.add(judge.project(), image, name="discriminator")
    fake_score = sketch.again(real_score, sketch.add("Detach", fake), name="of_fakes")
    of_real = _mean_softplus(sketch, sketch.add("Negative", real_score))
    of_fake = _mean_softplus(sketch, fake_score)
    slope = sketch.add("Gradient", real_score, image, name="slope")
    steepness = sketch.add("Sum", sketch.add("Square", slope), dim=(1, 2, 3))
    penalty = sketch.add("Mean", steepness, name="penalty", dim=(0,))
    losses = sketch.add("Add", of_real, of_fake)
    sketch.output(sketch.add("Add", losses, penalty), "discriminator_loss")
    fooled = sketch.again(real_score, fake, name="to_be_fooled")
    sketch.output(_mean_softplus(sketch, sketch.add("Negative", fooled)), "generator_loss")
    sketch.output(fake, "digit")
    adam = Choice("Adam", {"lr": 0.002, "beta1": 0.0, "beta2": 0.99})
    players = (
        Player("discriminator_loss", ("discriminator",)),
        Player("generator_loss", ("generator",)),
    )
    return sketch.project(
        Recipe(
            Choice("digits"),
            optimizer=adam,
            phases=(Phase(401, Choice("CosineAnnealingLR")),),
            epochs=600,
            batch_size=128,
            options=(Choice("ema", {"decay": 0.98}),),
            players=players,
        )
    )


def _mean_softplus(sketch: Sketch, score: Port) -> Port:
    """Add the loss of scores that are to be low: ``mean(log(1 + exp(score)))``."""
    return sketch.add("Mean", sketch.add("Softplus", score), dim=(0, 1))


def fashion_autoencoder() -> Project:
    """784 pixels through 16 numbers and back."""
    sketch = Sketch("Fashion autoencoder")
    image = sketch.input("image", "N", 1, 28, 28)
    code = sketch.add(_encoder(), image, name="encoder")
    code = sketch.add("Linear", code, name="code", out_features=16)
    again = sketch.add(_decoder(16), code, name="decoder")
    sketch.output(sketch.add("MSELoss", again, image), "error")
    sketch.output(again, "reconstruction")
    return sketch.project(_long(15))


def fashion_vae() -> Project:
    """The code is a mean and a spread, from which a sample is drawn: so the decoder generates."""
    sketch = Sketch("Fashion VAE")
    image = sketch.input("image", "N", 1, 28, 28)
    x = sketch.add(_encoder(), image, name="encoder")
    mean = sketch.add("Linear", x, name="mean", out_features=16)
    log_variance = sketch.add("Linear", x, name="log_variance", out_features=16)
    half = sketch.add("Constant", name="one_half", value=0.5)
    deviation = sketch.add("Exp", sketch.add("Multiply", log_variance, half))
    noise = sketch.add("Multiply", sketch.add("RandnLike", mean, name="epsilon"), deviation)
    again = sketch.add(_decoder(16), sketch.add("Add", mean, noise, name="z"), name="decoder")
    sketch.output(sketch.add("MSELoss", again, image), "reconstruction")
    variance = sketch.add("Exp", log_variance)
    terms = sketch.add("Add", sketch.add("Square", mean), variance)
    one = sketch.add("Constant", name="one")
    terms = sketch.add("Subtract", sketch.add("Subtract", terms, log_variance), one)
    sketch.output(sketch.add("Mean", terms, dim=(0, 1)), "divergence")
    new = sketch.add("Randn", name="new_code", shape=("N", 16))
    decoder = Port("decoder", "image")
    sketch.output(sketch.again(decoder, new, name="dream"), "clothing")
    weighted = (
        Objective("reconstruction", "target", Choice("Output")),
        Objective("divergence", "target", Choice("Output"), 0.005),
    )
    return sketch.project(_long(20, *weighted))


def _long(epochs: int, *objectives: Objective) -> Recipe:
    return Recipe(
        Choice("fashion_mnist"),
        objectives=objectives,
        optimizer=Choice("Adam", {"lr": 0.002}),
        schedule=Choice("CosineAnnealingLR"),
        epochs=epochs,
        batch_size=64,
    )


def _encoder() -> Project:
    sketch = Sketch("Encoder", id="encoder")
    x = sketch.input("image", "N", 1, 28, 28)
    x = sketch.add("Flatten", x)
    for size in (256, 64):
        x = sketch.add("Linear", x, out_features=size)
        x = sketch.add("ReLU", x)
    sketch.output(x, "features")
    return sketch.project()


def _decoder(size: int) -> Project:
    sketch = Sketch("Decoder", id="decoder")
    x = sketch.input("code", "N", size)
    for features in (64, 256):
        x = sketch.add("Linear", x, out_features=features)
        x = sketch.add("ReLU", x)
    x = sketch.add("Linear", x, out_features=784)
    x = sketch.add("Unflatten", x, dim=1, unflattened_size=(1, 28, 28))
    sketch.output(x, "image")
    return sketch.project()


def fashion_distillation() -> Project:
    """A CNN learns by itself; one with a third of its weights learns from its answers as well."""
    sketch = Sketch("Fashion distillation")
    image = sketch.input("image", "N", 1, 28, 28)
    large = sketch.add(_cnn("Teacher", (16, 32, 64), 128), image, name="teacher")
    small = sketch.add(_cnn("Student", (12, 20, 32), 72), image, name="student")
    warm = sketch.add("Constant", name="coolness", value=0.25)
    soft = sketch.add("Softmax", sketch.add("Multiply", sketch.add("Detach", large), warm))
    answer = sketch.add("LogSoftmax", sketch.add("Multiply", small, warm))
    sketch.output(large, "taught")
    sketch.output(small, "clothing")
    sketch.output(sketch.add("KLDivLoss", answer, soft), "likeness")
    cross_entropy = Choice("CrossEntropyLoss")
    return sketch.project(
        Recipe(
            Choice("fashion_mnist"),
            objectives=(
                Objective("taught", "target", cross_entropy),
                Objective("clothing", "target", cross_entropy, 0.5),
                Objective("likeness", "target", Choice("Output"), 4.0),
            ),
            optimizer=Choice("AdamW", {"lr": 0.003, "weight_decay": 0.05}),
            schedule=Choice("CosineAnnealingLR"),
            epochs=10,
            batch_size=64,
            players=(Player("taught", ("teacher",)),),
        )
    )


def _cnn(name: str, channels: tuple[int, ...], hidden: int) -> Project:
    sketch = Sketch(name, id=name.lower())
    x = sketch.input("image", "N", 1, 28, 28)
    for size in channels:
        x = sketch.add("Conv2d", x, out_channels=size, kernel_size=3, padding=1, bias=False)
        x = sketch.add("BatchNorm2d", x)
        x = sketch.add("ReLU", x)
        x = sketch.add("MaxPool2d", x, kernel_size=2)
    x = sketch.add("Flatten", x)
    x = sketch.add("Linear", x, out_features=hidden)
    x = sketch.add("ReLU", x)
    x = sketch.add("Linear", x, out_features=10)
    sketch.output(x, "scores")
    return sketch.project()


def _code() -> Project:
    sketch = Sketch("Code", id="code")
    x = sketch.input("image", "N", 1, 8, 8)
    for size in (16, 32):
        x = sketch.add("Conv2d", x, out_channels=size, kernel_size=3, padding=1, bias=False)
        x = sketch.add("BatchNorm2d", x)
        x = sketch.add("ReLU", x)
        x = sketch.add("MaxPool2d", x, kernel_size=2)
    x = sketch.add("Flatten", x)
    x = sketch.add("Linear", x, out_features=16, bias=False)  # distances do not see it
    sketch.output(x, "code")
    return sketch.project()


def digits_few() -> Project:
    """A new head on the code of the pairs: which digit it is, learned from five of each."""
    sketch = Sketch("Few digits")
    image = sketch.input("image", "N", 1, 8, 8)
    code = sketch.add(_code(), image, name="code")
    code = sketch.add("ReLU", code)
    sketch.output(sketch.add("Linear", code, name="head", out_features=10), "digit")
    return sketch.project(
        Recipe(
            Choice("digits"),
            optimizer=Choice("Adam", {"lr": 0.01}),
            epochs=40,
            batch_size=27,
            validation_fraction=0.82,
            options=(
                Choice("thaw", {"epochs": ("code", 11)}),
                Choice("layer_rates", {"factors": ("code", 0.1)}),
                Choice("batch_norm_eval"),
            ),
        )
    )


def digits_pairs() -> Project:
    """Each digit beside its neighbour in the batch: near where both are the same, else apart."""
    sketch = Sketch("Digit pairs")
    image = sketch.input("image", "N", 1, 8, 8)
    label = sketch.input("label", "N", dtype="int64")
    one = sketch.add(_code(), image, name="code")
    other = sketch.add("Roll", image, name="neighbour", dims=(0,))
    other = sketch.again(one, other, name="code_of_other")
    distance = sketch.add("PairwiseDistance", one, other)
    margin = sketch.add("Constant", name="margin", value=2.0)
    same = sketch.add("Equal", label, sketch.add("Roll", label, dims=(0,)))
    score = sketch.add("Subtract", margin, distance, name="score")
    truth = sketch.add("Cast", same, name="truth")
    sketch.output(sketch.add("BCEWithLogitsLoss", score, truth), "loss")
    told = sketch.add("Cast", sketch.add("Equal", sketch.add("GreaterEqual", score), same))
    sketch.output(sketch.add("Mean", told, dim=(0,)), "right")
    return sketch.project(
        Recipe(
            Choice("digits"),
            inputs={"label": "target"},
            objectives=(
                Objective("loss", "target", Choice("Output")),
                Objective("right", "target", Choice("Output"), 0.0),
            ),
            optimizer=Choice("Adam", {"lr": 0.003}),
            schedule=Choice("CosineAnnealingLR"),
            epochs=25,
            batch_size=64,
        )
    )
