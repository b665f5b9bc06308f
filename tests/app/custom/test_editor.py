"""The editor of custom layers: nothing runs before Allow, everything is shown after it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from app.custom.allowed import AllowedCode
from app.custom.checker import Checker
from app.custom.custom_layers import CustomLayers
from app.custom.editor import LayerEditor
from app.custom.templates import TEMPLATES
from app.look import theme
from app.main_window import MainWindow
from app.permission import allow, allowed
from app.project.document import Document
from app.project.places import found_in_main
from app.search.palette_entries import custom_section
from app.settings import SettingsStore
from app.widgets.problem_card import ProblemCard, ReadButton
from graph_model.custom_layers.known import digest
from graph_model.custom_layers.reading import Entry, read_text
from graph_model.network import Project, custom_kind, empty_project, rename
from tests.custom_layers import LINEAR, SWISH, entry, project_with


@pytest.fixture(autouse=True)
def _look(qapp):
    theme.manager().install()


@pytest.fixture
def opened(qtbot) -> Callable[..., tuple[Document, LayerEditor]]:
    """Return a function that opens an editor on the layer of a project, or on a new one."""
    checkers: list[Checker] = []

    def open_editor(project: Project, layer: str = "") -> tuple[Document, LayerEditor]:
        document = Document(project)
        checkers.append(Checker(document))
        editor = LayerEditor(document, checkers[-1], layer)
        qtbot.addWidget(editor, before_close_func=_drop_changes)
        editor.show()
        return document, editor

    yield open_editor
    for each in checkers:
        each.close()


def _drop_changes(editor: LayerEditor) -> None:
    editor.code.show_text(editor._kept)


def codes(document: Document) -> list[str]:
    return [problem.code for problem in document.main.problems]


def test_opening_runs_nothing_and_says_what_allowing_means(opened) -> None:
    project, (id,) = project_with(SWISH)
    document, editor = opened(project, id)
    assert editor.code.text == SWISH
    assert editor.says.text() == "swish(x; beta=1.0) → output"
    assert "all your rights" in editor.warning.text()
    assert editor.allow.isEnabled()
    assert not allowed()
    assert codes(document) == ["custom_not_allowed"]


def test_allowing_checks_and_shows_the_shapes(opened, qtbot) -> None:
    project, (id,) = project_with(LINEAR)
    document, editor = opened(project, id)
    editor.allow.click()
    assert allowed() == {digest(LINEAR)}
    qtbot.waitUntil(lambda: not document.main.problems, timeout=90_000)
    assert editor.shapes.text() == "node0: N×8 → N×4  ·  36 parameters"
    assert not editor.allow.isEnabled()
    assert document.history.isClean()  # permission is no part of the project


def test_what_was_allowed_is_revoked_at_once(opened, qtbot) -> None:
    project, (id,) = project_with(SWISH)
    document, editor = opened(project, id)
    assert editor.revoke.isHidden()
    editor.allow.click()
    qtbot.waitUntil(lambda: not document.main.problems, timeout=90_000)
    editor.revoke.click()
    assert not allowed()
    assert codes(document) == ["custom_not_allowed"]
    assert document.project.layers[id].text == SWISH
    editor.allow.click()
    assert codes(document) == ["custom_pending"]  # it runs anew
    qtbot.waitUntil(lambda: not document.main.problems, timeout=90_000)


def test_a_text_that_hangs_ends_when_it_is_revoked_and_the_next_one_runs(opened, qtbot) -> None:
    project, (id,) = project_with(SWISH)
    document, editor = opened(project, id)
    editor.code.show_text(SWISH.replace("    return", "    while True:\n        pass\n    return"))
    editor.allow.click()
    qtbot.waitUntil(lambda: editor._checker._prober._running is not None, timeout=90_000)
    editor.revoke.click()
    editor.code.show_text(SWISH)
    editor.allow.click()
    qtbot.waitUntil(lambda: not document.main.problems, timeout=90_000)
    assert allowed() == {digest(SWISH)}


def test_what_failed_can_be_tried_once_more(opened, qtbot, tmp_path) -> None:
    text = SWISH.replace("    return x", f"    open({str(tmp_path / 'there')!r})\n    return x")
    project, (id,) = project_with(text)
    document, editor = opened(project, id)
    editor.allow.click()
    qtbot.waitUntil(lambda: codes(document) == ["custom_failed"], timeout=90_000)
    (tmp_path / "there").touch()
    assert editor.allow.isEnabled()
    editor.allow.click()
    qtbot.waitUntil(lambda: not document.main.problems, timeout=90_000)
    assert not editor.allow.isEnabled()


def test_texts_that_yield_samples_are_called_so_among_what_may_run(opened, qtbot) -> None:
    project, (id,) = project_with(SWISH)
    _, editor = opened(project, id)
    for text in ("def samples():\n    yield [1.0], 0\n", "import os\n"):
        allow(text)
    dialog = AllowedCode(editor._checker)
    qtbot.addWidget(dialog)
    names = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    assert sorted(names) == ["Samples of your own", "Text without a layer"]


def test_all_that_may_run_is_listed_and_revoked(opened, qtbot, monkeypatch) -> None:
    project, (id,) = project_with(SWISH)
    document, editor = opened(project, id)
    editor.allow.click()
    allow(LINEAR)
    dialog = AllowedCode(editor._checker)
    qtbot.addWidget(dialog)
    dialog.show()
    names = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    assert sorted(names) == ["Dense", "swish"]
    dialog.list.setCurrentRow(names.index("swish"))
    assert dialog.code.toPlainText() == SWISH
    told = []
    monkeypatch.setattr(QMessageBox, "critical", lambda *given: told.append(given[2]))
    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", _refuse)
        dialog.revoke.click()
        editor.revoke.click()
    assert len(told) == 2
    assert allowed() == {digest(SWISH), digest(LINEAR)}
    dialog.revoke.click()
    assert allowed() == {digest(LINEAR)}
    assert codes(document) == ["custom_not_allowed"]
    dialog.revoke.click()
    assert not allowed()
    assert not dialog.parts.isVisible()
    assert "No Python text" in dialog.says.text()


def _refuse(*_: object, **__: object) -> None:
    raise PermissionError(13, "Permission denied")


def test_a_changed_text_waits_again_and_its_mistake_is_shown_at_its_line(opened, qtbot) -> None:
    project, (id,) = project_with(SWISH)
    document, editor = opened(project, id)
    broken = SWISH.replace("torch.sigmoid", "torch.no_such_function")
    editor.code.show_text(broken)
    assert editor.allow.isEnabled()
    assert document.project.layers[id].text == SWISH  # typing alone does nothing
    editor.allow.click()
    qtbot.waitUntil(lambda: "custom_failed" in codes(document), timeout=90_000)
    line = SWISH.split("\n").index("    return x * torch.sigmoid(beta * x)") + 1
    assert list(editor.code._mistakes) == [line]
    assert "no_such_function" in editor.code._mistakes[line]
    assert "no_such_function" in editor.warning.text()
    document.history.undo()
    assert document.project.layers[id].text == SWISH
    assert codes(document) == ["custom_not_allowed"]


def test_what_cannot_be_read_is_marked_while_typing(opened) -> None:
    project, (id,) = project_with(SWISH)
    document, editor = opened(project, id)
    editor.code.show_text("def swish(x:\n    return x\n")
    assert list(editor.code._mistakes) == [1]
    assert not editor.allow.isEnabled()
    assert not editor.grab().isNull()
    editor.keep.click()
    assert codes(document) == ["custom_syntax"]
    assert not allowed()


def test_a_new_layer_begins_with_a_template(opened) -> None:
    document, editor = opened(empty_project())
    for at in range(editor.template.count()):
        editor.template.setCurrentIndex(at)
        assert isinstance(read_text(editor.code.text), Entry)
    kinds = []
    editor.added.connect(kinds.append)
    editor.keep.click()
    (id,) = document.project.layers
    assert kinds == [custom_kind(id)]
    assert not allowed()
    document.history.undo()
    assert not document.project.layers


@pytest.mark.parametrize("id", TEMPLATES)
def test_a_template_may_be_used_twice(opened, id: str) -> None:
    document, editor = opened(empty_project())
    editor.template.setCurrentIndex(editor.template.findData(id))
    editor.keep.click()
    again = LayerEditor(document, editor._checker, "")
    again.template.setCurrentIndex(again.template.findData(id))
    first, second = entry(editor.code.text), entry(again.code.text)
    assert not first.defined & second.defined
    again.close()
    again.deleteLater()


def test_closing_asks_about_what_was_written(opened, monkeypatch) -> None:
    project, (id,) = project_with(SWISH)
    document, editor = opened(project, id)
    editor.code.show_text(f"{SWISH}\n# more\n")
    buttons = QMessageBox.StandardButton
    asked = []

    def answer(button):
        monkeypatch.setattr(
            QMessageBox, "question", lambda *given: asked.append(given[2]) or button
        )

    answer(buttons.Cancel)
    editor.reject()
    assert editor.isVisible()
    answer(buttons.Discard)
    editor.reject()
    assert not editor.isVisible()
    assert len(asked) == 2
    assert document.project.layers[id].text == SWISH


def test_a_layer_that_is_not_used_can_be_removed(opened) -> None:
    project, (id,) = project_with(SWISH)
    assert not opened(project, id)[1].remove.isVisible()
    document, editor = opened(empty_project())
    editor.keep.click()
    (id,) = document.project.layers
    again = LayerEditor(document, editor._checker, id)
    again.show()
    again.remove.click()
    assert not document.project.layers
    again.deleteLater()


def test_permission_that_cannot_be_saved_is_told(opened, monkeypatch, tmp_path) -> None:
    (tmp_path / "home").write_text("no folder")
    monkeypatch.setenv("LAYERWEFT_HOME", str(tmp_path / "home"))
    told = []
    monkeypatch.setattr(QMessageBox, "critical", lambda *given: told.append(given[2]))
    project, (id,) = project_with(SWISH)
    document, editor = opened(project, id)
    editor.allow.click()
    assert "could not be saved" in told[0]
    assert codes(document) == ["custom_not_allowed"]


def test_keys_of_a_code_editor(opened) -> None:
    _, editor = opened(empty_project())
    code = editor.code
    code.show_text("")
    QTest.keyClicks(code, "def f(x):")
    QTest.keyClick(code, Qt.Key.Key_Return)
    QTest.keyClicks(code, "return x")
    QTest.keyClick(code, Qt.Key.Key_Return)
    assert code.text == "def f(x):\n    return x\n    "
    QTest.keyClick(code, Qt.Key.Key_Tab)
    assert code.text.endswith("\n        ")


class TestWindow:
    @pytest.fixture
    def window(self, qtbot) -> MainWindow:
        project, _ = project_with(LINEAR)
        window = MainWindow(project, None, SettingsStore())
        qtbot.addWidget(window, before_close_func=lambda each: each.document.history.setClean())
        window.show()
        return window

    def editors(self, window: MainWindow) -> list[LayerEditor]:
        return [each for each in window.findChildren(LayerEditor) if each.isVisible()]

    def test_a_node_leads_to_its_code(self, window: MainWindow) -> None:
        window.selection.set(["node0"])
        assert window.actions_by_id["open_block"].isEnabled()
        window.actions_by_id["open_block"].trigger()
        (editor,) = self.editors(window)
        assert editor.code.text == LINEAR
        editor.reject()
        window.inspector.catch_up()
        window.inspector._node._use._edit.click()
        assert self.editors(window)

    def test_a_new_layer_is_added_to_what_is_selected(self, window: MainWindow) -> None:
        window.selection.set(["node0"])
        window.actions_by_id["new_layer"].trigger()
        (editor,) = self.editors(window)
        before = window.document.history.index()
        editor.keep.click()
        (kind,) = {each.kind_name for each in custom_section(window.document).entries} - {
            custom_kind(id) for id in list(window.document.project.layers)[:1]
        }
        assert [node.kind for node in window.document.network.nodes.values()].count(kind) == 1
        assert window.document.history.index() == before + 1

    def test_undo_keeps_what_is_known(self, window: MainWindow, qtbot) -> None:
        layers: CustomLayers = window.custom_layers
        network = rename(window.document.network, "in", "signal")
        window.document.edit_network(network, "Rename")
        layers.checker.allow(LINEAR)
        qtbot.waitUntil(lambda: not window.document.main.problems, timeout=90_000)
        window.document.history.undo()
        assert not window.document.main.problems


def test_the_problem_of_a_text_that_may_not_run_leads_to_the_text(qtbot) -> None:
    document = Document(project_with(SWISH)[0])
    (problem,) = document.main.problems
    card = ProblemCard(document, problem, found_in_main(problem, document.state))
    qtbot.addWidget(card)
    (button,) = card.findChildren(ReadButton)
    with qtbot.waitSignal(document.layer_opened) as opened:
        button.click()
    assert opened.args == [*document.project.layers]
