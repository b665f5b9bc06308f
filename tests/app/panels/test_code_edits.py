"""What is typed in the code panel becomes steps of the history, and nothing typed is lost."""

from __future__ import annotations

import random
import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from app.look import theme
from app.panels.code import CodePanel
from app.panels.code_edits import Stand
from app.panels.code_view import differing
from app.project.document import Document, Selection
from app.project.examples import load_example
from codegen.emit import source
from graph_model.editing.project_edits import duplicate_network
from graph_model.network import Project, set_arguments
from tests.sampling import cases


@pytest.fixture
def opened(qapp, qtbot):
    """Return a function that shows the code of a project, ready to be typed in."""
    theme.manager().install()

    def show(project: Project) -> CodePanel:
        document = Document(project)
        panel = CodePanel(document, Selection(document))
        panel.edits._pause.setInterval(0)
        for widget in (panel, panel.buttons):
            qtbot.addWidget(widget)
        panel.resize(900, 500)
        panel.show()
        panel.activateWindow()
        panel.view.setFocus()
        settle(panel)
        return panel

    def settle(panel: CodePanel) -> None:
        qtbot.waitUntil(lambda: panel.is_settled)

    show.settle = settle
    return show


@pytest.fixture
def lenet(opened):
    return opened(load_example("lenet-5"))


def put_caret(panel, text, *, after: bool = True) -> None:
    """Put the caret behind or before the first place where a text stands."""
    whole = panel.view.toPlainText()
    cursor = panel.view.textCursor()
    cursor.setPosition(whole.index(text) + (len(text) if after else 0))
    panel.view.setTextCursor(cursor)


def replace(panel, old, new) -> None:
    """Type a text in place of another."""
    put_caret(panel, old, after=False)
    cursor = panel.view.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, len(old))
    panel.view.setTextCursor(cursor)
    QTest.keyClicks(panel.view, new)


def generated(panel) -> str:
    return source(panel._document.main).text.removesuffix("\n")


def node(panel, id):
    return panel._document.network.nodes[id]


def test_a_number_becomes_one_step_named_by_what_changed(lenet, opened):
    document, before = lenet._document, lenet._document.project
    replace(lenet, "nn.Conv2d(1, 6,", "nn.Conv2d(1, 8,")
    opened.settle(lenet)
    assert node(lenet, "conv1").arguments["out_channels"] == 8
    assert document.history.undoText() == "Edit code: out_channels of conv1"
    assert document.history.count() == 1
    assert document.project.layouts is before.layouts
    assert lenet._selection.nodes == {"conv1"}
    assert lenet.view.toPlainText() == generated(lenet)
    assert "nn.Conv2d(8, 16," in lenet.view.toPlainText()
    assert lenet.view.textCursor().block().text().startswith("        self.conv1 =")
    document.history.undo()
    opened.settle(lenet)
    assert document.project is before
    assert lenet.view.toPlainText() == generated(lenet)


def test_a_number_typed_with_pauses_is_one_step(lenet, opened):
    put_caret(lenet, "nn.Conv2d(1, 6")
    for digit in "42":
        QTest.keyClicks(lenet.view, digit)
        opened.settle(lenet)
    assert node(lenet, "conv1").arguments["out_channels"] == 642
    assert lenet._document.history.count() == 1


def test_what_is_typed_meanwhile_is_not_overwritten(lenet, opened):
    put_caret(lenet, "nn.Conv2d(1, 6")
    QTest.keyClicks(lenet.view, "4")
    lenet.edits._ask()
    lenet.edits._reader.finish()  # merged; its text is still to be written
    QTest.keyClicks(lenet.view, "8")
    assert node(lenet, "conv1").arguments["out_channels"] == 64
    assert "nn.Conv2d(1, 648" in lenet.view.toPlainText()
    opened.settle(lenet)
    assert node(lenet, "conv1").arguments["out_channels"] == 648
    assert "nn.Conv2d(648, 16" in lenet.view.toPlainText() == generated(lenet)


