"""The code panel: always the network's file, marked and clickable line by line."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from app.look import theme
from app.panels.code import CodePanel
from app.panels.python_lines import cut_into_lines
from app.project.document import Document, Selection
from app.project.state import Step, Trail
from codegen.emit import source
from graph_model.editing.project_edits import duplicate_network
from graph_model.network import Project, empty_project, rename, set_arguments
from tests.codegen.blocks import SAMPLES


@pytest.fixture
def panel(qtbot, document, selection):
    made = CodePanel(document, selection)
    qtbot.addWidget(made)
    qtbot.addWidget(made.buttons)
    made.resize(700, 400)
    made.show()
    qtbot.waitUntil(lambda: made.is_settled)
    return made


def shown(panel) -> str:
    return panel.view.toPlainText()


def test_it_shows_the_file_that_export_writes(panel, document):
    assert shown(panel) + "\n" == panel.text == source(document.inference).text


def test_an_edit_changes_the_code_and_undo_brings_it_back(panel, document, find, qtbot):
    before = shown(panel)
    network = set_arguments(document.network, find("Conv2d").id, {"out_channels": 7})
    document.edit_network(network, "Set")
    qtbot.waitUntil(lambda: panel.is_settled)
    assert shown(panel) + "\n" == source(document.inference).text != before
    document.history.undo()
    qtbot.waitUntil(lambda: panel.is_settled)
    assert shown(panel) == before


def check_colours(panel) -> None:
    for number, line in enumerate(cut_into_lines(shown(panel))):
        block = panel.view.document().findBlockByNumber(number)
        assert block.text() == line.text
        shown_colours = {
            place: each.format.foreground().color().name().upper()
            for each in block.layout().formats()
            for place in range(each.start, each.start + each.length)
        }
        assert shown_colours == {
            place: theme.current().syntax[span.style].upper()
            for span in line.spans
            for place in range(span.start, span.start + span.length)
        }


@pytest.mark.parametrize("kind", ["Conv2d", "ReLU", "Linear", "Input", "Output"])
def test_renaming_keeps_text_and_colours_in_step(panel, document, find, qtbot, kind):
    document.edit_network(rename(document.network, find(kind).id, "renamed"), "Rename")
    qtbot.waitUntil(lambda: panel.is_settled)
    assert shown(panel) + "\n" == source(document.inference).text
    check_colours(panel)


def test_lines_take_on_another_theme_when_seen_and_all_before_an_edit(panel, document, find, qtbot):
    theme.manager().set_mode(theme.Mode.DARK)
    panel.resize(700, 9000)
    panel.grab()
    check_colours(panel)
    panel.resize(700, 100)
    theme.manager().set_mode(theme.Mode.LIGHT)
    document.edit_network(rename(document.network, find("Conv2d").id, "renamed"), "Rename")
    qtbot.waitUntil(lambda: panel.is_settled)
    check_colours(panel)


def test_selecting_a_node_marks_its_lines(panel, document, selection, find):
    conv = find("Conv2d").id
    selection.set([conv])
    marked = {each.cursor.blockNumber() + 1 for each in panel.view.extraSelections()}
    assert marked == set(source(document.inference).lines_of(conv)) != set()


def test_clicking_a_line_selects_its_node(panel, document, selection, find):
    line = source(document.inference).lines_of(find("Linear").id)[0]
    cursor = QTextCursor(panel.view.document().findBlockByNumber(line - 1))
    panel.view.setTextCursor(cursor)
    panel.view.centerCursor()
    place = panel.view.cursorRect(cursor).center()
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert selection.single == find("Linear").id


def test_with_errors_the_last_good_code_stays_dimmed(panel, document, find, qtbot):
    before = shown(panel)
    network = set_arguments(document.network, find("Conv2d").id, {"kernel_size": 40})
    document.edit_network(network, "Set")
    qtbot.waitUntil(lambda: panel.is_settled)
    assert shown(panel) == before
    assert panel.view.viewport().graphicsEffect() is not None
    document.history.undo()
    qtbot.waitUntil(lambda: panel.is_settled)
    assert panel.view.viewport().graphicsEffect() is None


def test_the_code_of_the_project_before_is_not_kept(panel, document):
    document.open(empty_project())
    assert shown(panel) == panel.text == ""


def test_copy_takes_the_whole_file(panel, document):
    panel._copy.click()
    assert QGuiApplication.clipboard().text() == source(document.inference).text


def test_spans_cover_what_pygments_sees_and_nothing_is_lost():
    text = '"""Doc\nstring."""\n\nclass A(nn.Module):  # note\n    x = 1.5\n'
    lines = cut_into_lines(text)
    assert "\n".join(line.text for line in lines) == text
    assert [span.style for span in lines[1].spans] == ["string"]
    styles = {span.style for line in lines for span in line.spans}
    assert {"keyword", "class", "comment", "number", "string"} <= styles
    assert styles <= set(theme.current().syntax)


@pytest.fixture
def nested(qapp, qtbot):
    """A panel on a DenseNet of two stages, and its document and selection."""
    theme.manager().install()
    document = Document(Project(SAMPLES["dense"], "main"))
    selection = Selection(document)
    panel = CodePanel(document, selection)
    for widget in (panel, panel.buttons):
        qtbot.addWidget(widget)
    panel.show()
    qtbot.waitUntil(lambda: panel.is_settled)
    return panel, document, selection


def line_of(panel, text) -> int:
    return next(n for n, line in enumerate(panel.text.splitlines(), 1) if text in line)


def marked_lines(panel) -> set[int]:
    return {each.cursor.blockNumber() + 1 for each in panel.view.extraSelections()}


def test_a_line_of_a_block_leads_to_its_node_and_is_marked(nested):
    panel, document, selection = nested
    line = line_of(panel, "self.conv = ")
    panel.view.line_clicked.emit(line)
    assert document.state.trail == Trail("main", (Step("stage1"), Step("layers")))
    assert selection.single == "conv"
    assert line in marked_lines(panel)
    assert panel.text == source(document.main).text


def test_on_entering_a_block_its_class_comes_into_view(nested):
    panel, document, _ = nested
    panel.resize(500, 200)
    document.enter("stage2")
    top = panel.view.firstVisibleBlock().blockNumber() + 1
    assert top <= line_of(panel, "class DenseStage") + 2 <= top + 8


def test_where_the_canvas_is_in_the_block_already_it_stays(nested):
    panel, document, selection = nested
    document.enter("stage2")
    document.enter("layers", 3)
    trail = document.state.trail
    panel.view.line_clicked.emit(line_of(panel, "self.norm = "))
    assert (document.state.trail, selection.single) == (trail, "norm")


def test_nodes_of_the_same_id_in_other_networks_are_not_marked(nested):
    panel, document, selection = nested
    document.enter("stage1")
    selection.set(["pool"])
    assert line_of(panel, "AdaptiveAvgPool2d") not in marked_lines(panel)
    assert line_of(panel, "self.pool = nn.AvgPool2d") in marked_lines(panel)


def test_another_network_shows_its_own_file_with_its_name(nested, qtbot):
    panel, document, _ = nested
    project, copy = duplicate_network(document.project, "main")
    document.edit(project, "Duplicate")
    document.open_network(copy)
    qtbot.waitUntil(lambda: panel.is_settled)
    assert panel.text == source(document.state.levels[0]).text != source(document.main).text
    assert any(
        label.text() == document.network.name for label in panel.buttons.findChildren(QLabel)
    )
    document.open_network("stage")
    qtbot.waitUntil(lambda: panel.is_settled)
    assert panel.text == source(document.main).text
