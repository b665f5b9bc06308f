"""The icons: our own line drawings, painted in the colours of the theme in use."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final, Protocol

from PySide6.QtCore import QByteArray, QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.look import theme
from app.resources import RESOURCES
from graph_model.layers.kind import LayerKind

SIZE: Final = 16
"""The side of an icon in buttons and lists, in device-independent pixels."""

_FOLDER: Final = RESOURCES / "icons"
_LOGO: Final = _FOLDER / "layerweft.svg"


class HasIcon(Protocol):
    """A button or an action: a QObject that shows an icon."""

    def setIcon(self, icon: QIcon) -> None: ...


@cache
def names() -> tuple[str, ...]:
    """Return the names of all icons that can be recoloured, such as ``"run"``."""
    files = {*_FOLDER.glob("*.svg"), *_FOLDER.glob("family/*.svg")} - {_LOGO}
    return tuple(sorted(path.relative_to(_FOLDER).with_suffix("").as_posix() for path in files))


def icon(name: str, token: str = "text") -> QIcon:
    """Return the icon ``name`` in the colour ``token`` of the theme in use.

    It keeps its colour when the theme changes: use :func:`follow` for what stays on screen.
    Raises ``FileNotFoundError`` where there is no such icon.
    """
    in_use = theme.current()
    return _icon(name, in_use.color(token).name(), in_use.text_disabled)


def layer_icon(kind: LayerKind) -> QIcon:
    """Return the glyph of a layer kind in the colour of its family."""
    in_use = theme.current()
    return _icon(f"family/{kind.glyph}", in_use.family(kind.family).name(), in_use.text_disabled)


def application_icon() -> QIcon:
    """Return the icon of the application."""
    return QIcon(str(_LOGO))


def follow(target: HasIcon, name: str, token: str = "text") -> None:
    """Show the icon ``name`` on ``target``, a button or action, in this and every later theme.

    Calling it again shows another icon instead.
    """
    assert isinstance(target, QObject)
    follower = target.findChild(_Follower, options=Qt.FindChildOption.FindDirectChildrenOnly)
    (follower or _Follower(target)).show(name, token)


@lru_cache(maxsize=2048)
def pixmap(name: str, colour: str, size: int = SIZE, ratio: float = 1.0) -> QPixmap:
    """Return the icon ``name`` in ``colour`` (``#RRGGBB``), ``size`` pixels wide and high.

    ``ratio`` is the number of device pixels in one of these pixels.
    """
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    side = round(size * ratio)
    result = QPixmap(QSize(side, side))
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    result.setDevicePixelRatio(ratio)
    return result


class _Follower(QObject):
    """A child of a button or action that repaints its icon when the theme changes."""

    def __init__(self, target: HasIcon) -> None:
        assert isinstance(target, QObject)
        super().__init__(target)
        self._target = target
        self._name, self._token = "", ""
        theme.manager().changed.connect(self._paint)

    def show(self, name: str, token: str) -> None:
        self._name, self._token = name, token
        self._paint()

    def _paint(self) -> None:
        self._target.setIcon(icon(self._name, self._token))


class _Drawing(QIconEngine):
    """Draws an icon when it is first seen, in the size and for the screen it is seen on."""

    def __init__(self, name: str, colour: str, disabled: str) -> None:
        super().__init__()
        self._name, self._colour, self._disabled = name, colour, disabled

    def clone(self) -> QIconEngine:
        return _Drawing(self._name, self._colour, self._disabled)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        drawn = self._drawn(side, painter.device().devicePixelRatio(), mode)
        left, top = rect.width() - side, rect.height() - side
        painter.drawPixmap(rect.left() + left // 2, rect.top() + top // 2, drawn)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self._drawn(min(size.width(), size.height()), 1.0, mode)

    def _drawn(self, side: int, ratio: float, mode: QIcon.Mode) -> QPixmap:
        colour = self._disabled if mode == QIcon.Mode.Disabled else self._colour
        return pixmap(self._name, colour, side, ratio)


@lru_cache(maxsize=1024)
def _icon(name: str, colour: str, disabled: str) -> QIcon:
    _source(name)  # a name that there is not is told where it is written, not when it is painted
    return QIcon(_Drawing(name, colour, disabled))


@cache
def _source(name: str) -> str:
    return (_FOLDER / f"{name}.svg").read_text(encoding="utf-8")
