"""The workspaces: what each shows and remembers, and what a run is told of in all of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QMarginsF, QObject, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from app.language.i18n import CHINESE, ENGLISH, translations
from app.panels.palette import Palette
from app.project.examples import load_example
from app.project.places import Place
from app.project.state import Trail
from app.workspaces.kinds import Workspace
from app.workspaces.run_strip import RunStrip
from graph_model.editing.differences import differences
from graph_model.editing.project_edits import choose_data
from graph_model.network import set_arguments
from graph_model.recipe import Choice
from graph_model.recipes.sources import SOURCES


@pytest.fixture(params=[ENGLISH, CHINESE])
def language(request, qapp):
    translations().use(request.param)
    yield request.param
    translations().use(ENGLISH)


@pytest.fixture
def long_run(make, monkeypatch):
    """A window whose run goes on until it is stopped."""
    project = load_example("iris-mlp")
    window = make(replace(project, recipe=replace(project.recipe, epochs=100_000)))
    # What it asks when the window is closed nobody would answer.
    monkeypatch.setattr(window.trainer, "may_close", lambda: window.trainer.session.wait() is None)
    return window


def size(window, width: int, height: int) -> None:
    window.showNormal()
    window.resize(width, height)
    QApplication.processEvents()


def button(window, action: str) -> QToolButton:
    found = window.top_bar.findChildren(QToolButton)
    return next(each for each in found if each.defaultAction() is window.actions_by_id[action])


def on_bar(window, widget: QWidget) -> tuple[int, int]:
    """Return where a control of the top bar begins and ends."""
    left = widget.mapTo(window.top_bar, widget.rect().topLeft()).x()
    return left, left + widget.width()


def test_a_click_on_a_segment_or_a_key_leads_to_each_workspace(window):
    for key, workspace in (("2", "data"), ("3", "train"), ("4", "runs"), ("1", "draw")):
        QTest.mouseClick(button(window, f"workspace_{workspace}"), Qt.MouseButton.LeftButton)
        assert window.workspaces.current is Workspace(workspace)
        assert [each.value for each in Workspace if _is_checked(window, each)] == [workspace]
        assert window.actions_by_id[f"workspace_{workspace}"].shortcut().toString() == f"Ctrl+{key}"


def _is_checked(window, workspace: Workspace) -> bool:
    return window.actions_by_id[f"workspace_{workspace.value}"].isChecked()


def test_the_one_canvas_goes_along_and_comes_back_to_what_was_in_view(window):
    canvas, workspaces = window.canvas, window.workspaces
    QApplication.processEvents()
    canvas.look_at(1.5, QPointF(40, 60))
    centre = canvas.area().center()
    workspaces.go_to(Workspace.TRAIN)
    assert workspaces.training.isAncestorOf(canvas)
    assert canvas.isVisible()
    whole = canvas.canvas.contents_rect()
    assert canvas.area().contains(whole.adjusted(2, 2, -2, -2))
    workspaces.go_to(Workspace.RUNS)
    assert not canvas.isVisible()
    workspaces.go_to(Workspace.DRAW)
    assert canvas.zoom == 1.5
    off = canvas.area().center() - centre
    assert max(abs(off.x()), abs(off.y())) < 2


def test_another_project_is_seen_whole_where_one_trains(window):
    window.workspaces.go_to(Workspace.TRAIN)
    window.document.open(load_example("digits-resnet"), None)
    window.workspaces.go_to(Workspace.TRAIN)
    assert window.canvas.area().contains(
        window.canvas.canvas.contents_rect() - QMarginsF(20, 20, 20, 20)
    )


def test_the_panels_of_each_workspace_hide_and_are_remembered(window, make):
    actions, workspaces = window.actions_by_id, window.workspaces
    workspaces.go_to(Workspace.TRAIN)
    panel = workspaces.training.inside
    actions["show_right"].trigger()
    assert not window.canvas.isVisible()
    assert panel.recipe.isVisible()
    panel.recipe.sections["split"].set_open(True)
    panel.curves.adding.entries["rate"].trigger()
    assert "rate" not in panel.curves.places.panels
    assert actions["show_bottom"].reason.text == "There is no such panel here."
    workspaces.go_to(Workspace.DRAW)
    assert window.inspector.isVisible()
    assert actions["show_right"].isChecked()
    window.close()
    again = make()
    again.workspaces.go_to(Workspace.TRAIN)
    assert not again.canvas.isVisible()
    places = again.workspaces.training.inside.curves.places
    assert places.panels == ("loss", "metrics", "throughput")
    opened = again.workspaces.training.inside.recipe.sections
    assert [name for name, section in opened.items() if section.is_open] == ["split"]
    again.navigation.go_to_place(_place(again))
    assert again.canvas.isVisible()  # for that, one goes where one draws


def _place(window):
    return Place(Trail("main"), next(iter(window.document.network.nodes)))


def test_start_leads_to_the_curves_once_for_each_run(long_run, qtbot):
    window, trainer = long_run, long_run.trainer
    window.actions_by_id["train_start"].trigger()
    assert window.workspaces.current is Workspace.TRAIN
    qtbot.waitUntil(lambda: trainer.session.record.step > 0, timeout=60_000)
    curves = window.workspaces.training.inside.curves
    assert curves.isVisible()
    assert curves.record is trainer.session.record
    window.workspaces.go_to(Workspace.DRAW)
    for _ in range(2):
        window.actions_by_id["train_pause"].trigger()
    window.actions_by_id["train_pause"].trigger()
    window.actions_by_id["train_start"].trigger()  # which goes on
    assert not trainer.is_paused
    assert window.workspaces.current is Workspace.DRAW


def test_a_run_is_told_of_in_every_workspace_and_a_click_leads_to_it(long_run, qtbot):
    window, trainer = long_run, long_run.trainer
    size(window, 1280, 800)
    strip = window.findChild(RunStrip)
    before = [on_bar(window, button(window, id)) for id in ("train_stop", "workspace_draw")]
    assert not strip.isVisible()
    window.actions_by_id["train_start"].trigger()
    qtbot.waitUntil(lambda: len(trainer.session.record.epochs) > 1, timeout=60_000)
    for workspace in Workspace:
        window.workspaces.go_to(workspace)
        qtbot.waitUntil(lambda: strip.isVisible() and "left" in strip.accessibleName())
        assert strip.accessibleName().startswith("Epoch ")
        assert not strip._curve.isEmpty()
    QApplication.processEvents()
    after = [on_bar(window, button(window, id)) for id in ("train_stop", "workspace_draw")]
    assert after == before  # it pushes nothing aside
    assert strip.width() >= strip.minimumSizeHint().width() + 80  # and has room for its words
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton)
    assert window.workspaces.current is Workspace.TRAIN
    with qtbot.waitSignal(trainer.run_ended, timeout=60_000):
        window.actions_by_id["train_stop"].trigger()
    assert not strip.isVisible()


@pytest.mark.usefixtures("language")
def test_what_is_changed_most_is_in_sight_without_scrolling(window):
    size(window, 1280, 800)
    window.workspaces.go_to(Workspace.TRAIN)
    recipe = window.workspaces.training.inside.recipe
    for data in SOURCES:
        window.document.edit(choose_data(window.document.project, Choice(data)), "data")
        for _ in range(3):
            QApplication.processEvents()
        form = recipe.essentials.form
        names = ("epochs", "batch_size", "lr")
        for widget in (recipe.data.button, *map(form.field, names), recipe.essentials.menu):
            assert widget.visibleRegion().boundingRect() == widget.rect(), (data, widget)


@pytest.mark.usefixtures("language")
def test_the_buttons_of_a_run_are_whole_in_the_smallest_window(window):
    size(window, window.minimumWidth(), window.minimumHeight())
    assert window.width() <= 940
    end = 0
    for id in ("train_start", "train_pause", "train_step", "train_stop", "commands"):
        left, right = on_bar(window, button(window, id))
        assert end <= left < right <= window.top_bar.width(), id
        assert button(window, id).width() >= button(window, id).sizeHint().width()
        end = right
    segments = [on_bar(window, button(window, f"workspace_{each.value}")) for each in Workspace]
    middle = (segments[0][0] + segments[-1][1]) / 2
    assert abs(middle - window.top_bar.width() / 2) <= 4


def test_what_was_edited_since_a_run_leads_to_the_node(window):
    linear = next(n for n in window.document.network.nodes.values() if n.kind == "Linear")
    before = window.document.project
    changed = set_arguments(window.document.network, linear.id, {"out_features": 7})
    window.document.edit_network(changed, "Edit")
    window.workspaces.go_to(Workspace.TRAIN)
    note = window.workspaces.training.inside.edited
    note.show_differences(differences(before, window.document.project))
    QTest.mouseClick(note, Qt.MouseButton.LeftButton)
    assert window.workspaces.current is Workspace.DRAW
    assert window.selection.nodes == {linear.id}


def test_sections_of_the_recipe_open_and_say_what_they_hold(window):
    window.workspaces.go_to(Workspace.TRAIN)
    recipe = window.workspaces.training.inside.recipe
    section = recipe.sections["optimizer"]
    assert section._summary.toolTip() == "Adam"
    assert not recipe.optimizer.isVisible()
    section.set_open(True)
    assert recipe.optimizer.isVisible()
    recipe.optimizer.edited.emit(Choice("SGD"))
    assert section._summary.toolTip() == "SGD"
    recipe.essentials.edited.emit("lr", 0.25)
    assert window.document.project.recipe.optimizer == Choice("SGD", {"lr": 0.25})
    recipe.essentials.reset.emit("lr")
    assert window.document.project.recipe.optimizer == Choice("SGD")


class Shown(QObject):
    """Keeps every window that comes up."""

    def __init__(self):
        super().__init__()
        self.windows = []

    def eventFilter(self, watched, event):
        is_shown = event.type() is QEvent.Type.Show and isinstance(watched, QWidget)
        if is_shown and watched.isWindow():
            self.windows.append(type(watched).__name__)
        return False


def test_nothing_of_a_workspace_flashes_up_as_a_window_of_its_own(window, qapp):
    shown = Shown()
    qapp.installEventFilter(shown)
    try:
        for workspace in Workspace:
            window.workspaces.go_to(workspace)
            qapp.processEvents()
    finally:
        qapp.removeEventFilter(shown)
    assert shown.windows == []


def test_rows_of_the_palette_are_as_high_before_it_was_seen_as_after(window, qapp):
    qapp.processEvents()
    tree = window.findChild(Palette).tree
    row = tree.topLevelItem(1)
    before = tree.visualItemRect(row).height()
    tree.doItemsLayout()
    assert before == tree.visualItemRect(row).height() >= 26
