"""Reading a mask: what the application runs, and scripts take word for word.

``how`` names the ``height`` and ``width`` that a mask is to have, and the ``fit`` into these, which
are those of its picture.
"""

from __future__ import annotations

from typing import Any

from PIL import Image, ImageOps


def read_mask(path: Any, how: dict[str, Any]) -> Image.Image:
    """Return a mask with the values that are stored: levels, places in a palette, or colours."""
    with Image.open(path) as opened:
        if opened.width * opened.height > 2**27:
            raise ValueError("it is too large")
        mode = "I" if opened.mode.startswith("I") else "L"
        mode = "RGB" if opened.mode == "RGBA" else mode
        mask = opened.convert(opened.mode if opened.mode in ("L", "P", "RGB") else mode)
    return fitted_mask(mask, how)


def fitted_mask(mask: Image.Image, how: dict[str, Any]) -> Image.Image:
    """Return a mask in the size of its picture, fitted in as that is, without new values."""
    nearest, size = Image.Resampling.NEAREST, (how["width"], how["height"])
    if how["fit"] == "crop":
        return ImageOps.fit(mask, size, nearest)
    if how["fit"] == "pad":
        return ImageOps.pad(mask, size, nearest, 0)
    return mask.resize(size, nearest)
