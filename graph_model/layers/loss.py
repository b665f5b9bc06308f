"""Losses: how far an output is from what is wanted, drawn where a recipe's loss is not enough.

A loss is drawn where it takes several outputs, holds weights of its own, has a target that the
network computes, or is one of several that are added up.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from graph_model.layers.call import each_row, nothing
from graph_model.layers.kind import Count, LayerKind, Module, Rule, ports
from graph_model.layers.loss_rules import (
    adaptive_log_softmax,
    binary_loss,
    cosine_embedding_loss,
    cross_entropy_loss,
    ctc_loss,
    elementwise_loss,
    gaussian_nll_loss,
    kl_div_loss,
    margin_ranking_loss,
    multi_label_margin_loss,
    multi_label_soft_margin_loss,
    multi_margin_loss,
    nll_loss,
    triplet_margin_loss,
)
from graph_model.values import (
    Parameter,
    boolean,
    choice,
    inferred,
    integer,
    integers,
    number,
    numbers,
)

_REDUCTION: Final = choice(
    "reduction", ("mean", "sum", "none"), "mean", "What becomes of the losses of a batch."
)
_MARGIN_ZERO: Final = number("margin", 0.0, "The distance to be kept.")
_PAIR: Final = ("input", "target")
_IGNORED: Final = integer(
    "ignore_index", -100, "The class in the target that counts for nothing.", minimum=None
)
_WEIGHT: Final = numbers("weight", "A weight for each class; empty for the same.", minimum=0)
_LABEL_WEIGHT: Final = replace(_WEIGHT, help="A weight for each label; empty for the same.")
_BATCH_MEAN: Final = replace(
    _REDUCTION,
    default="batchmean",
    choices=("batchmean", *_REDUCTION.choices),
)


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
        family="loss",
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
        "CrossEntropyLoss",
        "For one of several classes; takes raw scores and applies softmax itself.",
        cross_entropy_loss,
        _PAIR,
        _WEIGHT,
        _IGNORED,
        number(
            "label_smoothing",
            0.0,
            "Share of certainty that is spread over the other classes.",
            minimum=0,
            maximum=1,
        ),
        _REDUCTION,
        keywords=("classification", "softmax", "distillation"),
    ),
    _kind(
        "NLLLoss",
        "For one of several classes; takes log-probabilities, as from LogSoftmax.",
        nll_loss,
        _PAIR,
        _WEIGHT,
        _IGNORED,
        _REDUCTION,
        keywords=("classification", "negative log likelihood"),
    ),
    _kind(
        "MultiMarginLoss",
        "For one of several classes; the right score must lead by a margin.",
        multi_margin_loss,
        _PAIR,
        integer("p", 1, "Power of what the margin lacks.", maximum=2),
        number("margin", 1.0, "By how much the right score must lead."),
        _WEIGHT,
        _REDUCTION,
        keywords=("classification", "hinge"),
    ),
    _kind(
        "BCEWithLogitsLoss",
        "For yes or no; takes raw scores and applies sigmoid itself.",
        binary_loss,
        _PAIR,
        _LABEL_WEIGHT,
        numbers(
            "pos_weight",
            "What a yes weighs, for each label: above 1 where it is rare; empty for 1.",
            minimum=0,
        ),
        _REDUCTION,
        keywords=("binary cross entropy", "gan"),
    ),
    _kind(
        "BCELoss",
        "For yes or no; takes probabilities, as from Sigmoid.",
        binary_loss,
        _PAIR,
        _LABEL_WEIGHT,
        _REDUCTION,
        keywords=("binary cross entropy",),
    ),
    _kind(
        "MultiLabelSoftMarginLoss",
        "For yes or no of several labels at once; takes raw scores, one for each label.",
        multi_label_soft_margin_loss,
        _PAIR,
        _LABEL_WEIGHT,
        _REDUCTION,
        keywords=("multi-label",),
    ),
    _kind(
        "SoftMarginLoss",
        "For yes or no; takes raw scores, which a logistic curve holds against the sign.",
        elementwise_loss,
        _PAIR,
        _REDUCTION,
        keywords=("logistic",),
    ),
    _kind(
        "HingeEmbeddingLoss",
        "For alike or not; takes distances, which are to be small for class 1, else large.",
        elementwise_loss,
        _PAIR,
        number("margin", 1.0, "The distance beyond which unlike things may be."),
        _REDUCTION,
        keywords=("siamese", "distance"),
    ),
    _kind(
        "MSELoss",
        "Mean squared error, the usual one for numbers.",
        elementwise_loss,
        _PAIR,
        _REDUCTION,
        keywords=("regression", "squared", "l2", "autoencoder"),
    ),
    _kind(
        "L1Loss",
        "Mean absolute error: outliers weigh less.",
        elementwise_loss,
        _PAIR,
        _REDUCTION,
        keywords=("regression", "absolute", "mae"),
    ),
    _kind(
        "SmoothL1Loss",
        "Squared for small errors and absolute for large ones.",
        elementwise_loss,
        _PAIR,
        number("beta", 1.0, "Error at which it changes over.", minimum=0),
        _REDUCTION,
        keywords=("regression", "boxes"),
    ),
    _kind(
        "HuberLoss",
        "Squared for small errors and straight for large ones.",
        elementwise_loss,
        _PAIR,
        number("delta", 1.0, "Error at which it changes over.", above=0),
        _REDUCTION,
        keywords=("regression",),
    ),
    _kind(
        "PoissonNLLLoss",
        "For counts, taken to be Poisson-distributed.",
        elementwise_loss,
        _PAIR,
        boolean("log_input", True, "Whether the output is the logarithm of the rate."),
        boolean("full", False, "Whether to add the Stirling term."),
        number("eps", 1e-8, "Keeps log(0) away without log_input.", above=0),
        _REDUCTION,
        keywords=("counts",),
    ),
    _kind(
        "KLDivLoss",
        "For whole distributions; holds log-probabilities against probabilities.",
        kl_div_loss,
        _PAIR,
        boolean("log_target", False, "Whether the target holds logarithms as well."),
        _BATCH_MEAN,
        form=Module("KLDivLoss", always=("reduction",)),
        keywords=("kullback-leibler", "distillation", "divergence"),
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
