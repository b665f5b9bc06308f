"""Files dropped on the window: a project is opened, data become those that are trained on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, QObject, Signal

from app.project.document import Document
from app.project.files import SUFFIX, Files
from graph_model.editing.project_edits import choose_data
from graph_model.recipe import Choice

_TABLES: Final = frozenset({".csv", ".tsv"})
_ARRAYS: Final = frozenset({".npz", ".npy", ".safetensors", ".h5", ".hdf5"})
_IDX: Final = "train-images*-ubyte*"
"""What a folder of IDX files has."""


class Drops(QObject):
    """Takes what is dropped; ``data_chosen`` says that the recipe names other data now."""

    data_chosen = Signal(str)

    def __init__(self, document: Document, files: Files) -> None:
        super().__init__(document)
        self._document, self._files = document, files

    def are_welcome(self, data: QMimeData) -> bool:
        """Tell whether something can be done with what is being dragged."""
        return self._meaning(data) is not None

    def take(self, data: QMimeData) -> bool:
        """Do it; return whether anything could be done."""
        act = self._meaning(data)
        if act is not None:
            act()
        return act is not None

    def _meaning(self, data: QMimeData) -> Callable[[], None] | None:
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if len(paths) != 1:
            return None
        (path,) = paths
        if path.suffix.lower() == SUFFIX:
            return lambda: self._files.open_path(path)
        kind = data_kind(path)
        return None if kind is None else lambda: self._choose(kind, path)

    def _choose(self, kind: str, path: Path) -> None:
        project = choose_data(self._document.project, Choice(kind, {"path": str(path)}))
        self._document.edit(project, self.tr("Use {0} as data").format(path.name))
        self.data_chosen.emit(path.name)


def data_kind(path: Path) -> str | None:
    """Return the kind of data source that a file or folder is by its name, ``None`` for none."""
    if path.is_dir():
        return "fashion_mnist_folder" if any(path.glob(_IDX)) else "image_folder"
    if path.suffix.lower() in _TABLES:
        return "csv"
    return "npz" if path.suffix.lower() in _ARRAYS else None
