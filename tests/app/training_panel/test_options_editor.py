"""Choosing what a training does beyond its optimizer, with the mouse."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from app.training_panel.options_editor import OptionsEditor
from app.widgets.forms import ParameterForm
from graph_model.recipe import Choice
from graph_model.recipes.options import OPTIONS


def editor(qtbot: QtBot, *options: Choice) -> tuple[OptionsEditor, list[tuple[Choice, ...]]]:
    made = OptionsEditor(options)
    qtbot.addWidget(made)
    told: list[tuple[Choice, ...]] = []
    made.edited.connect(told.append)
    made.edited.connect(made.show_options)
    made.show()
    return made, told


def test_options_are_added_from_a_menu_and_removed(qtbot: QtBot) -> None:
    made, told = editor(qtbot)
    actions = {each.text(): each for each in made.add_button.menu().actions()}
    assert len(actions) == len(OPTIONS)
    actions[OPTIONS["ema"].title].trigger()
    assert told == [(Choice("ema"),)]
    barred = {each.text() for each in made.add_button.menu().actions() if not each.isEnabled()}
    assert barred == {OPTIONS["ema"].title, OPTIONS["swa"].title}
    (remove,) = (each for each in made.findChildren(QToolButton) if each.text() == "×")
    qtbot.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert told[-1] == ()


def test_arguments_are_edited_in_place(qtbot: QtBot) -> None:
    made, told = editor(qtbot, Choice("clip_grad_norm"))
    form = made.findChild(ParameterForm)
    assert form is not None
    form.edited.emit("max_norm", 2.0)
    assert told == [(Choice("clip_grad_norm", {"max_norm": 2.0}),)]
    assert made.findChild(ParameterForm) is form
    form.reset.emit("max_norm")
    assert told[-1] == (Choice("clip_grad_norm"),)
