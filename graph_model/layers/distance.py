"""How far two tensors are from each other, and losses of more than an output and its target.

A loss that holds one output against one target belongs to the recipe; one that takes several
outputs, holds weights of its own, or has a target of varying length, is drawn.
"""

from __future__ import annotations

import math
from typing import Final

from graph_model.layers.arithmetic import same_dtype
from graph_model.layers.call import each_row, nothing
from graph_model.layers.kind import Count, LayerKind, Module, Rule, ports
from graph_model.layers.use import Use, broadcast, set_argument
from graph_model.tensors import TensorSpec
from graph_model.values import Parameter, boolean, choice, inferred, integer, integers, number


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


def _reduced(use: Use, each: TensorSpec) -> TensorSpec:
    """Return the loss: one for each, or a single number."""
    return each if use.text("reduction") == "none" else each.with_shape()


def _need_alike(use: Use, *others: str) -> TensorSpec:
    """Return the first input, to which the others must be alike in shape and dtype."""
    first = next(iter(use.inputs.values()))
    use.need_floating(next(iter(use.inputs)), *others)
    for port in others:
        use.need_shape(port, *first.shape)
        _need_dtype(use, port, first.dtype)
    return first


def _need_dtype(use: Use, port: str, dtype: str) -> None:
    if use.input(port).dtype != dtype:
        use.refuse("different_dtypes", port=port, a=dtype, b=use.input(port).dtype)


def cosine_embedding_loss(use: Use) -> TensorSpec:
    """Pull together what has target 1, push apart what has −1."""
    use.need_rank(2, "N×C", "input1")
    x = _need_alike(use, "input2")
    use.need_numbers("target")
    use.need_shape("target", x.shape[0])
    return _reduced(use, x.with_shape(x.shape[0]))


def margin_ranking_loss(use: Use) -> TensorSpec:
    """``max(0, −target · (input1 − input2) + margin)``."""
    x = _need_alike(use, "input2")
    use.need_numbers("target")
    use.need_shape("target", *x.shape)
    if use.input("target").is_floating:
        _need_dtype(use, "target", x.dtype)
    return _reduced(use, x)


def triplet_margin_loss(use: Use) -> TensorSpec:
    """``max(0, ‖anchor − positive‖ − ‖anchor − negative‖ + margin)`` along the last dimension."""
    use.need_rank_at_least(1, "anchor")
    x = _need_alike(use, "positive", "negative")
    return _reduced(use, x.with_shape(*x.shape[:-1]))


def gaussian_nll_loss(use: Use) -> TensorSpec:
    """``½ (log var + (input − target)² / var)``, with a variance for each or for each sample."""
    use.need_rank_at_least(1, "input")
    x = _need_alike(use, "target")
    _need_dtype(use, "var", x.dtype)
    if use.input("var").shape != (*x.shape[:-1], 1):
        use.need_shape("var", *x.shape)
    return _reduced(use, x)


def multi_label_margin_loss(use: Use) -> TensorSpec:
    """The scores of the right classes, listed first in the target, lead those of the others."""
    use.need_floating("input")
    x = use.need_rank(2, "N×C", "input")
    use.need_indices("target", dtypes=("int64",))
    use.need_shape("target", *x.shape)
    return _reduced(use, x.with_shape(x.shape[0]))


def ctc_loss(use: Use) -> TensorSpec:
    """Sum over all alignments of a target sequence (Graves et al. 2006)."""
    use.need_float32("log_probs")
    _, batch, classes = use.need_rank(3, "T×N×C", "log_probs").shape
    blank = use.integer("blank")
    if isinstance(classes, int) and blank >= classes:
        use.refuse(
            "blank_outside", set_argument("blank", 0), parameter="blank", got=blank, classes=classes
        )
    use.need_indices("targets")
    if use.input("targets").rank != 1:  # all of them in one row need no more than their lengths
        use.need_rank(2, "N×S", "targets")
        use.need_size("targets", 0, batch)
    for port in ("input_lengths", "target_lengths"):
        use.need_indices(port)
        use.need_shape(port, batch)
    return _reduced(use, use.input("log_probs").with_shape(batch))


