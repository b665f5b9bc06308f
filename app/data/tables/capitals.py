"""Words that differ in capitals alone, such as yes and Yes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


def variants(words: pl.Series) -> tuple[str, ...]:
    """Return the ways in which one of some words is written, nothing where each has one way."""
    different = words.drop_nulls().unique(maintain_order=True)
    by_small: dict[str, list[str]] = {}
    for word in different.to_list():
        by_small.setdefault(word.casefold(), []).append(word)
    return next((tuple(each) for each in by_small.values() if len(each) > 1), ())


def as_one(words: pl.Series) -> pl.Series:
    """Return words each in the way it is written most often."""
    counted = words.drop_nulls().value_counts(sort=True).rows()
    usual: dict[str, str] = {}
    for word, _ in counted:
        usual.setdefault(word.casefold(), word)
    return words.replace({word: usual[word.casefold()] for word, _ in counted})
