"""Reading a picture: what the application runs, and scripts take word for word.

``how`` names the ``channels``, ``height`` and ``width`` that a picture is to have, its ``fit`` into
these (``squash``, ``crop`` or ``pad``), the ``background`` on which what is transparent is laid,
whether to ``turn`` it as its camera was held, and whether its ``levels`` are those of its
``format`` or go from the darkest to the brightest of the ``picture``, where it has more than 256.
Of two squares beside each other, the ``half`` may be named that is read.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PIL import Image, ImageOps


def read_picture(path: Path | str, how: dict[str, Any]) -> Image.Image:
    """Return a picture in its mode and size; its numbers go from 0 to 255, whole or not."""
    width, height = how["width"], how["height"]
    mode, filling = "RGB" if how["channels"] == 3 else "L", Image.Resampling.BILINEAR
    with Image.open(path) as opened:
        if opened.width * opened.height > 2**27 or opened.format in ("EPS", "WMF"):
            raise ValueError("it is too large, or no picture of pixels")
        opened.draft("RGB", (2 * width, 2 * height))  # a JPEG is read no larger than it need be
        picture: Image.Image = opened
        if how["turn"]:
            picture = ImageOps.exif_transpose(opened)
        if picture.mode in ("I", "F") or picture.mode.startswith("I;"):
            picture, mode = with_levels(picture.convert("F"), opened.mode, how["levels"]), "F"
        elif picture.has_transparency_data:
            shown = picture.convert("RGBA")
            picture = Image.new("RGBA", shown.size, how["background"])
            picture.alpha_composite(shown)
        picture = picture.convert(mode)
    if how.get("half") and picture.width == 2 * picture.height:
        begin = picture.height if how["half"] == "right" else 0
        picture = picture.crop((begin, 0, begin + picture.height, picture.height))
    if how["fit"] == "crop":
        return ImageOps.fit(picture, (width, height), filling)
    if how["fit"] == "pad":
        color: Any = Image.new("RGB", (1, 1), how["background"]).convert(mode).getpixel((0, 0))
        return ImageOps.pad(picture, (width, height), filling, color)
    return picture.resize((width, height), filling)


def with_levels(picture: Image.Image, mode: str, levels: str) -> Image.Image:
    """Return a picture of many levels with numbers from 0 to 255."""
    extrema: Any = picture.getextrema()
    low, high = extrema
    if levels == "format":
        low, high = 0, 65535 if mode.startswith("I") else 1
    scale = 255 / ((high - low) or 1)
    return picture.point(lambda value: value * scale - low * scale)
