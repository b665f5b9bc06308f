"""Tables of learned vectors, looked up by index."""

from __future__ import annotations

from typing import Final

from graph_model.dims import Dim
from graph_model.layers.kind import LayerKind, Module, ports
from graph_model.layers.use import Use, set_argument
from graph_model.tensors import TensorSpec
from graph_model.values import Parameter, boolean, choice, integer, number


def _table(use: Use) -> int:
    """State the table and return the size of its vectors."""
    use.need_indices()
    count, size = use.integer("num_embeddings"), use.integer("embedding_dim")
    padding = use.optional_integer("padding_idx")
    if padding is not None and not -count <= padding < count:
        none = set_argument("padding_idx", None)
        use.refuse("padding_idx_outside", none, parameter="padding_idx", got=padding, count=count)
    use.weight("weight", count, size)
    return size


def embedding(use: Use) -> TensorSpec:
    """Look a vector up for each index."""
    size = _table(use)
    return TensorSpec((*use.input().shape, size))


def embedding_bag(use: Use) -> TensorSpec:
    """Look vectors up and reduce each bag of them: a row, or what ``offsets`` part."""
    size = _table(use)
    mode = use.text("mode")
    for parameter in ("scale_grad_by_freq", "sparse"):
        if mode == "max" and use.flag(parameter):
            use.refuse("not_with_max", set_argument(parameter, False), parameter=parameter)
    bags = _bags(use)
    if use.has("per_sample_weights"):
        if mode != "sum":
            use.refuse(
                "weights_without_sum",
                set_argument("mode", "sum"),
                port="per_sample_weights",
                mode=mode,
            )
        use.need_float32("per_sample_weights")
        use.need_shape("per_sample_weights", *use.input().shape)
    return TensorSpec((bags, size))


def _bags(use: Use) -> Dim:
    """Return how many bags there are."""
    x = use.input()
    if x.rank != 1:
        x = use.need_rank(2, "N×T")
        if use.has("offsets"):
            use.refuse("offsets_with_rows", port="offsets", shape=x)
        return x.shape[0]
    if not use.has("offsets"):
        use.refuse("missing_offsets", port="offsets")
    use.need_indices("offsets")
    bags = use.need_rank(1, "N", "offsets").shape[0] - use.flag("include_last_offset")
    use.need_positive(0, bags)
    return bags


_NUM_EMBEDDINGS: Final = integer("num_embeddings", 1000, "Size of the vocabulary.")
_EMBEDDING_DIM: Final = integer("embedding_dim", 64, "Size of each vector.")
_PADDING_IDX: Final = integer(
    "padding_idx", None, "The index that stands for nothing.", minimum=None
)
_MAX_NORM: Final = number("max_norm", None, "Vectors longer than this are shortened.", above=0)
_NORM_TYPE: Final = number("norm_type", 2.0, "Which p-norm max_norm bounds.", above=0)
_SCALE: Final = boolean("scale_grad_by_freq", False, "Whether rare words learn faster.")
_SPARSE: Final = boolean("sparse", False, "Whether the gradient is a sparse tensor.")


def _kind(
    name: str,
    help: str,
    parameters: tuple[Parameter, ...],
    *keywords: str,
    more_inputs: tuple[str, ...] = (),
) -> LayerKind:
    return LayerKind(
        name=name,
        family="embedding",
        help=help,
        form=Module(
            name,
            positional=("num_embeddings", "embedding_dim"),
            always=("num_embeddings", "embedding_dim"),
        ),
        rule=embedding_bag if more_inputs else embedding,
        parameters=parameters,
        inputs=ports("input", *more_inputs),
        optional_inputs=frozenset(more_inputs),
        card=("!{num_embeddings}→{embedding_dim}", *(["{mode}"] if more_inputs else [])),
        keywords=("word", "token", "vocabulary", "lookup", *keywords),
        documentation=f"torch.nn.{name}.html",
    )


KINDS: Final = (
    _kind(
        "Embedding",
        "Looks up a learned vector for each index, such as a word's number.",
        (_NUM_EMBEDDINGS, _EMBEDDING_DIM, _PADDING_IDX, _MAX_NORM, _NORM_TYPE, _SCALE, _SPARSE),
    ),
    _kind(
        "EmbeddingBag",
        "Looks up a vector for each index and gives one for each bag: their mean, sum or maximum.",
        (
            _NUM_EMBEDDINGS,
            _EMBEDDING_DIM,
            _MAX_NORM,
            _NORM_TYPE,
            _SCALE,
            choice("mode", ("sum", "mean", "max"), "mean", "What is made of a bag's vectors."),
            _SPARSE,
            boolean(
                "include_last_offset", False, "Whether offsets end with the number of indices."
            ),
            _PADDING_IDX,
        ),
        "bag of words",
        more_inputs=("offsets", "per_sample_weights"),
    ),
)
