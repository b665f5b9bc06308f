"""Every card's name can be read where the whole network is in view in a small window."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from PySide6.QtCore import QPointF, QSize

from app.canvas.card_style import CardStyle
from app.canvas.geometry import CARD
from app.canvas.hits import wire_through
from app.canvas.overview import BELOW
from app.canvas.title import farthest_titles, title_of
from app.canvas.view import CanvasView
from app.layout.measures import card_size, turned
from app.layout.placed import placed
from app.look import theme
from app.project.document import Document, Selection
from app.project.examples import EXAMPLES, load_example
from graph_model.network import Network, Project
from tests.codegen.blocks import Line, network
from tests.handwritten.more_drawings import nerf

CANVAS = QSize(752, 460)
"""What the canvas has of a window of 1280 × 800 pixels, its palette, inspector and code open."""
READABLE = 10.0
"""The least height of the font in pixels."""


@pytest.fixture
def shown(qtbot, qapp):
    """Return a function that fits a project into the canvas of a small window, as it is styled."""
    theme.apply(qapp, theme.current())

    def show(project):
        document = Document(project)
        view = CanvasView(document, Selection(document), theme.manager())
        qtbot.addWidget(view)
        view.resize(CANVAS)
        view.show()
        view.fit()
        return view

    return show


def names(view: CanvasView) -> list[tuple[str, str, float]]:
    """Return each card's name, the text that is painted of it, and how high its font is."""
    style: CardStyle = view.canvas.card_style
    fonts = farthest_titles() if view.zoom < BELOW else style.title_fonts
    found = []
    for card in view.canvas.cards.values():
        title = title_of(card.content.name, card.content.shape, card.content.times, fonts)
        text = "".join(line.text.text() for line in title.name)
        font = title.lettering.font if style.title_only else style.name_font
        found.append((card.content.name, text, font.pixelSize() * view.zoom))
    return found


@pytest.mark.parametrize("name", [each.name for each in EXAMPLES])
def test_every_name_of_an_example_is_read_at_a_fit(shown, name):
    view = shown(load_example(name))
    for whole, painted, height in names(view):
        assert painted == whole
        assert height >= READABLE, whole


@pytest.mark.parametrize("name", [each.name for each in EXAMPLES])
def test_every_name_of_an_example_is_read_from_near_by(shown, name):
    view = shown(load_example(name))
    for card in view.canvas.cards.values():
        name = card.content.name
        assert card.name_shown() == name or len(name) > 24  # longer than the card


@pytest.mark.parametrize("name", [each.name for each in EXAMPLES])
def test_nothing_floats_above_a_card_or_wire_at_a_fit(shown, name):
    view = shown(load_example(name))
    for card in view.canvas.cards.values():
        area = view.mapFromScene(CARD.translated(card.pos())).boundingRect()
        assert view.viewport().rect().contains(area)
        assert not view.covered().intersects(area)
    for rect in view.covered():
        assert wire_through(view.canvas, view.mapToScene(rect).boundingRect()) is None


def recommender(columns: int, *, deep: bool) -> Network:
    """Return a network of one embedding for each of so many columns, beside a branch of four."""
    lines: dict[str, Line] = {}
    for number in range(1, columns + 1):
        lines[f"c{number}"] = ("Input", {"shape": ("N",), "dtype": "int64"}, "")
        lines[f"embedding{number}"] = ("Embedding", {}, f"c{number}")
    joined = [f"embedding{number}" for number in range(1, columns + 1)]
    if deep:
        lines["dense"] = ("Input", {"shape": ("N", 13)}, "")
        chain = {"fc1": "dense", "relu1": "fc1", "fc2": "relu1"}
        lines |= {name: ("Linear", {"out_features": 64}, fed) for name, fed in chain.items()}
        joined.append("fc2")
    lines["cat"] = ("Concatenate", {"inputs": len(joined)}, " ".join(joined))
    chain = {"fc3": "cat", "fc4": "fc3", "fc5": "fc4"}
    lines |= {name: ("Linear", {"out_features": 64}, fed) for name, fed in chain.items()}
    lines["output"] = ("Output", {}, "fc5")
    return network({}, "main", "Main", lines)


