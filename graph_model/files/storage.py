"""Project files on disk: read whole or refused with the reason, and saved atomically."""

from __future__ import annotations

from pathlib import Path

from graph_model.files.atomic import sweep_strays, write_atomically
from graph_model.files.plain_file import read_start
from graph_model.files.project_format import dumps, loads
from graph_model.files.strict_json import LARGEST_TEXT, ProjectFileError
from graph_model.network import Project

__all__ = [
    "ProjectFileError",
    "dumps",
    "load",
    "loads",
    "save",
]


def load(path: Path) -> Project:
    """Return the project in a file; raises ``ProjectFileError`` where it cannot be read."""
    sweep_strays(path)
    try:
        data = _read(path)
    except FileNotFoundError:
        raise ProjectFileError("file_not_found", path=path) from None
    except OSError as error:
        raise ProjectFileError("file_unreadable", path=path, reason=error.strerror) from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = f"Byte {error.start}"
        raise ProjectFileError("file_not_text", place) from None
    return loads(text)


def save(project: Project, path: Path) -> None:
    """Write a project so that a crash leaves the old file or the new one whole.

    Raises ``OSError`` where the file cannot be written.
    """
    write_atomically(path, dumps(project).encode())


def _read(path: Path) -> bytes:
    """Return the content of a file that is not too large."""
    data = read_start(path, LARGEST_TEXT + 1)
    if len(data) > LARGEST_TEXT:
        raise ProjectFileError("file_too_large", limit=LARGEST_TEXT)
    return data
