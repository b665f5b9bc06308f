"""What is drawn while it trains: in rounds, at a pace that follows from what they cost."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from app.live_panels.rounds import Pace, Rounds


class Thing:
    """Notes when it is drawn."""

    def __init__(self, name, drawn):
        self.name, self.drawn = name, drawn

    def refresh(self):
        self.drawn.append(self.name)


@pytest.mark.parametrize(("spent", "rest"), [(0.0, 0.0), (0.004, 0.1), (0.02, 0.5), (3.0, 2.0)])
def test_work_is_followed_by_a_rest_that_leaves_it_a_small_share_of_the_time(spent, rest):
    worked, now = [7.0], [100.0]
    pace = Pace(lambda: worked[0], lambda: now[0])
    assert pace.seconds_left == 0
    pace.begin()
    worked[0] += spent
    now[0] += 50
    pace.end()
    assert pace.seconds_left == pytest.approx(rest)
    now[0] += rest / 2
    assert pace.seconds_left == pytest.approx(rest / 2)
    now[0] += rest
    assert pace.seconds_left == 0


def test_a_round_draws_each_thing_once_however_often_it_was_asked_for(qtbot):
    drawn: list[str] = []
    rounds = Rounds(lambda: [Thing(name, drawn) for name in "abc"])
    assert rounds.is_at_rest
    for _ in range(5):
        rounds.ask()
    assert drawn == []
    qtbot.waitUntil(lambda: bool(drawn))
    rounds.ask()  # what is told in the midst of a round is drawn in the next one
    qtbot.waitUntil(lambda: rounds.is_at_rest)
    assert drawn == [*"abcabc"]


def test_what_was_drawn_otherwise_is_forgotten(qtbot):
    drawn: list[str] = []
    rounds = Rounds(lambda: [Thing(name, drawn) for name in "abc"])
    rounds.ask()
    rounds.forget()
    assert rounds.is_at_rest
    rounds.ask()
    qtbot.waitUntil(lambda: drawn == ["a"])
    rounds.forget()
    qtbot.waitUntil(lambda: rounds.is_at_rest)
    QApplication.processEvents()
    assert drawn == ["a"]
