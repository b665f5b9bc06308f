"""Blocks repeated, detached and dissolved, and weights shared, on the canvas."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtWidgets import QLabel

from app.layout.measures import HEIGHT
from codegen.custom_layers.prober import Prober, settle
from graph_model.custom_layers.known import Known, digest
from graph_model.formulas import Binary, Name
from graph_model.network import (
    Node,
    Port,
    Position,
    add_nodes,
    connect,
    set_repeat,
    share_weights,
    use_kind,
    used_network,
    with_network,
)
from tests.app.canvas.block_steps import answer, block_of, make, sample
from tests.custom_layers import SWISH, project_with

# Repeating


@pytest.mark.parametrize(
    ("text", "times"), [("12", "×12"), ("2 + 1", "×3"), ("1", "")], ids=["number", "sum", "once"]
)
def test_a_block_is_repeated(view, document, selection, text, times):
    use = make(view, selection, "r")
    view.blocks.ask_repeat()
    answer(view, text)
    assert view.canvas.cards[use].content.times == times
    assert not view.blocks._prompt.isVisible()


@pytest.mark.parametrize("text", ["0", "many", "1.5", "-1", "2 +"])
def test_what_is_no_number_of_repeats_is_refused_with_a_reason(view, document, selection, text):
    use = make(view, selection, "r")
    steps = document.history.count()
    view.blocks.ask_repeat()
    caption = view.blocks._prompt.findChild(QLabel).text()
    answer(view, text)
    assert view.blocks._prompt.isVisible()
    assert view.blocks._prompt.findChild(QLabel).text() != caption
    assert document.history.count() == steps
    answer(view, "3")
    assert view.canvas.cards[use].content.times == "×3"


def test_a_repeat_may_follow_from_a_parameter(view, document):
    sample(document, "dense")
    document.enter("stage2")
    assert view.canvas.cards["layers"].content.times == "×4"
    view.selection.set(["layers"])
    view.blocks.ask_repeat()
    assert view.blocks._prompt.line.text() == "depth"
    answer(view, "depth * 2")
    assert view.canvas.cards["layers"].content.times == "×8"


# Sharing


def test_shared_weights_are_counted_once_and_linked(view, document, selection, undone):
    other = Node("m", "Linear", "fc2", {"out_features": 4})
    network = add_nodes(document.network, [other])
    network = connect(network, Port("i", "output"), Port("m", "input"))
    document.edit_network(network, "", layout={**document.state.layout, "m": Position(300, 160)})
    assert document.inference.parameter_count == 72
    selection.set(["m", "l"])
    view.blocks.share()
    assert document.network.nodes["m"].shares == "l"
    assert document.inference.parameter_count == 36
    content = view.canvas.cards["m"].content
    assert (content.owner, content.count) == ("fc1", "")
    link = view.canvas.links["m"]
    assert link.isVisible()
    view.canvas.move_cards({"m": Position(600, 300)})
    assert link.path().currentPosition().y() == 300
    selection.set(["m"])
    view.blocks.stop_sharing()
    assert len(view.canvas.links) == 0
    assert document.inference.parameter_count == 72
    assert undone()


def test_who_shared_with_a_sharer_shares_with_its_owner(view, document, selection):
    more = [Node(id, "ReLU", id) for id in ("a", "b", "c")]
    network = add_nodes(document.network, more)
    document.edit_network(share_weights(network, "c", "b"), "")
    selection.set(["a", "b"])
    view.blocks.share()
    nodes = document.network.nodes
    assert (nodes["a"].shares, nodes["b"].shares, nodes["c"].shares) == ("", "a", "a")


def test_a_linear_layer_may_have_the_weights_of_an_embedding(view, document, selection, said):
    nodes = [
        Node("e", "Embedding", "embed", {"num_embeddings": 50, "embedding_dim": 8}),
        Node("h", "Linear", "head", {"out_features": 50, "bias": False}),
        Node("a", "Add", "sum1"),
        Node("b", "Add", "sum2"),
    ]
    network = add_nodes(document.network, nodes)
    network = connect(network, Port("e", "output"), Port("h", "input"))
    document.edit_network(network, "")
    selection.set(["h", "e"])
    view.blocks.share()
    assert document.network.nodes["h"].shares == "e"
    assert document.network.nodes["h"].arguments["out_features"] == 50
    selection.set(["a", "b"])
    view.blocks.share()
    assert said == ["sum1 has no weights to share."]


def test_one_is_told_where_a_block_parts_what_shared_weights(view, document, selection, said):
    sample(document, "encoder")
    make(view, selection, "narrow", "head")
    assert "refined" in said[0]
    assert document.network.nodes["refined"].shares == ""
    make(view, selection, "embedding")
    assert len(said) == 1


def test_links_of_what_has_no_weights_show_only_when_selected(view, document, selection):
    document.edit_network(
        share_weights(add_nodes(document.network, [Node("s", "ReLU", "again")]), "s", "r"), ""
    )
    assert not view.canvas.links["s"].isVisible()
    selection.set(["r"])
    assert view.canvas.links["s"].isVisible()
    selection.set([])
    assert not view.canvas.links["s"].isVisible()


def test_different_kinds_share_nothing(view, document, selection, said):
    selection.set(["l", "r"])
    view.blocks.share()
    assert "fc1" in said[0]
    assert not document.history.canUndo()


# Dissolving


def test_ungrouping_selects_what_came_out(view, document, selection, undone):
    use = make(view, selection, "l", "r")
    before = document.inference.parameter_count
    view.blocks.ungroup()
    assert use not in document.network.nodes
    chosen = sorted(document.network.nodes[id].kind for id in selection.nodes)
    assert chosen == ["Linear", "ReLU"]
    assert document.inference.parameter_count == before
    assert not document.inference.has_errors
    assert undone()


def test_ungrouping_makes_room(view, document, selection):
    sample(document, "resnet18")
    selection.set(["layer1"])
    view.blocks.ungroup()
    assert len(selection.nodes) == 2  # the two repeats, as uses of their own
    view.blocks.ungroup()
    layout = document.state.layout
    places = sorted((layout[id].y, layout[id].x) for id in document.network.nodes)
    for (y, x), (below, across) in pairwise(places):
        assert below - y >= HEIGHT or abs(across - x) >= HEIGHT


def test_what_a_formula_repeats_is_ungrouped_as_often_as_its_parameter_says(
    view, document, selection, said
):
    sample(document, "dense")
    document.enter("stage1")
    (depth,) = (each for each in document.network.parameters if each.name == "depth")
    selection.set(["layers"])
    view.blocks.ungroup()
    assert len(selection.nodes) == depth.default
    assert not said


def test_what_cannot_be_repeated_is_not_ungrouped(view, document, selection, said):
    sample(document, "dense")
    document.enter("stage1")
    never = Binary("-", Name("depth"), Name("depth"))
    document.edit_network(set_repeat(document.network, "layers", never), "Repeat")
    selection.set(["layers"])
    before = document.project
    view.blocks.ungroup()
    assert "repeat" in said[0]
    assert document.project is before


def test_a_layer_is_repeated_in_one_step_and_drawn_so(view, document, selection):
    fc = next(node for node in document.network.nodes.values() if node.kind == "Linear")
    start = document.project
    selection.set([fc.id])
    assert view.blocks.reasons()["repeat_block"] is None
    view.blocks.ask_repeat()
    answer(view, "3")
    assert document.network.nodes[fc.id].repeat == 3
    assert view.canvas.cards[fc.id].content.times == "×3"
    assert selection.single == fc.id
    assert not document.inference.has_errors
    document.history.undo()
    assert document.project is start


def test_an_input_is_not_repeated(view, document, selection):
    entry = next(node for node in document.network.nodes.values() if node.kind == "Input")
    selection.set([entry.id])
    assert view.blocks.reasons()["repeat_block"] is not None
    view.blocks.ask_repeat()
    assert not view.blocks._prompt.isVisible()


def test_a_detached_use_has_a_block_of_its_own(view, document, selection, undone):
    sample(document, "resnet18")
    start = document.project
    selection.set(["layer2"])
    assert view.blocks.reasons()["detach_block"] is None
    view.blocks.detach()
    assert selection.single == "layer2"
    assert document.network.nodes["layer2"].kind != use_kind("plain")
    assert block_of(document, "layer2").name == "Basic block 2"
    assert view.blocks.reasons()["detach_block"] is not None
    document.history.undo()
    assert document.project is start


def test_the_one_that_has_weights_gives_them(view, document, selection):
    network = document.network
    owner = next(node for node in network.nodes.values() if node.kind == "Linear")
    loose = Node("loose", "Linear", "loose")
    document.edit_network(add_nodes(network, [loose]), "Add")
    selection.set([owner.id, loose.id])
    view.blocks.share()
    assert document.network.nodes["loose"].shares == owner.id


def test_a_block_behind_a_custom_layer_takes_what_that_gives(view, document, selection):
    project, _ = project_with(SWISH)
    network = add_nodes(project.network, [Node("after", "ReLU", "after")])
    network = connect(network, Port("node0", "output"), Port("after", "input"))
    with Prober() as prober:
        allowed = Known(frozenset({digest(SWISH)}))
        _, known = settle(with_network(project, network), allowed, prober)
    document.open(with_network(project, network))
    document.learn(known)
    use = make(view, selection, "after")
    (input,) = (n for n in block_of(document, use).nodes.values() if n.kind == "Input")
    assert input.arguments["shape"] == ("N", 8)


def test_blocks_that_share_weights_are_dissolved_together(view, document, selection):
    use = make(view, selection, "r")
    twin = replace(document.network.nodes[use], id="twin", name="twin", shares=use)
    document.edit_network(add_nodes(document.network, [twin]), "Add")
    selection.set([use, "twin"])
    view.blocks.ungroup()
    assert not any(used_network(node.kind) for node in document.network.nodes.values())
