"""What is known of reading pictures without reading any: their names, and the text that reads."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

SUFFIXES: Final = tuple(
    ".apng .avif .bmp .dds .dib .gif .ico .j2k .jfif .jp2 .jpe .jpeg .jpg .pbm .pcx .pfm .pgm .png "
    ".pnm .ppm .qoi .sgi .tga .tif .tiff .webp .xbm .xpm".split()
)
"""What pictures are called that Pillow reads by itself."""
USUAL: Final[dict[str, Any]] = {
    "fit": "squash",
    "background": "white",
    "turn": True,
    "levels": "picture",
}
"""How pictures are read unless something else is chosen."""


@cache
def reading_text() -> list[str]:
    """Return the lines of the functions that read a picture."""
    text = Path(__file__).with_name("picture_reading.py").read_text(encoding="utf-8")
    return text[text.index("def read_picture(") :].rstrip().splitlines()


@cache
def mask_reading_text() -> list[str]:
    """Return the lines of the functions that read a mask."""
    text = Path(__file__).with_name("mask_reading.py").read_text(encoding="utf-8")
    return text[text.index("def read_mask(") :].rstrip().splitlines()
