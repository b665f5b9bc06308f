"""What kind of data a file or folder is, by what it is called."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from graph_model.recipes.sources import SOURCES

ENDINGS: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys((".csv", ".tsv", ".tab", ".data", ".dat", ".gz"), ("csv",)),
    ".txt": ("text_file", "csv"),
    **dict.fromkeys((".xlsx", ".parquet", ".jsonl", ".json", ".ndjson"), ("table", "csv")),
    **dict.fromkeys((".npz", ".npy", ".safetensors", ".h5", ".hdf5"), ("arrays", "npz")),
}
"""The kinds of data source for each ending, the one that suits best first."""
_FOLDERS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("train-images*-ubyte*", ("fashion_mnist_folder",)),
    ("*.wav", ("audio_folder",)),
    ("*/*.wav", ("audio_folder",)),
    ("*/*.txt", ("text_folder",)),
)
"""What a folder holds that is read by a kind of its own; any other holds pictures."""


def data_kind(path: Path) -> str | None:
    """Return the kind of data source that a file or folder is by its name, ``None`` for none."""
    if path.is_dir():
        for pattern, kinds in _FOLDERS:
            found = next((kind for kind in kinds if kind in SOURCES), None)
            if found is not None and any(path.glob(pattern)):
                return found
        return "image_folder"
    kinds = ENDINGS.get(path.suffix.lower(), ())
    return next((kind for kind in kinds if kind in SOURCES), None)
