"""Roles and types of columns and arrays, and what a person has decided of them.

A source keeps decisions as arguments of ``Type.NAMED_WORDS``: ``roles``, ``types``, ``codings``
and ``fillings`` hold the name of a column or array before a word for it, ``parts`` a word of an
array that splits before the part that it stands for. What is not decided is
proposed by what the values look like, and shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from graph_model.recipe import Choice
from graph_model.values import Arguments, Value

ROLES: Final = (
    "number",
    "category",
    "date",
    "text",
    "picture",
    "target",
    "group",
    "weight",
    "split",
    "ignore",
)
"""What a column of a table is for. The first three enter the features, by what they hold, and
``split`` tells of each row which part it belongs to.
"""
OF_ITS_OWN: Final = ("text", "picture")
"""The roles of columns that stand beside the features: each enters an Input of its own."""
TYPES: Final = ("number", "category", "date", "text", "path")
"""What the cells of a column hold."""
CODINGS: Final = ("one_hot", "index", "features", "time")
"""How words enter, as zeros and a one or as indices, and dates, as their parts or as days."""
ARRAY_ROLES: Final = ("features", "target", "group", "weight", "split", "ignore")
"""What an array of a file is for: ``split`` tells of each sample which part it belongs to."""
ARRAY_TYPES: Final = ("number", "category", "one_hot", "shares", "mask")
"""What an array holds; ``shares`` are probabilities of classes, ``mask`` a class at each place."""
PARTS: Final = ("training", "validation", "test", "leave_out")
"""What the words of an array that splits samples may stand for."""
DECISIONS: Final = ("roles", "types", "codings", "fillings", "parts")
"""The arguments of sources that hold what was decided, which have no fields of their own."""


def decided(arguments: Arguments, parameter: str) -> Mapping[str, str]:
    """Return what was decided: a word by the name of each column or array."""
    value = arguments.get(parameter)
    words = tuple(map(str, value)) if isinstance(value, tuple) else ()
    return dict(zip(words[::2], words[1::2], strict=False))


def with_decision(data: Choice, parameter: str, name: str, word: str) -> Choice:
    """Return the data with a word for a column or array; an empty one leaves it to be proposed."""
    words = {**decided(data.arguments, parameter), name: word}
    pairs: Value = tuple(part for pair in words.items() if pair[1] for part in pair)
    arguments = {key: value for key, value in data.arguments.items() if key != parameter}
    return replace(data, arguments={**arguments, parameter: pairs} if pairs else arguments)
