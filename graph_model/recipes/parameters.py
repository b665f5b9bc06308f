"""Parameters that only a recipe has: layers and blocks, and figures that are told."""

from __future__ import annotations

from graph_model.values import Parameter, Type


def nodes(name: str, help: str = "") -> Parameter:
    """Describe a list of layers and blocks, of which none is chosen by default."""
    return Parameter(name, Type.NODES, (), help)


def node_numbers(name: str, help: str = "", *, minimum: float | None = None) -> Parameter:
    """Describe a real number for each of some layers and blocks."""
    return Parameter(name, Type.NODE_NUMBERS, (), help, minimum=minimum)


def node_epochs(name: str, help: str = "", *, minimum: int | None = None) -> Parameter:
    """Describe a whole number for each of some layers and blocks."""
    return Parameter(name, Type.NODE_EPOCHS, (), help, minimum=minimum)


def named_words(name: str, choices: tuple[str, ...], help: str = "") -> Parameter:
    """Describe a word for each of some columns or arrays, free where there are no ``choices``."""
    return Parameter(name, Type.NAMED_WORDS, (), help, choices=choices)


def figure(name: str, default: str, help: str = "") -> Parameter:
    """Describe one of the figures that a recipe tells."""
    return Parameter(name, Type.FIGURE, default, help)
