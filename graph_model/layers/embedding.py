"""Tables of learned vectors, looked up by index."""

from __future__ import annotations

from typing import Final

from graph_model.layers.kind import LayerKind, Module
from graph_model.layers.use import Use, set_argument
from graph_model.tensors import TensorSpec
from graph_model.values import boolean, integer, number


def embedding(use: Use) -> TensorSpec:
    """Look a vector up for each index."""
    use.need_indices()
    count, size = use.integer("num_embeddings"), use.integer("embedding_dim")
    padding = use.optional_integer("padding_idx")
    if padding is not None and not -count <= padding < count:
        none = set_argument("padding_idx", None)
        use.refuse("padding_idx_outside", none, parameter="padding_idx", got=padding, count=count)
    use.weight("weight", count, size)
    return TensorSpec((*use.input().shape, size))


KINDS: Final = (
    LayerKind(
        name="Embedding",
        family="embedding",
        help="Looks up a learned vector for each index, such as a word's number.",
        form=Module(
            "Embedding",
            positional=("num_embeddings", "embedding_dim"),
            always=("num_embeddings", "embedding_dim"),
        ),
        rule=embedding,
        parameters=(
            integer("num_embeddings", 1000, "Size of the vocabulary."),
            integer("embedding_dim", 64, "Size of each vector."),
            integer("padding_idx", None, "The index that stands for nothing.", minimum=None),
            number("max_norm", None, "Vectors longer than this are shortened.", above=0),
            boolean("scale_grad_by_freq", False, "Whether rare words learn faster."),
            boolean("sparse", False, "Whether the gradient is a sparse tensor."),
        ),
        card=("!{num_embeddings}→{embedding_dim}",),
        keywords=("word", "token", "vocabulary", "lookup"),
        documentation="torch.nn.Embedding.html",
    ),
)
