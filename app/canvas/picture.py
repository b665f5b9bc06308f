"""The network as a picture in a file: SVG, PDF or PNG, without a window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from app.canvas.card_style import CardStyle
from app.canvas.scene import CanvasScene
from app.layout.measures import GRID
from app.look.theme import Theme
from app.overlays.key import Coloured, key_height, paint_key
from app.project.document import Document, Selection
from app.project.state import Trail
from graph_model.files.atomic import write_atomically
from graph_model.network import Project

_PIXEL_RATIO: Final = 2.0
_LARGEST_SIDE: Final = 16_000
"""In pixels, beyond which a PNG is made smaller; such an image takes 1 GB at most."""
_EMPTY: Final = QRectF(0, 0, 320, 200)
_POINTS_PER_INCH: Final = 72

_Paint = Callable[[QPainter, QRectF], None]


def write_picture(
    project: Project,
    path: Path,
    theme: Theme,
    trail: Trail | None = None,
    coloured: Coloured | None = None,
) -> None:
    """Draw a project's network into a file, its format told by the suffix.

    With a ``trail`` it is the inside of a block, and ``coloured`` it is as it is seen, with a key.
    A QGuiApplication must exist. Raises ``KeyError`` where the suffix is none of :data:`WRITERS`
    and ``OSError`` where the file cannot be written.
    """
    write_atomically(path, picture(project, path.suffix.lower(), theme, trail, coloured))


def picture(
    project: Project,
    suffix: str,
    theme: Theme,
    trail: Trail | None = None,
    coloured: Coloured | None = None,
) -> bytes:
    """Return the same as the content of a file."""
    write = WRITERS[suffix]
    document = Document(project)
    if trail is not None:
        document.go_to(trail)
    style = CardStyle(theme, is_vector=suffix != ".png")
    style.set_zoom(1.0, _PIXEL_RATIO)
    scene = CanvasScene(document, Selection(document), style)
    if coloured is not None:
        scene.fill(coloured.fills, lambda _: "")
    scene.catch_up()
    area = cards = scene.contents_rect()
    if coloured is not None:
        area = cards.adjusted(0, 0, 0, key_height() + GRID)

    def paint(painter: QPainter, target: QRectF) -> None:
        painter.fillRect(target, theme.color("canvas"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scene.render(painter, target, area, Qt.AspectRatioMode.KeepAspectRatio)
        if coloured is not None:
            scale = min(target.width() / area.width(), target.height() / area.height())
            painter.scale(scale, scale)
            paint_key(painter, QPointF(GRID, cards.height() + GRID / 2), coloured.key, theme)

    content = write(area if not area.isEmpty() else _EMPTY, project, paint)
    scene.deleteLater()
    document.deleteLater()
    return content


def _png(area: QRectF, project: Project, paint: _Paint) -> bytes:
    ratio = min(_PIXEL_RATIO, _LARGEST_SIDE / max(area.width(), area.height()))
    size = (area.size() * ratio).toSize()
    image = QImage(size, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint(painter, QRectF(0, 0, size.width(), size.height()))
    painter.end()
    buffer = _buffer()
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, PySide text
    return bytes(buffer.data().data())


def _svg(area: QRectF, project: Project, paint: _Paint) -> bytes:
    buffer = _buffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setTitle(project.network.name)
    size = area.size().toSize()
    generator.setSize(size)
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    painter = QPainter(generator)
    paint(painter, QRectF(0, 0, size.width(), size.height()))
    painter.end()
    return bytes(buffer.data().data())


def _pdf(area: QRectF, project: Project, paint: _Paint) -> bytes:
    buffer = _buffer()
    writer = QPdfWriter(buffer)
    writer.setTitle(project.network.name)
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setPageSize(QPageSize(QSizeF(area.size()), QPageSize.Unit.Point))
    writer.setResolution(_POINTS_PER_INCH)
    painter = QPainter(writer)
    paint(painter, QRectF(0, 0, writer.width(), writer.height()))
    painter.end()
    return bytes(buffer.data().data())


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer


WRITERS: Final[Mapping[str, Callable[[QRectF, Project, _Paint], bytes]]] = MappingProxyType(
    {".svg": _svg, ".pdf": _pdf, ".png": _png}
)
"""What writes each format, by suffix."""
