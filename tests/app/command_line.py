"""The command line as a process of its own."""

from __future__ import annotations

import subprocess
import sys
from typing import Final

IRIS: Final = "example:iris-mlp"


def layerweft(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, and return what it printed and its status."""
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        **options,  # type: ignore[call-overload]
    )
