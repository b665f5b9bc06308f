"""A layer kind as a value, with arguments perhaps: ``ReLU``, ``LeakyReLU(negative_slope=0.2)``.

Such a text is read here by its parts, and checked against the catalogue; nothing is executed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import takewhile
from typing import Final

from graph_model.complaints import complaint
from graph_model.frozen import frozen
from graph_model.layers import LAYERS
from graph_model.layers.kind import LayerKind, Module
from graph_model.size_texts import whole_number
from graph_model.values import Arguments, Value

LONGEST: Final = 200
"""How many characters a text may have."""
_LAYER: Final = re.compile(r"\s*([A-Za-z]\w*)\s*(?:\((.*)\)\s*)?", re.DOTALL)
_VALUE: Final = r"True|False|None|\"\w*\"|'\w*'|-?[\d.]+(?:e-?\d+)?|\(\s*(?:-?\d+\s*,?\s*)*\)"
_ARGUMENT: Final = re.compile(rf"\s*([A-Za-z_]\w*)\s*=\s*({_VALUE})\s*(?:,|$)")
_WORDS: Final = {"True": True, "False": False, "None": None}


@frozen
class Layer:
    """A kind of the catalogue and what it is given, which differs from its defaults."""

    kind: LayerKind
    arguments: Arguments

    @property
    def text(self) -> str:
        """The text that means it."""
        given = (f"{name}={_written(value)}" for name, value in self.arguments.items())
        inner = ", ".join(given)
        return f"{self.kind.name}({inner})" if inner else self.kind.name

    @property
    def leading(self) -> tuple[str, ...]:
        """What it is given that stands first in the call, where sizes follow by position."""
        form = self.kind.form
        if not isinstance(form, Module) or not self.open_sizes:
            return ()
        return tuple(takewhile(self.arguments.__contains__, form.positional))

    @property
    def open_sizes(self) -> tuple[str, ...]:
        """The sizes that follow from what comes in and that it is made with."""
        return tuple(
            each.name
            for each in self.kind.parameters
            if each.inferred and each.name not in self.arguments
        )


def is_choice(kind: LayerKind) -> bool:
    """Tell whether a kind may be a value: a module of one input and one output."""
    form = kind.form
    is_plain = type(form) is Module and not (form.inner or form.call_keywords or kind.sized)
    given = kind.defaults
    return (
        is_plain
        and kind.inputs(given) == ("input",)
        and kind.outputs(given) == ("output",)
        and not kind.decides_on_ports
    )


CHOICES: Final = tuple(kind.name for kind in LAYERS.values() if is_choice(kind))
"""The names of all that may be values."""


@lru_cache(maxsize=1024)
def read_layer(text: str) -> Layer | None:
    """Return the layer that a text means, ``None`` where it means none that may be a value."""
    found = _LAYER.fullmatch(text) if len(text) <= LONGEST else None
    if found is None or found[1] not in CHOICES:
        return None
    kind, arguments = LAYERS[found[1]], _arguments(found[2] or "")
    if arguments is None:
        return None
    for name, value in arguments.items():
        parameter = kind.by_name.get(name)
        if parameter is None or complaint(parameter, value) is not None:
            return None
    return Layer(
        kind, {name: each for name, each in arguments.items() if each != kind.defaults[name]}
    )


@lru_cache(maxsize=1024)
def as_argument(text: str, choices: tuple[str, ...]) -> Layer | None:
    """Return the layer that a text means, with all that it takes to make it.

    That is also what torch has no default for and only some of the ``choices`` have, such as the
    ``size`` of a LocalResponseNorm beside an Identity, so that no node gives it.
    """
    layer = read_layer(text)
    if layer is None or not isinstance(layer.kind.form, Module):
        return layer
    kinds = [each.kind for each in map(read_layer, choices) if each is not None]
    lacking = {
        name: layer.kind.defaults[name]
        for name in layer.kind.form.always
        if name not in layer.arguments
        and not layer.kind.by_name[name].inferred
        and not all(name in each.by_name for each in kinds)
    }
    return replace(layer, arguments={**layer.arguments, **lacking}) if lacking else layer


def _arguments(text: str) -> dict[str, Value] | None:
    found: dict[str, Value] = {}
    place = 0
    while text[place:].strip():
        argument = _ARGUMENT.match(text, place)
        if argument is None or argument[1] in found:
            return None
        try:
            found[argument[1]] = _value(argument[2])
        except ValueError:  # such as 1.2.3
            return None
        place = argument.end()
    return found


def _value(text: str) -> Value:
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in "\"'":
        return text[1:-1]
    if text[0] == "(":
        return tuple(map(whole_number, re.findall(r"-?\d+", text)))
    return whole_number(text) if re.fullmatch(r"-?\d+", text) else float(text)


def _written(value: Value) -> str:
    if isinstance(value, tuple):
        return f"({', '.join(map(str, value))}{',' if len(value) == 1 else ''})"
    return f'"{value}"' if isinstance(value, str) else repr(value)


def split_layers(text: str) -> tuple[str, ...]:
    """Return the texts of ``ReLU, LeakyReLU(negative_slope=0.2)``, each in the usual spelling."""
    parts = re.findall(r"(?:[^,;|()]|\([^()]*(?:\([^()]*\)[^()]*)*\))+", text)
    return tuple(dict.fromkeys(usual(part) for part in parts if part.strip()))


def usual(text: str) -> str:
    """Return the usual spelling of a layer, ``relu`` included, or the text where it is none."""
    text = text.strip().removeprefix("nn.")
    name, bracket, rest = text.partition("(")
    name = _BY_LOWER.get(name.strip().lower(), name.strip())
    layer = read_layer(f"{name}{bracket}{rest}")
    return layer.text if layer else text


_BY_LOWER: Final = {name.lower(): name for name in CHOICES}


def made_differently(layers: Iterable[Layer]) -> tuple[Layer, Layer] | None:
    """Return two layers that are made with other sizes; an Identity takes any."""
    first: Layer | None = None
    for layer in layers:
        if layer.kind.name == "Identity":
            continue
        if first is not None and len(first.open_sizes) != len(layer.open_sizes):
            return first, layer
        first = first or layer
    return None
