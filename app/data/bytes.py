"""Numbers of bytes as the sentences about memory and data write them."""

from __future__ import annotations


def format_bytes(size: float) -> str:
    """Write a number of bytes for people: ``1.5 GiB``."""
    for unit in ("B", "KiB", "MiB"):
        if size < 1024:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1024
    return f"{size:.1f} GiB"
