"""Reading files that others wrote: ordinary files alone, and no more of one than is wanted."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from graph_model.phrases import phrase


def read_start(path: Path, most: int) -> bytes:
    """Return the first ``most`` bytes of an ordinary file; raises ``OSError`` where there is none.

    Anything else in its place is refused unopened: a pipe would keep the program waiting for
    ever, and a device may never end.
    """
    size = need_plain_file(path).st_size
    with path.open("rb") as file:
        return file.read(min(most, size) if size else most)  # room for all is made before reading


def read_start_of_text(path: Path, most: int) -> str:
    """Return the first ``most`` characters of an ordinary file in UTF-8.

    Raises ``OSError`` where there is none, and ``UnicodeDecodeError`` where it is no such text.
    """
    need_plain_file(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return file.read(most)


def need_plain_file(path: Path) -> os.stat_result:
    """Return what is known of an ordinary file, or one a link leads to; raises ``OSError``."""
    status = path.stat()
    mode = status.st_mode
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, phrase("it is a folder"))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, phrase("it is no ordinary file"))
    return status


def is_plain_file(path: str | Path) -> bool:
    """Tell whether there is an ordinary file; not so where the path itself is impossible."""
    return os.path.isfile(path)  # noqa: PTH113  # Path.is_file raises for names that are too long


def real_path(path: Path) -> Path:
    """Return where a path leads, links followed, as far as they lead anywhere."""
    return Path(os.path.realpath(path))  # Path.resolve raises where links lead in a circle
