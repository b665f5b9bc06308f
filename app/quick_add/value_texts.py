"""A text as a value of a parameter: ``3x3``, ``N,1,28,28``, ``50%``, ``true``."""

from __future__ import annotations

import re
from typing import Final

from graph_model.complaints import complaint
from graph_model.size_texts import is_size, whole_number
from graph_model.values import Parameter, Type, Value

BATCH: Final = "N"
_BATCHES: Final = frozenset({"n", "b", "bs", "batch", "batch_size", "none", "?", "-1"})
BARE: Final = frozenset({Type.INTEGER, Type.NUMBER, Type.SIZES})
NUMBERS: Final = re.compile(r"-?\d+(?:[x×,]-?\d+)+")
WHOLE: Final = re.compile(r"-?\d+")
SIZES: Final = re.compile(r"(-?\d+|[A-Z]\w*)([x×,](-?\d+|[A-Z]\w*))*")

Setting = tuple[Parameter, Value]


def checked(parameter: Parameter, text: str) -> Setting | None:
    """Read a text as a value that a parameter can have."""
    found = valued(parameter, text)
    return None if found is None or complaint(*found) else found


def valued(parameter: Parameter, text: str) -> Setting | None:
    """Read a text as a value of a parameter, quotes and brackets aside."""
    text = text.strip().removeprefix("torch.tensor").strip("'\"")
    bare = re.sub(r"\s", "", text).strip("()[],")
    if parameter.type in {Type.SIZES, Type.INTEGERS} and NUMBERS.fullmatch(bare):
        return parameter, tuple(map(whole_number, re.split("[x×,]", bare)))
    if parameter.type is Type.INTEGERS and WHOLE.fullmatch(bare):
        return parameter, (whole_number(bare),)
    if parameter.type is Type.INTEGERS and parameter.symbolic and bare:
        entries = bare.split(",")
        read = (whole_number(each) if WHOLE.fullmatch(each) else each for each in entries)
        return (parameter, tuple(read)) if all(map(is_entry, entries)) else None
    if parameter.type is Type.SHAPE and SIZES.fullmatch(bare):
        sizes = re.split("[x×,]", dimension_names(bare, is_first=True))
        begun = () if sizes[0] == BATCH else (BATCH,)
        return parameter, (*begun, *(whole_number(s) if WHOLE.fullmatch(s) else s for s in sizes))
    if parameter.type is Type.NUMBERS:
        return _several(parameter, bare)
    if parameter.type is Type.TEXT and "->" in bare:
        return parameter, bare
    if parameter.symbolic and parameter.type is Type.INTEGER and is_size(bare):
        return parameter, bare
    if WHOLE.fullmatch(bare) and parameter.type in BARE:
        number = whole_number(bare)
        return parameter, float(number) if parameter.type is Type.NUMBER else number
    if parameter.type is Type.NUMBER:
        return _real(parameter, bare)
    if parameter.type is Type.BOOLEAN and text.lower() in {"true", "false"}:
        return parameter, text.lower() == "true"
    if text in parameter.choices:
        return parameter, text
    return (parameter, None) if text == "None" and parameter.accepts_none else None


def _several(parameter: Parameter, text: str) -> Setting | None:
    """Read ``0.5,1,2``."""
    read = [_real(parameter, each) for each in text.split(",")]
    found = tuple(each[1] for each in read if each and isinstance(each[1], float))
    return (parameter, found) if len(found) == len(read) else None


def _real(parameter: Parameter, text: str) -> Setting | None:
    """Read ``0.5``, ``.5``, ``1e-5`` and ``50%``."""
    found = re.fullmatch(r"(-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?)(%?)", text)
    if found is None:
        return None
    return parameter, float(found[1]) / (100 if found[2] else 1)


def dimension_names(word: str, *, is_first: bool) -> str:
    """Write the batch as ``N``, whatever people call it, and other letters as large ones."""
    names = word.split(",")
    if is_first and names[0].lower() in _BATCHES:
        names[0] = BATCH
    return ",".join(each.upper() if len(each) == 1 else each for each in names)


def is_entry(text: str) -> bool:
    """Tell whether a text is a number or a size such as ``H//2``."""
    return bool(WHOLE.fullmatch(text)) or is_size(text)
