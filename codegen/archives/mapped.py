"""The bytes of a file that is not read into memory as a whole."""

from __future__ import annotations

import mmap
from pathlib import Path

from graph_model.files.plain_file import need_plain_file
from graph_model.problems import Problem, Refusal


def mapped(path: Path) -> memoryview:
    """Return the bytes of a plain file, read where they are used; raises ``Refusal``."""
    try:
        need_plain_file(path)
        with path.open("rb") as file:
            if not path.stat().st_size:
                return memoryview(b"")
            return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except FileNotFoundError:
        raise Refusal(Problem("file_not_found", {"path": str(path)})) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        values = {"path": path.name, "format": path.suffix, "reason": reason}
        raise Refusal(Problem("archive_damaged", values)) from None
