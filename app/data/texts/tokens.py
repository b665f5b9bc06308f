"""Texts as tokens: how they are cut, which are known, and the number of each.

``codegen.predicting.texts`` writes the same for scripts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from app.data.texts.byte_pairs import joined_pairs
from graph_model.frozen import frozen

PADDING: Final = 0
UNKNOWN: Final = 1
SPECIAL: Final = ("<pad>", "<unknown>")
"""What the first numbers of every vocabulary stand for."""
WORDS: Final = (
    r"[\u3040-\u30ff\u3400-\u9fff]"
    r"|[^\W\u3040-\u30ff\u3400-\u9fff]+(?:['’][^\W\u3040-\u30ff\u3400-\u9fff]+)*"
    r"|[^\w\s]|\n"
)
"""What a word is: letters and digits, or a sign; each letter of Chinese and Japanese is one."""
_WORD: Final = re.compile(WORDS)
_CHUNK: Final = re.compile(r" ?\w+| ?[^\w\s]+|\s+?(?= ?\S)|\s+")
"""What byte pairs never reach across: a word or marks with the space before, or other spaces."""


@frozen
class Vocabulary:
    """The tokens that are known, each at the place of its number.

    ``merges`` are the pairs that byte pairs are joined by, the first ones first.
    """

    tokens: str
    words: tuple[str, ...]
    merges: tuple[tuple[str, str], ...] = ()
    lowercase: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "tokens": self.tokens,
            "lowercase": self.lowercase,
            "words": list(self.words),
            "merges": [list(pair) for pair in self.merges],
        }


def cut(text: str, tokens: str, *, lowercase: bool = False) -> list[str]:
    """Return the characters or words of a text, or what byte pairs do not reach across."""
    text = text.lower() if lowercase else text
    if tokens == "characters":
        return list(text)
    return (_WORD if tokens == "words" else _CHUNK).findall(text)


class Encoder:
    """Turns texts into the numbers of their tokens, by a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._known = vocabulary
        self._numbers = {word: number for number, word in enumerate(vocabulary.words)}
        self._ranks = {pair: rank for rank, pair in enumerate(vocabulary.merges)}
        self._chunks: dict[str, Sequence[str]] = {}

    def tokens(self, text: str) -> list[str]:
        """Return the tokens of a text, known or not."""
        found = cut(text, self._known.tokens, lowercase=self._known.lowercase)
        if self._known.tokens != "byte_pairs":
            return found
        return [token for chunk in found for token in self._joined(chunk)]

    def numbers(self, text: str) -> list[int]:
        """Return the number of each token of a text."""
        return [self._numbers.get(token, UNKNOWN) for token in self.tokens(text)]

    def _joined(self, chunk: str) -> Sequence[str]:
        if chunk not in self._chunks:
            self._chunks[chunk] = joined_pairs(chunk, self._ranks)
        return self._chunks[chunk]


def of_json(done: Mapping[str, Any]) -> Vocabulary:
    """Return the vocabulary that was written down."""
    merges = tuple((first, second) for first, second in done["merges"])
    return Vocabulary(done["tokens"], tuple(done["words"]), merges, done["lowercase"])


def text_of(tokens: Iterable[str], kind: str) -> str:
    """Return tokens as a text that can be read; words with spaces between them."""
    if kind != "words":
        return "".join(tokens)
    text = " ".join(tokens)
    return re.sub(r" ?\n ?", "\n", re.sub(r" ([.,;:!?)\]’])", r"\1", text))


def visible(tokens: Iterable[str]) -> str:
    """Return tokens apart from each other, with signs for spaces and ends of lines."""
    signs = str.maketrans({" ": "␣", "\n": "⏎", "\t": "⇥"})
    return " · ".join(token.translate(signs) for token in tokens)
