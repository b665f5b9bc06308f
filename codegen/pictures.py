"""What is known of reading pictures without reading any: their names, and how it is usual."""

from __future__ import annotations

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
