"""Folders whose files hold one array each."""

from __future__ import annotations

from itertools import chain, islice
from pathlib import Path
from typing import Final

from graph_model.files.plain_file import is_plain_file

MOST_FILES: Final = 64
"""So many files of one array each may lie in a folder; more are samples, a file each."""


def array_files(folder: Path) -> list[Path]:
    """Return the files of a folder, and of those in it, that hold one array each, in order.

    Those are none where there are more than :data:`MOST_FILES`.
    """
    found = chain.from_iterable(folder.glob(each) for each in ("*.npy", "*/*.npy"))
    plain = (each for each in found if is_plain_file(each))
    some = list(islice(plain, MOST_FILES + 1))
    return sorted(some) if len(some) <= MOST_FILES else []
