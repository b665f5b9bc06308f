"""The two typefaces, brought along so that the application looks the same on every machine."""

from __future__ import annotations

from functools import cache
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase

from app.look.tokens import BODY
from app.resources import RESOURCES

_CHINESE: Final = (
    "PingFang SC",
    "Microsoft YaHei UI",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
)
_PROPORTIONAL: Final = ("Inter", "Segoe UI", "Noto Sans", "DejaVu Sans", *_CHINESE)
_FIXED: Final = ("JetBrains Mono", "Consolas", "Menlo", "DejaVu Sans Mono", *_CHINESE)


def ui_font(size: int = BODY, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the font of the interface, ``size`` device-independent pixels high.

    Its figures are tabular, so that a number that changes does not move what follows it.
    """
    _load()
    font = QFont()
    font.setFamilies(_PROPORTIONAL)
    font.setPixelSize(size)
    font.setWeight(weight)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def monospace_font(size: int = BODY, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the font of code and shapes, ``size`` device-independent pixels high."""
    _load()
    font = QFont()
    font.setFamilies(_FIXED)
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setFixedPitch(True)
    font.setPixelSize(size)
    font.setWeight(weight)
    font.setFeature(QFont.Tag("calt"), 0)
    return font


@cache
def _load() -> None:
    for path in sorted((RESOURCES / "fonts").glob("*.[ot]tf")):
        QFontDatabase.addApplicationFont(str(path))
