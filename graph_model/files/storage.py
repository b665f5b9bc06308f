"""Project files on disk: read whole or refused with the reason, and saved atomically."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from graph_model.files.atomic import sweep_strays, write_atomically
from graph_model.files.data_paths import with_short_paths, with_whole_paths
from graph_model.files.plain_file import read_start
from graph_model.files.project_format import dumps, loads
from graph_model.files.strict_json import LARGEST_TEXT, ProjectFileError
from graph_model.frozen import frozen
from graph_model.network import Project
from graph_model.phrases import phrase

__all__ = [
    "Origin",
    "ProjectFileError",
    "digest_of",
    "dumps",
    "load",
    "loads",
    "read",
    "read_text",
    "save",
]


@frozen
class Origin:
    """The file that a project belongs to, and the :func:`digest_of` what stood in it then.

    Its time is no part of this: a file that was copied back or touched holds what it held.
    """

    path: Path
    digest: str

    def has_changed(self) -> bool:
        """Tell whether something else stands in the file by now; one that is gone has not."""
        try:
            return digest_of(_read(self.path)) != self.digest
        except FileNotFoundError:
            return False
        except (OSError, ProjectFileError):  # it cannot be what was read from it
            return True


def digest_of(data: bytes) -> str:
    """Return the SHA-256 of a file's content, in hexadecimal."""
    return sha256(data).hexdigest()


def load(path: Path) -> Project:
    """Return the project in a file; raises ``ProjectFileError`` where it cannot be read."""
    return read(path)[0]


def read(path: Path) -> tuple[Project, Origin]:
    """Return the project in a file and what was read of it; raises ``ProjectFileError``.

    Data that lie beside the file, or below, are looked for there.
    """
    sweep_strays(path)
    data = _read_or_refuse(path)
    return with_whole_paths(loads(_as_text(data)), path), Origin(path, digest_of(data))


def read_text(path: Path) -> str:
    """Return the text of a project file; raises ``ProjectFileError`` where it has none."""
    return _as_text(_read_or_refuse(path))


def _read_or_refuse(path: Path) -> bytes:
    try:
        return _read(path)
    except FileNotFoundError:
        raise ProjectFileError("file_not_found", path=path) from None
    except OSError as error:
        raise ProjectFileError("file_unreadable", path=path, reason=error.strerror) from None


def _as_text(data: bytes) -> str:
    try:
        return data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        place = phrase("Byte {number}", number=error.start)
        raise ProjectFileError("file_not_text", place) from None


def save(project: Project, path: Path) -> Origin:
    """Write a project so that a crash leaves the old file or the new one whole.

    Raises ``OSError`` where the file cannot be written.
    """
    data = dumps(with_short_paths(project, path)).encode()
    write_atomically(path, data)
    return Origin(path, digest_of(data))


def _read(path: Path) -> bytes:
    """Return the content of a file that is not too large."""
    data = read_start(path, LARGEST_TEXT + 1)
    if len(data) > LARGEST_TEXT:
        raise ProjectFileError("file_too_large", limit=LARGEST_TEXT)
    return data
