"""Blocks that lie ready in files: the user's library, and those that come with the application."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from app.layout.placed import placed
from app.resources import RESOURCES
from app.settings import home
from graph_model.blocks import as_kind
from graph_model.editing.block_library import extract
from graph_model.editing.block_parameters import rename_network
from graph_model.files.storage import ProjectFileError, load, save
from graph_model.frozen import frozen
from graph_model.layers.kind import LayerKind
from graph_model.network import NetworkId, Project
from graph_model.problems import Problem

_SUFFIX: Final = ".weft"
_MINE: Final = "library:"
_READY: Final = "ready:"
_NOT_IN_NAMES: Final = re.compile(r"[^\w-]+")


@frozen
class BlockFile:
    """A file with one block and what it needs; ``problem`` says why it cannot be read.

    ``kind_name`` stands for it where a layer kind is named, as in a drag.
    """

    kind_name: str
    path: Path
    project: Project | None
    problem: Problem | None = None

    @property
    def name(self) -> str:
        """What the block is called; of a file that cannot be read, what that is called."""
        return self.project.network.name if self.project else self.path.name

    @property
    def kind(self) -> LayerKind | None:
        """What the block is to its users."""
        return as_kind(self.project.network) if self.project else None


def library() -> list[BlockFile]:
    """Return the user's blocks, by name."""
    return _blocks_in(library_folder(), _MINE)


def ready_blocks() -> list[BlockFile]:
    """Return the blocks that come with the application, by name."""
    return _blocks_in(RESOURCES / "blocks", _READY)


def block_file(kind_name: str) -> BlockFile | None:
    """Return the block that a name stands for, ``None`` where it stands for none."""
    if not kind_name.startswith((_MINE, _READY)):
        return None
    found = (each for each in (*library(), *ready_blocks()) if each.kind_name == kind_name)
    return next(found, None)


def library_folder() -> Path:
    """Return the folder of the user's blocks, which may not be there yet."""
    return home() / "blocks"


def place_in_library(name: str) -> Path:
    """Return the file in which a block of this name belongs."""
    stem = _NOT_IN_NAMES.sub("-", name).strip("-").lower()[:80] or "block"
    return library_folder() / f"{stem}{_SUFFIX}"


def put_into_library(project: Project, block: NetworkId) -> Path:
    """Write a block with what it needs to the library, over what was there under its name.

    Returns its file; raises ``OSError`` where that cannot be written.
    """
    path = place_in_library(project.networks[block].name)
    path.parent.mkdir(parents=True, exist_ok=True)
    save(extract(project, block), path)
    return path


def rename_in_library(block: BlockFile, name: str) -> None:
    """Give a block of the library another name, in its file as well.

    Raises ``FileExistsError`` where one has it, other ``OSError`` where nothing can be written.
    """
    assert block.project is not None
    path = place_in_library(name)
    if path != block.path and path.exists():
        raise FileExistsError(path)
    save(rename_network(block.project, block.project.main, name), path)
    if path != block.path:
        block.path.unlink()


def _blocks_in(folder: Path, prefix: str) -> list[BlockFile]:
    files = sorted(folder.glob(f"*{_SUFFIX}")) if folder.is_dir() else []
    found = (_read(path, path.stat().st_mtime_ns, prefix) for path in files if path.is_file())
    return sorted(found, key=lambda block: block.name.casefold())


@lru_cache(maxsize=256)
def _read(path: Path, changed: int, prefix: str) -> BlockFile:
    """Read a file, once for as long as it was not ``changed``."""
    name = prefix + path.stem
    try:
        return BlockFile(name, path, placed(load(path)))
    except ProjectFileError as error:
        return BlockFile(name, path, None, error.problem)
