"""Which argument of a layer a word sets: ``64``, ``s2``, ``stride=2``, ``bi``, ``3x32x32``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from graph_model.layers.kind import LayerKind
from graph_model.size_texts import is_size, whole_number
from graph_model.values import Parameter, Type, Value, complaint

_SHORT: Final[Mapping[str, tuple[str, ...]]] = {
    "k": ("kernel_size",),
    "s": ("stride",),
    "p": ("padding", "p"),
    "d": ("dilation",),
    "g": ("groups",),
    "h": ("num_heads", "nhead"),
}
"""Letters that stand for parameters when a number follows: ``s2``."""

_OTHER_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "filters": ("out_channels",),
    "channels": ("out_channels",),
    "out": ("out_channels", "out_features"),
    "units": ("out_features", "hidden_size"),
    "hidden": ("hidden_size",),
    "layers": ("num_layers",),
    "heads": ("num_heads", "nhead"),
    "strides": ("stride",),
    "pool_size": ("kernel_size",),
    "dilation_rate": ("dilation",),
    "rate": ("p",),
    "size": ("kernel_size", "output_size", "scale_factor"),
    "alpha": ("negative_slope", "alpha"),
    "input_dim": ("num_embeddings",),
    "output_dim": ("embedding_dim",),
    "步长": ("stride",),
    "填充": ("padding",),
    "核": ("kernel_size",),
    "膨胀": ("dilation",),
    "组": ("groups",),
    "头": ("num_heads", "nhead"),
    "层": ("num_layers",),
}
"""What Keras and people call parameters."""

_SWITCHES: Final[Mapping[str, str]] = {"bi": "bidirectional", "双向": "bidirectional"}
"""Words for yes that are no beginning of the parameter's name, or of several."""

_BATCH: Final = "N"
_BARE: Final = frozenset({Type.INTEGER, Type.NUMBER, Type.SIZES})
_NUMBERS: Final = re.compile(r"-?\d+(?:[x×,]-?\d+)+")
_WHOLE: Final = re.compile(r"-?\d+")
_SIZES: Final = re.compile(r"(-?\d+|[A-Z]\w*)([x×,](-?\d+|[A-Z]\w*))*")

Setting = tuple[Parameter, Value]


def setting(kind: LayerKind, word: str, taken: Mapping[str, Value]) -> Setting | None:
    """Return the parameter that a word sets, and its value; ``None`` where it sets none.

    ``taken`` holds what words before it have set. A word for a list of sizes adds to it.
    """
    word = word.replace(" ", "").strip(",").removeprefix("(").removesuffix(")")
    found = (
        _spelled_out(kind, word)
        or _lettered(kind, word)
        or _worded(kind, word)
        or _chosen(kind, word)
        or _switched(kind, word)
        or _next(kind, word, taken)
        or _grown(kind, word, taken)
    )
    return None if found is None or complaint(*found) else found


def glued(kind: LayerKind, sizes: str, taken: Mapping[str, Value]) -> Setting | None:
    """Return what sizes at a name set, without a space: the kernel of ``conv3x3`` and ``conv3``."""
    kernel = kind.by_name.get("kernel_size")
    is_kernel = re.fullmatch(r"\d|\d+(?:[x×]\d+)+", sizes)
    if kernel is not None and is_kernel:
        return _checked(kernel, sizes)
    return setting(kind, sizes, taken)


def named_value(kind: LayerKind, name: str, text: str) -> Setting | None:
    """Return the parameter of a name, which may be that of Keras, and the value of a text."""
    for each in (name, *_OTHER_NAMES.get(name, ())):
        if each in kind.by_name:
            return _checked(kind.by_name[each], text)
    starting = [each for each in kind.parameters if each.name.startswith(name)]
    return _checked(starting[0], text) if len(starting) == 1 else None


def _checked(parameter: Parameter, text: str) -> Setting | None:
    found = _valued(parameter, text)
    return None if found is None or complaint(*found) else found


def _spelled_out(kind: LayerKind, word: str) -> Setting | None:
    name, equals, text = word.partition("=")
    return named_value(kind, name, text) if equals else None


