"""Transformers and other networks of tokens: ViT, BERT, GPT-2, a translator, a text classifier."""

from __future__ import annotations

from typing import Final

from graph_model.network import Port, Project
from graph_model.recipe import Choice, Recipe
from tools.examples.attentive import (
    DROPOUT,
    EMBED_DIM,
    HIDDEN,
    NUM_HEADS,
    decoder_block,
    encoder_block,
    mlp,
    patch_embedding,
)
from tools.examples.classics import IMAGES, images
from tools.examples.sketch import Sketch

_TEXTS: Final = Recipe(
    Choice("npz", {"normalize": False}),
    optimizer=Choice("AdamW", {"lr": 0.0003, "weight_decay": 0.01}),
    schedule=Choice("CosineAnnealingLR"),
)
"""How to train on tokens of one's own, in a NumPy file."""


def vit_b_16() -> Project:
    """Dosovitskiy et al. 2020."""
    sketch = Sketch("ViT-B/16")
    image = images(sketch)
    x = sketch.add(patch_embedding(), image, name="patches", embed_dim=768)
    token = sketch.add("Parameter", name="class_token", shape=(1, 1, 768), init="zeros")
    token = sketch.add("ExpandLike", token, x, name="class_tokens")
    x = sketch.add("Concatenate", token, x, name="tokens")
    positions = sketch.add("Parameter", name="position_embedding", shape=(1, 197, 768))
    x = sketch.add("Add", x, positions, name="embedded")
    x = sketch.add(
        encoder_block(eps=1e-6),
        x,
        name="encoder",
        repeat=12,
        embed_dim=768,
        num_heads=12,
        hidden=3072,
        dropout=0.0,
    )
    x = sketch.add("LayerNorm", x, name="norm", eps=1e-6)
    x = sketch.add("Select", x, name="first", index=0)
    sketch.output(sketch.add("Linear", x, name="head", out_features=1000), "logits")
    return sketch.project(IMAGES)


def gpt_2() -> Project:
    """Radford et al. 2019, the smallest of the four."""
    sketch = Sketch("GPT-2")
    tokens = sketch.input("tokens", "N", "T", dtype="int64")
    wte = x = sketch.add("Embedding", tokens, name="wte", num_embeddings=50257, embedding_dim=768)
    places = sketch.add("Positions", tokens, name="positions")
    places = sketch.add("Embedding", places, name="wpe", num_embeddings=1024, embedding_dim=768)
    x = sketch.add("Add", x, places, name="embedded")
    x = sketch.add("Dropout", x, name="drop", p=0.1)
    x = sketch.add(
        encoder_block("tanh"),
        x,
        name="blocks",
        repeat=12,
        embed_dim=768,
        num_heads=12,
        hidden=3072,
        causal=True,
    )
    x = sketch.add("LayerNorm", x, name="norm")
    x = sketch.tied(wte, x, name="head", out_features=50257)
    sketch.output(x, "logits")
    return sketch.project(_TEXTS)


def bert_layer() -> Project:
    """Return a transformer block that normalises last, as BERT has it, with a padding mask."""
    names = ("Bert layer", EMBED_DIM, NUM_HEADS, HIDDEN, DROPOUT)
    sketch = Sketch(*names, id="bert-layer")
    x = sketch.input("x", "N", "T", 256)
    padding = sketch.input("padding_mask", "N", "T", dtype="bool")
    y = sketch.add(
        "MultiheadAttention",
        x,
        x,
        x,
        padding,
        name="attention",
        num_heads="=num_heads",
        dropout="=dropout",
    )
    y = sketch.add("Dropout", y, name="drop", p="=dropout")
    x = sketch.add("LayerNorm", sketch.add("Add", x, y), name="norm1", eps=1e-12)
    arguments = {name: f"={name}" for name in ("embed_dim", "hidden", "dropout")}
    y = sketch.add(mlp(), x, name="mlp", **arguments)
    x = sketch.add("LayerNorm", sketch.add("Add", x, y), name="norm2", eps=1e-12)
    sketch.output(x)
    return sketch.project()


