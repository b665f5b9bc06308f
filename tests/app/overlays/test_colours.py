"""Cards are coloured by what a training tells, or by what the network computes at rest."""

from __future__ import annotations

import pytest
import torch
from PySide6.QtGui import QImage

from app.canvas.hits import nodes_in
from app.canvas.overview import BELOW
from app.canvas.picture import write_picture
from app.overlays.colour_map import colour
from app.overlays.scale import STEPS
from app.project.examples import load_example
from app.runs.events import Observed
from app.training.samples import inputs_at
from codegen.build import build_project


def loaded(qtbot, window) -> None:
    window.torch_loader.begin()
    qtbot.waitUntil(lambda: window.torch_loader.is_loaded or window.torch_loader.wait() is None)


@pytest.fixture
def colours(qtbot, window):
    loaded(qtbot, window)
    return window.colouring.colours


def shown(qtbot, colours, name: str) -> None:
    colours.choose(name)
    qtbot.waitUntil(lambda: colours.scale is not None, timeout=60_000)


def test_nothing_is_asked_for_until_something_is_chosen(window) -> None:
    assert window.trainer._session is None
    assert window.colouring.colours.fills() == {}
    assert "legend" not in window.colouring.__dict__
    assert {card.fill for card in window.canvas.canvas.cards.values()} == {""}


def test_at_rest_cards_have_the_figures_of_new_weights(qtbot, window, colours) -> None:
    shown(qtbot, colours, "activation_deviation")
    project, network = window.document.project, window.document.network
    samples = window.colouring.inspection._held._watched.samples
    inputs = inputs_at(samples, samples.prepared.split.validation[:32])
    torch.manual_seed(project.recipe.seed)
    model = build_project(project).make()
    (node,) = (each for each in network.nodes.values() if each.name == "linear1")
    with torch.no_grad():
        expected = model.linear1(inputs[0]).std(correction=0).item()
    assert colours.values[node.id] == pytest.approx(expected, rel=1e-4)
    assert "initial weights" in colours.source
    card = window.canvas.canvas.cards[node.id]
    step = colours.scale.step(colours.values[node.id])
    assert card.fill == colour(window.canvas.canvas.card_style.theme, step, is_signed=False)
    assert "Deviation of outputs" in window.canvas.canvas.figure_of(node.id)
    assert window.colouring.legend.isVisibleTo(window.canvas)


def test_turned_off_all_is_as_it_was(qtbot, window, colours) -> None:
    shown(qtbot, colours, "output_bytes")
    window.canvas.look_at(BELOW / 2, window.canvas.canvas.contents_rect().center())
    coloured = window.canvas.grab().toImage()
    colours.choose("")
    assert {card.fill for card in window.canvas.canvas.cards.values()} == {""}
    assert not window.colouring.legend.isVisibleTo(window.canvas)
    assert window.canvas.grab().toImage() != coloured
    assert window.trainer.session._observers == ()
    assert window.actions_by_id["colour_none"].isChecked()


def test_what_a_training_tells_is_shown_as_it_goes_on(qtbot, window, colours) -> None:
    trainer, document = window.trainer, window.document
    colours.choose("gradient_norm")
    assert "during a training" in colours.source
    trainer.job = window.colouring.inspection.job()
    names = [each.name for each in document.network.nodes.values() if each.kind == "Linear"]
    seen = {f"{name}.weight": 10.0**at for at, name in enumerate(names)}
    trainer.session.record.watched.add(Observed(7, {"gradient_norm": seen}))
    trainer.session.progressed.emit()
    qtbot.waitUntil(lambda: colours.scale is not None, timeout=60_000)
    assert colours.source == "step 7"
    fills = colours.fills()
    assert len({*fills.values()}) == len(names)
    assert (colours.scale.low, colours.scale.high) == (1.0, 10.0 ** (len(names) - 1))
    seen["linear1.weight"] = float("nan")
    trainer.session.record.watched.add(Observed(8, {"gradient_norm": seen}))
    trainer.session.progressed.emit()
    (first,) = (each.id for each in document.network.nodes.values() if each.name == "linear1")
    assert colours.fills()[first] not in {
        colour(window.canvas.canvas.card_style.theme, step, is_signed=False)
        for step in range(STEPS)
    }


