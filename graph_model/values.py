"""The values that parameters may hold, and the parameters themselves, as facts.

A :class:`Parameter` describes one argument of a layer, a loss, an optimizer or a data source:
its type, default, bounds and help. Forms, validation, storage and code generation all read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import Enum
from typing import Final, TypeAlias

from graph_model.frozen import frozen
from graph_model.tensors import DTYPES

Scalar: TypeAlias = bool | int | float | str
Value: TypeAlias = Scalar | tuple[float | str, ...] | None
Arguments: TypeAlias = Mapping[str, Value]

LARGEST: Final = 2**31 - 1
LARGEST_MULTIPLE: Final = 1024


class Type(Enum):
    """What kind of value a parameter takes, and so which widget edits it."""

    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    TEXT = "text"
    PATH = "path"
    FOLDER = "folder"
    SIZES = "sizes"
    """One integer for all spatial dimensions, a tuple with one for each, or one of ``choices``."""
    INTEGERS = "integers"
    """A tuple of integers of any length, such as the dimensions to permute."""
    NUMBERS = "numbers"
    """The same of real numbers, such as a weight for each class."""
    SHAPE = "shape"
    """A tuple of sizes and dimension names, such as ``("N", 3, 224, 224)``."""
    LAYER = "layer"
    """A layer kind, one of ``choices``, such as ``ReLU`` or ``LeakyReLU(negative_slope=0.2)``."""
    MULTIPLES = "multiples"
    """Dimension names, each before the number it is a multiple of: ``("H", 32, "W", 32)``."""
    NODES = "nodes"
    NODE_NUMBERS = "node numbers"
    NODE_EPOCHS = "node epochs"
    """Ids of layers and blocks; where there are numbers, each before its own: ``("n1", 0.1)``."""
    NAMED_WORDS = "named words"
    """Names of columns or arrays, each before a word: ``("age", "number", "id", "ignore")``."""
    FIGURE = "figure"
    """The name of a figure that a recipe tells, such as ``loss`` or ``accuracy``."""


PATHS: Final = frozenset({Type.PATH, Type.FOLDER})
OF_NODES: Final = frozenset({Type.NODES, Type.NODE_NUMBERS, Type.NODE_EPOCHS})
OF_RECIPES: Final = PATHS | OF_NODES | {Type.FIGURE, Type.NAMED_WORDS}
"""What only a recipe takes, never a block."""


@frozen
class Parameter:
    """One argument of a layer kind, loss, optimizer, schedule or data source.

    ``minimum`` and ``maximum`` bound each number within; ``above`` excludes its own value.
    ``length`` is the number of entries a ``SIZES`` tuple has. ``optional`` admits ``None``.
    ``inferred`` marks a size that follows from the input unless the user pins it. What is
    ``symbolic`` takes sizes of the Inputs by name as well, such as ``N`` and ``H // 2``.
    """

    name: str
    type: Type
    default: Value = None
    help: str = ""
    minimum: float | None = None
    maximum: float | None = None
    above: float | None = None
    choices: tuple[str, ...] = ()
    length: int = 0
    optional: bool = False
    inferred: bool = False
    symbolic: bool = False

    @property
    def accepts_none(self) -> bool:
        """Whether ``None`` is a value of this parameter."""
        return self.optional or self.inferred


def integer(
    name: str,
    default: int | None,
    help: str = "",
    *,
    minimum: int | None = 1,
    maximum: int | None = None,
    symbolic: bool = False,
) -> Parameter:
    """Describe an integer; a default of ``None`` makes it optional."""
    return Parameter(
        name,
        Type.INTEGER,
        default,
        help,
        minimum=minimum,
        maximum=maximum,
        optional=default is None,
        symbolic=symbolic,
    )


def inferred(name: str, help: str = "") -> Parameter:
    """Describe a size that follows from the input unless pinned."""
    return Parameter(name, Type.INTEGER, None, help, minimum=1, inferred=True)


def number(
    name: str,
    default: float | None,
    help: str = "",
    *,
    minimum: float | None = None,
    maximum: float | None = None,
    above: float | None = None,
) -> Parameter:
    """Describe a real number; a default of ``None`` makes it optional."""
    return Parameter(
        name,
        Type.NUMBER,
        default,
        help,
        minimum=minimum,
        maximum=maximum,
        above=above,
        optional=default is None,
    )


def boolean(name: str, default: bool, help: str = "") -> Parameter:
    """Describe a switch."""
    return Parameter(name, Type.BOOLEAN, default, help)


def choice(name: str, choices: Iterable[str], default: str, help: str = "") -> Parameter:
    """Describe a choice among fixed words."""
    return Parameter(name, Type.CHOICE, default, help, choices=tuple(choices))


def sizes(
    name: str,
    length: int,
    default: int | None,
    help: str = "",
    *,
    minimum: int | None = 1,
    optional: bool = False,
    words: tuple[str, ...] = (),
) -> Parameter:
    """Describe one integer per spatial dimension, such as ``kernel_size``, or one of some words."""
    return Parameter(
        name,
        Type.SIZES,
        default,
        help,
        minimum=minimum,
        choices=words,
        length=length,
        optional=optional,
    )


def integers(
    name: str, default: tuple[int, ...], help: str = "", *, symbolic: bool = False
) -> Parameter:
    """Describe a tuple of integers of any length."""
    return Parameter(name, Type.INTEGERS, default, help, symbolic=symbolic)


def numbers(name: str, help: str = "", *, minimum: float | None = None) -> Parameter:
    """Describe a tuple of real numbers of any length, of which there are none by default."""
    return Parameter(name, Type.NUMBERS, None, help, minimum=minimum, optional=True)


def shape(name: str, default: tuple[int | str, ...], help: str = "") -> Parameter:
    """Describe a tuple of sizes and dimension names."""
    return Parameter(name, Type.SHAPE, default, help, minimum=1)


def multiples(name: str, help: str = "") -> Parameter:
    """Describe what dimension names are multiples of; nothing is stated by default."""
    return Parameter(name, Type.MULTIPLES, (), help, minimum=1, maximum=LARGEST_MULTIPLE)


def layer(name: str, choices: Iterable[str], default: str, help: str = "") -> Parameter:
    """Describe a choice among layer kinds."""
    return Parameter(name, Type.LAYER, default, help, choices=tuple(choices))


def text(name: str, default: str, help: str = "") -> Parameter:
    """Describe a line of text."""
    return Parameter(name, Type.TEXT, default, help)


def path(name: str, help: str = "") -> Parameter:
    """Describe the path of a file."""
    return Parameter(name, Type.PATH, "", help)


def folder(name: str, help: str = "") -> Parameter:
    """Describe the path of a folder."""
    return Parameter(name, Type.FOLDER, "", help)


def dtype(name: str, default: str, help: str = "") -> Parameter:
    """Describe a torch dtype."""
    return choice(name, DTYPES, default, help)


def with_default(parameter: Parameter, default: Value) -> Parameter:
    """Return the same parameter with another default."""
    return replace(parameter, default=default)
