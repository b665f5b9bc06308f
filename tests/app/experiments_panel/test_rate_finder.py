"""The learning-rate finder in the window: it ends by itself, and what is chosen is an edit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.experiments_panel.experiments import Experiments
from app.experiments_panel.rate_finder import RateFinder
from app.project.examples import load_example
from app.runs.events import Event, Failed
from app.training.engine import train
from graph_model.custom_layers.known import NOTHING
from graph_model.problems import Problem

LONG = 120_000


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], None]:
    """Return a function that puts another engine in place of the one in a process."""

    def use(function: Any) -> None:
        monkeypatch.setattr("app.experiments_panel.rate_finder.engine", lambda *_: function)

    use(train)
    return use


def test_a_rate_is_found_drawn_and_can_be_moved(engine: object, qtbot: QtBot, look: None) -> None:
    finder = RateFinder(load_example("iris-mlp"), 6, "cpu", NOTHING)
    qtbot.addWidget(finder)
    finder.show()
    assert not finder.use.isEnabled()
    qtbot.waitUntil(finder.use.isEnabled, timeout=LONG)
    assert not finder.session.is_running
    found = finder.rate
    assert 1e-4 < found < 1
    assert finder.use.text() == f"Use {found:g}"
    finder.mark.setValue(np.log10(0.02))
    with qtbot.waitSignal(finder.rate_chosen) as chosen:
        finder.use.click()
    assert chosen.args == [0.02]


def test_what_went_wrong_is_said(engine: Callable[[Any], None], qtbot: QtBot, look: None) -> None:
    def fail(*_: object) -> Iterator[Event]:
        yield Failed(Problem("out_of_memory", {"device": "cpu"}))

    engine(fail)
    finder = RateFinder(load_example("iris-mlp"), 6, "cpu", NOTHING)
    qtbot.addWidget(finder)
    qtbot.waitUntil(lambda: "memory" in finder._told.text(), timeout=LONG)
    assert not finder.use.isEnabled()


def test_closing_it_ends_the_training(engine: object, qtbot: QtBot, look: None) -> None:
    finder = RateFinder(load_example("iris-mlp"), 1, "cpu", NOTHING)
    qtbot.addWidget(finder)
    qtbot.waitUntil(lambda: finder.session.record.step > 0, timeout=LONG)
    finder.reject()
    assert not finder.session.is_running


def test_the_rate_that_is_chosen_is_kept_as_an_edit(make, qtbot: QtBot, monkeypatch) -> None:
    window = make(load_example("iris-mlp"))
    experiments: Experiments = window.experiments
    experiments._use_rate(0.25)
    assert window.document.project.recipe.optimizer.arguments["lr"] == 0.25
    window.document.history.undo()
    assert window.document.project.recipe.optimizer.arguments["lr"] == 0.01
