"""Texts become samples: each with its class, or pieces of one text that is to be gone on with."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from app.data.arrays.own_splits import Parts, of_training
from app.data.dataset import Array, Dataset, need_memory, refuse
from app.data.texts.learning import NOTHING, Texts, learned
from app.data.texts.tokens import Encoder, Vocabulary, cut, visible
from graph_model.phrases import phrase
from graph_model.problems import Problem
from graph_model.recipes.facts import ArrayFacts, ColumnFacts, DataFacts
from graph_model.values import Arguments

LONGEST: Final = 512
"""How long texts are at most where that is left open."""
_PIECE: Final = 64
"""How long the pieces of a text are that is to be gone on with, where that is left open."""
_COVERED: Final = 95
"""The percentile of the lengths that is taken for the length, where that is left open."""
_SHOWN: Final = 3
_SHOWN_TOKENS: Final = 24
_SPARE: Final = 1.125
"""How much longer pieces are than byte pairs should need, so that hardly one is filled up."""
_TRIED_TEXTS: Final = 200
"""How many texts tell whether blanks part their words."""
_LONG_WORD: Final = 12
"""Texts of one word that is longer are no words: genes, formulas, addresses."""
_TRIED: Final = 200_000
"""From how many characters it is found out how long a byte pair is."""


def classified_texts(
    path: Path,
    texts: Sequence[str],
    labels: Sequence[int],
    names: tuple[str, ...],
    arguments: Arguments,
    parts: Parts = (),
) -> Dataset:
    """Make samples of texts that have a class each; ``parts`` is the split of their own, if any."""
    counts = np.bincount(np.asarray(labels, np.int64), minlength=len(names))
    if (counts > 0).sum() < 2:
        refuse("data_too_few", path=path, got=1, what=phrase("classes of text"), expected=2)
    data = _told_texts(path, texts, arguments, _class_facts(counts), parts)
    array = ArrayFacts("target", (), "int64", len(names))
    facts = replace(data.facts, class_names=names, class_counts=tuple(map(int, counts)))
    return _with_target(replace(data, facts=facts), np.asarray(labels, np.int64), array)


def measured_texts(
    path: Path, texts: Sequence[str], numbers: Array, arguments: Arguments
) -> Dataset:
    """Make samples of texts that have a number each."""
    if len(texts) < 2:
        refuse("data_too_few", path=path, got=len(texts), what=phrase("samples"), expected=2)
    histogram = tuple(map(int, np.histogram(numbers, 16)[0]))
    of_numbers = ColumnFacts("target", "target", "number", distinct=len(np.unique(numbers)),
                             histogram=histogram)  # fmt: skip
    data = _told_texts(path, texts, arguments, of_numbers)
    data = replace(data, facts=replace(data.facts, task="regression"))
    return _with_target(data, numbers[:, None], ArrayFacts("target", (1,)))


def _told_texts(
    path: Path,
    texts: Sequence[str],
    arguments: Arguments,
    target: ColumnFacts,
    parts: Parts = (),
) -> Dataset:
    """Make samples of texts, of which something else is told."""
    tokens = tokens_of(arguments, usual_tokens(texts))
    how = how_cut(arguments, tokens, gone_on=False)
    lengths = lengths_of(texts, how, parts)
    width = given(arguments, "length") or usual_width(of_training(lengths, parts))
    need_memory(path, 16 * len(texts) * width)
    how = replace(how, width=width)
    how = indexed(texts, how) if tokens != "byte_pairs" else replace(how, texts=tuple(texts))
    data = _dataset(how, arguments, (_text_facts(texts, how), target), len(texts))
    cut_off = int((lengths > width).sum())
    if not cut_off:
        return data
    values = {"count": str(cut_off), "total": str(len(texts)), "length": str(width)}
    note = Problem("text_cut_off", {**values, "longest": str(lengths.max())})
    return replace(data, facts=replace(data.facts, notes=(*data.facts.notes, note)))


def _with_target(data: Dataset, target: Array, described: ArrayFacts) -> Dataset:
    facts = replace(data.facts, arrays={**data.facts.arrays, "target": described})
    return replace(data, arrays={**data.arrays, "target": target}, facts=facts)


def read_as(data: Dataset, arguments: Arguments, **words: str) -> Dataset:
    """Tell what settings were taken for that were left open."""
    found = {name: word for name, word in words.items() if arguments[name] in ("", "auto")}
    return replace(data, facts=replace(data.facts, read_as={**data.facts.read_as, **found}))


def gone_on_with(path: Path, text: str, arguments: Arguments) -> Dataset:
    """Make samples of the pieces of one text: the target of each token is the next one."""
    tokens = tokens_of(arguments, "characters")
    length = given(arguments, "length") or _PIECE
    how = replace(how_cut(arguments, tokens, gone_on=True), width=length + 1)
    need_memory(path, 32 * len(text))
    if tokens == "byte_pairs":
        pieces = _pieces(text, how)
        how, count = replace(how, texts=pieces), len(pieces)
    else:
        how, count = _windows(cut(text, tokens, lowercase=how.lowercase), how)
    if count < 10:
        refuse("data_text_too_short", path=path, got=count, length=length)
    data = _dataset(how, arguments, (_text_facts([text[:2000]], how),), count)
    facts = replace(data.facts, notes=(Problem("text_in_pieces", {"length": str(length)}),))
    return replace(data, facts=facts, times=np.arange(count))


def _dataset(
    how: Texts, arguments: Arguments, columns: tuple[ColumnFacts, ...], count: int
) -> Dataset:
    fitted = how.fit(np.arange(count))
    length, classes = how.width - how.gone_on, len(fitted.done["text"]["words"])
    if not how.names:
        classes = how.most  # fewer samples may have more pairs that stand twice than all have
    arrays = {name: ArrayFacts(name, (length,), "int64", classes) for name in fitted.arrays}
    found = {"tokens": how.tokens, "length": str(length), "vocabulary": str(classes)}
    open_ones = {key: word for key, word in found.items() if not _is_chosen(arguments, key)}
    facts = DataFacts(count, arrays, read_as=open_ones, columns=columns)
    return Dataset(fitted.arrays, facts, fit=how.fit)


def usual_width(lengths: Any) -> int:
    """Return how many tokens a sample has where that is left open: as many as nearly all texts."""
    if not len(lengths):  # all rows are left out, which is told in its place
        return 1
    return min(LONGEST, max(1, math.ceil(np.percentile(lengths, _COVERED))))


def how_cut(arguments: Arguments, tokens: str, *, gone_on: bool) -> Texts:
    """Return how texts are cut by the settings of a source, before any of them is looked at."""
    size = given(arguments, "vocabulary") or (1000 if tokens == "byte_pairs" else 20_000)
    empty = np.empty((0, 0), np.int32)
    return Texts(tokens, bool(arguments["lowercase"]), size, 1, gone_on, empty)


def lengths_of(texts: Sequence[str], how: Texts, parts: Parts = ()) -> Any:
    """Return how many tokens each text has; byte pairs are learned for it from those that train."""
    if how.tokens != "byte_pairs":
        return np.array([len(cut(text, how.tokens, lowercase=how.lowercase)) for text in texts])
    encoder = Encoder(learned(of_training(texts, parts), how))
    return np.array([len(encoder.tokens(text)) for text in texts])


def indexed(texts: Sequence[str], how: Texts) -> Texts:
    """Number all tokens that there are, in the order of their letters."""
    found = [cut(text, how.tokens, lowercase=how.lowercase)[: how.width] for text in texts]
    names = tuple(sorted({token for tokens in found for token in tokens}))
    places = {token: place for place, token in enumerate(names)}
    numbers = np.full((len(texts), how.width), NOTHING, np.int32)
    for row, tokens in zip(numbers, found, strict=True):
        row[: len(tokens)] = [places[token] for token in tokens]
    return replace(how, numbers=numbers, names=names)


def _windows(tokens: Sequence[str], how: Texts) -> tuple[Texts, int]:
    """Cut tokens into pieces side by side; the last token of one is the first of the next."""
    names = tuple(sorted(set(tokens)))
    places = {token: place for place, token in enumerate(names)}
    numbers = np.fromiter((places[token] for token in tokens), np.int32, len(tokens))
    step = how.width - 1
    count = max(0, (len(numbers) - 1) // step)
    if not count:
        return how, 0
    views = np.lib.stride_tricks.sliding_window_view(numbers, how.width)
    return replace(how, numbers=views[::step][:count], names=names), count


def _pieces(text: str, how: Texts) -> tuple[str, ...]:
    """Cut a text into pieces of as many characters as the byte pairs of a sample should have."""
    start = text[:_TRIED]
    encoder = Encoder(learned([start], how))
    letters = len(start) / max(1, len(encoder.tokens(start)))
    step = max(1, math.ceil(_SPARE * how.width * letters))
    return tuple(text[at : at + step] for at in range(0, len(text) - step + 1, step))


def _text_facts(texts: Sequence[str], how: Texts) -> ColumnFacts:
    """Describe the texts by the tokens of the first lines of some."""
    if how.tokens == "byte_pairs":
        some = tuple(text[:_TRIED] for text in (how.texts or texts)[: _TRIED // 100])
        vocabulary = learned(some, how)
    else:
        vocabulary = Vocabulary(how.tokens, (), lowercase=how.lowercase)
    encoder = Encoder(vocabulary)
    lines = [line for text in texts[:_SHOWN] for line in text.splitlines() if line.strip()]
    examples = tuple(visible(encoder.tokens(line)[:_SHOWN_TOKENS]) for line in lines[:_SHOWN])
    return ColumnFacts("text", "text", "text", examples=examples, distinct=len(set(texts)))


def _class_facts(counts: Any) -> ColumnFacts:
    histogram = tuple(map(int, counts))
    return ColumnFacts("target", "target", "category", distinct=len(counts), histogram=histogram)


def tokens_of(arguments: Arguments, usual: str) -> str:
    """Return what texts are cut into."""
    chosen = str(arguments["tokens"])
    return usual if chosen == "auto" else chosen


def usual_tokens(texts: Sequence[str]) -> str:
    """Return what texts are usually cut into: characters where no blanks part words."""
    some = [text[:_TRIED] for text in texts[:_TRIED_TEXTS]]
    letters = "".join(some)
    without_blanks = sum("\u3040" <= each <= "\u9fff" for each in letters)
    words = np.median([len(text.split()) for text in some])
    is_one_word = words < 2 and np.median([len(text) for text in some]) > _LONG_WORD
    return "characters" if without_blanks > 0.2 * len(letters) or is_one_word else "words"


def given(arguments: Arguments, name: str) -> int:
    """Return a number that was chosen, 0 where it was left open."""
    value = arguments[name]
    return value if isinstance(value, int) else 0


def _is_chosen(arguments: Arguments, name: str) -> bool:
    return arguments[name] not in (None, "auto")
