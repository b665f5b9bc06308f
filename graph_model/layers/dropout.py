"""Layers that drop activations at random while training, against overfitting."""

from __future__ import annotations

from typing import Final

from graph_model.layers.kind import LayerKind, Module, PerSample, Rule
from graph_model.layers.use import Use
from graph_model.tensors import TensorSpec
from graph_model.values import boolean, number


def _rule(layouts: dict[int, str]) -> Rule:
    """Return the rule for inputs of these ranks, or of any where none is given."""

    def rule(use: Use) -> TensorSpec:
        use.need_floating()
        x = use.input()
        if layouts and x.rank not in layouts:
            return use.need_rank(max(layouts), layouts[max(layouts)])
        return x

    return rule


def _channels(use: Use) -> TensorSpec:
    """Give what came in, which must have channels."""
    use.need_floating()
    return use.need_rank_at_least(2)


def _samples(use: Use) -> TensorSpec:
    """Give what came in, which must have a batch."""
    use.need_floating()
    return use.need_rank_at_least(1)


def _kind(name: str, rule: Rule, help: str) -> LayerKind:
    return LayerKind(
        name=name,
        family="dropout",
        help=help,
        form=Module(name, positional=("p",)),
        rule=rule,
        parameters=(
            number("p", 0.5, "The share that is dropped.", minimum=0, maximum=1),
            boolean("inplace", False, "Whether it overwrites its input to save memory."),
        ),
        card=("!p {p}",),
        stem="dropout",
        keywords=("regularisation", "regularization", "overfitting"),
        documentation=f"torch.nn.{name}.html",
    )


KINDS: Final = (
    _kind("Dropout", _rule({}), "Makes a random share of the elements zero while training."),
    _kind(
        "Dropout1d",
        _rule({3: "N×C×L"}),
        "Makes whole random channels of sequences zero while training.",
    ),
    _kind(
        "Dropout2d",
        _rule({4: "N×C×H×W"}),
        "Makes whole random channels of images zero while training.",
    ),
    _kind(
        "Dropout3d",
        _rule({5: "N×C×D×H×W"}),
        "Makes whole random channels of volumes zero while training.",
    ),
    _kind(
        "AlphaDropout",
        _rule({}),
        "Dropout that keeps mean and variance, to go with SELU.",
    ),
    _kind(
        "FeatureAlphaDropout",
        _channels,
        "AlphaDropout of whole channels.",
    ),
    LayerKind(
        name="DropPath",
        family="dropout",
        help="Makes a random share of whole samples zero while training: stochastic depth.",
        form=PerSample("Dropout", positional=("p",), always=("p",)),
        rule=_samples,
        parameters=(number("p", 0.1, "The share that is dropped.", minimum=0, maximum=1),),
        card=("!p {p}",),
        stem="drop_path",
        keywords=("stochastic depth", "residual", "regularisation", "regularization"),
        documentation="torch.nn.Dropout.html",
    ),
)
