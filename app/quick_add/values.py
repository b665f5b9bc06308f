"""Which argument of a layer a word sets: ``64``, ``s2``, ``stride=2``, ``bi``, ``3x32x32``."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Final

from app.quick_add.value_texts import (
    BARE,
    BATCH,
    NUMBERS,
    SIZES,
    WHOLE,
    Setting,
    checked,
    dimension_names,
    is_entry,
    valued,
)
from graph_model.complaints import complaint
from graph_model.layers import LAYERS
from graph_model.layers.kind import LayerKind, Module
from graph_model.size_texts import is_size, whole_number
from graph_model.values import Type, Value

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
    "axis": ("dim",),
    "use_bias": ("bias",),
    "filters": ("out_channels",),
    "features": ("out_features",),
    "kernel": ("kernel_size",),
    "pad": ("padding",),
    "prob": ("p",),
    "x": ("scale_factor", "upscale_factor"),
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
    "倍": ("scale_factor", "upscale_factor"),
    "通道": ("out_channels",),
    "通道数": ("out_channels",),
    "输出": ("out_channels", "out_features"),
    "单元": ("out_features", "hidden_size"),
    "隐藏": ("hidden_size",),
    "步长": ("stride",),
    "步幅": ("stride",),
    "卷积核": ("kernel_size",),
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

_MOST_DIMENSIONS: Final = 8
"""More are none of a tensor that somebody draws, but features."""
LARGEST_KERNEL: Final = 15
"""A larger number is none that people choose for a window."""
_MOST_USUAL: Final = {"kernel_size": LARGEST_KERNEL, "num_layers": 8}
"""What a second number says at most, where it is not the first that speaks of the layer."""
_MOST_HEADS: Final = {"num_heads": 64, "nhead": 64}
"""A first number above that is the width that comes in: ``transformer 512 8``."""


def value_at(
    kind: LayerKind, words: Sequence[str], at: int, taken: Mapping[str, Value]
) -> tuple[list[Setting], int]:
    """Return what the word at a place sets, and how many words that takes; none, 0.

    ``stride 2`` and ``8 heads`` are two words. Of ``64 stride 2`` the number is not the stride's.
    """
    word, following = words[at], words[at + 1] if at + 1 < len(words) else ""
    if _is_end(kind, word, following, taken) and (found := named_value(kind, "end", word)):
        return [found], 1
    if _is_number(word):
        if _takes_number(kind, following) and _ends_with_name(kind, words, at):
            return _one(named_value(kind, following.lower(), word), 2)
    elif _is_name(kind, word) and (found := named_value(kind, word.lower(), following)):
        return [found], 2
    if _says_size_of_input(kind, word, taken) or _begins_with_input(kind, words, at, taken):
        return [], 1
    if found := setting(kind, word, taken):
        return [found], 1
    each = re.split("[x×,]", word) if NUMBERS.fullmatch(word) else []
    several: dict[str, Setting] = {}
    for number in each:  # `1,2` and `1000x64` where a kind takes one number after the other
        more = setting(kind, number, {**taken, **{name: one[1] for name, one in several.items()}})
        if more is None:
            return [], 0
        several[more[0].name] = more
    return [*several.values()], 1 if several else 0


def _one(found: Setting | None, taken: int) -> tuple[list[Setting], int]:
    return ([found], taken) if found else ([], 0)


def _ends_with_name(kind: LayerKind, words: Sequence[str], at: int) -> bool:
    """Tell whether numbers and names, in turns from a number on, end with a name."""
    while True:
        at += 1
        if at == len(words) or not _takes_number(kind, words[at]):
            return False
        name, at = words[at].lower(), at + 1
        if at == len(words) or not (_is_number(words[at]) or named_value(kind, name, words[at])):
            return True
        if not _is_number(words[at]):
            return False  # `padding same`


def _is_number(word: str) -> bool:
    return bool(re.match(r"[(\[]?-?\.?\d", word))


def _takes_number(kind: LayerKind, word: str) -> bool:
    """Tell whether a word is what a parameter is called that is no switch."""
    parameter = kind.by_name.get(word.lower())
    is_switch = parameter is not None and parameter.type is Type.BOOLEAN
    return _is_name(kind, word) and not is_switch and _switched(kind, word) is None


def _is_name(kind: LayerKind, word: str) -> bool:
    """Tell whether a word is what a parameter is called, and no layer as well."""
    name = word.lower()
    if name in kind.by_name:
        return name != "dropout"
    if any(each in kind.by_name for each in (*_OTHER_NAMES.get(name, ()), *_SHORT.get(name, ()))):
        return True
    return len(name) > 2 and sum(each.name.startswith(name) for each in kind.parameters) == 1


def _is_end(kind: LayerKind, word: str, following: str, taken: Mapping[str, Value]) -> bool:
    """Tell whether a number alone is where a row of numbers ends: the 10 of ``arange 10``."""
    is_row = [each.name for each in kind.parameters[:2]] == ["start", "end"]
    is_alone = not taken and not _is_number(following) and not is_size(following)
    return is_row and is_alone and (bool(WHOLE.fullmatch(word)) or is_size(word))


def _says_size_of_input(kind: LayerKind, word: str, taken: Mapping[str, Value]) -> bool:
    """Tell whether a number is what follows from the input: the 64 of ``batch norm 64``."""
    follows = any(each.inferred for each in kind.parameters) and not taken
    free = next((each for each in kind.parameters if not each.inferred), None)
    if not follows or free is None or not WHOLE.fullmatch(word):
        return False
    is_own = isinstance(kind.form, Module) and free.name in kind.form.omitted
    return free.type is Type.NUMBER or (is_own and whole_number(word) > _MOST_DIMENSIONS)


def _begins_with_input(
    kind: LayerKind, words: Sequence[str], at: int, taken: Mapping[str, Value]
) -> bool:
    """Tell whether a number is what comes in, as in PyTorch's order: the 3 of ``conv 3 64 3``.

    It is where the second would be more than anybody chooses: a kernel of 64, or one too many.
    Patches are as large and go on by their own size: ``conv 768 16 16``.
    """
    follows = [*takewhile(lambda each: each.inferred, kind.parameters)]
    free = [each for each in kind.parameters if not each.inferred and each.type in BARE]
    numbers = whole_numbers(words[at:])
    is_first = not taken and not (at and WHOLE.fullmatch(words[at - 1]))
    if not (is_first and free and numbers and len(follows) == 1):
        return False
    if numbers[0] > _MOST_HEADS.get(free[0].name, math.inf):
        return True
    if len(numbers) == 1:
        return False
    if len(free) == 1:
        return len(numbers) == len(follows) + 1
    first, second, *others = numbers
    is_too_much = second > _MOST_USUAL.get(free[1].name, math.inf)
    is_patch = first > second and not any(each < second for each in others[:1])
    return (is_too_much and not is_patch) or checked(free[1], words[at + 1]) is None


def whole_numbers(words: Sequence[str]) -> list[int]:
    """Return the whole numbers that words begin with."""
    return [whole_number(each) for each in takewhile(WHOLE.fullmatch, words)]


def setting(kind: LayerKind, word: str, taken: Mapping[str, Value]) -> Setting | None:
    """Return the parameter that a word sets, and its value; ``None`` where it sets none.

    ``taken`` holds what words before it have set. A word for a list of sizes adds to it.
    """
    word = word.replace(" ", "").strip(",").strip("()[]")
    found = (
        _spelled_out(kind, word)
        or _lettered(kind, word)
        or _worded(kind, word)
        or _chosen(kind, word)
        or _switched(kind, word)
        or (_is_list(kind) and _grown(kind, word, taken))
        or _next(kind, word, taken)
        or _grown(kind, word, taken)
    )
    return found if found and not complaint(*found) else None


def glued(kind: LayerKind, sizes: str, taken: Mapping[str, Value]) -> Setting | None:
    """Return what sizes at a name set, without a space: the kernel of ``conv3x3`` and ``conv3``."""
    kernel = kind.by_name.get("kernel_size")
    is_kernel = re.fullmatch(r"\d|\d+(?:[x×]\d+)+", sizes)
    if kernel is not None and is_kernel:
        return checked(kernel, sizes)
    return setting(kind, sizes, taken)


def named_value(kind: LayerKind, name: str, text: str) -> Setting | None:
    """Return the parameter of a name, which may be that of Keras, and the value of a text."""
    for each in (name, *_OTHER_NAMES.get(name, ()), *_SHORT.get(name, ())):
        if each in kind.by_name:
            return checked(kind.by_name[each], text)
    starting = [each for each in kind.parameters if each.name.startswith(name)]
    return checked(starting[0], text) if len(starting) == 1 else None


def _spelled_out(kind: LayerKind, word: str) -> Setting | None:
    name, equals, text = word.partition("=")
    return named_value(kind, name, text) if equals else None


def _lettered(kind: LayerKind, word: str) -> Setting | None:
    halves = re.fullmatch(r"/(\d+)", word)
    if halves and "stride" in kind.by_name:  # as figures of networks have it
        return valued(kind.by_name["stride"], halves[1])
    short = re.fullmatch(r"([a-z])([\dx×.]+)", word)
    names = _SHORT.get(short[1], ()) if short else ()
    for name in names:
        if short and name in kind.by_name:
            return valued(kind.by_name[name], short[2])
    return None


def _worded(kind: LayerKind, word: str) -> Setting | None:
    """Read a word with its number: ``stride2``, ``步长2``, ``8heads``, ``2层``."""
    behind = re.fullmatch(r"(\d+)([^\W\d_]+)", word)
    parts = re.fullmatch(r"([^\W\d]+)(\d+(?:[x×]\d+)*)", word)
    name, number = (behind[2], behind[1]) if behind else parts.groups() if parts else ("", "")
    if not name or (len(name) == 1 and name not in _OTHER_NAMES):
        return None
    return named_value(kind, name.lower(), number)


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
    """Read a bare number as the next parameter that has none yet; at an Input it is a size.

    A kernel such as ``3x3`` may come before the channels, and where no number below 0 can be, the
    next that takes one is meant.
    """
    if kind is LAYERS["Input"]:
        return None
    free = [
        each
        for each in kind.parameters
        if not each.inferred and each.type in BARE and each.name not in taken
    ]
    if NUMBERS.fullmatch(word):
        free = [each for each in free if each.type is Type.SIZES]
    elif word.startswith("-"):
        free = [each for each in free if (found := valued(each, word)) and not complaint(*found)]
    elif "->" in word:
        free = [each for each in kind.parameters if each.type is Type.TEXT]
    return valued(free[0], word) if free else None


def _is_list(kind: LayerKind) -> bool:
    """Tell whether bare numbers are sizes, one after the other, as at a Parameter."""
    first = next(iter(kind.parameters), None)
    is_list = first is not None and first.type in {Type.SHAPE, Type.INTEGERS}
    return is_list and kind is not LAYERS["Constant"]  # which mostly is a number


def _grown(kind: LayerKind, word: str, taken: Mapping[str, Value]) -> Setting | None:
    """Read ``3x32x32`` or ``N,1,28,28``, or the next of ``T 512``, as sizes behind those before.

    Where the batch is not written it is put in front: as its name, or as what is left over.
    """
    lists = (each for each in kind.parameters if each.type in {Type.SHAPE, Type.INTEGERS})
    parameter = next(lists, None)
    if parameter is None:
        return None
    before, begun = taken.get(parameter.name), tuple[int | str, ...]()
    if kind is LAYERS["Input"]:
        word = dimension_names(word, is_first=before is None)
    entries = re.split("[x×,]", word) if SIZES.fullmatch(word) else word.split(",")
    are_plain = all(map(SIZES.fullmatch, entries))
    if not are_plain and not (parameter.symbolic and all(map(is_entry, entries))):
        return None
    read = tuple(whole_number(each) if WHOLE.fullmatch(each) else each for each in entries)
    if parameter.type is Type.SHAPE and read[0] != BATCH:
        begun = (BATCH,)
    if parameter.type is Type.INTEGERS:
        begun = (-1,) if kind is LAYERS["Reshape"] and read[0] not in (-1, BATCH) else ()
        is_left_over = kind is LAYERS["Reshape"] or not parameter.symbolic
        read = tuple(-1 if each == BATCH and is_left_over else each for each in read)
    return parameter, (*(before if isinstance(before, tuple) else begun), *read)