def adaptive_log_softmax(use: Use) -> tuple[TensorSpec, TensorSpec]:
    """Softmax with small tables for rare classes (Grave et al. 2017, arXiv:1609.04309)."""
    use.need_float32("input")
    x = use.need_rank(2, "N×C", "input")
    use.need_indices("target", dtypes=("int64",))
    use.need_shape("target", x.shape[0])
    features, classes = use.infer("in_features", -1), use.integer("n_classes")
    cutoffs = use.integers("cutoffs")
    if (
        not cutoffs
        or sorted({*cutoffs}) != [*cutoffs]
        or not 0 < cutoffs[0] <= cutoffs[-1] < classes
    ):
        few = set_argument("cutoffs", (max(1, classes // 10),))
        use.refuse("bad_cutoffs", few, parameter="cutoffs", classes=classes)
    head = cutoffs[0] + len(cutoffs)
    use.weight("head.weight", head, features)
    if use.flag("head_bias"):
        use.weight("head.bias", head)
    for index, (low, high) in enumerate(zip(cutoffs, (*cutoffs[1:], classes), strict=True)):
        width = math.floor(features // use.number("div_value") ** (index + 1))
        if width < 1:
            largest = set_argument("div_value", 1.0)
            use.refuse("cluster_without_width", largest, parameter="div_value", index=index + 1)
        use.weight(f"tail.{index}.0.weight", width, features)
        use.weight(f"tail.{index}.1.weight", high - low, width)
    return x.with_shape(x.shape[0]), x.with_shape()


_REDUCTION: Final = choice(
    "reduction", ("mean", "sum", "none"), "mean", "What becomes of the losses of a batch."
)
_MARGIN_ZERO: Final = number("margin", 0.0, "The distance to be kept.")


def _kind(
    name: str,
    help: str,
    rule: Rule,
    inputs: tuple[str, ...],
    *parameters: Parameter,
    form: Module | None = None,
    outputs: tuple[str, ...] = ("output",),
    card: tuple[str, ...] = (),
    stem: str = "loss",
    keywords: tuple[str, ...] = (),
    multiply_adds: Count = nothing,
) -> LayerKind:
    return LayerKind(
        name=name,
        family="distance",
        help=help,
        form=form or Module(name),
        rule=rule,
        parameters=parameters,
        inputs=ports(*inputs),
        outputs=ports(*outputs),
        card=card,
        stem=stem,
        keywords=keywords,
        multiply_adds=multiply_adds,
        documentation=f"torch.nn.{name}.html",
    )


KINDS: Final = (
    _kind(
        "CosineSimilarity",
        "The cosine of the angle between two vectors: 1 for the same direction.",
        cosine_similarity,
        ("x1", "x2"),
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
        ("x1", "x2"),
        number("p", 2.0, "The norm: 1 for city blocks, 2 for straight lines."),
        number("eps", 1e-6, "Added to the difference.", minimum=0),
        boolean("keepdim", False, "Whether the reduced dimension stays, with size 1."),
        card=("p{p}",),
        stem="distance",
        keywords=("euclidean", "norm", "l2"),
    ),
    _kind(
        "CosineEmbeddingLoss",
        "Turns two vectors towards each other where the target is 1, apart where it is −1.",
        cosine_embedding_loss,
        ("input1", "input2", "target"),
        _MARGIN_ZERO,
        _REDUCTION,
        keywords=("siamese", "similarity"),
    ),
    _kind(
        "MarginRankingLoss",
        "Wants the first input above the second where the target is 1, below where it is −1.",
        margin_ranking_loss,
        ("input1", "input2", "target"),
        _MARGIN_ZERO,
        _REDUCTION,
        keywords=("ranking",),
    ),
    _kind(
        "TripletMarginLoss",
        "Wants an anchor closer to a positive than to a negative by a margin.",
        triplet_margin_loss,
        ("anchor", "positive", "negative"),
        number("margin", 1.0, "By how much.", above=0),
        number("p", 2.0, "The norm of the distance."),
        number("eps", 1e-6, "Added to the difference.", minimum=0),
        boolean("swap", False, "Whether positive and anchor may swap places where that is harder."),
        _REDUCTION,
        keywords=("siamese", "metric learning", "facenet"),
    ),
    _kind(
        "GaussianNLLLoss",
        "For numbers whose variance the network predicts as well.",
        gaussian_nll_loss,
        ("input", "target", "var"),
        boolean("full", False, "Whether to add the constant term."),
        number("eps", 1e-6, "The smallest variance.", above=0),
        _REDUCTION,
        keywords=("uncertainty", "variance"),
    ),
    _kind(
        "MultiLabelMarginLoss",
        "For several right classes at once, listed in the target with −1 after the last.",
        multi_label_margin_loss,
        ("input", "target"),
        _REDUCTION,
        keywords=("multi-class", "hinge"),
    ),
    _kind(
        "CTCLoss",
        "For sequences without alignment, such as speech and the words spoken.",
        ctc_loss,
        ("log_probs", "targets", "input_lengths", "target_lengths"),
        integer("blank", 0, "The class that stands for nothing.", minimum=0),
        _REDUCTION,
        boolean("zero_infinity", False, "Whether infinite losses become zero."),
        keywords=("speech", "alignment"),
    ),
    _kind(
        "AdaptiveLogSoftmaxWithLoss",
        "A classifier for very many classes, of which few are frequent, with its loss.",
        adaptive_log_softmax,
        ("input", "target"),
        inferred("in_features", "Features that come in."),
        integer("n_classes", 1000, "Number of classes, the most frequent first.", minimum=2),
        integers("cutoffs", (100,), "Where the clusters of rarer classes begin."),
        number("div_value", 4.0, "By how much each cluster is smaller than the last.", above=0),
        boolean("head_bias", False, "Whether the frequent classes have a bias."),
        form=Module(
            "AdaptiveLogSoftmaxWithLoss",
            positional=("in_features", "n_classes", "cutoffs"),
            always=("n_classes", "cutoffs"),
        ),
        outputs=("output", "loss"),
        card=("{in_features}→{n_classes}",),
        stem="softmax",
        keywords=("language model", "vocabulary"),
        multiply_adds=each_row,  # at most: clusters are left out where no sample is of them
    ),
)
