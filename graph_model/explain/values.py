"""Questions about a number, and what explains it, as values."""

from __future__ import annotations

from typing import TypeAlias

from graph_model.dims import Dim, Shape
from graph_model.explain.notation import Written
from graph_model.frozen import frozen
from graph_model.network import NodeId
from graph_model.phrases import Phrase
from graph_model.values import Value

Steps: TypeAlias = tuple[tuple[NodeId, int], ...]
"""The uses of blocks on the way inside, each with its repeat, from 0 on."""


@frozen
class DimensionOf:
    """How does the dimension ``index`` of what a node gives at ``port`` come about?"""

    steps: Steps
    node: NodeId
    port: str
    index: int


@frozen
class ArgumentOf:
    """Where does an argument of a node come from? ``index`` is that within several values."""

    steps: Steps
    node: NodeId
    parameter: str
    index: int | None = None


@frozen
class ParametersOf:
    """How does the parameter count come about: of a node, or of the whole network there?"""

    steps: Steps
    node: NodeId | None = None


Question: TypeAlias = DimensionOf | ArgumentOf | ParametersOf


@frozen
class Variable:
    """A variable of a formula: what it is called and stands for, where that comes from.

    ``source`` is a phrase, or a name that needs no translation. ``question`` asks how it came
    about in turn, where there is more to say.
    """

    key: str
    label: str
    value: Value | Dim
    source: str
    question: Question | None = None


@frozen
class Part:
    """Numbers of one formula among those that add up, such as the sizes of weights alike."""

    names: tuple[str, ...]
    formula: Written
    filled: Written
    value: int


@frozen
class Explanation:
    """How a number comes about.

    ``formula`` and ``filled`` are the same in names and in values; both are empty where the
    number was not computed. ``parts`` are what a parameter count adds up from, ``shape`` is the
    whole shape of which a dimension is asked for.
    """

    question: Question
    title: Phrase
    why: Phrase
    result: Value | Dim
    formula: Written = ()
    filled: Written = ()
    variables: tuple[Variable, ...] = ()
    parts: tuple[Part, ...] = ()
    shape: Shape = ()
