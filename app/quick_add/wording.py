"""The words of a line, however people write them: ``7x7 conv, 64, /2`` as ``双向LSTM 128``."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from graph_model.size_texts import whole_number

_COUNTS: Final = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6,
}  # fmt: skip
_EQUATION: Final = re.compile(r"([a-zA-Z.]+(?:,[a-zA-Z.]+)*)->(?=[a-z]+\b|$)")
_ARROW: Final = "\N{RIGHTWARDS DOUBLE ARROW}"
_NAMED_BEFORE: Final = re.compile(r"(?<![\w.(,])(?<!, )[\w.]+\s*=\s*(?=[\w.]+\()")
"""The name that a line of code sets, which is not an argument within a call."""

_LAYERS: Final = r"\(((?=[^()]*[^\W\d])[^()]*(?:\([^()]*\)[^()]*)*)\)"
_GROUPS: Final = re.compile(
    rf"(?:^|(?<=>)) ?(?:([1-9]\d?) ?[x×*]? ?{_LAYERS}|{_LAYERS} ?[x×*] ?([1-9]\d?)) ?(?=$|>)"
)
"""Layers in brackets that come several times: ``3x (linear 64 relu)``."""

_FILLED: Final = re.compile(r"(?:torch\.)?(zeros|ones)[ (]+([\w/+*,. -]+?)\)?", re.IGNORECASE)
"""A tensor of one number: ``zeros 4 4``, ``torch.ones(N, 4)``."""

_REWRITTEN: Final = [
    (re.compile(pattern, re.IGNORECASE), to)
    for pattern, to in (
        (r"^(?:[a-z_]\w*\.)*Sequential\((.*)\)$", r"\1"),
        (r"^(?:[a-z_]\w*\.)*Bidirectional\(([\w.]+\(.*\))\)$", r"\1 bi"),
        (r"^(?:bi[- ]?(?=lstm|gru|rnn)|bidirectional |双向 ?)(\S*\([^()]*\)|\S+)", r"\1 bi"),
        (r"(?:\w+\.)?\b(?:view|reshape)\(\w+\.(?:size\(0\)|shape\[0\]), ?-1\)", "Flatten()"),
        (r"^([^\W\d_]{2,}\d?)-(\d+)\b", r"\1 \2"),  # conv3-64, as VGG's table has it
        (r"^([^\W\d_]+)=(-?[\d.]+%?)$", r"\1 \2"),
        (r"(?<=\w)(/\d)$", r" \1"),
        (r"\b(?:no|without|w/o) (?=bias)|(?:不带|无)(?=偏置)", "no"),
        (r"(\d) %", r"\1%"),
        (r"^(?:take )?(?:the )?last (?:time ?)?step$|^(?:取)?最后一?(?:个时间)?步$", "select 1 -1"),
        (r"^pad (\d+)$", r"zero pad \1"),
        (r"^(up\w*|上采样)\b(.*) [x×](\d+)$", r"\1\2 \3"),
        (r"(?:激活函数|激活|activation) (?=[a-z])", ""),
        (r"\b([a-z]*(?:relu|elu|sigmoid|softmax|tanh|silu|mish)) ?(?:激活函数|激活|activation)\b",
         r"\1"),
        *((rf"(?<=\s){word}(?=层|头|组| layers| heads)", str(n)) for word, n in _COUNTS.items()),
    )
]  # fmt: skip
"""What people write, and the words that it is read as."""


def parts_of(text: str) -> list[str]:
    """Return the parts of a chain, forms of signs and letters made one."""
    plain = " ".join(unicodedata.normalize("NFKC", re.sub("[，、；]", " ", text)).split())
    plain = _EQUATION.sub(rf"\1{_ARROW}", plain) if "einsum" in plain.lower() else plain
    plain = re.sub(r"->|→|⟶|\|", ">", plain)
    plain = _GROUPS.sub(_repeated, _NAMED_BEFORE.sub("", plain))
    parts = re.split(r">(?!=)", plain)
    found = [_rewritten(each.strip()) for each in parts if each.strip()]
    return found or ([plain] if plain else [])  # a line of signs alone may be a name: ">"


def words_of(part: str) -> list[str]:
    """Split at spaces and after the brackets of calls, but not within brackets."""
    bracketed = r"[^\s()\[]*\([^()]*(?:\([^()]*\)[^()]*)*\)?|\[[^\[\]]*\]"
    found = re.findall(rf"(?:{bracketed})|[^\s()]+|\)", part)
    return [each for each in (word.rstrip(",") or "" for word in found) if each] or [part]


def counted(part: str) -> tuple[str, int]:
    """Take ``2``, ``2x`` and ``两个`` before and ``x2`` behind a name as how often it comes."""
    before = re.match(r"(\d+)(?:\s*[x×*]?\s+|\s*[个层]\s*)(?=[^\W\d])", part)
    if before:
        return part[before.end() :], whole_number(before[1])
    word = re.match(rf"({'|'.join(_COUNTS)})(?:\s+|\s*[个层]\s*)(?=[^\W\d])", part, re.IGNORECASE)
    if word:
        return part[word.end() :], _COUNTS[word[1].lower()]
    behind_it = re.search(r"\s+[x×*]\s*(\d+)$", part)
    return (part[: behind_it.start()], whole_number(behind_it[1])) if behind_it else (part, 1)


def _repeated(group: re.Match[str]) -> str:
    """Write layers in brackets as often as they come."""
    before, first, second, behind = group.groups()
    return ">".join([first or second] * whole_number(before or behind))


def _rewritten(part: str) -> str:
    if filled := _FILLED.fullmatch(part):
        sizes = ",".join(re.split(r"[ ,]+", filled[2].strip(" ,")))
        return f"constant shape={sizes} value={int(filled[1].lower() == 'ones')}"
    for pattern, to in _REWRITTEN:
        part = pattern.sub(to, part)
    return part.replace(_ARROW, "->")