def test_an_answer_to_an_older_text_is_dropped(lenet, opened):
    before = lenet._document.project
    put_caret(lenet, "nn.Conv2d(1, 6")
    QTest.keyClicks(lenet.view, "4")
    lenet.edits._ask()
    QTest.keyClicks(lenet.view, "8")
    lenet.edits._pause.stop()
    lenet.edits._reader.finish()
    assert lenet._document.project is before
    lenet.edits._pause.start()
    opened.settle(lenet)
    assert node(lenet, "conv1").arguments["out_channels"] == 648


def test_a_line_is_inserted_and_gets_a_place_beside_what_it_follows(lenet, opened):
    before = lenet._document.state.layout
    put_caret(lenet, "self.flatten = nn.Flatten()")
    QTest.keyClick(lenet.view, Qt.Key.Key_Return)
    QTest.keyClicks(lenet.view, "self.drop = nn.Dropout(0.25)")
    opened.settle(lenet)
    assert lenet.edits.stand is Stand.NOTED
    assert "drop" in lenet.edits.said.sentence
    assert "self.drop = nn.Dropout(0.25)" in lenet.view.toPlainText()
    replace(lenet, "self.flatten(x)", "self.drop(self.flatten(x))")
    opened.settle(lenet)
    (fresh,) = lenet._document.network.nodes.keys() - before.keys()
    assert node(lenet, fresh).kind == "Dropout"
    assert fresh in lenet._document.state.layout
    assert lenet._document.history.undoText() == "Edit code: add drop"
    assert lenet.edits.stand is Stand.SAME
    QTest.keyClick(lenet.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    opened.settle(lenet)
    assert lenet.view.toPlainText() == generated(lenet)


def test_what_is_not_understood_is_marked_and_changes_nothing(lenet, opened):
    before, text = lenet._document.project, lenet.view.toPlainText()
    replace(lenet, "kernel_size=5", "kernel_size=")
    opened.settle(lenet)
    assert lenet._document.project is before
    assert lenet.edits.stand is Stand.WRONG
    line = text[: text.index("kernel_size=5")].count("\n")
    waves = [
        each.cursor.blockNumber()
        for each in lenet.view.extraSelections()
        if each.format.underlineStyle() == each.format.UnderlineStyle.WaveUnderline
    ]
    assert waves == [line]
    assert lenet._banner.isVisible()
    assert lenet.edits.said.sentence == lenet._banner.label.text() == lenet.view._mistakes[line + 1]
    lenet._banner.button.click()
    assert lenet.view.toPlainText() == text
    assert lenet.edits.said is None
    assert not lenet._banner.isVisible()
    QTest.keyClick(lenet.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    opened.settle(lenet)
    assert lenet.edits.stand is Stand.WRONG  # even discarding can be taken back


def test_the_canvas_may_be_edited_while_something_is_not_understood(lenet, opened):
    document = lenet._document
    replace(lenet, "nn.Linear(120, 84)", "nn.Linear(120, 8")
    opened.settle(lenet)
    document.edit_network(set_arguments(document.network, "conv1", {"out_channels": 9}), "Set")
    opened.settle(lenet)
    assert "nn.Linear(120, 8\n" in lenet.view.toPlainText()
    put_caret(lenet, "nn.Linear(120, 8")
    QTest.keyClicks(lenet.view, "0)")
    opened.settle(lenet)
    assert node(lenet, "conv1").arguments["out_channels"] == 9
    assert node(lenet, "fc2").arguments["out_features"] == 80
    assert lenet.view.toPlainText() == generated(lenet)


def test_the_line_of_the_caret_stays_as_it_is_typed_until_it_is_left(lenet, opened):
    put_caret(lenet, "nn.Conv2d(1, 6, kernel_size=5, padding=2")
    QTest.keyClicks(lenet.view, ", stride=1, ")
    opened.settle(lenet)
    assert "padding=2, stride=1, )" in lenet.view.toPlainText()
    QTest.keyClicks(lenet.view, "dilation=2")
    opened.settle(lenet)
    assert node(lenet, "conv1").arguments["dilation"] == 2
    assert "padding=2, stride=1, dilation=2)" in lenet.view.toPlainText()
    QTest.keyClick(lenet.view, Qt.Key.Key_Up)
    opened.settle(lenet)
    assert lenet.view.toPlainText() == generated(lenet)


def test_blank_lines_and_comments_stay_while_one_types_and_that_is_said(lenet, opened):
    put_caret(lenet, "super().__init__()")
    QTest.keyClick(lenet.view, Qt.Key.Key_Return)
    opened.settle(lenet)
    assert lenet.view.textCursor().block().text() == "        "
    QTest.keyClicks(lenet.view, "# the first half")
    replace(lenet, "nn.Conv2d(1, 6,", "nn.Conv2d(1, 8,")
    opened.settle(lenet)
    assert "# the first half" in lenet.view.toPlainText()
    assert "nn.Conv2d(8, 16," in lenet.view.toPlainText()
    assert "not kept" in lenet.edits.said.sentence
    lenet.view.left.emit()
    opened.settle(lenet)
    assert lenet.view.toPlainText() == generated(lenet)


def test_undo_goes_through_what_is_typed_and_then_through_the_history(lenet, opened):
    document, text = lenet._document, lenet.view.toPlainText()
    undo = document.history.createUndoAction(lenet)
    undo.setShortcut("Ctrl+Z")
    lenet.addAction(undo)
    replace(lenet, "nn.Conv2d(1, 6,", "nn.Conv2d(1, 8,")
    opened.settle(lenet)
    merged = lenet.view.toPlainText()
    replace(lenet, "nn.Tanh()", "nn.Tanh(")
    opened.settle(lenet)
    for _ in range(len("nn.Tanh(") + 1):
        if lenet.view.toPlainText() == merged:
            break
        QTest.keyClick(lenet.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    opened.settle(lenet)
    assert lenet.view.toPlainText() == merged
    assert lenet.edits.stand is Stand.SAME
    assert document.history.index() == 1
    QTest.keyClick(lenet.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    opened.settle(lenet)
    assert document.history.index() == 0
    assert lenet.view.toPlainText() == text


def test_a_whole_other_class_is_pasted(lenet, opened):
    other = source(opened(load_example("iris-mlp"))._document.main).text
    lenet.view.selectAll()
    lenet.view.insertPlainText(other)
    opened.settle(lenet)
    document = lenet._document
    assert [each.kind for each in document.network.nodes.values()].count("Linear") == 3
    assert document.history.count() == 1
    assert document.state.layout.keys() >= document.network.nodes.keys()
    lenet.view.left.emit()
    assert lenet.view.toPlainText() == generated(lenet)
    document.history.undo()
    assert document.project.network.nodes.keys() >= {"conv1", "fc3"}


def test_a_nested_class_is_edited_for_all_its_uses(opened):
    panel = opened(load_example("resnet-18"))
    text = panel.view.toPlainText()
    line = next(each for each in text.split("\n") if "kernel_size=3" in each)
    replace(
        panel,
        line,
        line.replace("kernel_size=3", "kernel_size=5").replace("padding=1", "padding=2"),
    )
    opened.settle(panel)
    assert panel.edits.stand is Stand.SAME
    changed = panel._document.project
    panel._document.history.undo()
    before = panel._document.project
    other = [id for id in changed.networks if changed.networks[id] is not before.networks[id]]
    assert len(other) == 1 != changed.main


def test_what_is_pending_comes_back_with_its_network(lenet, opened):
    document = lenet._document
    project, copy = duplicate_network(document.project, document.project.main)
    document.edit(project, "Duplicate")
    opened.settle(lenet)
    replace(lenet, "kernel_size=5", "kernel_size=")
    document.open_network(copy)
    opened.settle(lenet)
    assert lenet.edits.stand is Stand.SAME
    assert "kernel_size=, " not in lenet.view.toPlainText()
    assert not document.settle()
    replace(lenet, "nn.Conv2d(1, 6,", "nn.Conv2d(1, 7,")
    opened.settle(lenet)
    assert document.project.networks[copy].nodes["conv1"].arguments["out_channels"] == 7
    assert document.project.network.nodes["conv1"].arguments["out_channels"] == 6
    document.open_network(project.main)
    opened.settle(lenet)
    assert lenet.edits.stand is Stand.WRONG
    assert "kernel_size=, " in lenet.view.toPlainText()


def test_with_errors_it_is_read_only_and_says_so(lenet, opened):
    document = lenet._document
    document.edit_network(set_arguments(document.network, "conv1", {"kernel_size": 99}), "Set")
    opened.settle(lenet)
    assert lenet.view.isReadOnly()
    assert "once they are solved" in lenet._banner.label.text()
    document.history.undo()
    opened.settle(lenet)
    assert not lenet.view.isReadOnly()


def test_a_size_that_does_not_fit_is_told_at_its_line(lenet, opened):
    before = lenet._document.project
    replace(lenet, "nn.Conv2d(6, 16,", "nn.Conv2d(7, 16,")
    opened.settle(lenet)
    assert lenet.edits.stand is Stand.WRONG
    assert lenet._document.project is before
    assert len(lenet.view._mistakes) == 1


def test_what_was_cut_comes_back_as_it_was(opened):
    panel = opened(load_example("fashion-cnn"))
    before = panel._document.project
    lines = panel.view.toPlainText().split("\n")
    line = next(each for each in lines if "= self.relu4(" in each)
    replace(panel, line, " ")
    opened.settle(panel)
    assert len(panel._document.network.nodes) == len(before.network.nodes) - 1
    number = panel.view.textCursor().blockNumber()
    assert panel.view.lines[number].text == " "
    panel.view.insertPlainText(line[1:])
    opened.settle(panel)
    assert panel._document.network == before.network
    assert panel._document.project.layouts == before.layouts


def test_settling_brings_in_what_was_just_typed(lenet):
    lenet.edits._pause.setInterval(10_000)
    replace(lenet, "nn.Conv2d(1, 6,", "nn.Conv2d(1, 8,")
    assert lenet._document.settle()
    assert node(lenet, "conv1").arguments["out_channels"] == 8
    replace(lenet, "kernel_size=5", "kernel_size=")
    assert not lenet._document.settle()


def test_another_project_is_not_edited_by_what_was_typed_in_the_one_before(lenet, opened):
    replace(lenet, "kernel_size=5", "kernel_size=")
    opened.settle(lenet)
    lenet._document.open(load_example("iris-mlp"))
    QTest.keyClicks(lenet.view, "x")  # before its code is there
    opened.settle(lenet)
    assert lenet.view.text == generated(lenet)
    assert not lenet._document.is_modified
    assert lenet._document.settle()


def test_much_that_is_pasted_is_coloured_beside_the_window(lenet, opened, qtbot):
    lines = "\n".join(f"        self.extra{n} = nn.ReLU()" for n in range(400))
    put_caret(lenet, "super().__init__()")
    lenet.view.insertPlainText("\n" + lines)
    assert lenet.view.text.count("extra") == 400
    qtbot.waitUntil(lambda: all(each.spans for each in lenet.view.lines if "extra" in each.text))
    opened.settle(lenet)
    assert lenet.edits.stand is Stand.NOTED
    lenet.edits.discard()
    assert lenet.view.text == generated(lenet)


def test_lines_that_differ_are_found_and_too_many_alike_are_not_compared():
    assert differing(list("abcd"), list("abxd")) == [(2, 3, 2, 3)]
    assert differing(list("abcd"), list("bcd")) == [(0, 1, 0, 0)]
    assert differing([], ["a"]) == [(0, 0, 0, 1)]
    many = ["x = self.relu(x)"] * 1000
    assert differing([*many, "a"], ["b", *many]) == [(0, 1001, 0, 1001)]


class Person:
    """Types, clicks and edits the drawing at random, and sees that nothing typed is changed."""

    def __init__(self, panel: CodePanel, draw: random.Random) -> None:
        self.panel, self.draw = panel, draw
        self.typed = panel.view.text

    def act(self) -> None:
        ways = [self._type] * 6 + [self._line, self._cut, self._undo, self._step, self._set]
        ways += [self._wait] * 4 + [self._caret, self._leave, self._discard]
        self.draw.choice(ways)()
        if self.panel.edits.stand in (Stand.TYPED, Stand.WRONG):
            assert self.panel.view.text == self.typed
        self.typed = self.panel.view.text

    def _type(self) -> None:
        number = re.compile(r"\d+")
        found = [*number.finditer(self.panel.view.text)]
        if self.draw.random() < 0.7 and found:
            put_at(self.panel, self.draw.choice(found).end())
        QTest.keyClicks(self.panel.view, self.draw.choice(["1", "2", "3", " ", ",", ")", "x", "#"]))
        self.typed = self.panel.view.text

    def _line(self) -> None:
        lines = ["self.extra = nn.ReLU()", "x = torch.relu(x)", "# words", "", "pass"]
        put_at(self.panel, self.draw.choice([*re.finditer("$", self.panel.view.text, re.M)]).end())
        QTest.keyClick(self.panel.view, Qt.Key.Key_Return)
        self.panel.view.insertPlainText(self.draw.choice(lines))
        self.typed = self.panel.view.text

    def _cut(self) -> None:
        put_at(self.panel, self.draw.randrange(len(self.panel.view.text)))
        cursor = self.panel.view.textCursor()
        cursor.select(QTextCursor.SelectionType.LineUnderCursor)
        cursor.removeSelectedText()
        self.typed = self.panel.view.text

    def _undo(self) -> None:
        if self.panel.view.document().isUndoAvailable():
            self.panel.view.undo()
            self.typed = self.panel.view.text

    def _step(self) -> None:
        history = self.panel._document.history
        self.draw.choice([history.undo, history.undo, history.redo])()

    def _set(self) -> None:
        document = self.panel._document
        convs = [each for each in document.network.nodes.values() if each.kind == "Conv2d"]
        if convs:
            channels = {"out_channels": self.draw.randint(2, 30)}
            network = set_arguments(document.network, self.draw.choice(convs).id, channels)
            document.edit_network(network, "Set")

    def _wait(self) -> None:
        if self.draw.random() < 0.5:
            self.panel.edits._reader.finish()
        QTest.qWait(self.draw.choice([0, 5, 30]))

    def _caret(self) -> None:
        put_at(self.panel, self.draw.randrange(len(self.panel.view.text)))

    def _leave(self) -> None:
        self.panel.view.left.emit()

    def _discard(self) -> None:
        if self.draw.random() < 0.5 and self.panel.edits.is_pending:
            self.panel.edits.discard()
            self.typed = self.panel.view.text


def put_at(panel, place) -> None:
    cursor = panel.view.textCursor()
    cursor.setPosition(place)
    panel.view.setTextCursor(cursor)


@pytest.mark.parametrize("seed", range(cases(3, 200)))
def test_whatever_is_typed_the_text_and_the_drawing_agree_in_the_end(opened, seed):
    draw = random.Random(seed)
    name = draw.choice(["lenet-5", "iris-mlp", "fashion-cnn", "u-net"])
    panel = opened(load_example(name))
    before = panel._document.project
    person = Person(panel, draw)
    for _ in range(40):
        person.act()
    opened.settle(panel)
    if panel.edits.is_pending:
        panel.edits.discard()
    panel.view.left.emit()
    opened.settle(panel)
    if not panel._document.main.has_errors:
        assert panel.view.text == generated(panel)
    while panel._document.history.canUndo():
        panel._document.history.undo()
    assert panel._document.project is before
    opened.settle(panel)
    assert panel.view.text == generated(panel)
