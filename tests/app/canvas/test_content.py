"""What stands on a card."""

from __future__ import annotations

from app.canvas.content import content
from app.examples import load_example
from graph_model.infer import infer_project


def test_a_block_that_is_left_out_says_so() -> None:
    root = infer_project(load_example("resnet-50"))
    rest = root.inside("layer1").inside("rest")
    first = root.inside("layer1").inside("first")
    times = [content(each, each.network.nodes["shortcut"]).times for each in (first, rest)]
    assert times == ["×1", "×0"]
