"""Cards and wires follow the document, and only what changed is touched."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from app.canvas.geometry import CARD
from app.language.numbers import brief_count
from app.look.theme import DARK, LIGHT
from app.project.examples import EXAMPLES
from graph_model.files.storage import load
from graph_model.network import Node, Port, Position, rename, set_arguments
from tests.app.canvas.conftest import chain_project, project


def test_a_card_says_what_is_known(view):
    content = view.canvas.cards["l"].content
    assert (content.name, content.kind, content.family) == ("fc1", "Linear", "linear")
    assert content.shape == "N×4"
    assert content.count == "36"
    assert "8→4" in content.summary


def test_an_edit_shows_downstream_and_leaves_the_rest_alone(view, document):
    cards = view.canvas.cards
    before = {id: card.content for id, card in cards.items()}
    document.edit_network(set_arguments(document.network, "l", {"out_features": 9}), "")
    assert cards["r"].content.shape == cards["o"].content.shape == "N×9"
    assert cards["i"].content is before["i"]
    document.history.undo()
    assert {id: card.content for id, card in cards.items()} == before


def test_cards_and_wires_are_kept_when_others_change(view, document):
    cards, wires = dict(view.canvas.cards), dict(view.canvas.wires)
    document.edit_network(rename(document.network, "l", "head"), "")
    assert view.canvas.cards == cards
    assert view.canvas.wires == wires
    assert cards["l"].content.name == "head"


def test_an_error_reddens_card_and_wire_and_says_why(view, document, themes, mouse):
    document.edit_network(set_arguments(document.network, "i", {"dtype": "int64"}), "")
    assert view.canvas.cards["l"].content.standing == "error"
    wire = view.canvas.wires[Port("l", "input")]
    assert wire.pen().color() == themes.theme.color("error")
    assert wire.toolTip()
    unknown = view.canvas.wires[Port("r", "input")]
    assert unknown.pen().style() == Qt.PenStyle.DashLine
    document.history.undo()
    assert wire.pen().color() == themes.theme.dtype("float32")
    assert unknown.pen().style() == Qt.PenStyle.SolidLine


def test_another_project_takes_the_place_of_this(view, document):
    document.open(project({"a": Node("a", "ReLU", "act")}, [], {"a": Position(8, 16)}))
    assert set(view.canvas.cards) == {"a"}
    assert not view.canvas.wires
    assert view.canvas.centre("a") == Position(8, 16)
    document.open(chain_project())
    assert len(view.canvas.cards) == 4
    assert len(view.canvas.wires) == 3


def test_unknown_kinds_and_dead_edges_are_shown_without_harm(view, document):
    strange = {"a": Node("a", "NoSuchKind", "odd"), "b": Node("b", "ReLU", "relu")}
    document.open(project(strange, [], {"b": Position(0, 200)}))
    assert view.canvas.cards["a"].content.standing == "error"
    view.grab()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each.name)
def test_the_examples_are_drawn_in_both_looks_at_every_zoom(view, document, mode, themes, example):
    document.open(load(example.path))
    themes.set_mode(mode)
    for zoom in (2.0, 1.0, 0.5, 0.2):
        view.zoom_by(zoom / view.zoom, QPoint(0, 0))
        view.centerOn(view.canvas.contents_rect().center())
        picture = view.viewport().grab().toImage()
        colours = {
            picture.pixelColor(x, y).name()
            for x in range(0, picture.width(), 5)
            for y in range(0, picture.height(), 5)
        }
        assert themes.theme.canvas.lower() in colours
        assert len(colours) > 3


def test_the_theme_is_followed_live(view, themes):
    strip = view.mapFromScene(view.canvas.cards["l"].pos() + QPointF(-102, 10))
    for mode, theme in (("DARK", DARK), ("LIGHT", LIGHT)):
        themes.set_mode(type(themes.mode)[mode])
        seen = view.viewport().grab().toImage().pixelColor(strip)
        assert seen.name() == theme.family("linear").name()
        corner = view.viewport().grab().toImage().pixelColor(2, 2)
        assert corner.name() == theme.canvas.lower()


def test_a_long_wire_passes_beside_the_cards_between(view, document):
    network = document.network
    nodes = {**network.nodes, "a": Node("a", "Add", "add1")}
    edges = [*network.edges.values()]
    skip = edges[0].__class__(Port("i", "output"), Port("a", "input2"))
    layout = {**document.state.layout, "a": Position(0, 640)}
    document.open(project(nodes, [*edges, skip], layout))
    path = view.canvas.wires[Port("a", "input2")].path()
    for percent in range(2, 99):
        point = path.pointAtPercent(percent / 100)
        for id in "lro":
            card = view.canvas.cards[id]
            assert not CARD.contains(point - card.pos()), (id, percent)


def test_the_minimap_goes_where_it_is_pressed(view, document):
    layout = {**document.state.layout, "o": Position(3000, 3000)}
    document.edit_network(document.network, "", layout=layout)
    view.zoom_by(1 / view.zoom, QPoint(0, 0))
    button = next(b for b in view.overlay._buttons.values() if b.isCheckable())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    minimap = view.overlay.minimap
    assert minimap.isVisible()
    corner = QPoint(minimap.width() - 20, minimap.height() - 20)
    QTest.mouseClick(minimap, Qt.MouseButton.LeftButton, pos=corner)
    assert view.area().center().x() > 1500
    assert view.area().center().y() > 1500
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not minimap.isVisible()


def test_selection_far_away_is_seen(view, selection, themes):
    view.zoom_by(0.2 / view.zoom, QPoint(0, 0))
    view.centerOn(0, 240)

    def colours() -> set[str]:
        picture = view.viewport().grab().toImage()
        at = view.mapFromScene(QPointF(0, 160))
        return {
            picture.pixelColor(at.x() + x, at.y() + y).name()
            for x in range(-30, 31)
            for y in range(-14, 15)
        }

    accent = themes.theme.color("accent").name()
    assert accent not in colours()
    selection.set(["l"])
    assert accent in colours()


@pytest.mark.parametrize(
    ("count", "written"),
    [
        (1, "1"),
        (999, "999"),
        (1000, "1 k"),
        (1792, "1.79 k"),
        (999_499, "999 k"),
        (999_999, "1 M"),
        (61_100_840, "61.1 M"),
        (11_689_512, "11.7 M"),
        (1_750_000_000, "1.75 G"),
    ],
)
def test_counts_are_brief(count, written):
    assert brief_count(count) == written
