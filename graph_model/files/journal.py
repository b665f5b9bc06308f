"""A recovery journal: the unsaved project, kept on disk until it is saved or given up.

Every open window has an entry of its own in the journal's folder and holds a lock on it, which
the system releases however the program ends. Entries without a holder are what a crash left.
"""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from graph_model.files.atomic import write_atomically
from graph_model.files.plain_file import read_start
from graph_model.files.project_format import dumps, loads
from graph_model.files.storage import Origin, digest_of
from graph_model.files.strict_json import LARGEST_TEXT, ProjectFileError, parse
from graph_model.frozen import frozen
from graph_model.network import Project, new_id

_SUFFIX: Final = ".recovery"
_FORMAT: Final = "layerweft recovery"
_LARGEST: Final = 2 * LARGEST_TEXT
"""How many bytes an entry may have, in which the text of a project is escaped."""


class Journal:
    """The entry of one window, to be written from one thread at a time, whichever that is.

    It goes on with what a crash left, where that is given. Raises ``OSError`` where the folder
    cannot be written.
    """

    def __init__(self, folder: Path, left: LeftBehind | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.file: Final = left.file if left else folder / f"{new_id()}{_SUFFIX}"
        self._lock = left.lock if left else _held(self.file)

    def write(self, project: Project, origin: Origin | None) -> None:
        """Note the project as it is now, and the file that it belongs to.

        Where the folder has been removed meanwhile, it is made again.
        """
        entry = {
            "format": _FORMAT,
            "path": str(origin.path) if origin else "",
            "digest": origin.digest if origin else "",
            "project": dumps(project),
        }
        self._hold_again()
        write_atomically(self.file, json.dumps(entry, ensure_ascii=False).encode())

    def clear(self) -> None:
        """Forget the project: it is saved, or the user has given it up."""
        self.file.unlink(missing_ok=True)

    def close(self) -> None:
        """End the entry, in a program that ends as it should."""
        with contextlib.suppress(OSError):  # there is no folder any more, or only to be read
            self.clear()
        _release(self._lock)

    def _hold_again(self) -> None:
        """Take a new lock where the file of the old one is gone, for others see only the file."""
        if not _lock_of(self.file).exists():
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self._lock.release()
            self._lock = _held(self.file)


@frozen
class LeftBehind:
    """A project that a crash left unsaved, held until :meth:`discard` or :meth:`keep`, or by the
    :class:`Journal` that goes on with it.

    ``origin`` is the file that it belongs to, if it has one, as that was when the project came
    from there. ``written_at`` is in seconds since 1970.
    """

    project: Project
    origin: Origin | None
    written_at: float
    file: Path
    lock: FileLock

    @property
    def is_saved(self) -> bool:
        """Whether it stands in its file: the program ended just after saving."""
        if self.origin is None or not self.origin.path.exists():
            return False
        data = dumps(self.project).encode()
        return not Origin(self.origin.path, digest_of(data)).has_changed()

    def discard(self) -> None:
        """Remove it: the user has it open again, or wants it no more."""
        self.file.unlink(missing_ok=True)
        _release(self.lock)

    def keep(self) -> None:
        """Leave it for the next start: the user has not answered."""
        self.lock.release()


def left_behind(folder: Path) -> list[LeftBehind]:
    """Return what crashes have left in a journal's folder, the latest first.

    An entry that cannot be read is set aside as ``.damaged``, and not removed; one whose project
    stands in its file is no longer needed.
    """
    found = [entry for file in folder.glob(f"*{_SUFFIX}") if (entry := _claim(file))]
    return sorted(found, key=lambda entry: -entry.written_at)


def _claim(file: Path) -> LeftBehind | None:
    """Return an entry that nobody holds, and hold it."""
    try:
        lock = _held(file)
    except (Timeout, OSError):  # its window lives, or the folder may only be read
        return None
    try:
        entry = _read(file, lock)
        if not entry.is_saved:
            return entry
        entry.discard()
    except FileNotFoundError:  # its window has been closed since the folder was listed
        pass
    except (ProjectFileError, UnicodeDecodeError, OSError):
        with contextlib.suppress(OSError):
            file.replace(file.with_suffix(f"{_SUFFIX}.damaged"))
    _release(lock)
    return None


def _read(file: Path, lock: FileLock) -> LeftBehind:
    written_at = file.stat().st_mtime
    fields = parse(read_start(file, _LARGEST).decode()).fields("format path project", "digest")
    path = fields["path"].text()
    digest = fields["digest"].text() if "digest" in fields else ""  # as older versions wrote it
    project = loads(fields["project"].text())
    return LeftBehind(project, Origin(Path(path), digest) if path else None, written_at, file, lock)


def _held(file: Path) -> FileLock:
    """Return the lock of an entry, acquired; raises ``Timeout`` where another holds it."""
    lock = FileLock(_lock_of(file), thread_local=False)
    lock.acquire(timeout=0)
    return lock


def _lock_of(file: Path) -> Path:
    return file.with_suffix(".lock")


def _release(lock: FileLock) -> None:
    """Release a lock and remove its file; where another program has it open, it may stay."""
    lock.release()
    with contextlib.suppress(OSError):
        Path(lock.lock_file).unlink(missing_ok=True)
