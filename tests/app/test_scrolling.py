"""The wheel over anything that holds a value changes nothing unless that has the focus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QScrollBar,
    QTabBar,
    QWidget,
)

from app.custom.editor import LayerEditor
from app.panels.export import ExportDialog
from app.project.examples import load_example
from app.training_panel.option_fields import Surroundings, option_field
from app.workspaces.kinds import Workspace
from graph_model.layers import LAYERS
from graph_model.values import Parameter, Type

HOLDERS = (QComboBox, QAbstractSpinBox, QAbstractSlider, QTabBar)


def holders(root: QWidget) -> Iterator[QWidget]:
    """Yield all within a window that holds a value which the wheel could change."""
    for widget in root.findChildren(QWidget):
        is_within = widget.window() is root.window()  # and not in a menu of a plot, never shown
        if is_within and isinstance(widget, HOLDERS) and not isinstance(widget, QScrollBar):
            yield widget


def scroll(widget: QWidget) -> bool:
    """Turn the wheel over a widget, both ways; say whether the widget took it."""
    at = QPointF(widget.rect().center())
    taken = False
    for turn in (120, -240, 120):
        event = QWheelEvent(
            at, widget.mapToGlobal(at), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(widget, event)
        taken = taken or event.isAccepted()
    return taken


def value(widget: QWidget) -> object:
    if isinstance(widget, QComboBox | QTabBar):
        return widget.currentIndex()
    return widget.text() if isinstance(widget, QAbstractSpinBox) else widget.value()


def check(root: QWidget) -> int:
    """Hold that nothing within changes by scrolling; return how much there is."""
    found = list(holders(root))
    for widget in found:
        assert not widget.focusPolicy() & Qt.FocusPolicy.WheelFocus & ~Qt.FocusPolicy.StrongFocus
        before = value(widget)
        if not widget.hasFocus():
            scroll(widget)
            assert value(widget) == before, (widget, widget.parent())
    return len(found)


@pytest.fixture
def whole(window):
    """A window in which every page has been made."""
    for page in (window.workspaces.training, window.workspaces.runs, window.bottom.costs):
        page.inside.show()
    return window


def test_the_window(whole, qapp) -> None:
    project = whole.document.project
    assert check(whole) > 10
    assert whole.document.project is project


@pytest.mark.parametrize("name", ["seq2seq-transformer"])
def test_the_recipe_with_all_its_menus(make, name: str) -> None:
    window = make(load_example(name))
    assert check(window.workspaces.training.inside) > 5
    assert not window.document.is_modified


# What is decided of single columns stands in the table of the data, and has no field in forms.
@pytest.mark.parametrize("type", [each for each in Type if each is not Type.NAMED_WORDS])
def test_the_field_of_every_type_of_parameter(qtbot, type: Type) -> None:
    parameters = [each for kind in LAYERS.values() for each in kind.parameters]
    parameter = next((each for each in parameters if each.type is type), None)
    field = option_field(parameter or Parameter("x", type, ""), "", Surroundings())
    qtbot.addWidget(field)
    said: list[object] = []
    field.edited.connect(said.append)
    check(field)
    assert said == []


def test_the_dialogs(window, qtbot) -> None:
    dialogs = (
        ExportDialog(window.document.state, Path(), None, True, None),
        LayerEditor(window.document, window.custom_layers.checker, "", None),
    )
    for each in dialogs:
        qtbot.addWidget(each)
        assert check(each) > 0


def test_what_has_the_focus_follows_the_wheel(whole, qtbot) -> None:
    menu = whole.workspaces.training.inside.recipe.findChild(QComboBox)
    whole.workspaces.go_to(Workspace.TRAIN)
    whole.activateWindow()
    menu.setFocus()
    qtbot.waitUntil(menu.hasFocus)
    assert scroll(menu)
