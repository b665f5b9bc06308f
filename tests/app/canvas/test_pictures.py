"""Cards and names painted by pictures look as if painted each for itself, and are painted once."""

from __future__ import annotations

import random

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from app.canvas.batch import Lines, Rectangles, area_of
from app.canvas.card import CardItem
from app.canvas.lagging import Lagging
from app.canvas.overview import BELOW
from app.canvas.pictures import Look, Pictures, drawn, sheet
from benchmarks.networks import residual
from graph_model.network import Position, set_arguments


def square(side: int = 10) -> QPixmap:
    """Return a picture of 4 × side² bytes."""
    return QPixmap(side, side)


def test_those_used_last_are_kept(qapp):
    kept = Pictures(most=3 * 400)
    for key in "abc":
        kept.shared_picture(key, square)
    kept.shared_picture("a", square)
    kept.shared_picture("d", square)
    asked = []
    for key in "abcd":
        kept.shared_picture(key, lambda key=key: (asked.append(key), square())[1])
    assert asked[0] == "b"
    assert len(kept) == 3


def test_a_frame_draws_no_more_than_it_has_time_for(qapp):
    kept = Pictures()
    drawn_first = [kept.picture(key, square) is not None for key in range(1000)]
    assert drawn_first == sorted(drawn_first, reverse=True)
    assert 0 < sum(drawn_first) < 1000
    kept.begin_frame()
    assert kept.picture(999, square) is not None


def test_a_sheet_is_painted_as_its_parts(qapp):
    """A blot is painted for itself, and as one of many on a sheet, at whole pixels."""

    def blot(painter: QPainter, number: int = 0) -> None:
        painter.fillRect(QRectF(-6, -4, 12, 8), QColor.fromHsv(30 * number, 200, 200))

    centres = [(20.0 + 20 * each, 15.0) for each in range(7)]
    area = QRectF(-8, -6, 16, 12)
    pictures = [QImage(200, 40, QImage.Format.Format_RGB32) for _ in range(2)]
    for picture, is_sheet in zip(pictures, (True, False), strict=True):
        picture.fill(Qt.GlobalColor.white)
        painter = QPainter(picture)
        if is_sheet:
            sheet(area.size(), 1.0, centres, blot).paint(painter)
        else:
            for number, centre in enumerate(centres):
                part = drawn(area, 1.0, lambda painter, number=number: blot(painter, number))
                painter.drawPixmap(QPointF(*centre) + area.topLeft(), part)
        painter.end()
    assert pictures[0] == pictures[1]
    assert sheet(area.size(), 1.0, [], blot).picture.isNull()


def boxes(count: int, chance: random.Random) -> dict[int, tuple[float, float, float, float]]:
    """Return rectangles that lie anyhow."""
    return {
        number: (
            *(chance.uniform(-9000, 9000) for _ in "xy"),
            *(chance.uniform(1, 300) for _ in "wh"),
        )
        for number in range(count)
    }


def reaching(batch, areas) -> set[int]:
    """Return those of a batch that are painted for some areas."""
    return {key for rows in batch.seen(areas) for key, *_ in batch.members(rows)}


@pytest.mark.parametrize("count", [0, 1, 70, 900])
def test_what_lies_in_an_area_is_painted_wherever_it_was_moved(count):
    chance = random.Random(count)
    members = boxes(count, chance)
    batch = Rectangles(members)
    for _ in range(40):
        for key, to in boxes(min(count, 3), chance).items():
            members[key] = to
            batch.move(key, to)
        left, top = chance.uniform(-9000, 9000), chance.uniform(-9000, 9000)
        areas = [(left, top, left + 2000, top + 900), (top, left, top + 10, left + 4000)]
        wanted = {
            key
            for key, (x, y, width, height) in members.items()
            for a, b, c, d in areas
            if x < c and x + width > a and y < d and y + height > b
        }
        seen = reaching(batch, areas)
        assert wanted <= seen
        assert len(seen) <= max(count, 1)
    assert all(batch[key] == four for key, four in members.items())


