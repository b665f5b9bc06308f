"""What is told of an edit is worked out in slices, and all who ask sooner get the same."""

from __future__ import annotations

import pytest

from app.project import telling
from app.project.document import Document
from app.project.examples import load_example
from graph_model.inference.infer import infer_project
from graph_model.network import set_arguments


@pytest.fixture
def document(qapp) -> Document:
    return Document(load_example("resnet-50"))


def widen(document: Document, channels: int) -> None:
    """Change the shapes of all that lies behind the first convolution."""
    nodes = document.network.nodes
    first = next(id for id, node in nodes.items() if node.kind == "Conv2d")
    document.edit_network(set_arguments(document.network, first, {"out_channels": channels}), "")


def test_it_is_told_once_all_is_known(document, qtbot, monkeypatch):
    monkeypatch.setattr(telling, "_SLICE", 0)  # every slice is over at once
    monkeypatch.setattr(telling, "_AT_A_TIME", 1)
    told: list[bool] = []
    document.telling.told.connect(lambda: told.append(document.main.advise(0)))
    widen(document, 48)
    assert not document.telling.is_done
    assert not document.main.advise(0)
    qtbot.waitUntil(lambda: document.telling.is_done)
    assert told == [True]
    assert document.main.problems == infer_project(document.project).problems


def test_the_next_edit_and_an_undo_come_in_the_midst_of_it(document, qtbot, monkeypatch):
    monkeypatch.setattr(telling, "_SLICE", 0)
    monkeypatch.setattr(telling, "_AT_A_TIME", 2)
    for step, channels in enumerate((48, 32, 64)):
        widen(document, channels)
        document.main.advise(3)
        if step == 1:
            document.history.undo()
        assert document.main.problems == infer_project(document.project).problems
    qtbot.waitUntil(lambda: document.telling.is_done)
