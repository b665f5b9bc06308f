"""Which samples train, validate and test: the ways to split them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph_model.entry import Entry, catalogue

SPLITS: Final[Mapping[str, Entry]] = catalogue(
    (
        Entry(
            "random",
            "By chance, with each class spread evenly; a test split of the data's own is kept.",
            shown="At random",
        ),
    )
)
"""Every way to split samples, by its name. How each is done stands in ``app.data.splitting``."""
