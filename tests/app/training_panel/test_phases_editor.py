"""Schedules that follow one another, put together with the mouse."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from app.training_panel.phases_editor import PhasesEditor
from graph_model.recipe import Choice, Phase, Recipe


def test_phases_are_added_changed_and_left_out(qtbot: QtBot) -> None:
    recipe = Recipe(epochs=10)
    made = PhasesEditor(recipe)
    qtbot.addWidget(made)
    told: list[tuple[Phase, ...]] = []
    made.edited.connect(told.append)
    made.edited.connect(lambda phases: made.show_recipe(replace(recipe, phases=phases)))
    made.show()
    for start in (6, 8):
        qtbot.mouseClick(made.add_button, Qt.MouseButton.LeftButton)
        assert told[-1][-1] == Phase(start, Choice("CosineAnnealingLR"))
    made.rows[0].start.edited.emit(4)
    made.rows[1].schedule.edited.emit(Choice("ConstantLR"))
    assert told[-1] == (Phase(4, Choice("CosineAnnealingLR")), Phase(8, Choice("ConstantLR")))
    (remove,) = (each for each in made.rows[0].findChildren(QToolButton) if each.text() == "×")
    qtbot.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert told[-1] == (Phase(8, Choice("ConstantLR")),)
    made.show_recipe(replace(recipe, schedule=Choice("OneCycleLR")))
    assert not made.isVisible()
