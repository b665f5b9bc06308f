"""The shape rules of losses: what goes together, and what becomes of the losses of a batch."""

from __future__ import annotations

import math

from graph_model.layers.use import Use, set_argument
from graph_model.tensors import TensorSpec


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


def _weigh(use: Use, spec: TensorSpec, dim: int, *names: str) -> None:
    """Hold a number for each class along ``dim`` as a buffer, where they are given."""
    for name in names or ("weight",):
        given = use.arguments[name]
        if not isinstance(given, tuple):
            continue
        use.need_float32("input")
        classes = spec.shape[dim] if spec.shape else 1
        if use.same(classes, len(given)) is None:
            use.refuse(
                "class_weights_differ",
                set_argument(name, None),
                parameter=name,
                got=len(given),
                classes=classes,
                shape=spec,
            )
        use.buffer(name, len(given))


def elementwise_loss(use: Use) -> TensorSpec:
    """Hold each element against that of a target of the same shape."""
    return _reduced(use, _need_alike(use, "target"))


def binary_loss(use: Use) -> TensorSpec:
    """Hold each element against yes or no, with a weight for each label, the last dimension."""
    x = _need_alike(use, "target")
    _weigh(use, x, -1, *(name for name in ("weight", "pos_weight") if name in use.arguments))
    return _reduced(use, x)


def kl_div_loss(use: Use) -> TensorSpec:
    """``target · (log target − input)``; its mean over elements is not what the formula says."""
    x = _need_alike(use, "target")
    if use.text("reduction") == "mean":
        use.warn("mean_over_elements", set_argument("reduction", "batchmean"))
    return _reduced(use, x)


def cross_entropy_loss(use: Use) -> TensorSpec:
    """Hold scores of classes against the right class, or against a probability for each class."""
    if use.input("target").is_floating:
        use.need_rank_at_least(2)
        x = _need_alike(use, "target")
        if use.integer("ignore_index") >= 0:
            none = set_argument("ignore_index", -100)
            use.refuse("ignored_of_probabilities", none, parameter="ignore_index")
        _weigh(use, x, 1)
        return _reduced(use, x.with_shape(x.shape[0], *x.shape[2:]))
    return nll_loss(use)


def nll_loss(use: Use) -> TensorSpec:
    """Take the log-probability of the right class, which is dimension 1 of the input."""
    use.need_floating("input")
    x = use.input()
    if x.rank < 2:
        use.need_rank(2, "N×C")
    use.need_indices("target", dtypes=("int64",))
    use.need_shape("target", x.shape[0], *x.shape[2:])
    _weigh(use, x, 1)
    return _reduced(use, x.with_shape(x.shape[0], *x.shape[2:]))


def multi_margin_loss(use: Use) -> TensorSpec:
    """The score of the right class leads those of the others by a margin."""
    use.need_floating("input")
    x = use.need_rank(2, "N×C")
    use.need_indices("target", dtypes=("int64",))
    use.need_shape("target", x.shape[0])
    _weigh(use, x, 1)
    return _reduced(use, x.with_shape(x.shape[0]))


def multi_label_soft_margin_loss(use: Use) -> TensorSpec:
    """Binary cross entropy of each label, their mean over the last dimension."""
    use.need_rank_at_least(1)
    x = _need_alike(use, "target")
    _weigh(use, x, -1)
    return _reduced(use, x.with_shape(*x.shape[:-1]))


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
