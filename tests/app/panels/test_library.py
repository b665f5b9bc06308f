"""Blocks in the palette: those of the project, the user's library, and the ready-made ones."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QMessageBox

from app.canvas.view import CanvasView
from app.look import theme
from app.panels.kind_mime import kind_mime
from app.panels.palette import Palette
from app.project.block_files import (
    block_file,
    library,
    library_folder,
    put_into_library,
    ready_blocks,
)
from app.project.document import Document, Selection
from app.quick_add.reading import suggestions
from app.search.palette_entries import kinds
from graph_model.inference.infer import infer
from graph_model.network import Project, empty_project, used_network
from tests.codegen.blocks import SAMPLES

DENSE = Project(SAMPLES["dense"], "main")


@pytest.fixture
def document(qapp) -> Document:
    theme.manager().install()
    return Document(DENSE)


@pytest.fixture
def palette(qtbot, document):
    made = Palette(document)
    qtbot.addWidget(made)
    made.resize(220, 600)
    made.show()
    return made


@pytest.fixture
def canvas(qtbot, document):
    made = CanvasView(document, Selection(document), theme.manager())
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    return made


@pytest.fixture
def answer(monkeypatch):
    """Return a function that answers every question, and keeps what was asked."""
    asked: list[str] = []

    def use(yes: bool = True, name: str = "") -> list[str]:
        buttons = QMessageBox.StandardButton
        reply = buttons.Yes if yes else buttons.No
        monkeypatch.setattr(QMessageBox, "question", lambda *args: asked.append(args[2]) or reply)
        monkeypatch.setattr(QMessageBox, "warning", lambda *args: asked.append(args[2]))
        monkeypatch.setattr(QMessageBox, "critical", lambda *args: asked.append(args[2]))
        monkeypatch.setattr(QInputDialog, "getText", lambda *args, **_: (name, bool(name)))
        return asked

    return use


def listed(palette, section: str) -> list[str]:
    tree = palette.tree
    for row in range(tree.topLevelItemCount()):
        if tree.topLevelItem(row).text(0) == section:
            heading = tree.topLevelItem(row)
            return [heading.child(each).text(0) for each in range(heading.childCount())]
    return []


def choose(palette, kind: str, text: str) -> None:
    menu = palette._blocks.menu(kind)
    next(action for action in menu.actions() if action.text().startswith(text)).trigger()


def test_the_blocks_of_the_project_follow_edits(palette, document) -> None:
    assert listed(palette, "Blocks in this project") == ["Dense layer", "Dense stage"]
    choose(palette, "block:layer", "Duplicate")
    assert listed(palette, "Blocks in this project")[-1] == "Dense layer 2"
    document.history.undo()
    assert listed(palette, "Blocks in this project") == ["Dense layer", "Dense stage"]


def test_a_used_block_is_not_deleted_an_unused_one_is(palette, document) -> None:
    menu = palette._blocks.menu("block:layer")
    delete = menu.actions()[-1]
    assert not delete.isEnabled()
    assert "1" in delete.text()
    choose(palette, "block:layer", "Duplicate")
    copy = next(id for id in document.project.networks if id not in DENSE.networks)
    choose(palette, f"block:{copy}", "Delete")
    assert document.project.networks.keys() == DENSE.networks.keys()


def test_a_block_is_opened_and_renamed(palette, document, answer) -> None:
    choose(palette, "block:layer", "Open")
    assert document.network.id == "layer"
    assert len(document.state.trail.steps) == 2
    answer(name="Layer of DenseNet")
    choose(palette, "block:layer", "Rename")
    assert document.network.name == "Layer of DenseNet"


def test_a_layer_has_no_menu(palette) -> None:
    assert palette._blocks.menu("Conv2d").isEmpty()


def test_a_saved_block_is_there_for_other_projects_with_what_it_needs(palette, canvas) -> None:
    choose(palette, "block:stage", "Save")
    assert listed(palette, "My library") == ["Dense stage"]
    document = canvas.document
    document.open(empty_project())
    (block,) = library()
    canvas.add_kind(block.kind_name)
    assert document.history.count() == 1
    assert {each.name for each in document.project.networks.values()} == {
        "Network",
        "Dense layer",
        "Dense stage",
    }
    (node,) = document.network.nodes.values()
    assert used_network(node.kind) == "stage"
    canvas.add_kind(block.kind_name)
    assert len(document.project.networks) == 3
    assert len(document.network.nodes) == 2
    document.history.undo()
    document.history.undo()
    assert list(document.project.networks) == ["main"]
    assert not document.network.nodes


def test_dropped_on_a_wire_it_is_inserted_there_in_one_step(canvas, document) -> None:
    put_into_library(DENSE, "layer")
    conv = next(each for each in ready_blocks() if each.path.stem == "conv-bn-relu")
    wire = canvas.canvas.wires[next(p for p in document.network.edges if p.node == "stage1")]
    middle = canvas.mapFromScene(wire.mapToScene(wire.path().pointAtPercent(0.5)))
    assert canvas._palette_drop.drop(kind_mime(conv.kind_name), middle)
    assert document.history.count() == 1
    fed = next(edge for port, edge in document.network.edges.items() if port.node == "stage1")
    added = document.network.nodes[fed.source.node]
    assert document.project.networks[used_network(added.kind)].name == conv.name
    document.history.undo()
    assert document.project.networks == DENSE.networks


def test_what_would_contain_itself_is_refused_and_nothing_is_added(canvas, document, qtbot) -> None:
    put_into_library(DENSE, "stage")
    document.enter("stage1")
    with qtbot.waitSignal(canvas.said) as said:
        canvas.add_kind("library:dense-stage")
    assert "Dense stage" in said.args[0]
    assert document.project is DENSE or document.project.networks == DENSE.networks
    assert document.history.count() == 0


def test_before_a_block_is_replaced_it_is_asked(palette, document, answer) -> None:
    put_into_library(DENSE, "stage")
    before = library()[0].path.read_bytes()
    document.edit_network(document.project.networks["stage"].__class__("stage", "Dense stage"), "E")
    asked = answer(yes=False)
    palette.save_block("stage")
    assert library()[0].path.read_bytes() == before
    answer(yes=True)
    palette.save_block("stage")
    assert library()[0].path.read_bytes() != before
    assert len(asked) == 2
    assert "Dense stage" in asked[0]


def test_a_broken_file_is_listed_with_what_is_wrong(palette, answer) -> None:
    library_folder().mkdir(parents=True)
    (library_folder() / "broken.weft").write_text("{")
    palette._read()
    (item,) = palette.tree.findItems(
        "broken.weft", Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive
    )
    assert "line 1" in item.toolTip(0).lower()
    chosen: list[str] = []
    palette.kind_chosen.connect(chosen.append)
    palette.tree.itemActivated.emit(item, 0)
    assert chosen == []
    answer(yes=True)
    choose(palette, "library:broken", "Delete")
    assert library() == []
    assert listed(palette, "My library") == []


def test_a_block_of_the_library_is_renamed_in_its_file(palette, answer) -> None:
    put_into_library(DENSE, "stage")
    put_into_library(DENSE, "layer")
    asked = answer(name="Dense layer")
    choose(palette, "library:dense-stage", "Rename")
    assert len(asked) == 1
    answer(name="Stage: wide/deep")
    choose(palette, "library:dense-stage", "Rename")
    assert [(each.name, each.path.name) for each in library()] == [
        ("Dense layer", "dense-layer.weft"),
        ("Stage: wide/deep", "stage-wide-deep.weft"),
    ]


def test_a_folder_that_cannot_be_written_is_told(palette, answer) -> None:
    library_folder().parent.mkdir(parents=True, exist_ok=True)
    library_folder().write_text("in the way")
    asked = answer()
    palette.save_block("stage")
    assert "dense-stage.weft" in asked[0]


def test_the_ready_made_blocks_are_read_when_their_section_is_opened(palette) -> None:
    (section,) = palette.tree.findItems("Ready-made blocks", Qt.MatchFlag.MatchExactly)
    assert section.childCount() == 0
    section.setExpanded(True)
    assert {section.child(row).text(0) for row in range(section.childCount())} == {
        each.name for each in ready_blocks()
    }


def test_the_ready_made_blocks_can_be_used_as_they_are(canvas, document) -> None:
    document.open(empty_project())
    for block in ready_blocks():
        assert block.problem is None
        assert block.project is not None
        assert block.project.network.role == "block"
        inside = infer(block.project.network, blocks=block.project.networks)
        assert not inside.has_errors, (block.name, inside.problems)
        canvas.add_kind(block.kind_name)
    assert document.history.count() == len(ready_blocks()) > 10


def test_typing_finds_blocks_by_several_words_and_their_arguments(document) -> None:
    found = suggestions("dense layer 24", kinds=kinds(document))
    assert found[0].cards[0].kind_name == "block:layer"
    assert found[0].cards[0].arguments == {"growth": 24}
    assert suggestions("Dense st", kinds=kinds(document))[0].cards[0].kind_name == "block:stage"


def test_search_finds_blocks(palette) -> None:
    palette.search.setText("densst")
    assert palette.tree.topLevelItem(0).text(0) == "Dense stage"


def test_folded_sections_stay_folded(palette, document) -> None:
    heading = palette.tree.topLevelItem(0)
    heading.setExpanded(False)
    choose(palette, "block:layer", "Duplicate")
    assert not palette.tree.topLevelItem(0).isExpanded()


def test_a_name_from_elsewhere_stands_for_no_file() -> None:
    assert block_file("library:../../etc/passwd") is None
    assert block_file("block:layer") is None
