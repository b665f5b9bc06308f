"""How far two tensors are from each other."""

from __future__ import annotations

from typing import Final

from graph_model.layers.arithmetic import same_dtype
from graph_model.layers.broadcasting import broadcast
from graph_model.layers.kind import LayerKind, Module, Rule, ports
from graph_model.layers.use import Use
from graph_model.tensors import TensorSpec
from graph_model.values import Parameter, boolean, integer, number


def _together(use: Use) -> TensorSpec:
    """Return what two inputs of real numbers broadcast to."""
    use.need_floating()
    x1, x2 = same_dtype(use)
    return x1.with_shape(*broadcast(use, x1, x2))


def cosine_similarity(use: Use) -> TensorSpec:
    """``x₁·x₂ / (‖x₁‖ ‖x₂‖)`` along one dimension."""
    x = _together(use)
    dim = use.dim("dim", x.rank, "x1")
    return x.with_shape(*x.shape[:dim], *x.shape[dim + 1 :])


def pairwise_distance(use: Use) -> TensorSpec:
    """``‖x₁ − x₂‖`` along the last dimension."""
    x = _together(use)
    use.need_rank_at_least(1, "x1" if use.input("x1").rank else "x2")
    return x.with_shape(*x.shape[:-1], *([1] if use.flag("keepdim") else []))


def _kind(
    name: str,
    help: str,
    rule: Rule,
    *parameters: Parameter,
    card: tuple[str, ...] = (),
    stem: str = "",
    keywords: tuple[str, ...] = (),
) -> LayerKind:
    return LayerKind(
        name=name,
        family="distance",
        help=help,
        form=Module(name),
        rule=rule,
        parameters=parameters,
        inputs=ports("x1", "x2"),
        card=card,
        stem=stem,
        keywords=keywords,
        documentation=f"torch.nn.{name}.html",
    )


KINDS: Final = (
    _kind(
        "CosineSimilarity",
        "The cosine of the angle between two vectors: 1 for the same direction.",
        cosine_similarity,
        integer("dim", 1, "The dimension of the vectors.", minimum=None),
        number("eps", 1e-8, "Keeps division by zero away.", above=0),
        card=("!dim {dim}",),
        stem="similarity",
        keywords=("angle", "dot"),
    ),
    _kind(
        "PairwiseDistance",
        "The distance between two vectors in the last dimension.",
        pairwise_distance,
        number("p", 2.0, "The norm: 1 for city blocks, 2 for straight lines."),
        number("eps", 1e-6, "Added to the difference.", minimum=0),
        boolean("keepdim", False, "Whether the reduced dimension stays, with size 1."),
        card=("p{p}",),
        stem="distance",
        keywords=("euclidean", "norm", "l2"),
    ),
)
