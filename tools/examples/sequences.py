"""Texts, series, a table with gaps and coloured pictures: each trained in a minute."""

from __future__ import annotations

from graph_model.network import Port, Project
from graph_model.recipe import Choice, Recipe
from tools.examples.attentive import encoder_block
from tools.examples.basics import convolution, residual
from tools.examples.sketch import Sketch

LETTERS = 79
"""How many letters the nine plays have, with padding and unknown ones."""


def play_kinds() -> Project:
    """An LSTM in both directions; attention weighs what it says of each word, and the word."""
    sketch = Sketch("Which kind of play")
    tokens = sketch.input("words", "N", "T", dtype="int64")
    x = sketch.add("Embedding", tokens, num_embeddings=8000, embedding_dim=256, padding_idx=0)
    sketch.begin(x, weight=Choice("normal_", {"std": 0.1}))
    words = drop = sketch.add("Dropout", x, name="drop", p=0.6)
    states = sketch.add("LSTM", words, name="lstm", hidden_size=48, bidirectional=True)
    x = sketch.add("Concatenate", states, words, name="said_and_read", dim=-1)
    scores = sketch.add("Linear", x, name="score", out_features=1)
    weights = sketch.add("Softmax", scores, name="attention", dim=1)
    x = sketch.add("Multiply", x, weights, name="weighted")
    x = sketch.add("Sum", x, name="pooled", dim=(1,))
    x = sketch.again(drop, x, name="drop_pooled")
    sketch.output(sketch.add("Linear", x, name="fc", out_features=3), "kind")
    return sketch.project(
        Recipe(
            Choice("shakespeare_kinds", {"vocabulary": 8000, "lowercase": True}),
            optimizer=Choice("AdamW", {"lr": 0.005, "weight_decay": 0.3}),
            schedule=Choice("CosineAnnealingLR"),
            epochs=8,
            transforms=(Choice("token_mask", {"probability": 0.2}),),
            options=(Choice("best_by", {"figure": "accuracy"}),),
        )
    )


def character_transformer() -> Project:
    """Two causal blocks that see 64 letters and say which comes next after each."""
    sketch = Sketch("Character transformer")
    tokens = sketch.input("letters", "N", "T", dtype="int64")
    x = sketch.add("Embedding", tokens, name="letter", num_embeddings=LETTERS, embedding_dim=96)
    sketch.begin(x, weight=Choice("normal_", {"std": 0.05}))
    places = sketch.add("Positions", tokens, name="positions")
    places = sketch.add("Embedding", places, name="place", num_embeddings=64, embedding_dim=96)
    sketch.begin(places, weight=Choice("normal_", {"std": 0.05}))
    x = sketch.add("Add", x, places, name="embedded")
    sizes = {"embed_dim": 96, "num_heads": 4, "hidden": 256, "dropout": 0.0}
    x = sketch.add(encoder_block(), x, name="blocks", repeat=2, causal=True, **sizes)
    x = sketch.add("LayerNorm", x, name="norm")
    x = sketch.add("Linear", x, name="head", out_features=LETTERS)
    sketch.output(sketch.add("Transpose", x, name="classes_first", dim0=1, dim1=2), "next")
    return sketch.project(
        Recipe(
            Choice("shakespeare", {"play": "all"}),
            optimizer=Choice("AdamW", {"weight_decay": 0.05}),
            schedule=Choice("OneCycleLR", {"max_lr": 0.004}),
            epochs=2,
            batch_size=32,
        )
    )


def sunspots() -> Project:
    """What two cycles say of the next year: a GRU, and a straight way around it."""
    sketch = Sketch("Sunspots")
    past = sketch.input("past", "N", 22, 1)
    x = sketch.add("GRU", past, hidden_size=16)
    x = sketch.add("Select", x, name="last")
    x = sketch.add("Linear", x, name="bend", out_features=1)
    around = sketch.add("Linear", sketch.add("Flatten", past), name="straight", out_features=1)
    sketch.output(sketch.add("Add", around, x, name="forecast"), "next")
    return sketch.project(
        Recipe(Choice("sunspots"), optimizer=Choice("Adam", {"lr": 0.01}), epochs=60, batch_size=16)
    )


def carbon_dioxide() -> Project:
    """Four weeks ahead from two years: what convolutions see is added to a straight line."""
    sketch = Sketch("Carbon dioxide")
    past = sketch.input("past", "N", 104, 1)
    x = sketch.add("Transpose", past, name="channels_first")
    for number, stride in ((1, 2), (2, 2)):
        x = sketch.add(
            "Conv1d", x, name=f"conv{number}", out_channels=8, kernel_size=5, stride=stride
        )
        x = sketch.add("ReLU", x, name=f"relu{number}")
    x = sketch.add("Flatten", x, name="flat")
    x = sketch.add("Linear", x, name="bend", out_features=4)
    line = sketch.add("Flatten", past, name="window")
    around = sketch.add("Linear", line, name="straight", out_features=4)
    sketch.output(sketch.add("Add", around, x, name="forecast"), "weeks")
    return sketch.project(
        Recipe(
            Choice("co2", {"horizon": 4}),
            optimizer=Choice("Adam", {"lr": 0.002}),
            schedule=Choice("CosineAnnealingLR"),
            epochs=40,
        )
    )


def penguins() -> Project:
    """Three species by where they live, how large they are, and their sex."""
    sketch = Sketch("Penguins")
    x = sketch.add("Input", name="penguin", shape=("N", 11))
    x = sketch.add("Linear", x, out_features=16)
    x = sketch.add("ReLU", x)
    x = sketch.add("Linear", x, out_features=3)
    sketch.add("Output", x, name="species")
    return sketch.project(
        Recipe(Choice("penguins"), optimizer=Choice("Adam", {"lr": 0.01}), epochs=20)
    )


def coloured_pictures() -> Project:
    """A residual network of three stages, for pictures of 32×32 in colours."""
    sketch = Sketch("Coloured pictures")
    x: Port = sketch.add("Input", name="picture", shape=("N", 3, 32, 32))
    x = convolution(sketch, x, 16, 2)
    x = sketch.add("ReLU", x)
    x = residual(sketch, x, 16, stride=1)
    x = residual(sketch, x, 32, stride=2)
    x = residual(sketch, x, 64, stride=2)
    x = sketch.add("AdaptiveAvgPool2d", x)
    x = sketch.add("Flatten", x)
    x = sketch.add("Dropout", x, p=0.3)
    x = sketch.add("Linear", x, out_features=6)
    sketch.add("Output", x, name="thing")
    return sketch.project(
        Recipe(
            Choice("emoji"),
            optimizer=Choice("AdamW", {"lr": 0.004, "weight_decay": 0.05}),
            schedule=Choice("CosineAnnealingLR"),
            epochs=10,
            options=(Choice("best_by", {"figure": "accuracy"}),),
        )
    )
