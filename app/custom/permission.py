"""Which texts of custom layers the user has allowed to run on this machine.

They are remembered by their SHA-256 in the user's folder, apart from any project: a text that
differs in a single character is another text.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

from app.settings import home
from graph_model.atomic import write_atomically
from graph_model.custom import Known, digest

_FILE: Final = "allowed_layers.json"
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


def allowed() -> frozenset[str]:
    """Return the digests of the texts that may run; none where they cannot be read."""
    try:
        stored = json.loads(_path().read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return frozenset()
    found = stored.get("allowed") if isinstance(stored, dict) else None
    digests = found if isinstance(found, list) else []
    return frozenset(each for each in digests if isinstance(each, str) and _DIGEST.fullmatch(each))


def allow(text: str) -> None:
    """Remember that exactly this text may run; raises ``OSError`` where that cannot be written."""
    digests = sorted({*allowed(), digest(text)})
    _path().parent.mkdir(parents=True, exist_ok=True)
    write_atomically(_path(), (json.dumps({"allowed": digests}, indent=1) + "\n").encode())


def known_here() -> Known:
    """Return what may run on this machine, of which nothing is known yet."""
    return Known(allowed())


def _path() -> Path:
    return home() / _FILE
