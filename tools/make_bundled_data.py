"""Writes the bundled data: ``python -m tools.make_bundled_data FOLDER``.

The folder holds what they are made from: ``texts`` of plays as Project Gutenberg has them,
``sunspots.csv``, ``co2.csv``, ``penguins.csv`` and ``NotoColorEmoji.ttf``. Where these are from
stands in docs/data.md.
"""

from __future__ import annotations

import re
import shutil
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from app.resources import RESOURCES

PLAYS: Final = {
    "comedy": ("as_you_like_it", "much_ado_about_nothing", "twelfth_night"),
    "history": ("henry_iv_part_1", "henry_v", "richard_ii"),
    "tragedy": ("julius_caesar", "macbeth", "othello"),
}
GLYPHS: Final = {
    "face": ((0x1F600, 0x1F644), (0x1F910, 0x1F917), (0x1F920, 0x1F92F), (0x1F970, 0x1F976)),
    "animal": ((0x1F400, 0x1F43D), (0x1F980, 0x1F9A2), (0x1F54A, 0x1F54A)),
    "food": ((0x1F345, 0x1F37F), (0x1F950, 0x1F96F), (0x1F9C0, 0x1F9CB)),
    "vehicle": ((0x1F680, 0x1F6A4), (0x1F6F3, 0x1F6FC), (0x1F6E9, 0x1F6E9), (0x1F3CD, 0x1F3CE)),
    "building": ((0x1F3D4, 0x1F3F0), (0x1F5FB, 0x1F5FF), (0x1F54B, 0x1F54D)),
    "clock": ((0x1F550, 0x1F567), (0x231A, 0x231B), (0x23F0, 0x23F3)),
}
"""Which characters are drawn for each class, first and last of each row."""
NO_VEHICLES: Final = frozenset({0x1F6F6, 0x1F5FE, 0x1F3DE, 0x1F3D4, 0x1F3D5, 0x1F3D6, 0x1F5FB})
_SIDE: Final = 32
_DRAWN: Final = 109
"""The one size that the font has its pictures in."""
_WHEN: Final = (1980, 1, 1, 0, 0, 0)


def main() -> None:
    """Write every file."""
    source, target = Path(sys.argv[1]), RESOURCES / "data"
    with zipfile.ZipFile(target / "shakespeare.zip", "w") as archive:
        for kind, plays in PLAYS.items():
            for name in plays:
                text = (source / "texts" / f"{name}_gut.txt").read_text("utf-8", "replace")
                entry = zipfile.ZipInfo(f"{kind}/{name}.txt", _WHEN)
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, play(text), compresslevel=9)
    for name in ("sunspots.csv", "co2.csv", "penguins.csv"):
        shutil.copy(source / name, target / name)
    font = ImageFont.truetype(str(source / "NotoColorEmoji.ttf"), _DRAWN)
    drawn = [*glyphs(font)]
    np.savez_compressed(
        target / "emoji.npz",
        pictures=np.stack([picture for _, _, picture in drawn]),
        labels=np.array([label for label, _, _ in drawn], np.uint8),
        codes=np.array([code for _, code, _ in drawn], np.uint32),
    )


def play(text: str) -> str:
    """Return a play from its first act on."""
    text = text.replace("\r\n", "\n")
    acts = [
        found.start()
        for found in re.finditer(r"^ACT (I|1|FIRST)\b", text, re.MULTILINE | re.IGNORECASE)
    ]
    return re.sub(r"\n{3,}", "\n\n", text[acts[0] :]).strip() + "\n"


def glyphs(font: ImageFont.FreeTypeFont) -> Iterator[tuple[int, int, np.ndarray]]:
    """Yield class, character and picture of all glyphs that the font has in colours."""
    for label, rows in enumerate(GLYPHS.values()):
        for first, last in rows:
            for code in range(first, last + 1):
                picture = glyph(font, chr(code))
                if picture is not None and code not in NO_VEHICLES:
                    yield label, code, picture


def glyph(font: ImageFont.FreeTypeFont, character: str) -> np.ndarray | None:
    """Return a glyph with its transparency, ``None`` where there is none."""
    picture = Image.new("RGBA", (136, 128))
    ImageDraw.Draw(picture).text((0, 0), character, font=font, embedded_color=True)
    box = picture.getbbox()
    if box is None:
        return None
    cut = picture.crop(box)
    side = max(cut.size)
    square = Image.new("RGBA", (side, side))
    square.paste(cut, ((side - cut.width) // 2, (side - cut.height) // 2))
    return np.asarray(square.resize((_SIDE, _SIDE), Image.Resampling.LANCZOS))


if __name__ == "__main__":
    main()
