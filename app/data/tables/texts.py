"""Columns of texts as tokens: all of a table by one vocabulary, each as long as its own texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from app.data.arrays.own_splits import Parts, of_training
from app.data.dataset import Array, Indices, need_memory
from app.data.tables.understanding import Column
from app.data.texts.learning import NOTHING, Texts
from app.data.texts.samples import (
    given,
    how_cut,
    indexed,
    lengths_of,
    tokens_of,
    usual_width,
)
from graph_model.frozen import frozen
from graph_model.recipes.facts import ArrayFacts
from graph_model.values import Arguments

_BYTES_PER_TOKEN: Final = 16
"""About how much memory a token of a sample takes until it is learned."""


@frozen
class TextColumns:
    """The texts of a table before anything is learned of them.

    ``how`` has those of all columns below one another, ``widths`` how many tokens a sample of each
    has.
    """

    how: Texts
    widths: Mapping[str, int]
    rows: int
    lengths: Mapping[str, Array]
    """How many tokens each text has, by column."""

    def fit(self, train: Indices) -> tuple[dict[str, Array], dict[str, Any]]:
        """Learn the vocabulary of these samples; return the tokens of all, and what was done."""
        within = [train + self.rows * place for place in range(len(self.widths))]
        fitted = self.how.fit(np.concatenate(within))
        numbers = fitted.arrays["features"].reshape(len(self.widths), self.rows, -1)
        arrays = {
            name: np.ascontiguousarray(found[:, :width])
            for (name, width), found in zip(self.widths.items(), numbers, strict=True)
        }
        return arrays, {**fitted.done["text"], "columns": dict(self.widths)}

    def facts(self) -> dict[str, ArrayFacts]:
        """Return what is known of each array whatever is learned: as many tokens as there are."""
        return {
            name: ArrayFacts(name, (width,), "int64", self.how.most)
            for name, width in self.widths.items()
        }

    def read_as(self, arguments: Arguments) -> dict[str, str]:
        """Return what settings that were left open were taken for."""
        lengths = ", ".join(map(str, dict.fromkeys(self.widths.values())))
        found = {"tokens": self.how.tokens, "length": lengths, "vocabulary": str(self.how.most)}
        return {name: word for name, word in found.items() if arguments[name] in (None, "auto")}


def texts_of(
    path: Path,
    columns: Sequence[Column],
    rows: Any,
    arguments: Arguments,
    parts: Parts = (),
) -> TextColumns | None:
    """Return the columns of texts of a table, these rows of them; ``None`` where it has none.

    ``parts`` is the split that all rows have of their own, if any.
    """
    if not columns:
        return None
    tokens = tokens_of(arguments, "words")
    how = how_cut(arguments, tokens, gone_on=False)
    texts = {each.name: cells_of(each, rows) for each in columns}
    own = np.asarray(parts)[rows] if len(parts) else parts
    lengths = {name: lengths_of(cells, how, own) for name, cells in texts.items()}
    chosen = given(arguments, "length")
    widths = {
        name: chosen or usual_width(of_training(found, own)) for name, found in lengths.items()
    }
    count, widest = len(next(iter(texts.values()))), max(widths.values())
    need_memory(path, _BYTES_PER_TOKEN * count * len(texts) * widest)
    everything = [text for cells in texts.values() for text in cells]
    how = replace(how, width=widest)
    if tokens == "byte_pairs":
        how = replace(how, texts=tuple(everything))
    else:
        how = indexed(everything, how)
        for place, width in enumerate(widths.values()):
            how.numbers[place * count : (place + 1) * count, width:] = NOTHING
    return TextColumns(how, widths, count, lengths)


def cells_of(column: Column, rows: Any) -> list[str]:
    """Return the texts of a column; one that is missing has no token."""
    cells = column.values.fill_null("")
    found: list[str] = (cells if isinstance(rows, slice) else cells.gather(rows)).to_list()
    return found
