"""Blocks of transformers."""

from __future__ import annotations

from graph_model.network import Port, Project
from graph_model.values import boolean, integer, number
from tools.examples.sketch import Sketch, other

EMBED_DIM = integer("embed_dim", 256, "How many features each token has.")
NUM_HEADS = integer("num_heads", 8, "How many heads share these features.")
HIDDEN = integer("hidden", 1024, "How many features there are within the MLP.")
DROPOUT = number("dropout", 0.1, "The share that is dropped in training.", minimum=0, maximum=1)
CAUSAL = boolean("causal", False, "Let each token see only those before it.")


def self_attention() -> Project:
    """Return attention of all tokens to one another, query, key and value in one projection."""
    sketch = Sketch("Self-attention", EMBED_DIM, NUM_HEADS, DROPOUT, CAUSAL, id="self-attention")
    x = sketch.input("x", "N", "T", 256)
    x = sketch.add("Linear", x, name="qkv", in_features="=embed_dim", out_features="=embed_dim * 3")
    x = sketch.add("Unflatten", x, name="heads", dim=-1, unflattened_size="=(3, num_heads, -1)")
    x = sketch.add("Permute", x, name="swap", dims=(2, 0, 3, 1, 4))
    query = sketch.add("Unbind", x, name="unbind", dim=0, outputs=3)
    x = sketch.add(
        "ScaledDotProductAttention",
        query,
        other(query, "output2"),
        other(query, "output3"),
        name="attention",
        is_causal="=causal",
    )
    x = sketch.add("Transpose", x, name="swap_back")
    x = sketch.add("Flatten", x, name="flat", start_dim=2)
    x = sketch.add("Linear", x, name="proj", out_features="=embed_dim")
    sketch.output(sketch.add("Dropout", x, name="drop", p="=dropout"))
    return sketch.project()


def mlp(approximate: str = "none") -> Project:
    """Return the two layers that follow the attention."""
    sketch = Sketch("MLP", EMBED_DIM, HIDDEN, DROPOUT, id="mlp")
    x = sketch.input("x", "N", "T", 256)
    x = sketch.add("Linear", x, name="fc1", in_features="=embed_dim", out_features="=hidden")
    x = sketch.add("GELU", x, name="act", approximate=approximate)
    x = sketch.add("Linear", x, name="fc2", out_features="=embed_dim")
    sketch.output(sketch.add("Dropout", x, name="drop", p="=dropout"))
    return sketch.project()


def encoder_block(approximate: str = "none", eps: float = 1e-5) -> Project:
    """Return a transformer block that normalises first: attention, then an MLP."""
    sketch = Sketch(
        "Transformer encoder block",
        EMBED_DIM,
        NUM_HEADS,
        HIDDEN,
        DROPOUT,
        CAUSAL,
        id="transformer-encoder-block",
    )
    x = sketch.input("x", "N", "T", 256)
    y = sketch.add("LayerNorm", x, name="norm1", eps=eps)
    y = sketch.add(
        self_attention(),
        y,
        name="attention",
        embed_dim="=embed_dim",
        num_heads="=num_heads",
        dropout="=dropout",
        causal="=causal",
    )
    x = sketch.add("Add", x, y, name="add1")
    sketch.output(_feed_forward(sketch, x, "norm2", "add2", approximate, eps))
    return sketch.project()


def _feed_forward(
    sketch: Sketch, x: Port, norm: str, add: str, approximate: str = "none", eps: float = 1e-5
) -> Port:
    y = sketch.add("LayerNorm", x, name=norm, eps=eps)
    y = sketch.add(
        mlp(approximate),
        y,
        name="mlp",
        embed_dim="=embed_dim",
        hidden="=hidden",
        dropout="=dropout",
    )
    return sketch.add("Add", x, y, name=add)


def decoder_block() -> Project:
    """Return a transformer block that looks at what an encoder made as well."""
    sketch = Sketch(
        "Transformer decoder block",
        EMBED_DIM,
        NUM_HEADS,
        HIDDEN,
        DROPOUT,
        id="transformer-decoder-block",
    )
    x = sketch.input("x", "N", "T", 256)
    memory = sketch.input("memory", "N", "S", 256)
    y = sketch.add("LayerNorm", x, name="norm1")
    y = sketch.add(
        self_attention(),
        y,
        name="self_attention",
        embed_dim="=embed_dim",
        num_heads="=num_heads",
        dropout="=dropout",
        causal=True,
    )
    x = sketch.add("Add", x, y, name="add1")
    y = sketch.add("LayerNorm", x, name="norm2")
    y = sketch.add(
        "MultiheadAttention",
        y,
        memory,
        memory,
        name="cross_attention",
        num_heads="=num_heads",
        dropout="=dropout",
    )
    x = sketch.add("Add", x, y, name="add2")
    sketch.output(_feed_forward(sketch, x, "norm3", "add3"))
    return sketch.project()


def patch_embedding() -> Project:
    """Return an image cut into patches, each of which becomes a token."""
    patch = integer("patch_size", 16, "Height and width of a patch.")
    sketch = Sketch("Patch embedding", EMBED_DIM, patch, id="patch-embedding")
    x = sketch.input("image", "N", 3, 224, 224)
    x = sketch.add(
        "Conv2d",
        x,
        name="proj",
        out_channels="=embed_dim",
        kernel_size="=patch_size",
        stride="=patch_size",
    )
    x = sketch.add("Flatten", x, name="flat", start_dim=2)
    sketch.output(sketch.add("Transpose", x, name="swap"), "tokens")
    return sketch.project()
