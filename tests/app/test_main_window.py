"""The window as a whole: every action, export, recovery, both languages, both themes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QMessageBox,
    QToolButton,
    QWidget,
)

from app.actions.comparisons import COMPARE
from app.actions.specs import COLOUR, COLOURS, COMPARISONS, MENUS, RECENT, SEPARATOR, SPECS
from app.canvas.menu import canvas_menu
from app.language.i18n import CHINESE, ENGLISH, translations
from app.look import theme
from app.look.theme import Mode
from app.overlays.quantities import QUANTITIES
from app.panels.export import ExportDialog
from app.project.examples import EXAMPLES, load_example
from app.project.files import untitled
from app.project.places import Place
from app.project.state import Trail
from app.runs.folder import BEST, PROJECT, runs_folder
from app.search.command_palette import CommandPalette
from app.widgets.first_paint import AfterFirstPaint
from app.widgets.late_page import LatePage
from codegen.emit import source
from codegen.names import class_name
from graph_model.editing.project_edits import choose_data, duplicate_network
from graph_model.files.journal import Journal
from graph_model.files.storage import save
from graph_model.inference.infer import infer
from graph_model.network import empty_project
from graph_model.recipe import Choice
from graph_model.recipes.sources import SOURCES

Button = QMessageBox.StandardButton


def edit(window) -> None:
    window.canvas.add_kind("ReLU")


def test_every_action_is_in_a_menu_and_every_entry_of_a_menu_is_an_action():
    listed = {id for _, ids in MENUS for id in ids} - {SEPARATOR, RECENT, COLOURS, COMPARISONS}
    assert listed == {id for id in SPECS if not id.startswith((COLOUR, COMPARE))}


def test_the_submenu_of_colours_has_all_its_actions(window):
    assert {COLOUR + name for name in QUANTITIES} < {
        each.objectName() for each in window.actions_by_id.colours
    }


def test_no_shortcut_means_two_things():
    keys = [key for spec in SPECS.values() for key in spec.keys]
    assert len(keys) == len(set(keys))


def test_undo_and_redo_of_an_added_layer(window):
    count = len(window.document.network.nodes)
    window.palette_panel.kind_chosen.emit("Dropout")
    assert len(window.document.network.nodes) == count + 1
    window.actions_by_id["undo"].trigger()
    assert len(window.document.network.nodes) == count
    window.actions_by_id["redo"].trigger()
    assert len(window.document.network.nodes) == count + 1


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_examples_open_from_the_welcome_page(make, example):
    window = make(empty_project())
    assert window.welcome.isVisible()
    window.welcome.open_example(example.name)
    assert window.canvas.isVisible()
    assert window.document.project == load_example(example.name)
    assert window.trainer.beginning == example.beginning
    assert window.document.path is None


def test_code_keeps_its_font_in_another_theme(window):
    view = window.bottom.code.view
    before = view.font().families()
    assert "JetBrains Mono" in before
    for _ in range(2):
        window.actions_by_id["theme"].trigger()
        assert view.font().families() == before


def test_export_writes_the_code_that_is_shown(window, tmp_path, monkeypatch):
    def accept(dialog):
        dialog.path.setText(str(tmp_path / "model.py"))
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(ExportDialog, "exec", accept)
    window.actions_by_id["export"].trigger()
    written = (tmp_path / "model.py").read_text(encoding="utf-8")
    assert written == source(infer(window.document.network)).text


def test_another_network_can_be_exported_without_what_belongs_to_the_main_one(
    window, tmp_path, monkeypatch
):
    main = window.document.project.main
    project, copy = duplicate_network(window.document.project, main)
    window.document.edit(project, "Duplicate")

    def accept(dialog):
        training = dialog.targets["training"]
        assert training.isEnabled()
        training.setChecked(True)
        dialog.network.setCurrentText(project.networks[copy].name)
        assert not training.isEnabled()
        assert not dialog.wanted.targets
        dialog.path.setText(str(tmp_path / "model.py"))
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(ExportDialog, "exec", accept)
    window.actions_by_id["export"].trigger()
    written = (tmp_path / "model.py").read_text(encoding="utf-8")
    assert written == source(infer(project.networks[copy], blocks=project.networks)).text
    assert project.networks[copy].name in written


def test_what_needs_pytorch_is_written_beside_the_window(window, qtbot, tmp_path, monkeypatch):
    def accept(dialog):
        dialog.path.setText(str(tmp_path / "net.py"))
        dialog.targets["torchscript"].setChecked(True)
        assert not dialog.targets["weights"].isEnabled()
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(ExportDialog, "exec", accept)
    window.actions_by_id["export"].trigger()
    qtbot.waitUntil(lambda: "net.py" in window.status.currentMessage(), timeout=60_000)
    assert {path.name for path in tmp_path.iterdir()} >= {"net.py", "net.torchscript"}


def test_what_cannot_be_written_is_told(window, qtbot, answer, tmp_path, monkeypatch):
    def accept(dialog):
        dialog.path.setText(str(tmp_path / "my-net.py"))
        dialog.targets["training"].setChecked(True)
        return QDialog.DialogCode.Accepted

    asked = answer()
    monkeypatch.setattr(ExportDialog, "exec", accept)
    window.actions_by_id["export"].trigger()
    qtbot.waitUntil(lambda: bool(asked), timeout=60_000)
    (said,) = asked
    assert "my-net.py could not be written." in said
    assert "cannot import my-net.py" in said
    assert not (tmp_path / "my-net.py").exists()


@pytest.mark.parametrize(("button", "accepted"), [(Button.Yes, True), (Button.No, False)])
def test_export_asks_before_it_replaces_a_file(window, qtbot, tmp_path, answer, button, accepted):
    (tmp_path / "model.py").write_text("mine", encoding="utf-8")
    state = window.document.state
    dialog = ExportDialog(state, tmp_path, None, True, window.canvas.window())
    asked = answer(button)
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Save).click()
    assert len(asked) == 1
    assert (dialog.result() == QDialog.DialogCode.Accepted) is accepted


def test_a_run_is_exported_as_it_was_with_its_weights(window, monkeypatch):
    folder = runs_folder() / "a run"
    folder.mkdir(parents=True)
    trained = load_example("perceptron")
    save(trained, folder / PROJECT)
    (folder / BEST).touch()
    seen = []

    def look(dialog):
        seen.append((dialog.wanted.project.network.name, dialog.wanted.weights))
        return QDialog.DialogCode.Rejected

    monkeypatch.setattr(ExportDialog, "exec", look)
    window.workspaces.export_wanted.emit(folder)
    assert seen == [(trained.network.name, folder / BEST)]
    (folder / PROJECT).unlink()
    window.workspaces.export_wanted.emit(folder)
    assert len(seen) == 1
    assert "cannot be read" in window.status.currentMessage()


def test_what_is_said_in_the_status_bar_wipes_nothing_else(window, qapp):
    status = window.status
    status.show_loading(is_loading=True)
    status.show_work("Exporting…", 1, 2)
    assert "PyTorch" in status._note.text()
    assert "Exporting…" in status._note.text()
    translations().use(CHINESE)
    qapp.processEvents()
    translations().use(ENGLISH)
    assert "加载 PyTorch" in status._note.text()
    status.show_loading(is_loading=False)
    assert status._note.text() == "Exporting…"
    status.hide_work()
    assert not status._note.isVisible()
    status.clearMessage()
    for word in ("one", "two", "two"):
        status.say(word)
    assert status.currentMessage() == "one  ·  two"


def test_what_a_crash_left_is_offered_and_brought_back(make, answer):
    crashed = make()
    edit(crashed)
    crashed.recovery.write()
    lost = crashed.document.project
    crashed.recovery._journal._lock.release()  # as the system does for a program that is killed
    window = make(empty_project())
    asked = answer(Button.Yes)
    window.recovery.offer()
    assert len(asked) == 1
    assert window.document.project == lost
    assert window.document.is_modified


def test_where_nothing_can_be_kept_the_window_opens_and_says_so_once(make, tmp_path, monkeypatch):
    place = tmp_path / "a file, not a folder"
    place.write_bytes(b"")
    monkeypatch.setenv("LAYERWEFT_HOME", str(place))
    window = make()
    said = []
    window.recovery.failed.connect(said.append)
    for _ in range(2):
        edit(window)
        window.recovery.write()
    assert len(said) == 1
    assert said[0] in window.status._warning.text()
    assert window.status._warning.isVisible()
    place.unlink()
    window.recovery.write()
    assert not window.status._warning.isVisible()
    assert list((place / "recovery").glob("*.recovery"))
    window.recovery.close()


def test_a_saved_project_leaves_nothing_to_recover(window, make, answer, tmp_path):
    edit(window)
    window.recovery.write()
    window.files.save_to(tmp_path / "net.weft")
    window.recovery.write()
    window.recovery._journal._lock.release()
    asked = answer()
    make(empty_project()).recovery.offer()
    assert asked == []


# The offscreen platform can neither raise a popup nor grab the keyboard for it, and says so.
@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)")
def test_the_command_palette_finds_and_runs(window):
    window.actions_by_id["commands"].trigger()
    popup = QApplication.activePopupWidget()
    QTest.keyClicks(popup.search, "add conv2d")
    count = len(window.document.network.nodes)
    QTest.keyClick(popup.search, Qt.Key.Key_Return)
    added = list(window.document.network.nodes.values())[count:]
    assert [node.kind for node in added] == ["Conv2d"]


def test_clicking_a_problem_goes_to_its_node(window):
    edit(window)
    node = list(window.document.network.nodes)[-1]
    window.selection.set(())
    window.bottom.problems.place_chosen.emit(Place(Trail("main"), node))
    assert window.selection.single == node


def test_every_visible_text_changes_with_the_language(window, qapp):
    before = {id: window.actions_by_id[id].text() for id in SPECS}
    window.actions_by_id["language_zh_CN"].trigger()
    qapp.sendPostedEvents()  # Qt posts the change to each window
    try:
        assert translations().language == CHINESE
        # That each is translated is held by the test of the translations.
        for id, spec in SPECS.items():
            text = QCoreApplication.translate("Action", spec.text)
            assert window.actions_by_id[id].text() == text
        titles = [action.text() for action in window.top_bar.menus.actions()]
        assert titles == [QCoreApplication.translate("Menu", title) for title, _ in MENUS]
        assert window.actions_by_id["new"].text() != before["new"]
    finally:
        window.actions_by_id["language_en"].trigger()
        qapp.sendPostedEvents()
    assert {id: window.actions_by_id[id].text() for id in SPECS} == before


def test_the_theme_changes_live_and_is_remembered(window):
    was_dark = theme.current().is_dark
    window.actions_by_id["theme"].trigger()
    assert theme.current().is_dark != was_dark
    assert window.store.value.theme == ("light" if was_dark else "dark")
    window.actions_by_id["theme_system"].trigger()
    assert theme.manager().mode is Mode.SYSTEM


def test_panels_hide_and_the_next_window_remembers(window, make):
    window.actions_by_id["show_left"].trigger()
    assert not window.palette_panel.isVisible()
    window.close()
    assert not make().palette_panel.isVisible()


def test_every_button_and_field_has_a_name_for_assistive_software(window):
    window.selection.set(list(window.document.network.nodes)[:1])
    nameless = [
        button
        for button in window.findChildren(QToolButton)
        if button.isVisible()
        and not (button.accessibleName() or button.text() or button.toolTip())
        and "qt_" not in button.objectName()
    ]
    assert [(button, button.parent()) for button in nameless] == []
    fields = [line for line in window.findChildren(QLineEdit) if line.isVisible()]
    inner = ("qt_spinbox_lineedit",)
    assert [f for f in fields if not f.accessibleName() and f.objectName() not in inner] == []


def test_the_first_picture_of_the_window_waits_for_nothing_that_is_loaded_late(root: Path):
    script = (
        "import sys\n"
        "from PySide6.QtWidgets import QApplication\n"
        "app = QApplication([])\n"
        "from app.look import theme\n"
        "from app.late import LATE\n"
        "from app.project.examples import load_example\n"
        "from app.main_window import MainWindow\n"
        "from app.settings import SettingsStore\n"
        "window = MainWindow(load_example('digits-resnet'), None, SettingsStore())\n"
        "theme.manager().install()\n"
        "window.show(); window.grab()\n"
        "heavy = ('torch', 'numpy', 'sklearn', 'PIL', 'networkx', 'pygments', 'pyqtgraph')\n"
        "print([name for name in (*LATE, *heavy) if name in sys.modules])\n"
        "window.close()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_what_is_filled_after_the_first_picture_lies_where_it_will(make, qtbot):
    window = make(load_example("digits-resnet"))
    pages = [page for page in window.findChildren(LatePage) if page.isVisible()]
    assert len(pages) == 3  # what can be added, what is selected, and the tabs

    def seen():
        """Return which of them are filled, and where all of it lies."""
        parts = [*pages, window.canvas, window.top_bar]
        rects = [part.rect().translated(part.mapTo(window, QPoint())) for part in parts]
        return ["inside" in vars(page) for page in pages], rects

    pictures = []
    AfterFirstPaint(window, lambda: pictures.append(seen()))
    qtbot.waitUntil(lambda: all("inside" in vars(page) for page in pages))
    qtbot.waitUntil(lambda: all(page.inside.isVisible() for page in pages))
    QApplication.processEvents()
    ((filled, places),) = pictures
    assert filled == [False] * 3
    assert seen() == ([True] * 3, places)


def test_an_entry_of_the_journal_is_not_offered_while_its_window_is_open(window, make, answer):
    edit(window)
    window.recovery.write()
    asked = answer()
    make(empty_project()).recovery.offer()
    assert asked == []
    assert isinstance(window.recovery._journal, Journal)


def test_the_actions_for_blocks_follow_what_is_selected(window):
    actions, of_blocks = window.actions_by_id, window.canvas.blocks.reasons()
    assert not any(actions[id].isEnabled() for id in of_blocks)
    layers = [node.id for node in window.document.network.nodes.values() if node.kind == "Linear"]
    window.selection.set(layers[:1])
    alone = {"make_block", "repeat_block"}
    assert {id for id in of_blocks if actions[id].isEnabled()} == alone
    actions["make_block"].trigger()
    window.canvas.blocks._prompt.hide()
    expected = {"make_block", "ungroup", "open_block", "repeat_block"}
    assert {id for id in of_blocks if actions[id].isEnabled()} == expected
    menu = canvas_menu(window.canvas, actions, None)
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts[0] == actions["open_block"].text()
    assert actions["detach_block"].text() not in texts
    actions["open_block"].trigger()
    assert window.document.state.trail.steps
    assert actions["leave_block"].isEnabled()
    actions["leave_block"].trigger()
    assert not window.document.state.trail.steps


def test_a_layer_is_edited_by_the_keyboard_alone(window, qtbot):
    window.actions_by_id["show_right"].trigger()
    linear = next(n for n in window.document.network.nodes.values() if n.kind == "Linear")
    assert not window.actions_by_id["rename"].isEnabled()
    window.selection.set([linear.id])
    window.actions_by_id["rename"].trigger()
    field = window.inspector.focusWidget()
    assert field.isVisible()
    QTest.keyClicks(field, "hidden")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert window.document.network.nodes[linear.id].name == "hidden"
    QTest.keyClick(window.inspector.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClick(window.inspector.focusWidget(), Qt.Key.Key_Escape)
    assert window.focusWidget() is window.canvas


def test_delete_removes_layers_only_where_the_canvas_has_the_focus(window, qtbot):
    linear = next(n for n in window.document.network.nodes.values() if n.kind == "Linear")
    window.selection.set([linear.id])
    window.inspector.catch_up()
    widgets = window.inspector.findChildren(QWidget)
    buttons = [each for each in widgets if isinstance(each, QAbstractButton) and each.isVisible()]
    assert buttons
    for widget in (*buttons, window.palette_panel.tree):
        widget.setFocus()
        assert widget.hasFocus()
        QTest.keyClick(widget, Qt.Key.Key_Delete)
        assert linear.id in window.document.network.nodes
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_Delete)
    assert linear.id not in window.document.network.nodes


def test_choosing_the_language_in_use_leaves_it_ticked(window):
    action = window.actions_by_id["language_en"]
    action.trigger()
    action.trigger()
    assert translations().language == ENGLISH
    assert action.isChecked()


@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
def test_the_smallest_window_cuts_nothing_off(make, language):
    translations().use(language)
    try:
        window = make()
        for id in ("show_code", "show_problems", "workspace_runs", "workspace_train"):
            window.actions_by_id[id].trigger()
            assert window.minimumSizeHint().width() <= window.minimumWidth()
        window.resize(window.minimumSize())
        assert window.width() <= 960  # a screen of 1920 pixels at 200 %
        recipe = window.workspaces.training.inside.recipe
        for data in SOURCES:
            window.document.edit(choose_data(window.document.project, Choice(data)), "data")
            needed = recipe.widget().minimumSizeHint().width()
            assert needed <= recipe.minimumWidth() - recipe.verticalScrollBar().sizeHint().width()
    finally:
        translations().use(ENGLISH)


def test_the_first_input_of_a_new_project_fits_its_data(window):
    window.actions_by_id["new"].trigger()
    window.canvas.add_kind("Input")
    assert window.document.inference.of_kind("Input")
    assert [each.code for each in window.trainer.watch.problems if each.node] == []


def test_the_command_palette_finds_examples(make, qtbot):
    window = make()
    for language, typed in ((ENGLISH, "example resnet on dig"), (CHINESE, "digits-resnet")):
        window.appearance.use_language(language)
        palette = CommandPalette(window._finder.commands(), window)
        qtbot.addWidget(palette)
        palette.search.setText(typed)
        QTest.keyClick(palette.search, Qt.Key.Key_Return)
        assert window.document.project == load_example("digits-resnet")
        window.document.open(empty_project())
    window.appearance.use_language(ENGLISH)


def test_a_new_network_is_called_as_in_the_language_in_use_and_its_class_in_plain_letters(look):
    translations().use(CHINESE)
    named = untitled().network.name
    translations().use(ENGLISH)
    assert not named.isascii()
    assert class_name(named) == class_name(untitled().network.name) == "Network"
