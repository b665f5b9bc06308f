"""An array that tells of each sample to which part it belongs: which words stand for which part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from app.data.arrays.looks import as_words
from app.data.dataset import Array
from graph_model.frozen import frozen
from graph_model.problems import Fix, Problem, SetDataArguments
from graph_model.recipes.columns import PARTS, decided
from graph_model.values import Arguments

_Value = TypeVar("_Value")
_KNOWN: Final = {
    **dict.fromkeys(("train", "training", "trn", "tr", "0"), "training"),
    **dict.fromkeys(("val", "validation", "valid", "dev", "eval", "1"), "validation"),
    **dict.fromkeys(("test", "testing", "tst", "te", "holdout", "2"), "test"),
    "publictest": "validation",
    "privatetest": "test",
}
_NUMBERS: Final = {"training": 0, "validation": 1, "test": 2, "leave_out": -1}
_MOST: Final = 12
"""Of so many words of an array it is told what they stand for."""


Parts: TypeAlias = Sequence[int] | NDArray[np.int64]
"""Of each sample 0 where it trains, 1 where it validates, 2 where it tests; none is a split."""


@frozen
class Told:
    """The part of each sample, -1 where it is left out, and what each word was taken for.

    ``counts`` has how many samples have a word, ``unknown`` the words that nobody decided and that
    mean nothing here.
    """

    parts: Array
    meaning: Mapping[str, str]
    counts: Mapping[str, int]
    unknown: tuple[str, ...]

    def notes(self, path: str, arguments: Arguments) -> Iterator[Problem]:
        """Yield what is told of words that are not known, or were decided, with the other parts."""
        chosen = decided(arguments, "parts")
        for word in [each for each in self.meaning if each in self.unknown or each in chosen]:
            meaning = self.meaning[word]
            fixes = []
            for part in (each for each in PARTS if each != meaning):
                pairs = {**chosen, word: part}
                change = SetDataArguments(
                    {"parts": tuple(e for pair in pairs.items() for e in pair)}
                )
                fixes.append(Fix(f"split_{part}", change, {"word": word}))
            values = {"path": path, "word": word, "count": f"{self.counts[word]:,}"}
            code = f"split_word_{meaning}"
            yield Problem(code, values, parameter="data.parts", fixes=tuple(fixes))


def are_parts(words: Sequence[str]) -> bool:
    """Tell whether words, of which there are several, all name parts of a split."""
    known = {_KNOWN.get(word.strip().lower()) for word in words if not word.strip().isdigit()}
    return len(words) > 1 and None not in known and "training" in known


def told_parts(told: Array, chosen: Mapping[str, str]) -> Told:
    """Return to which part each sample belongs; what a word does not say trains."""
    found, places, counts = np.unique(told.ravel(), return_inverse=True, return_counts=True)
    words = as_words(found)
    usual = {word: _KNOWN.get(word.strip().lower(), "training") for word in words}
    meaning = {word: chosen.get(word, usual[word]) for word in words[:_MOST]}
    numbers = [_NUMBERS[meaning.get(word, usual[word])] for word in words]
    return Told(
        np.array(numbers, np.int64)[places.ravel()],
        meaning,
        dict(zip(words, counts.tolist(), strict=True)),
        tuple(each for each in meaning if each.strip().lower() not in _KNOWN),
    )


def of_training(values: Sequence[_Value], parts: Parts) -> Sequence[_Value]:
    """Return the values of the samples that train by a split of their own; of all without one."""
    return [value for value, part in zip(values, parts, strict=False) if part == 0] or values
