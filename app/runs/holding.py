"""Who trains in the folder of a run: one program at a time, for as long as it lives."""

from __future__ import annotations

import contextlib
from pathlib import Path

from filelock import FileLock, Timeout

from app.runs.folder import LOCK


class Hold:
    """The lock on the folder of a run, which the system releases however the program ends."""

    def __init__(self) -> None:
        self._lock: FileLock | None = None

    def take(self, folder: Path) -> bool:
        """Hold a folder, and no other; return whether nobody else does.

        Where locks cannot be had, nobody is kept out.
        """
        self.release()
        lock = FileLock(folder / LOCK, thread_local=False)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return False
        except (OSError, NotImplementedError):
            return True
        self._lock = lock
        return True

    def release(self) -> None:
        """Let go, and leave nothing behind."""
        if self._lock is not None:
            self._lock.release()
            with contextlib.suppress(OSError):  # another program has it open, or it is gone
                Path(self._lock.lock_file).unlink(missing_ok=True)
            self._lock = None


def is_held(folder: Path) -> bool:
    """Tell whether some program trains in a folder just now."""
    if not (folder / LOCK).exists():
        return False
    hold = Hold()
    is_free = hold.take(folder)
    hold.release()
    return not is_free
