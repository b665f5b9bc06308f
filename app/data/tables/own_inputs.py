"""Columns that enter Inputs of their own: texts as tokens, and pictures."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from app.data.arrays.own_splits import Parts
from app.data.dataset import Array
from app.data.tables.pictures import PictureColumn, pictures_of
from app.data.tables.texts import TextColumns, cells_of, texts_of
from app.data.tables.understanding import Column
from graph_model.frozen import frozen
from graph_model.recipes.facts import ArrayFacts
from graph_model.values import Arguments

Kept: TypeAlias = NDArray[np.int64] | slice
"""The rows of a table that are samples."""


@frozen
class OwnInputs:
    """What of a table is no number among its features, for the rows that are samples."""

    table: Path
    texts: TextColumns | None = None
    pictures: Mapping[str, PictureColumn] = field(default_factory=dict)
    arrays: Mapping[str, Array] = field(default_factory=dict)
    """The pictures of each column, those of the rows alone that have one in every column."""

    @property
    def names(self) -> tuple[str, ...]:
        """The columns that can enter Inputs of their own, texts first."""
        return (*(self.texts.widths if self.texts else ()), *self.pictures)

    @property
    def facts(self) -> dict[str, ArrayFacts]:
        """What is known of the array of each column."""
        of_texts = self.texts.facts() if self.texts else {}
        of_pictures = {name: ArrayFacts(name, each.shape[1:]) for name, each in self.arrays.items()}
        return of_texts | of_pictures

    @property
    def left_out(self) -> tuple[tuple[str, str], ...]:
        """The pictures that cannot be read, and why not."""
        return tuple(each for column in self.pictures.values() for each in column.left_out)

    def read_as(self, arguments: Arguments) -> dict[str, str]:
        """Return what settings that were left open were taken for."""
        found = self.texts.read_as(arguments) if self.texts else {}
        for each in self.pictures.values():
            found |= each.read_as
        return found

    def done(self) -> dict[str, Any]:
        """Return how pictures are read, for ``preprocessing.json``."""
        if not self.pictures:
            return {}
        return {"pictures_of": {name: self._how(each) for name, each in self.pictures.items()}}

    def _how(self, column: PictureColumn) -> dict[str, Any]:
        place = column.place
        folder = os.path.relpath(place.folder, self.table.absolute().parent)
        where = {"ending": place.ending, "bare": place.is_bare, "dropped": place.dropped}
        return {**column.how, "folder": folder, **where}


def own_inputs(
    table: Path,
    columns: Sequence[Column],
    kept: Kept,
    arguments: Arguments,
    parts: Parts = (),
) -> tuple[OwnInputs, Kept]:
    """Read texts and pictures of these rows; return them, and the rows that have all pictures.

    ``parts`` is the split that all rows have of their own, if any.
    """
    found = {
        each.name: pictures_of(table, cells_of(each, kept), arguments)
        for each in columns
        if each.role == "picture"
    }
    arrays = {name: each.array for name, each in found.items()}
    if any(each.left_out for each in found.values()):
        whole = np.logical_and.reduce([each.kept for each in found.values()])
        arrays = {name: each.array[whole[each.kept]] for name, each in found.items()}
        places = np.arange(len(whole)) if isinstance(kept, slice) else kept
        kept = places[whole]
    texts = [each for each in columns if each.role == "text"]
    return OwnInputs(table, texts_of(table, texts, kept, arguments, parts), found, arrays), kept
