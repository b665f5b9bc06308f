"""The document: what is on the canvas, the way into blocks, and the history across levels."""

from __future__ import annotations

import pytest

from app.project.document import Document, Selection
from app.project.state import State, Step, Trail
from graph_model.custom_layers.known import NOTHING, Known, digest
from graph_model.editing.block_edits import make_block
from graph_model.inference.infer import infer_project
from graph_model.network import (
    Network,
    Node,
    NodeId,
    Port,
    Project,
    add_nodes,
    remove_nodes,
    set_arguments,
    set_repeat,
    with_network,
)
from tests.app.panels.conftest import chain
from tests.custom_layers import SWISH, project_with


@pytest.fixture
def document(qapp) -> Document:
    """A block of a Linear and a ReLU, between an Input and an Output."""
    project = chain(
        ("Input", {"shape": ("N", 8)}),
        ("Linear", {"out_features": 16}),
        ("ReLU", {}),
        ("Output", {}),
    )
    chosen = [id for id, node in project.network.nodes.items() if node.kind in {"Linear", "ReLU"}]
    return Document(make_block(project, "main", chosen, "Layer")[0])


def find(network: Network, name: str) -> NodeId:
    return next(id for id, node in network.nodes.items() if node.name == name)


def widths(document: Document) -> list[object]:
    """The last size of what each Linear on the canvas gives out."""
    inference = document.inference
    return [
        inference.spec(Port(node.id, "output")).shape[-1] for node in inference.of_kind("Linear")
    ]


def test_inside_a_block_its_nodes_are_on_the_canvas_with_the_shapes_of_that_use(document) -> None:
    use = find(document.network, "layer1")
    document.enter(use)
    assert document.network.name == "Layer"
    assert widths(document) == [16]
    assert document.main.network.id == "main"
    document.leave()
    assert document.network.id == "main"


def test_an_edit_inside_is_seen_outside_and_undone_where_it_was_made(document) -> None:
    use = find(document.network, "layer1")
    document.enter(use)
    linear = find(document.network, "linear1")
    document.edit_network(set_arguments(document.network, linear, {"out_features": 32}), "Widen")
    assert widths(document) == [32]
    (given,) = document.main.nodes[use].outputs.values()
    assert given.shape[-1] == 32
    document.leave()
    document.history.undo()
    assert document.state.trail == Trail("main", (Step(use),))
    assert widths(document) == [16]


def test_each_repeat_shows_its_own_shapes(document) -> None:
    use = find(document.network, "layer1")
    document.edit_network(set_repeat(document.network, use, 3), "Repeat")
    features = []
    for turn in range(3):
        document.go_to(Trail("main", (Step(use, turn),)))
        linear = find(document.network, "linear1")
        features.append(document.inference.nodes[linear].arguments["in_features"])
    assert features == [8, 16, 16]


def test_a_turn_that_is_no_more_leads_to_the_first(document) -> None:
    use = find(document.network, "layer1")
    document.edit_network(set_repeat(document.network, use, 3), "Repeat")
    document.enter(use, 2)
    main = set_repeat(document.project.network, use, 1)
    document.edit(with_network(document.project, main), "Once")
    assert document.state.trail.steps == (Step(use, 0),)


def test_a_use_that_is_gone_ends_the_trail(document) -> None:
    use = find(document.network, "layer1")
    document.enter(use)
    main = remove_nodes(document.project.network, [use])
    document.edit(with_network(document.project, main), "Delete")
    assert document.network.id == "main"


def test_a_block_of_which_nothing_is_known_is_shown_by_itself(document) -> None:
    use = find(document.network, "layer1")
    main = remove_nodes(document.network, [find(document.network, "input1")])
    document.edit_network(main, "Delete")
    document.enter(use)
    assert document.network.name == "Layer"
    assert document.state.trail.steps == (Step(use),)


def test_a_block_by_itself_is_on_the_canvas_without_a_use(document) -> None:
    (block,) = (id for id in document.project.networks if id != "main")
    document.open_network(block)
    assert document.network.name == "Layer"
    document.leave()
    assert document.network.name == "Layer"


def test_leaving_a_block_selects_the_use_of_it(document) -> None:
    selection = Selection(document)
    use = find(document.network, "layer1")
    selection.set([find(document.network, "input1")])
    document.enter(use)
    assert not selection.nodes
    selection.set([find(document.network, "linear1")])
    document.leave()
    assert selection.single == use


def test_opening_another_project_inside_a_block_leaves_nothing_selected(document) -> None:
    selection = Selection(document)
    document.enter(find(document.network, "layer1"))
    seen: list[bool] = []
    selection.changed.connect(lambda: seen.append(selection.nodes <= set(document.network.nodes)))
    selection.set([find(document.network, "linear1")])
    document.open(chain(("Input", {"shape": ("N", 3)}), ("Output", {})))
    assert not selection.nodes
    assert all(seen)


def test_moving_about_is_no_step_of_the_history(document) -> None:
    document.enter(find(document.network, "layer1"))
    document.leave()
    assert not document.history.canUndo()
    assert not document.is_modified


def test_another_project_is_opened_at_its_main_network(document) -> None:
    document.enter(find(document.network, "layer1"))
    document.open(Project({"other": Network("other", "Other")}, "other"))
    assert document.state.trail == Trail("other")


def test_what_becomes_known_of_a_custom_layer_is_what_the_views_are_told(qapp) -> None:
    project, _ = project_with(SWISH)
    document = Document(project)
    told: list[State] = []
    document.changed.connect(lambda _, new: told.append(new))
    document.learn(Known(frozenset({digest(SWISH)})))
    (new,) = told
    assert new is document.state
    before, after = (infer_project(project, known) for known in (NOTHING, document.known))
    assert [each.code for each in new.main.problems] == [each.code for each in after.problems]
    assert [each.code for each in after.problems] != [each.code for each in before.problems]


def test_undoing_what_added_selects_again_what_was_before(document):
    selection = Selection(document)
    layer = find(document.network, "layer1")
    selection.set([layer])
    document.edit_network(add_nodes(document.network, [Node("new", "ReLU", "new")]), "Add")
    selection.set(["new"])
    document.history.undo()
    assert selection.nodes == {layer}
    document.history.redo()
    selection.set([next(iter(document.network.nodes))])  # which the undo leaves as it is
    document.history.undo()
    assert selection.nodes == {next(iter(document.network.nodes))}


def test_undoing_a_delete_selects_again_what_it_took(document):
    selection = Selection(document)
    layer, x = find(document.network, "layer1"), next(iter(document.network.nodes))
    port = next(iter(document.network.edges))
    selection.set([layer], [port])
    document.edit_network(remove_nodes(document.network, [layer]), "Delete")
    selection.set([x])
    document.edit_network(set_arguments(document.network, x, {"shape": ("N", 4)}), "Set shape")
    document.history.undo()
    assert selection.nodes == {x}
    document.history.undo()
    assert (selection.nodes, selection.edges) == ({layer}, {port})
    document.history.redo()
    assert selection.is_empty
    document.history.undo()
    assert selection.nodes == {layer}


def test_what_is_gone_cannot_be_selected(document) -> None:
    """As by a gesture that goes on while an undo takes a card away."""
    selection = Selection(document)
    there = find(document.network, "input1")
    selection.set([there, "gone"], [Port("gone", "input")])
    assert (selection.nodes, selection.edges) == ({there}, frozenset())
