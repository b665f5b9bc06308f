"""What stands on a card."""

from __future__ import annotations

from app.canvas.content import content
from app.project.document import Document
from app.project.examples import load_example
from app.project.state import Step, Trail


def test_a_block_that_is_left_out_says_so(qapp) -> None:
    document = Document(load_example("resnet-50"))
    times = []
    for use in ("first", "rest"):
        document.go_to(Trail("main", (Step("layer1"), Step(use))))
        times.append(content(document.state, document.network.nodes["shortcut"]).times)
    assert times == ["×1", "×0"]
