"""The tab of values shows what is selected, for the sample and the repeat that are chosen."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPointF

from app.inspecting.seen import Heat, Tiles
from app.overlays.colour_map import WRONG
from app.project.examples import load_example
from app.training.checkpoint import copy_of_weights, save_weights
from app.training.samples import inputs_at
from app.values_panel.painting import Range, image, range_of
from app.values_panel.views import HeatView, TilesView, shown
from codegen.build import build_project


def opened(qtbot, window):
    """Show the tab of a window that has PyTorch."""
    window.torch_loader.begin()
    qtbot.waitUntil(lambda: window.torch_loader.is_loaded or window.torch_loader.wait() is None)
    window._leave_welcome()
    window.actions_by_id["show_values"].trigger()
    panel = window.bottom.values.inside
    qtbot.waitUntil(panel.isVisible)
    return panel


def settled(qtbot, panel) -> None:
    """Wait until what is asked for is shown."""
    panel._soon.stop()
    panel.refresh()
    qtbot.waitUntil(lambda: not panel._latest.is_busy, timeout=60_000)


def ids(window) -> dict[str, str]:
    return {node.name: id for id, node in window.document.network.nodes.items()}


@pytest.fixture
def panel(qtbot, window):
    return opened(qtbot, window)


def test_nothing_is_asked_for_while_nobody_sees_it(qtbot, window) -> None:
    window.selection.set([ids(window)["linear1"]])
    assert window.colouring.inspection._held is None
    assert "inside" not in window.bottom.values.__dict__


def test_values_are_those_of_the_sample_that_is_chosen(qtbot, window, panel) -> None:
    window.selection.set([ids(window)["linear1"]])
    settled(qtbot, panel)
    samples = window.colouring.inspection._held._watched.samples
    project = window.document.project
    torch.manual_seed(project.recipe.seed)
    model = build_project(project).make()
    split = samples.prepared.split
    for step, (name, place) in enumerate([("validation", 0), ("validation", 1), ("train", 0)]):
        if step == 1:
            panel.bar.next.click()
        elif step == 2:
            panel.bar.split.setCurrentIndex(panel.bar.split.findData("train"))
            panel.bar.split.activated.emit(1)
        settled(qtbot, panel)
        index = getattr(split, name)[place]
        with torch.no_grad():
            expected = model.linear1(inputs_at(samples, np.array([index]))[0])
        seen = panel.numbers.shown
        assert seen.facts.mean == pytest.approx(expected.mean().item(), abs=1e-6)
        assert f"{len(getattr(split, name)):,}" in panel.bar._of.text()
    assert panel.bar.weights.text().startswith("initial weights")


def test_a_wire_shows_its_tensor_and_nothing_selected_says_what_to_do(qtbot, window, panel) -> None:
    edge = next(iter(window.document.network.edges.values()))
    window.selection.set((), [edge.target])
    settled(qtbot, panel)
    assert panel.numbers.shown.port == edge.source.name
    assert panel.bar.title.text().endswith(edge.source.name)
    window.selection.set(())
    settled(qtbot, panel)
    assert "Select" in panel._note.text()
    assert not panel._inside.isVisible()


def test_what_keeps_values_from_being_seen_is_said(qtbot, window, panel, broken) -> None:
    window.files.open_path(broken)
    window.selection.set([ids(window)["linear1"]])
    window.actions_by_id["show_values"].trigger()
    settled(qtbot, panel)
    assert panel._note.isVisible()
    assert panel._shown is None


def test_weights_that_are_chosen_are_those_that_are_seen(qtbot, window, panel, tmp_path) -> None:
    project = window.document.project
    torch.manual_seed(5)
    model = build_project(project).make()
    file = tmp_path / "a run" / "best.safetensors"
    file.parent.mkdir()
    save_weights(file, copy_of_weights(model))
    window.selection.set([ids(window)["linear1"]])
    settled(qtbot, panel)
    before = panel.numbers.shown.facts.mean
    window.colouring.inspection.choose(file)
    settled(qtbot, panel)
    assert panel.numbers.shown.facts.mean != before
    assert "a run" in panel.bar.weights.text()
    samples = window.colouring.inspection._held._watched.samples
    with torch.no_grad():
        place = samples.prepared.split.validation[:1]
        expected = model.linear1(inputs_at(samples, place)[0]).mean().item()
    assert panel.numbers.shown.facts.mean == pytest.approx(expected, abs=1e-6)


def test_within_a_block_one_chooses_the_repeat(qtbot, make) -> None:
    window = make(load_example("character-transformer"))
    panel = opened(qtbot, window)
    window.document.enter("blocks")
    window.document.enter("attention")
    (attending,) = window.document.inference.of_kind("ScaledDotProductAttention")
    window.selection.set([attending.id])
    settled(qtbot, panel)
    assert panel._shown.attention is not None
    assert not panel.bar.repeat.isVisible()
    window.document.leave()
    (norm, *_) = window.document.inference.of_kind("LayerNorm")
    window.selection.set([norm.id])
    settled(qtbot, panel)
    assert panel.bar.repeat.isVisible()
    assert panel.bar.repeat.maximum() == 2
    first = panel.heat.heat.numbers
    panel.bar.repeat.setValue(2)
    settled(qtbot, panel)
    assert not np.array_equal(panel.heat.heat.numbers, first)
    panel.grab()  # and is painted


def test_pictures_of_numbers_are_in_the_colours_of_their_range() -> None:
    numbers = np.array([[-1.0, 0.0], [1.0, np.nan]], np.float32)
    within = range_of(numbers)
    assert within == Range(-1.0, 1.0)
    found = image(numbers, within)
    assert (found.width(), found.height()) == (2, 2)
    assert found.pixelColor(1, 1).name().upper() == WRONG
    blue, orange = found.pixelColor(0, 0), found.pixelColor(0, 1)
    assert blue.blue() > blue.red()
    assert orange.red() > orange.blue()
    colours = np.array([[[1.0, 0.5, 0.0]]], np.float32)
    assert image(colours, within).pixelColor(0, 0).getRgb()[:3] == (255, 128, 0)
    assert range_of(np.array([np.nan], np.float32)) == Range(0.0, 0.0)


def test_a_blank_among_tokens_is_seen() -> None:
    assert shown(" ") == "␣"
    assert shown("the") == "the"


def test_the_mouse_tells_the_number_below_it(qtbot) -> None:
    view = HeatView()
    qtbot.addWidget(view)
    view.resize(200, 148)
    numbers = np.arange(12, dtype=np.float32).reshape(3, 4)
    view.show_heat(Heat(numbers, 3, 4))
    assert view.told_at(QPointF(1, 1)) == "[0, 0]  0"
    assert view.told_at(QPointF(199, view._place().bottom() - 1)) == "[2, 3]  11"
    view.show_heat(Heat(numbers, 30, 40))
    assert view.told_at(QPointF(1, 1)) == "[0, 0]  ≈0"
    tiles = TilesView(36, 64)
    qtbot.addWidget(tiles)
    tiles.resize(200, 148)
    tiles.show_tiles(Tiles((numbers, numbers + 1), 2))
    assert tiles.told_at(tiles._place(1).topLeft() + QPointF(1, 1)) == "1   [0, 0]  1"
    assert tiles.told_at(QPointF(0, 147)) == ""
