"""In which encoding a text is written, found from its bytes."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Mapping
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def find_encoding(sample: bytes) -> str:
    """Return the most likely encoding of the beginning of a file."""
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return name
    if sample[:400].count(0) > len(sample[:400]) // 4:
        return "utf-16-be" if sample[0] == 0 else "utf-16-le"
    if _decoded(sample, "utf-8") is not None:
        return "utf-8"
    scores = {name: _score(sample, name, likely) for name, likely in _LIKELY.items()}
    best = max(scores, key=scores.__getitem__)
    return best if scores[best] > 0.5 else "cp1252" if scores["cp1252"] >= 0 else "latin-1"


def codec_of(encoding: str) -> str:
    """Return the codec that reads an encoding with and without a mark of the order of its bytes."""
    return "utf-8-sig" if encoding == "utf-8" else encoding


def _decoded(sample: bytes, encoding: str) -> str | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        return decoder.decode(sample)
    except UnicodeDecodeError:
        return None


def _score(sample: bytes, encoding: str, likely: Callable[[str, bytes], float]) -> float:
    """Return how usual the letters beyond ASCII would be, −1 where the bytes cannot be read so."""
    text = _decoded(sample, encoding)
    if text is None:
        return -1
    foreign = [letter for letter in text if letter > "\x7f"]
    if not foreign:
        return 0
    if encoding in {"cp1252", "cp1251"}:
        return likely(text, sample)
    return sum(likely(each, each.encode(encoding)) for each in foreign) / len(foreign)


def _chinese(_: str, pair: bytes) -> float:
    if len(pair) != 2 or pair[1] < 0xA1:
        return 0.0
    return 1.0 if 0xB0 <= pair[0] <= 0xD7 else 0.7 if 0xA1 <= pair[0] <= 0xA3 else 0.2


def _traditional(_: str, pair: bytes) -> float:
    return 1.0 if 0xA4 <= pair[0] <= 0xC6 else 0.7 if 0xA1 <= pair[0] <= 0xA3 else 0.2


def _japanese(_: str, pair: bytes) -> float:
    if len(pair) == 1:
        return 0.1  # katakana of half width
    return 1.0 if pair[0] in (0x82, 0x83) else 0.9 if 0x88 <= pair[0] <= 0x97 else 0.3


def _cyrillic(text: str, _: bytes) -> float:
    """Return the share of foreign letters that are small Cyrillic ones beside another."""
    foreign = [index for index, letter in enumerate(text) if letter > "\x7f"]
    beside = [
        index
        for index in foreign
        if "а" <= text[index].lower() <= "я"
        and any(
            "а" <= each.lower() <= "я"
            for each in text[index - 1 : index] + text[index + 1 : index + 2]
        )
    ]
    small = sum(text[index].islower() for index in beside)
    return small / len(foreign) if foreign else 0


def _western(text: str, _: bytes) -> float:
    """Return the share of foreign letters that stand alone among those of ASCII."""
    foreign = [index for index, letter in enumerate(text) if letter > "\x7f"]
    alone = [
        index
        for index in foreign
        if all(each <= "\x7f" for each in text[index - 1 : index] + text[index + 1 : index + 2])
        and (text[index].isalpha() or text[index] in "€£°²³µ–—‘’“”…%½ºª«»§©®´")
    ]
    return len(alone) / len(foreign) if foreign else 0


_LIKELY: Final[Mapping[str, Callable[[str, bytes], float]]] = {
    "gb18030": _chinese,
    "big5": _traditional,
    "shift_jis": _japanese,
    "cp1251": _cyrillic,
    "cp1252": _western,
}
