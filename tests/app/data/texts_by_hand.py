"""Small networks of tokens, and what they are trained on."""

from __future__ import annotations

from graph_model.network import Project
from graph_model.recipe import Choice, Recipe
from tools.examples.sketch import Sketch


def classifier(data: Choice, vocabulary: int, classes: int) -> Project:
    sketch = Sketch("Classifier")
    x = sketch.input("tokens", "N", "T", dtype="int64")
    x = sketch.add("Embedding", x, num_embeddings=vocabulary, embedding_dim=8, padding_idx=0)
    x = sketch.add("Mean", x, dim=(1,))
    sketch.output(sketch.add("Linear", x, out_features=classes), "kind")
    return sketch.project(Recipe(data, epochs=1))


def goes_on(data: Choice, vocabulary: int) -> Project:
    sketch = Sketch("Language model")
    x = sketch.input("tokens", "N", "T", dtype="int64")
    x = sketch.add("Embedding", x, num_embeddings=vocabulary, embedding_dim=8)
    x = sketch.add("GRU", x, hidden_size=16)
    x = sketch.add("Linear", x, out_features=vocabulary)
    sketch.output(sketch.add("Transpose", x, dim0=1, dim1=2), "next")
    return sketch.project(Recipe(data, epochs=1))
