"""Layers that add elements around sequences, images and volumes."""

from __future__ import annotations

from typing import Final

from graph_model.layers.convolution import LAYOUTS
from graph_model.layers.kind import LayerKind, Module, Rule
from graph_model.layers.use import Use, set_argument
from graph_model.tensors import TensorSpec
from graph_model.values import number, sizes

_NAMES: Final = {1: "left, right", 2: "left, right, top, bottom", 3: "left to back"}


def _rule(name: str, rank: int) -> Rule:
    """Return the rule of one kind; torch counts sides from the last dimension backwards."""

    def rule(use: Use) -> TensorSpec:
        x = use.need_rank(rank + 2, LAYOUTS[rank])
        if name in {"Reflection", "Replication"}:
            use.need_floating()
        padding = use.sizes("padding", 2 * rank)
        for pair in range(rank):
            dim, before, after = x.rank - 1 - pair, padding[2 * pair], padding[2 * pair + 1]
            if name in _LIMITS:
                _need_enough(use, dim, max(before, after), _LIMITS[name])
            use.need_positive(dim, x.shape[dim] + before + after)
            x = x.with_dim(dim, x.shape[dim] + before + after)
        return x

    return rule


_LIMITS: Final = {"Reflection": 1, "Circular": 0}
"""How many of the input's elements cannot pad one of its sides."""


def _need_enough(use: Use, dim: int, padding: int, unusable: int) -> None:
    """Refuse more padding than the input can fill."""
    size = use.input().shape[dim]
    if not use.at_least(size, padding + unusable):
        known = [each for each in use.input().shape[2:] if isinstance(each, int)]
        use.refuse(
            "padding_exceeds_size",
            set_argument("padding", min(known) - unusable),
            port="input",
            parameter="padding",
            kind=use.kind,
            padding=padding,
            limit=size - unusable,
            dim=dim,
            shape=use.input(),
        )


def _kind(name: str, rank: int, help: str, *keywords: str) -> LayerKind:
    full = f"{name}Pad{rank}d"
    crops = name in {"Zero", "Constant"}
    padding = sizes(
        "padding",
        2 * rank,
        1,
        f"One number for all sides, or one each: {_NAMES[rank]}.",
        minimum=None if crops else 0,
    )
    value = (number("value", 0.0, "What is added."),) if name == "Constant" else ()
    positional = ("padding", *(each.name for each in value))
    return LayerKind(
        name=full,
        family="padding",
        help=help,
        form=Module(full, positional=positional, always=positional),
        rule=_rule(name, rank),
        parameters=(padding, *value),
        card=("!{padding}", "of {value}") if value else ("!{padding}",),
        stem="pad",
        keywords=("pad", "border", *keywords),
        documentation=f"torch.nn.{full}.html",
    )


_KINDS: Final = (
    ("Zero", "Adds zeros around the input; negative sizes cut it instead.", "crop"),
    ("Constant", "Adds a number around the input; negative sizes cut it instead.", "crop"),
    ("Reflection", "Continues the input beyond its border as in a mirror.", "mirror"),
    ("Replication", "Repeats the outermost elements beyond the border.", "edge"),
    ("Circular", "Continues the input beyond its border from the other side.", "wrap"),
)

KINDS: Final = tuple(
    _kind(name, rank, help, keyword) for name, help, keyword in _KINDS for rank in (1, 2, 3)
)