@pytest.mark.parametrize("direction", ["down", "right"])
@pytest.mark.parametrize(("columns", "deep"), [(50, True), (26, False), (26, True), (12, True)])
def test_many_branches_are_read_as_well_and_no_wire_lies_under_a_card(
    shown, columns, deep, direction
):
    made = recommender(columns, deep=deep)
    view = shown(placed(Project({"main": made}, "main", direction=direction)))
    for whole, painted, height in names(view):
        assert painted == whole
        assert height >= READABLE, whole
    areas = {id: CARD.translated(each.pos()) for id, each in view.canvas.cards.items()}
    assert not any(one.intersects(other) for one, other in combinations(areas.values(), 2))
    for wire in view.canvas.wires.values():
        ends = {wire.edge.source.node, wire.edge.target.node}
        passed = [wire.path().pointAtPercent(part / 80) for part in range(81)]
        others = (area for id, area in areas.items() if id not in ends)
        assert not any(area.contains(point) for area in others for point in passed)


@pytest.mark.parametrize("direction", ["down", "right"])
def test_a_long_chain_with_inputs_from_afar_is_read_as_well(shown, direction):
    view = shown(placed(replace(nerf(), direction=direction)))
    for whole, painted, height in names(view):
        assert painted == whole
        assert height >= READABLE, whole


def with_tables(steps: int, every: int) -> Network:
    """Return a chain to which a table of positions, two layers of constants, is added at times."""
    lines: dict[str, Line] = {"tokens": ("Input", {"shape": ("N", 64)}, "")}
    last = "tokens"
    for step in range(steps):
        if step % every == 0:
            lines[f"place{step}"] = ("Arange", {"end": 64}, "")
            lines[f"table{step}"] = ("Embedding", {}, f"place{step}")
            lines[f"add{step}"] = ("Add", {}, f"{last} table{step}")
            last = f"add{step}"
        lines[f"fc{step}"] = ("Linear", {"out_features": 64}, last)
        last = f"fc{step}"
    return network({}, "main", "Main", lines | {"output": ("Output", {}, last)})


@pytest.mark.parametrize("direction", ["down", "right"])
@pytest.mark.parametrize(("steps", "every"), [(4, 4), (14, 14), (30, 4), (40, 7)])
def test_constants_of_two_layers_stand_just_before_what_they_feed(shown, steps, every, direction):
    made = with_tables(steps, every)
    project = placed(Project({"main": made}, "main", direction=direction))
    layout = {id: turned(at, direction) for id, at in project.layouts["main"].items()}
    size = card_size(direction)
    for step in range(0, steps, every):
        place, table, add = (layout[f"{name}{step}"] for name in ("place", "table", "add"))
        assert place.x == table.x
        assert table.y - place.y == add.y - table.y == size.step
        assert abs(table.x - add.x) <= 2 * size.across
    assert min(height for *_, height in names(shown(project))) >= READABLE


@pytest.mark.parametrize("name", ["resnet-50", "googlenet", "densenet-121", "gpt-2"])
def test_what_arranging_gives_is_what_the_examples_have(shown, name):
    project = load_example(name)
    view = shown(project)
    view.arranging.arrange()
    assert view.document.state.layout == project.layout


@pytest.mark.parametrize(
    "name",
    ["resnet-50", "googlenet", "densenet-121", "gpt-2", "vit-b-16", "u-net", "bert-base"],
)
def test_flowing_to_the_right_it_can_be_read_as_well(shown, name):
    view = shown(load_example(name))
    view.arranging.set_direction("right")
    view.fit()
    assert min(height for *_, height in names(view)) >= READABLE


def test_a_fit_of_a_selection_or_an_empty_network_does_no_harm(shown):
    project = load_example("resnet-50")
    view = shown(replace(project, networks={**project.networks}))
    view.document.edit_network(replace(view.document.network, nodes={}, edges={}), "")
    view.fit()
    assert view.zoom == 1
    assert view.area().contains(QPointF(0, 0))


def test_what_was_fitted_fits_still_when_there_is_less_room_unless_one_has_moved(shown):
    view = shown(load_example("resnet-18"))
    view.resize(700, 300)
    cards = view.canvas.cards.values()
    areas = [view.mapFromScene(CARD.translated(each.pos())).boundingRect() for each in cards]
    assert all(view.viewport().rect().contains(each) for each in areas)
    view.zoom_in()
    zoom = view.zoom
    view.resize(752, 460)
    assert view.zoom == zoom


def test_what_was_fitted_into_little_room_is_larger_as_soon_as_there_is_more(shown):
    view = shown(load_example("digits-gan"))
    whole = view.zoom
    view.resize(200, 480)
    assert view.zoom < whole / 2
    view.resize(480, 1375)
    narrow = view.zoom
    view.resize(CANVAS)
    assert view.zoom == whole
    assert narrow > 0.2


def test_nothing_moves_below_the_hand_when_the_room_changes(shown):
    view = shown(load_example("resnet-18"))
    view.selection.set(["conv1"])
    zoom = view.zoom
    view.resize(740, 400)
    assert view.zoom == zoom
