"""What the programs have in common that write a page of the documentation."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path


def keep(path: Path, page: Callable[[], str], program: str) -> int:
    """Write a page, or check that it is up to date, as the command line says; return the status."""
    parser = argparse.ArgumentParser(prog=program)
    parser.add_argument("action", choices=("write", "check"))
    if parser.parse_args().action == "write":
        path.write_text(page(), encoding="utf-8")
        return 0
    if path.read_text(encoding="utf-8") == page():
        return 0
    print(f"docs/{path.name} is not up to date; run python -m {program} write")
    return 1
