"""The learning rate is drawn before a run, where it changes."""

from __future__ import annotations

from dataclasses import replace

from pytestqt.qtbot import QtBot

from app.training_panel.rate_curve import RateCurve
from graph_model.recipe import Choice, Recipe

COSINE = Recipe(optimizer=Choice("SGD", {"lr": 0.3}), schedule=Choice("CosineAnnealingLR"))


def test_a_rate_that_changes_is_drawn(qtbot: QtBot) -> None:
    curve = RateCurve(COSINE)
    qtbot.addWidget(curve)
    curve.resize(200, 44)
    curve.show()
    assert "0.3" in curve.toolTip()
    image = curve.grab().toImage()
    background = image.pixelColor(199, 0)
    drawn = [sum(image.pixelColor(x, y) != background for y in range(22)) for x in range(5, 195)]
    assert sum(drawn[:60]) > 0, "it begins high"
    assert sum(drawn[120:]) == 0, "and ends low"


def test_one_that_stays_is_not_and_nothing_falls_over(qtbot: QtBot) -> None:
    curve = RateCurve(COSINE)
    qtbot.addWidget(curve)
    for recipe in (
        replace(COSINE, schedule=Choice("constant")),
        replace(COSINE, schedule=Choice("magic")),
        replace(COSINE, schedule=Choice("StepLR", {"step_size": 0})),
        replace(COSINE, epochs=0),
    ):
        curve.show_recipe(recipe)
        assert curve.isHidden()
