"""Blocks on the canvas: made, opened, left, repeated, shared, detached and dissolved."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QWidget

from app.canvas.tips import tip
from app.project.state import Step, Trail
from graph_model.editing.block_parameters import rename_network
from graph_model.network import (
    Network,
    Node,
    Port,
    Position,
    add_nodes,
    connect,
    disconnect,
    set_arguments,
    with_network,
)
from tests.app.canvas.block_steps import answer, block_of, make, sample
from tests.app.canvas.conftest import LEFT, chain_project
from tests.app.canvas.test_editing import drop


def words(view) -> list[str]:
    """Return what the breadcrumb says, from left to right."""
    parts = view.overlay.breadcrumb.findChildren(QWidget)
    shown = [each for each in parts if each.isVisible() and isinstance(each, QLabel | QToolButton)]
    return [each.text() for each in sorted(shown, key=lambda each: (each.y() > 20, each.x()))]


def crumb(view, text: str) -> QToolButton:
    buttons = view.overlay.breadcrumb.findChildren(QToolButton)
    return next(each for each in buttons if each.isVisible() and each.text() == text)


# Making


def test_the_prompt_for_a_name_takes_the_block_back_and_leaves_the_focus_to_the_canvas(
    view, document, selection
):
    """Ctrl+Z undoes what was typed first; Return that is held down names nothing."""
    selection.set(["l", "r"])
    view.blocks.make()
    prompt, no_keys = view.blocks._prompt, Qt.KeyboardModifier.NoModifier
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, no_keys, "", autorep=True)
    QApplication.sendEvent(prompt.line, held)
    assert prompt.isVisible()
    QTest.keyClicks(prompt.line, "x")
    QTest.keyClick(prompt.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert prompt.isVisible()
    QTest.keyClick(prompt.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not prompt.isVisible()
    assert document.network.nodes.keys() >= {"l", "r"}
    assert view.hasFocus()


def test_making_a_block_and_naming_it_is_one_step(view, document, selection, undone):
    parameters = document.inference.parameter_count
    selection.set(["l", "r"])
    view.blocks.make()
    use = selection.single
    assert view.blocks._prompt.isVisible()
    answer(view, "Hidden layer")
    assert document.network.nodes[use].name == "hidden_layer1"
    assert block_of(document, use).name == "Hidden layer"
    assert document.history.count() == 1
    assert document.state.layout[use] == Position(0, 240)
    inner = document.project.layouts[block_of(document, use).id]
    assert inner["r"].y - inner["l"].y == 160
    assert document.inference.parameter_count == parameters
    content = view.canvas.cards[use].content
    assert (content.kind, content.family) == ("Hidden layer", "block")
    assert (content.shape, content.count) == ("N×4", "36")
    assert undone()


def test_a_block_keeps_its_name_where_the_question_is_left(view, document, selection):
    use = make(view, selection, "l", "r")
    assert block_of(document, use).name == "Block"
    assert document.network.nodes[use].name == "block1"
    assert document.history.count() == 1


def test_a_name_that_is_taken_gets_a_number(view, document, selection):
    make(view, selection, "l")
    selection.set(["r"])
    view.blocks.make()
    answer(view, "Block")
    assert block_of(document, selection.single).name == "Block 2"


def test_inputs_and_outputs_alone_make_no_block(view, document, selection, said):
    selection.set(["i", "o"])
    view.blocks.make()
    assert "select layers" in said[0]
    assert not document.history.canUndo()


def test_what_lies_between_has_to_come_along(view, document, selection, said):
    network = add_nodes(document.network, [Node("d", "Dropout", "drop1")])
    network = connect(network, Port("r", "output"), Port("d", "input"))
    network = connect(network, Port("d", "output"), Port("o", "input"))
    document.edit_network(network, "")
    selection.set(["l", "d"])
    view.blocks.make()
    assert "relu1" in said[0]
    assert document.history.count() == 1
    selection.set(["l", "r", "d"])
    view.blocks.make()
    assert not document.inference.has_errors


# Opening and leaving


def test_a_double_click_opens_and_escape_leaves(view, document, selection, mouse):
    use = make(view, selection, "l", "r")
    QTest.mouseDClick(
        view.viewport(), LEFT, pos=mouse.at(view.canvas.cards[use].pos() + QPointF(30, 0))
    )
    assert document.state.trail == Trail("main", (Step(use),))
    assert {"l", "r"} < view.canvas.cards.keys()
    assert words(view) == ["Net", "›", "Block", "Shapes as in block1"]
    selection.set(["l"])
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert selection.nodes == set()
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert document.state.trail == Trail("main")
    assert selection.single == use
    assert not view.overlay.breadcrumb.isVisible()


def test_a_double_click_on_a_layer_opens_nothing(view, document, mouse):
    at = view.canvas.cards["l"].pos() + QPointF(30, 0)
    QTest.mouseDClick(view.viewport(), LEFT, pos=mouse.at(at))
    assert document.state.trail == Trail("main")
    assert not view.quick_add.isVisible()


def test_what_was_left_is_shown_again_as_it_is_by_now(view, document, selection):
    use = make(view, selection, "l", "r")
    card, wire = view.canvas.cards[use], view.canvas.wires[Port("o", "input")]
    document.enter(use)
    assert card.scene() is None
    assert use not in view.canvas.cards
    document.edit_network(set_arguments(document.network, "l", {"out_features": 7}), "")
    document.leave()
    assert view.canvas.cards[use] is card
    assert view.canvas.wires[Port("o", "input")] is wire
    assert card.scene() is wire.scene() is view.canvas
    assert card.content.shape == "N×7"
    assert card.is_selected


def test_the_shapes_within_are_those_of_the_use(view, document):
    sample(document, "resnet18")
    document.enter("layer2")
    assert view.canvas.cards["y"].content.shape == "N×128×28×28"
    assert "Shapes as in layer2" in words(view)
    document.leave()
    document.enter("layer1")
    assert view.canvas.cards["y"].content.shape == "N×64×56×56"


def test_the_breadcrumb_leads_back_over_several_levels(view, document, qtbot):
    sample(document, "dense")
    document.enter("stage2")
    document.enter("layers")
    assert words(view)[:5] == ["Small DenseNet", "›", "Dense stage", "›", "Dense layer ×4"]
    assert "Shapes as in stage2.layers" in words(view)
    crumb(view, "Small DenseNet").click()
    assert document.state.trail == Trail("main")
    document.enter("stage1")
    document.enter("layers")
    crumb(view, "Dense stage").click()
    assert document.state.trail == Trail("main", (Step("stage1"),))


def test_one_can_look_at_each_of_the_repeats_that_differ(view, document):
    sample(document, "dense")
    document.enter("stage2")
    document.enter("layers")
    first = view.canvas.cards["y"].content.shape
    menu = crumb(view, "Repeat 1 of 4 ▾").menu()
    assert [each.text() for each in menu.actions()] == [f"Repeat {n} of 4" for n in (1, 2, 3, 4)]
    menu.actions()[2].trigger()
    assert document.state.trail.steps[-1].turn == 2
    third = view.canvas.cards["y"].content.shape
    assert (first, third) == ("N×28×16×16", "N×44×16×16")
    assert "Repeat 3 of 4 ▾" in words(view)


def test_repeats_that_are_alike_offer_no_choice(view, document):
    sample(document, "resnet18")
    document.enter("layer2")
    assert not any("Repeat" in word for word in words(view))


def test_a_block_of_which_nothing_is_known_says_so(view, document, selection):
    use = make(view, selection, "l", "r")
    document.edit_network(set_arguments(document.network, "i", {"dtype": "int64"}), "")
    content = view.canvas.cards[use].content
    assert (content.shape, content.count, content.standing) == ("", "", "error")
    document.edit_network(disconnect(document.network, [Port(use, "x")]), "")
    document.enter(use)
    assert "Shapes as its Inputs declare them" in words(view)
    document.open_network(document.network.id)
    assert words(view) == ["Net", "›", "Block", "Shapes as its Inputs declare them"]
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert document.state.trail == Trail("main")


def test_a_second_network_has_no_way_up(view, document, selection):
    other = Network("other", "Critic", {"i": Node("i", "Input", "x", {"shape": ("N", 8)})})
    document.edit(with_network(document.project, other), "")
    document.open_network("other")
    assert not view.overlay.breadcrumb.isVisible()
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert document.state.trail == Trail("other")
    view.add_kind("ReLU")
    use = make(view, selection, selection.single)
    document.enter(use)
    assert words(view)[:3] == ["Critic", "›", "Block"]
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert document.state.trail == Trail("other")


def test_the_menu_on_a_card_is_for_what_it_points_at(view, selection, qtbot):
    selection.set(["i"])
    at = view.mapFromScene(view.canvas.cards["r"].pos() + QPointF(30, 0))
    for place, chosen in ((at, {"r"}), (QPoint(20, 20), set())):
        with qtbot.waitSignal(view.menu_requested) as asked:
            event = QContextMenuEvent(
                QContextMenuEvent.Reason.Mouse, place, view.viewport().mapToGlobal(place)
            )
            QApplication.sendEvent(view.viewport(), event)
        assert asked.args == [view.viewport().mapToGlobal(place), view.mapToScene(place)]
        assert selection.nodes == chosen
    view.select_all()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.viewport().mapToGlobal(at))
    QApplication.sendEvent(view.viewport(), event)
    assert len(selection.nodes) == 4


def test_a_card_says_whose_weights_it_has_and_how_to_open_it(view, document):
    sample(document, "encoder")
    view.look_at(1.0, view.canvas.cards["refined"].pos())
    text = tip(view, view.canvas.cards["refined"].pos() + QPointF(30, -12))
    assert "head" in text
    assert "open the block" in text


def test_each_level_remembers_its_place(view, document, selection):
    use = make(view, selection, "l", "r")
    view.look_at(1.5, QPointF(40, 60))
    centre = view.area().center()
    view.levels.open_block()
    view.look_at(0.7, QPointF(-30, 20))
    inside = view.area().center()
    view.levels.leave_block()
    assert view.zoom == 1.5
    assert (view.area().center() - centre).manhattanLength() < 3
    document.enter(use)
    assert view.zoom == 0.7
    assert (view.area().center() - inside).manhattanLength() < 3


def test_what_was_in_view_is_gone_after_the_passage(view, document, selection, qtbot):
    make(view, selection, "l", "r")
    view.levels.open_block()
    assert view.levels.isVisible()
    qtbot.waitUntil(lambda: not view.levels.isVisible())


# Editing within


def test_an_input_added_within_is_a_port_at_every_use(view, document, selection):
    sample(document, "resnet18")
    document.enter("layer1")
    view.add_kind("Input")
    added = document.network.nodes[selection.single].name
    view.levels.leave_block()
    for use in ("layer1", "layer2", "layer3"):
        assert view.canvas.cards[use].content.inputs == ("x", added)


def test_undo_goes_back_to_where_the_edit_was_made(view, document, selection):
    use = make(view, selection, "l", "r")
    document.enter(use)
    document.edit_network(set_arguments(document.network, "l", {"out_features": 9}), "")
    view.levels.leave_block()
    assert view.canvas.cards[use].content.shape == "N×9"
    document.history.undo()
    assert document.state.trail.steps == (Step(use),)
    assert view.canvas.cards["l"].content.shape == "N×4"


def test_a_wire_within_a_block_is_tried_with_the_shapes_there(view, document, mouse, port, qtbot):
    sample(document, "encoder")
    cards = view.canvas.cards
    for use, width in (("encoder", 48), ("head", 32)):
        document.enter(use)
        table = Node("table", "Parameter", "table", {"shape": (48,)})
        layout = {**document.state.layout, "table": Position(400, 0)}
        document.edit_network(add_nodes(document.network, [table]), "", layout=layout)
        view.fit()
        mouse.press(port("table", "output"))
        mouse.move(port("table", "output") + QPointF(20, 20))
        qtbot.waitUntil(lambda: len(cards["add2"].fits) == 2)
        assert cards["add2"].fits == {("input1", True): width == 48, ("input2", True): width == 48}
        QTest.keyClick(view, Qt.Key.Key_Escape)
        document.history.undo()
        document.leave()


def test_a_block_cannot_be_put_into_itself(view, document, selection, said):
    use = make(view, selection, "l", "r")
    kind = document.network.nodes[use].kind
    document.enter(use)
    before = document.project
    view.add_kind(kind)
    drop(view, kind.encode(), QPointF(300, 0))
    view.levels.leave_block()
    view.editing.copy()
    document.enter(use)
    view.paste()
    assert len(said) == 3
    assert all("contain itself" in text for text in said)
    assert document.project is before


def test_a_block_is_dropped_on_the_canvas_and_into_a_wire(view, document, selection):
    use = make(view, selection, "r")
    kind = document.network.nodes[use].kind
    assert drop(view, kind.encode(), QPointF(260, 104))
    assert document.network.nodes[selection.single].kind == kind
    assert drop(view, kind.encode(), QPointF(0, 80))
    added = selection.single
    assert document.network.edges[Port("l", "input")].source == Port(added, "y")
    assert not drop(view, b"block:nothing", QPointF(260, 104))


def test_copies_use_the_same_block(view, document, selection):
    use = make(view, selection, "l", "r")
    view.editing.copy()
    document.enter(use)
    document.edit_network(set_arguments(document.network, "l", {"out_features": 5}), "")
    view.levels.leave_block()
    view.paste()
    copy = document.network.nodes[selection.single]
    assert copy.kind == document.network.nodes[use].kind
    assert len(document.project.networks) == 2
    selection.set([use])
    view.editing.duplicate()
    assert document.network.nodes[selection.single].kind == copy.kind


def test_another_project_gets_the_blocks_along(view, document, selection):
    sample(document, "dense")
    selection.set(["stage1"])
    view.editing.copy()
    document.open(chain_project())
    view.paste()
    assert {each.name for each in document.project.networks.values()} == {
        "Net", "Dense stage", "Dense layer"
    }  # fmt: skip
    view.paste()
    assert len(document.project.networks) == 3
    document.enter(selection.single)
    assert "layers" in view.canvas.cards
    document.leave()
    document.history.undo()
    document.history.undo()
    assert set(document.project.networks) == {"main"}


# How they look


def test_far_away_blocks_and_their_repeats_are_still_known(view, document, themes):
    sample(document, "resnet18")
    view.look_at(0.3, QPointF(0, 600))
    picture = view.viewport().grab().toImage()
    at = view.mapFromScene(view.canvas.cards["layer2"].pos() - QPointF(80, 0))
    assert picture.pixelColor(at) == themes.theme.family("block")


def test_a_block_is_drawn_otherwise_than_a_layer_and_a_repeat_than_one(
    view, document, mode, themes
):
    themes.set_mode(mode)
    sample(document, "resnet18")

    def around(node: str):
        view.look_at(1.0, view.canvas.cards[node].pos())
        picture = view.viewport().grab().toImage()
        middle = view.viewport().rect().center()
        return [picture.pixelColor(middle.x() + x, middle.y() - 8).name() for x in range(90, 116)]

    family = themes.theme.family("block").name()
    assert family not in around("conv1")
    assert family in around("down2")
    assert around("layer1")[-4:] != around("down2")[-4:]  # the stack behind it


def test_renaming_a_block_is_seen_at_its_uses(view, document, selection):
    use = make(view, selection, "l", "r")
    document.enter(use)
    document.edit(rename_network(document.project, document.network.id, "Stem"), "")
    document.leave()
    assert view.canvas.cards[use].content.kind == "Stem"
