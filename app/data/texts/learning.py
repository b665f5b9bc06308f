"""What of texts is learned from the training split alone: the vocabulary, and so their numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.data.dataset import Array, Fitted, Indices
from app.data.texts.byte_pairs import learned_pairs
from app.data.texts.tokens import PADDING, SPECIAL, UNKNOWN, Encoder, Vocabulary, cut
from graph_model.frozen import frozen

NOTHING: Final = -1
"""What stands behind the last token of a text that is shorter than others."""


@frozen
class Texts:
    """The samples of texts, before anything is learned of them.

    Of characters and words, ``numbers`` has those of each sample, in ``names``; of byte pairs,
    ``texts`` has the text of each. ``width`` is how many tokens a sample has. Of samples that are
    ``gone_on`` with, the features are all but the last token, and the target all but the first.
    """

    tokens: str
    lowercase: bool
    size: int
    width: int
    gone_on: bool
    numbers: NDArray[np.int32]
    names: tuple[str, ...] = ()
    texts: Sequence[str] = ()

    @property
    def most(self) -> int:
        """The most tokens that a vocabulary can have here, with padding and unknown ones."""
        return min(self.size, len(self.names) + len(SPECIAL)) if self.names else self.size

    def fit(self, train: Indices, _: Collection[str] = ()) -> Fitted:
        """Learn the vocabulary of these samples, and return all samples in its numbers."""
        if self.names:
            vocabulary, numbers = self._counted(train)
        else:
            vocabulary = learned([self.texts[index] for index in train], self)
            numbers = encoded(self.texts, vocabulary, self.width)
        done = {
            **vocabulary.as_json(),
            "length": self.width - self.gone_on,
            "task": "next_token" if self.gone_on else "classification",
        }
        if not self.gone_on:
            return Fitted({"features": numbers}, {"text": done})
        arrays = {"features": numbers[:, :-1].copy(), "target": numbers[:, 1:].copy()}
        return Fitted(arrays, {"text": done}, {"target": vocabulary.words})

    def _counted(self, train: Indices) -> tuple[Vocabulary, Array]:
        """Keep the most frequent tokens of the training samples."""
        some = self.numbers[train]
        counts = np.bincount(some[some != NOTHING], minlength=len(self.names))
        order = np.lexsort((np.arange(len(counts)), -counts))
        kept = [int(each) for each in order[: self.size - len(SPECIAL)] if counts[each]]
        table = np.full(len(self.names) + 1, UNKNOWN, np.int64)
        table[NOTHING] = PADDING
        table[kept] = np.arange(len(kept)) + len(SPECIAL)
        words = (*SPECIAL, *(self.names[each] for each in kept))
        return Vocabulary(self.tokens, words, lowercase=self.lowercase), table[self.numbers]


def learned(texts: Sequence[str], how: Texts) -> Vocabulary:
    """Learn byte pairs from texts, as many as the vocabulary has room for beside characters."""
    chunks: Counter[str] = Counter()
    for text in texts:
        chunks.update(cut(text, how.tokens, lowercase=how.lowercase))
    letters: Counter[str] = Counter()
    for chunk, count in chunks.items():
        for letter in chunk:
            letters[letter] += count
    room = how.size - len(SPECIAL)
    known = sorted(letters, key=lambda letter: (-letters[letter], letter))[:room]
    pairs = learned_pairs(chunks, room - len(known))
    words = dict.fromkeys((*SPECIAL, *known, *("".join(pair) for pair in pairs)))
    return Vocabulary(how.tokens, tuple(words), tuple(pairs), how.lowercase)


def encoded(texts: Sequence[str], vocabulary: Vocabulary, width: int) -> Array:
    """Return texts in numbers, each cut or filled up to so many tokens."""
    encoder = Encoder(vocabulary)
    found = np.full((len(texts), width), PADDING, np.int64)
    for row, text in zip(found, texts, strict=True):
        numbers = encoder.numbers(text)[:width]
        row[: len(numbers)] = numbers
    return found
