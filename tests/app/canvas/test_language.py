"""The canvas in another language, also what is out of sight while one is within a block."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from app.language.i18n import CHINESE, ENGLISH, translations
from graph_model.network import set_arguments
from tests.app.canvas.block_steps import make


@pytest.fixture
def speak_chinese(qapp) -> Iterator[Callable[[], None]]:
    """Return what switches to Chinese; afterwards all is English again."""

    def speak() -> None:
        translations().use(CHINESE)
        qapp.processEvents()

    yield speak
    translations().use(ENGLISH)


def test_what_is_wrong_with_a_wire_follows_the_language(view, document, speak_chinese):
    document.edit_network(set_arguments(document.network, "l", {"in_features": 5}), "")
    (wire,) = (each for each in view.canvas.wires.values() if each.toolTip())
    assert "is set to 5" in wire.toolTip()
    speak_chinese()
    assert "in_features" in wire.toolTip()
    assert "is set to 5" not in wire.toolTip()


def test_a_network_that_was_left_for_a_block_comes_back_in_the_language(
    view, document, selection, speak_chinese
):
    stated = {"shape": ("N", 8, "L"), "multiples": ("L", 4)}
    document.edit_network(set_arguments(document.network, "i", stated), "")
    use = make(view, selection, "l", "r")
    assert "divisible" in view.canvas.cards["i"].content.summary
    selection.set([use])
    view.levels.open_block()
    speak_chinese()
    view.levels.leave_block()
    assert "L" in view.canvas.cards["i"].content.summary
    assert "divisible" not in view.canvas.cards["i"].content.summary
