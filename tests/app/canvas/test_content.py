"""What stands on a card."""

from __future__ import annotations

from app.canvas.content import Content, content
from app.project.document import Document
from app.project.examples import load_example
from app.project.state import Step, Trail
from graph_model.network import set_arguments


def test_a_block_that_is_left_out_says_so(qapp) -> None:
    document = Document(load_example("resnet-50"))
    said = []
    for use in ("first", "rest"):
        document.go_to(Trail("main", (Step("layer1"), Step(use))))
        shortcut = content(document.state, document.network.nodes["shortcut"])
        said.append((shortcut.times, shortcut.summary.partition(",")[0]))
    assert said == [("", "if downsample"), ("×0", "if downsample")]


def _contents(document: Document) -> dict[str, Content]:
    return {node.name: content(document.state, node) for node in document.network.nodes.values()}


def test_a_dtype_is_shown_where_it_is_not_the_usual_one(qapp) -> None:
    shown = {name: each.shape for name, each in _contents(Document(load_example("gpt-2"))).items()}
    assert shown["tokens"] == "N×T int64"
    assert shown["wte"] == "N×T×768"


def test_a_layer_for_sequences_tells_what_comes_first(qapp) -> None:
    document = Document(load_example("text-classifier"))
    first = {name: each.batch_first for name, each in _contents(document).items()}
    assert first["lstm"] is True
    assert {each for name, each in first.items() if name != "lstm"} == {None}
    lstm = next(node for node in document.network.nodes.values() if node.name == "lstm")
    document.edit_network(set_arguments(document.network, lstm.id, {"batch_first": False}), "")
    assert _contents(document)["lstm"].batch_first is False