def _lettered(kind: LayerKind, word: str) -> Setting | None:
    short = re.fullmatch(r"([a-z])([\dx×.]+)", word)
    names = _SHORT.get(short[1], ()) if short else ()
    for name in names:
        if short and name in kind.by_name:
            return _valued(kind.by_name[name], short[2])
    return None


def _worded(kind: LayerKind, word: str) -> Setting | None:
    """Read a word with its number: ``stride2``, ``步长2``; the reader glues ``8 heads`` so."""
    parts = re.fullmatch(r"([^\W\d]+)(\d+(?:[x×]\d+)*)", word)
    if parts is None or (len(parts[1]) == 1 and parts[1] not in _OTHER_NAMES):
        return None
    return named_value(kind, parts[1].lower(), parts[2])


def _chosen(kind: LayerKind, word: str) -> Setting | None:
    for parameter in kind.parameters:
        if word in parameter.choices:
            return parameter, word
    return None


def _switched(kind: LayerKind, word: str) -> Setting | None:
    """Read ``bi`` and ``bidirectional`` as yes, ``nobias`` and ``no-bias`` as no."""
    text = word.lower()
    switches = {each.name: each for each in kind.parameters if each.type is Type.BOOLEAN}
    if text.startswith("no") and (off := switches.get(text[2:].lstrip("-_"))):
        return off, False
    name = _SWITCHES.get(text, text)
    if name in switches:
        return switches[name], True
    begun = [each for key, each in switches.items() if len(text) > 2 and key.startswith(text)]
    return (begun[0], True) if len(begun) == 1 else None


def _next(kind: LayerKind, word: str, taken: Mapping[str, Value]) -> Setting | None:
    """Read a bare number as the next parameter that has none yet; at an Input it is a size."""
    if kind.name == "Input":
        return None
    for parameter in kind.parameters:
        is_free = not parameter.inferred and parameter.type in _BARE
        if is_free and parameter.name not in taken:
            return _valued(parameter, word)
    return None


def _grown(kind: LayerKind, word: str, taken: Mapping[str, Value]) -> Setting | None:
    """Read ``3x32x32`` or ``N,1,28,28``, or the next of ``T 512``, as sizes behind those before.

    Where the batch is not written it is put in front: as its name, or as what is left over.
    """
    lists = (each for each in kind.parameters if each.type in {Type.SHAPE, Type.INTEGERS})
    parameter = next(lists, None)
    if parameter is None:
        return None
    entries = re.split("[x×,]", word) if _SIZES.fullmatch(word) else word.split(",")
    are_plain = all(map(_SIZES.fullmatch, entries))
    if not are_plain and not (parameter.symbolic and all(map(_is_entry, entries))):
        return None
    read = tuple(whole_number(each) if _WHOLE.fullmatch(each) else each for each in entries)
    before, begun = taken.get(parameter.name), tuple[int | str, ...]()
    if parameter.type is Type.SHAPE and read[0] != _BATCH:
        begun = (_BATCH,)
    if parameter.type is Type.INTEGERS:
        begun = (-1,) if kind.name == "Reshape" and read[0] not in (-1, _BATCH) else ()
        is_left_over = kind.name == "Reshape" or not parameter.symbolic
        read = tuple(-1 if each == _BATCH and is_left_over else each for each in read)
    return parameter, (*(before if isinstance(before, tuple) else begun), *read)


def _is_entry(text: str) -> bool:
    """Tell whether a text is a number or a size such as ``H//2``."""
    return bool(_WHOLE.fullmatch(text)) or is_size(text)


def _valued(parameter: Parameter, text: str) -> Setting | None:
    """Read a text as a value of a parameter, quotes and brackets aside."""
    text = text.strip().removeprefix("torch.tensor").strip("'\"")
    bare = re.sub(r"\s", "", text).strip("()[],")
    if parameter.type in {Type.SIZES, Type.INTEGERS} and _NUMBERS.fullmatch(bare):
        return parameter, tuple(map(whole_number, re.split("[x×,]", bare)))
    if parameter.type is Type.NUMBERS:
        return _several(parameter, bare)
    if parameter.symbolic and parameter.type is Type.INTEGER and is_size(bare):
        return parameter, bare
    if _WHOLE.fullmatch(bare) and parameter.type in _BARE:
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