def bert_base() -> Project:
    """Devlin et al. 2018, the encoder with its pooler."""
    sketch = Sketch("BERT base")
    tokens = sketch.input("input_ids", "N", "T", dtype="int64")
    types = sketch.input("token_type_ids", "N", "T", dtype="int64")
    mask = sketch.input("attention_mask", "N", "T", dtype="int64")
    words = sketch.add(
        "Embedding",
        tokens,
        name="word_embeddings",
        num_embeddings=30522,
        embedding_dim=768,
        padding_idx=0,
    )
    places = sketch.add("Positions", tokens, name="positions")
    places = sketch.add(
        "Embedding", places, name="position_embeddings", num_embeddings=512, embedding_dim=768
    )
    kinds = sketch.add(
        "Embedding", types, name="token_type_embeddings", num_embeddings=2, embedding_dim=768
    )
    x = sketch.add("Add", words, places, kinds, name="embedded", inputs=3)
    x = sketch.add("LayerNorm", x, name="norm", eps=1e-12)
    x = sketch.add("Dropout", x, name="drop", p=0.1)
    padding = sketch.add("Equal", mask, name="padding_mask", value=0)
    x = sketch.add(
        bert_layer(),
        x,
        padding,
        name="encoder",
        repeat=12,
        embed_dim=768,
        num_heads=12,
        hidden=3072,
    )
    sketch.output(x, "last_hidden_state")
    first = sketch.add("Select", x, name="first", index=0)
    pooled = sketch.add("Linear", first, name="pooler", out_features=768)
    sketch.output(sketch.add("Tanh", pooled, name="tanh"), "pooled")
    return sketch.project(_TEXTS)


def text_classifier() -> Project:
    """An LSTM in both directions; what it says of each word is weighed by attention."""
    sketch = Sketch("Text classifier")
    x = sketch.input("tokens", "N", "T", dtype="int64")
    x = sketch.add(
        "Embedding", x, name="embedding", num_embeddings=20000, embedding_dim=128, padding_idx=0
    )
    x = drop = sketch.add("Dropout", x, name="drop", p=0.3)
    states = sketch.add("LSTM", x, name="lstm", hidden_size=128, bidirectional=True)
    scores = sketch.add("Linear", states, name="score", out_features=1)
    weights = sketch.add("Softmax", scores, name="attention", dim=1)
    x = sketch.add("Multiply", states, weights, name="weighted")
    x = sketch.add("Sum", x, name="pooled", dim=(1,))
    x = sketch.again(drop, x, name="drop_pooled")
    sketch.output(sketch.add("Linear", x, name="fc", out_features=4), "topic")
    return sketch.project(_TEXTS)


def seq2seq_transformer() -> Project:
    """Vaswani et al. 2017, with the norms first and positions that are learned."""
    sketch = Sketch("Seq2seq transformer")
    source = sketch.input("source", "N", "S", dtype="int64")
    target = sketch.input("target", "N", "T", dtype="int64")
    sizes = {"embed_dim": 256, "num_heads": 8, "hidden": 1024}
    memory = _embedded(sketch, source, "source")
    memory = sketch.add(encoder_block(), memory, name="encoder", repeat=3, **sizes)
    memory = sketch.add("LayerNorm", memory, name="encoder_norm")
    x = _embedded(sketch, target, "target")
    x = sketch.add(decoder_block(), x, memory, name="decoder", repeat=3, **sizes)
    x = sketch.add("LayerNorm", x, name="decoder_norm")
    sketch.output(sketch.add("Linear", x, name="head", out_features=8000), "logits")
    return sketch.project(_TEXTS)


def _embedded(sketch: Sketch, tokens: Port, name: str) -> Port:
    """Add the embeddings of tokens and of their places."""
    x = sketch.add(
        "Embedding",
        tokens,
        name=f"{name}_embedding",
        num_embeddings=8000,
        embedding_dim=256,
        padding_idx=0,
    )
    places = sketch.add("Positions", tokens, name=f"{name}_positions")
    places = sketch.add(
        "Embedding",
        places,
        name=f"{name}_position_embedding",
        num_embeddings=512,
        embedding_dim=256,
    )
    x = sketch.add("Add", x, places, name=f"{name}_embedded")
    return sketch.add("Dropout", x, name=f"{name}_drop", p=0.1)
