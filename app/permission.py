"""Which Python texts the user has allowed to run on this machine: layers, and what yields samples.

Each is kept as a file in the user's folder, apart from any project, whose name is its SHA-256: a
text that differs in a single character is another text.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from app.settings import home
from graph_model.custom_layers.known import Known, digest
from graph_model.files.atomic import write_atomically
from graph_model.files.plain_file import read_start

_FOLDER: Final = "allowed_layers"
_LARGEST: Final = 2**22
"""How many bytes of a file are read, many times what a layer has."""
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_SAMPLES: Final = re.compile(r"^(?:def samples\b|samples\s*[:=])", re.MULTILINE)


def allowed() -> frozenset[str]:
    """Return the digests of the texts that may run."""
    return frozenset(path.stem for path in _files())


def allowed_texts() -> list[tuple[str, str]]:
    """Return digest and text of what may run, the newest first.

    The text is empty where it cannot be read or another one is in its place.
    """
    newest = sorted(_files(), key=lambda path: path.stat().st_mtime, reverse=True)
    return [(path.stem, _read(path)) for path in newest]


def allow(text: str) -> None:
    """Remember that exactly this text may run; raises ``OSError`` where that cannot be written."""
    _folder().mkdir(parents=True, exist_ok=True)
    write_atomically(_path(digest(text)), text.encode())


def revoke(digest: str) -> None:
    """Take the permission of a text back; raises ``OSError`` where that cannot be done."""
    _path(digest).unlink(missing_ok=True)


def known_here() -> Known:
    """Return what may run on this machine, of which nothing is known yet."""
    return Known(allowed())


def _files() -> list[Path]:
    return [path for path in _folder().glob("*.py") if _DIGEST.fullmatch(path.stem)]


def _read(path: Path) -> str:
    try:
        text = read_start(path, _LARGEST).decode()
    except (OSError, UnicodeDecodeError):
        return ""
    return text if digest(text) == path.stem else ""


def _path(digest: str) -> Path:
    return _folder() / f"{digest}.py"


def _folder() -> Path:
    return home() / _FOLDER


def yields_samples(text: str) -> bool:
    """Tell whether a text has the function that yields samples; nothing of it runs."""
    return _SAMPLES.search(text) is not None