def test_within_a_block_its_layers_are_coloured(qtbot, make) -> None:
    window = make(load_example("character-transformer"))
    loaded(qtbot, window)
    colours = window.colouring.colours
    shown(qtbot, colours, "output_bytes")
    total = {*colours.values}
    (block,) = (each.id for each in window.document.network.nodes.values() if each.name == "blocks")
    assert block in total
    whole = colours.values[block]
    window.document.enter(block)
    assert colours.values.keys() <= window.document.network.nodes.keys()
    inputs = {each.id for each in window.document.inference.of_kind("Input")}
    assert sum(colours.values.values()) == pytest.approx(whole)
    assert inputs <= colours.values.keys()


def test_a_training_is_followed_and_then_its_best_weights_are_looked_at(
    qtbot, window, colours
) -> None:
    trainer, sources = window.trainer, []
    colours.choose("activation_zeros")
    qtbot.waitUntil(lambda: colours.scale is not None, timeout=60_000)
    colours.changed.connect(lambda: sources.append(colours.source))
    qtbot.waitUntil(lambda: trainer.can_start, timeout=60_000)
    with qtbot.waitSignal(trainer.run_ended, timeout=120_000):
        trainer.start()
    qtbot.waitUntil(lambda: "best weights" in colours.source, timeout=60_000)
    assert any(each.startswith("step ") for each in sources)
    assert trainer.job.folder.name in colours.source
    assert colours.scale is not None


def test_where_nothing_can_be_seen_of_a_training_that_is_said(window, colours, monkeypatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(type(window.trainer), "is_running", True)
        patched.setattr(type(window.trainer), "is_compiled", True)
        colours.choose("activation_zeros")
        assert "torch.compile" in colours.source
        colours.choose("gradient_norm")
        assert "Waiting" in colours.source


def test_what_is_not_asked_for_any_more_is_let_go(qtbot, window, colours) -> None:
    shown(qtbot, colours, "output_bytes")
    inspection = window.colouring.inspection
    assert inspection._unused.isActive()
    inspection._unused.timeout.emit()
    assert inspection._held is None
    colours.choose("activation_mean")
    assert colours.scale is not None  # of the same look


def test_the_legend_hides_no_card_of_a_network_that_is_fitted(qtbot, window, colours) -> None:
    window._leave_welcome()
    view = window.canvas
    view.fit()
    shown(qtbot, colours, "output_bytes")
    legend = window.colouring.legend.geometry()
    area = view.mapToScene(legend).boundingRect()
    assert not nodes_in(view.canvas, area)


def test_a_picture_that_is_saved_has_the_colours_and_their_key(
    qtbot, window, colours, tmp_path
) -> None:
    shown(qtbot, colours, "output_bytes")
    look = window.canvas.canvas.card_style.theme
    pictures = []
    for name, coloured in (("plain", None), ("coloured", colours.coloured())):
        path = tmp_path / f"{name}.png"
        write_picture(window.document.project, path, look, None, coloured)
        pictures.append(QImage(str(path)))
    plain, coloured = pictures
    assert coloured.width() == plain.width()
    assert coloured.height() > plain.height()
    seen = {
        coloured.pixelColor(x, y).name()
        for x in range(0, coloured.width(), 5)
        for y in range(0, coloured.height(), 5)
    }
    assert {*colours.fills().values()} <= seen
    for suffix in (".svg", ".pdf"):
        path = tmp_path / f"coloured{suffix}"
        write_picture(window.document.project, path, look, None, colours.coloured())
        assert path.stat().st_size > 1000
