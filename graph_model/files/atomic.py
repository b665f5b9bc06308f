"""Writing a file so that a crash leaves either the old one or the new one, never a part."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
import time
from pathlib import Path
from typing import Final

from graph_model.files.plain_file import need_plain_file, real_path

_SUFFIX: Final = ".part"
_PREFIX: Final = 40
"""How much of a name that of the file beside it has, which must not be too long."""
_STRAY_AFTER: Final = 60.0
"""Seconds after which a file aside is no longer one that is being written right now."""


def write_atomically(path: Path, data: bytes) -> None:
    """Write ``data`` aside in the same folder, force it to the disk and rename it to ``path``.

    A symbolic link stays one; permissions stay those of the file that was there. Raises
    ``OSError`` where the folder cannot be written, and where a folder, a pipe or a device is in
    place of the file; what was there is whole then.
    """
    path = real_path(path)
    with contextlib.suppress(FileNotFoundError):
        need_plain_file(path)  # a device would be renamed away for good
    sweep_strays(path)
    handle, name = tempfile.mkstemp(_SUFFIX, _prefix(path), path.parent)
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.chmod(_permissions(path))
        aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def sweep_strays(path: Path) -> None:
    """Remove what killed programs left of their attempts to write ``path``."""
    now = time.time()
    prefix = _prefix(path)
    with contextlib.suppress(OSError):  # tidying up is not worth failing for
        for name in os.listdir(path.parent):  # noqa: PTH208  # a path each takes ten times as long
            if name.startswith(prefix) and name.endswith(_SUFFIX):
                stray = path.parent / name
                if now - stray.stat().st_mtime > _STRAY_AFTER:
                    stray.unlink()


def _prefix(path: Path) -> str:
    return f".{path.name[:_PREFIX]}."


def _permissions(path: Path) -> int:
    """Return those of the file in place, else the usual ones for a new file."""
    with contextlib.suppress(FileNotFoundError):
        return stat.S_IMODE(path.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    """Force the renaming to the disk, where the system lets a folder be opened."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
