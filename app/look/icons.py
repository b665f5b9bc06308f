"""The icons: our own line drawings, painted in the colours of the theme in use."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.look import theme
from app.resources import RESOURCES
from graph_model.layers.kind import LayerKind

SIZE: Final = 16
"""The side of an icon in buttons and lists, in device-independent pixels."""

_FOLDER: Final = RESOURCES / "icons"
_LOGO: Final = _FOLDER / "layerweft.svg"


@cache
def names() -> tuple[str, ...]:
    """Return the names of all icons that can be recoloured, such as ``"run"``."""
    files = {*_FOLDER.glob("*.svg"), *_FOLDER.glob("family/*.svg")} - {_LOGO}
    return tuple(sorted(path.relative_to(_FOLDER).with_suffix("").as_posix() for path in files))


def icon(name: str, token: str = "text") -> QIcon:
    """Return the icon ``name`` in the colour ``token`` of whatever theme is in use when it is seen.

    Raises ``FileNotFoundError`` where there is no such icon.
    """
    return _icon(name, token, "")


def layer_icon(kind: LayerKind) -> QIcon:
    """Return the glyph of a layer kind in the colour of its family, in this and every theme."""
    return _icon(f"family/{kind.glyph}", "", kind.family)


def application_icon() -> QIcon:
    """Return the icon of the application."""
    return QIcon(str(_LOGO))


@lru_cache(maxsize=2048)
def pixmap(name: str, colour: str, size: int = SIZE, ratio: float = 1.0) -> QPixmap:
    """Return the icon ``name`` in ``colour`` (``#RRGGBB``), ``size`` pixels wide and high.

    ``ratio`` is the number of device pixels in one of these pixels. Where there is no room for
    one, nothing is drawn.
    """
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    side = round(size * ratio)
    if side < 1:
        return QPixmap()
    result = QPixmap(QSize(side, side))
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    result.setDevicePixelRatio(ratio)
    return result


class _Drawing(QIconEngine):
    """Draws an icon when it is seen: in the theme then in use, the size and for the screen."""

    def __init__(self, name: str, token: str, family: str) -> None:
        super().__init__()
        self._name, self._token, self._family = name, token, family

    def clone(self) -> QIconEngine:
        return _Drawing(self._name, self._token, self._family)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        drawn = self._drawn(side, painter.device().devicePixelRatio(), mode)
        left, top = rect.width() - side, rect.height() - side
        painter.drawPixmap(rect.left() + left // 2, rect.top() + top // 2, drawn)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self._drawn(min(size.width(), size.height()), 1.0, mode)

    def _drawn(self, side: int, ratio: float, mode: QIcon.Mode) -> QPixmap:
        in_use = theme.current()
        colour = in_use.family(self._family) if self._family else in_use.color(self._token)
        if mode == QIcon.Mode.Disabled:
            colour = in_use.color("text_disabled")
        return pixmap(self._name, colour.name(), side, ratio)


@lru_cache(maxsize=1024)
def _icon(name: str, token: str, family: str) -> QIcon:
    _file(name).stat()  # a name that there is not is told where it is written, not when painted
    return QIcon(_Drawing(name, token, family))


@cache
def _source(name: str) -> str:
    return _file(name).read_text(encoding="utf-8")


def _file(name: str) -> Path:
    return _FOLDER / f"{name}.svg"
