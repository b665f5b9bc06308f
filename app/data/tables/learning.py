"""What of a table is learned from its training samples alone: tokens, known words, fillings."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np

from app.data.dataset import UNSEEN, Array, Fitted, Indices
from app.data.gaps import filled, fills_of
from app.data.tables.features import Made
from app.data.tables.texts import TextColumns
from graph_model.frozen import frozen


@frozen
class Learning:
    """Learns from the training samples of a table; the shapes of arrays are known before.

    A word that none of them has keeps its place among the zeros of a column, but has no one there:
    a network cannot have learned of it, and ``predict.py`` does not take it.
    """

    made: Made
    texts: TextColumns | None

    def fit(self, train: Indices, used: Collection[str]) -> Fitted:
        """Return the arrays that follow from these samples; without gaps where they are used."""
        arrays: dict[str, Array] = {}
        done: dict[str, Any] = {}
        if self.texts is not None:
            arrays, done["text"] = self.texts.fit(train)
        unseen = {name: self._unseen(name, train) for name in self.made.categories}
        unseen = {name: places for name, places in unseen.items() if len(places)}
        if unseen and self.made.whole in used:
            arrays[self.made.whole] = self._without(unseen)
        fills = self._fills(train)
        for name in used & fills.keys():
            arrays[name] = filled(arrays.get(name, self.made.arrays[name]), fills[name])
        return Fitted(arrays, done, words=self._words(unseen), fills=fills)

    def _fills(self, train: Indices) -> dict[str, Array]:
        """Return what fills the gaps of each array; of numbers, it stands among the features."""
        arrays, gaps, starts = self.made.arrays, self.made.gaps, self.made.starts
        whole = self.made.whole
        fills = {
            name: fills_of(arrays[name][train], gaps[name])
            for name in gaps
            if name == whole or name in self.made.categories
        }
        for name in gaps.keys() - fills.keys():
            stop = starts[name] + arrays[name].shape[1]
            fills[name] = fills[whole][starts[name] : stop]
        return {name: fills[name] for name in gaps}

    def _unseen(self, name: str, train: Indices) -> Array:
        """Return the places of the words of a column that no training sample has."""
        words, indices = self.made.categories[name], self.made.arrays[name][train]
        counts = np.bincount(indices[indices >= 0], minlength=len(words))
        filling = self.made.word_fillings.get(name)
        return np.array(
            [place for place in np.flatnonzero(counts == 0) if words[place] != filling], np.int64
        )

    def _without(self, unseen: Mapping[str, Array]) -> Array:
        features: Array = self.made.arrays[self.made.whole].copy()
        for name, places in unseen.items():
            start = self.made.starts.get(name)
            if start is not None:
                features[:, start + places] = np.minimum(features[:, start + places], 0)
        return features

    def _words(self, unseen: Mapping[str, Array]) -> dict[str, tuple[str, ...]]:
        return {
            name: tuple(
                UNSEEN if place in places else word
                for place, word in enumerate(self.made.categories[name])
            )
            for name, places in unseen.items()
        }