def test_cells_out_of_view_are_left_out():
    lines = Lines({n: (n % 50 * 100.0, n // 50 * 100.0, n % 50 * 100.0, 0.0) for n in range(2500)})
    assert 0 < len(reaching(lines, [(0.0, 4800.0, 100.0, 4900.0)])) < 600
    assert len(reaching(lines, [(-9.0, -9.0, 6000.0, 6000.0)])) == 2500


@pytest.fixture
def large(view, document):
    """A canvas with cards on all of it and beyond."""
    document.open(residual(160))
    return view


def grabbed(view) -> QImage:
    """Return what is painted of the view."""
    return view.viewport().grab().toImage()


@pytest.mark.parametrize("zoom", [2.0, 1.0, 0.5])
def test_a_picture_of_a_card_looks_like_the_card(large, zoom, monkeypatch):
    """At these zooms all pixels of pictures fall upon those of the screen."""
    large.look_at(zoom, QPointF(304, 480))
    by_pictures = grabbed(large)
    monkeypatch.setattr(large.canvas.card_style, "_keeps_pictures", False)
    assert grabbed(large) == by_pictures


def test_what_was_painted_is_not_painted_again(large, monkeypatch):
    large.look_at(0.6, QPointF(304, 480))
    first = grabbed(large)
    painted: list[str] = []
    paint = CardItem._paint_card
    monkeypatch.setattr(
        CardItem,
        "_paint_card",
        lambda card, painter: (painted.append(card.node), paint(card, painter)),
    )
    assert difference(grabbed(large), first) <= 1
    assert painted == []
    large.selection.set(["7"])
    assert grabbed(large) != first
    assert painted == ["7"]


def test_a_picture_follows_its_card(large, document, themes):
    large.look_at(1.0, large.canvas.cards["5"].pos())
    seen = [grabbed(large)]
    network = document.network
    document.edit_network(
        set_arguments(network, "5", {**network.nodes["5"].arguments, "out_channels": 8}), ""
    )
    seen.append(grabbed(large))
    large.canvas.cards["5"].set_hovered(True)
    seen.append(grabbed(large))
    large.canvas.cards["5"].set_hovered(False)
    assert grabbed(large) == seen[1]
    document.history.undo()
    assert grabbed(large) == seen[0]
    assert len({hash(each.bits().tobytes()) for each in seen}) == 3


def difference(one: QImage, other: QImage) -> int:
    """Return by how much any pixel differs in any colour, of 255.

    Where a picture ends between two pixels, Qt may give that of the edge one more or less, even
    where the same is painted twice: what lies beside the picture in memory seems to decide.
    """
    assert one.size() == other.size()
    pixels = [np.frombuffer(each.constBits(), np.uint8).astype(int) for each in (one, other)]
    return int(np.abs(pixels[0] - pixels[1]).max())


def zoomed(view, zoom: float) -> QImage:
    """Return what is painted of the view while it is zoomed."""
    for each in (zoom * 1.01, zoom):
        view.zoom_by(each / view.zoom, QPoint(450, 400))
        grabbed(view)
    return grabbed(view)


@pytest.mark.parametrize("zoom", [0.85, 0.6, 0.4, 0.29, 0.2])
def test_all_is_painted_sharp_once_the_zoom_is_at_rest(large, zoom, qtbot):
    zoomed(large, zoom)
    style = large.canvas.card_style
    assert style.is_passing
    qtbot.waitUntil(lambda: not style.is_passing, timeout=5000)
    at_rest = grabbed(large)
    large.look_at(zoom, large.area().center())
    assert difference(grabbed(large), at_rest) <= 1
    assert style.scale == pytest.approx(zoom * large.devicePixelRatioF(), rel=1e-6)


@pytest.mark.parametrize("zoom", [0.6, 0.4, 0.29, 0.2])
def test_what_passes_looks_much_the_same(large, zoom, qtbot):
    passing = zoomed(large, zoom)
    style = large.canvas.card_style
    qtbot.waitUntil(lambda: not style.is_passing, timeout=5000)
    sharp = grabbed(large)
    assert passing != sharp  # or the zoom never passed
    smaller = [
        each.scaled(
            45, 40, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        for each in (passing, sharp)
    ]
    off = [
        abs(QColor(smaller[0].pixel(x, y)).lightness() - QColor(smaller[1].pixel(x, y)).lightness())
        for x in range(45)
        for y in range(40)
    ]
    assert max(off) <= 16


def test_what_is_moved_far_away_is_found_there(large):
    """Names are painted from sheets, which are made anew for what was moved."""
    large.look_at(0.25, QPointF(304, 480))
    zoomed(large, 0.26)
    assert large.zoom < BELOW
    before = grabbed(large)
    place = large.canvas.centre("5")
    large.canvas.move_cards({"5": Position(place.x + 120, place.y)})
    large.viewport().update()
    assert grabbed(large) != before
    large.canvas.move_cards({"5": place})
    large.viewport().update()
    assert difference(grabbed(large), before) <= 1


@pytest.mark.parametrize("zoom", [0.05, 0.12, 0.16, 0.25])
def test_an_overview_is_the_same_painted_in_parts(large, zoom):
    """What is painted for an area is all there is of it, and nothing else is disturbed."""
    style, overview = large.canvas.card_style, large.canvas.overview()
    whole = large.canvas.contents_rect()
    size = (whole.size() * zoom).toSize()

    def painted(areas: list[QRectF]) -> QImage:
        picture = QImage(size, QImage.Format.Format_RGB32)
        picture.fill(Qt.GlobalColor.white)
        painter = QPainter(picture)
        painter.scale(zoom, zoom)
        painter.translate(-whole.topLeft())
        for area in areas:
            painter.setClipRect(area)
            overview.paint(painter, style, [area_of(area)], ["3"])
        painter.end()
        return picture

    half = round(whole.width() * zoom / 2) / zoom
    left = QRectF(whole.left(), whole.top(), half, whole.height())
    right = QRectF(left.topRight(), whole.bottomRight())
    assert painted([left, right]) == painted([whole])


def test_wires_are_looked_for_once_for_another_look(large, themes, monkeypatch):
    large.look_at(1.0, QPointF(304, 480))
    grabbed(large)
    asked: list[QRectF] = []
    look = Lagging._bring_up
    monkeypatch.setattr(
        Lagging, "_bring_up", lambda self, area: (asked.append(area), look(self, area))[1]
    )
    grabbed(large)
    assert asked == []  # there is but one look so far
    themes.set_mode(type(themes.mode)["DARK"])
    grabbed(large)
    grabbed(large)
    assert len(asked) == 1
    large.canvas.move_cards({"5": Position(0, 0)})
    grabbed(large)
    assert len(asked) == 2


def test_a_picture_goes_with_the_look_that_it_shows(qapp):
    kept = Pictures()
    look, other = Look(), Look()
    for level in range(3):
        kept.picture_of(look, level, square)
        assert kept.picture_of(look, level, None) is not None
    kept.picture_of(other, 0, square)
    assert len(kept) == 4
    del look
    assert len(kept) == 1
    kept.picture_of(other, 1, square)
    assert kept._bytes == 2 * 400


def test_cards_that_look_otherwise_leave_no_pictures(make):
    window = make()
    window.canvas.setFocus()
    node = next(iter(window.canvas.canvas.cards))
    pictures = window.canvas.canvas.card_style.pictures
    window.grab()
    before = len(pictures)
    for _ in range(6):
        for chosen in ([node], []):
            window.selection.set(chosen)
            window.grab()
    assert before <= len(pictures) <= before + 2  # empty cards, selected and not, serve many
