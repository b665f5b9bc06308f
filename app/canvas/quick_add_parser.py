"""What is typed into quick-add: ``conv 64 3 s2`` becomes a layer kind and its arguments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from graph_model.layers import LAYERS
from graph_model.layers.kind import LayerKind
from graph_model.values import Arguments, Parameter, Type, Value, complaint, whole_number

_SHORT: Final[Mapping[str, tuple[str, ...]]] = {
    "k": ("kernel_size",),
    "s": ("stride",),
    "p": ("padding", "p"),
    "d": ("dilation",),
    "g": ("groups",),
    "h": ("num_heads", "nhead"),
}
"""Letters that stand for parameters when a number follows: ``s2``."""

_ABBREVIATIONS: Final[Mapping[str, str]] = {
    "conv": "Conv2d",
    "bn": "BatchNorm2d",
    "pool": "MaxPool2d",
    "fc": "Linear",
    "dense": "Linear",
    "cat": "Concatenate",
    "ln": "LayerNorm",
    "gap": "AdaptiveAvgPool2d",
    "mha": "MultiheadAttention",
}


_BATCH: Final = "N"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A layer or block that what was typed may mean, with the arguments typed after it.

    ``kind_name`` is the name by which nodes know the kind.
    """

    kind_name: str
    kind: LayerKind
    arguments: Arguments


def suggestions(
    text: str, limit: int = 12, kinds: Mapping[str, LayerKind] = LAYERS
) -> list[Suggestion]:
    """Return what a line of text may mean among ``kinds``, the likeliest first."""
    words = text.split()
    if not words:
        return [Suggestion(name, kind, {}) for name, kind in list(kinds.items())[:limit]]
    ranked = sorted(
        (score, place, name) for place, (name, kind) in enumerate(kinds.items())
        if (score := _score(words[0], kind)) is not None
    )  # fmt: skip
    found: list[Suggestion] = []
    for _, _, name in ranked:
        kind = kinds[name]
        arguments = _arguments(kind, _after_name(kind, words))
        if arguments is not None:
            found.append(Suggestion(name, kind, arguments))
    return found[:limit]


def _after_name(kind: LayerKind, words: Sequence[str]) -> Sequence[str]:
    """Return the words after those of a name, of which that of a block may have several."""
    named = kind.name.lower().split()
    count = 1
    while count < min(len(words), len(named)) and named[count].startswith(words[count].lower()):
        count += 1
    return words[count:]


def _score(word: str, kind: LayerKind) -> int | None:
    """Return how well a word means a kind, less being better; ``None`` for not at all."""
    word, name = word.lower(), kind.name.lower()
    if name == word:
        return 0
    if _ABBREVIATIONS.get(word) == kind.name:
        return 1
    if name.startswith(word) or kind.code_stem == word:
        return 2
    if word in name:
        return 3
    if any(keyword.startswith(word) for keyword in kind.keywords):
        return 4
    return 5 if len(word) > 2 and _in_order(word, name) else None


def _in_order(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)


def _arguments(kind: LayerKind, words: Sequence[str]) -> Arguments | None:
    """Return the arguments that words set, ``None`` where one of them suits no parameter."""
    free = [
        each
        for each in kind.parameters
        if not each.inferred and each.type in {Type.INTEGER, Type.NUMBER, Type.SIZES}
    ]
    arguments: dict[str, Value] = {}
    for word in words:
        found = _named(kind, word) or _next(free, word, arguments) or _grown(kind, word, arguments)
        if found is None:
            return None
        parameter, value = found
        if complaint(parameter, value):
            return None
        arguments[parameter.name] = value
    return arguments


def _named(kind: LayerKind, word: str) -> tuple[Parameter, Value] | None:
    """Read ``stride=2`` or ``s2``, or a word of a choice."""
    name, equals, text = word.partition("=")
    if equals and name in kind.by_name:
        return _valued(kind.by_name[name], text)
    short = re.fullmatch(r"([a-z])([\dx×.]+)", word)
    if short:
        for full in _SHORT.get(short[1], ()):
            if full in kind.by_name:
                return _valued(kind.by_name[full], short[2])
    for parameter in kind.parameters:
        if word in parameter.choices:
            return parameter, word
    return None


def _next(
    free: Iterable[Parameter], word: str, taken: Mapping[str, Value]
) -> tuple[Parameter, Value] | None:
    """Read a bare number as the next parameter that has none yet."""
    for parameter in free:
        if parameter.name not in taken:
            return _valued(parameter, word)
    return None


def _grown(
    kind: LayerKind, word: str, taken: Mapping[str, Value]
) -> tuple[Parameter, Value] | None:
    """Read ``3x32x32``, or the next of the words ``T 512``, as sizes behind those of a batch."""
    if not re.fullmatch(r"(\d+|[A-Z]\w*)([x×](\d+|[A-Z]\w*))*", word):
        return None
    read = tuple(whole_number(each) if each.isdigit() else each for each in re.split("[x×]", word))
    for parameter in kind.parameters:
        if parameter.type is Type.SHAPE:
            before = taken.get(parameter.name, () if read[0] == _BATCH else (_BATCH,))
            assert isinstance(before, tuple)
            return parameter, (*before, *read)
    return None


def _valued(parameter: Parameter, text: str) -> tuple[Parameter, Value] | None:
    if re.fullmatch(r"\d+([x×]\d+)+", text) and parameter.type is Type.SIZES:
        return parameter, tuple(map(whole_number, re.split("[x×]", text)))
    if re.fullmatch(r"-?\d+", text):
        number = whole_number(text)
        return parameter, float(number) if parameter.type is Type.NUMBER else number
    if re.fullmatch(r"-?\d*\.\d+", text) and parameter.type is Type.NUMBER:
        return parameter, float(text)
    if text.lower() in {"true", "false"} and parameter.type is Type.BOOLEAN:
        return parameter, text.lower() == "true"
    return None
