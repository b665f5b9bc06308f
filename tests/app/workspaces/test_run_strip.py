"""The run in the top bar: what it paints, and what it need not paint again."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject, Signal

from app.runs.events import Steps
from app.runs.record import Record
from app.workspaces.run_strip import RunStrip


class Running(QObject):
    """As much of a trainer as the strip asks for, with a run under way."""

    state_changed = Signal()
    progressed = Signal(object, str, str)
    is_free = is_paused = False

    def __init__(self):
        super().__init__()
        self.session = SimpleNamespace(record=Record())

    def train(self, steps):
        record = self.session.record
        record.add(Steps(record.step + steps, (1.0, 2.0) * (steps // 2), 0.1, 1000.0))


@pytest.fixture
def running(qapp):
    made = Running()
    made.train(1000)
    return made


def test_it_is_painted_again_only_where_something_else_is_to_be_seen(running, qtbot, monkeypatch):
    strip = RunStrip(running)
    qtbot.addWidget(strip)
    strip.resize(160, 32)
    running.progressed.emit(0.5, "Epoch 1/2", "9 s left")
    asked = []
    monkeypatch.setattr(strip, "update", lambda: asked.append(True))

    def is_painted(*progress):
        asked.clear()
        running.progressed.emit(*progress)
        return bool(asked)

    assert not is_painted(0.5, "Epoch 1/2", "9 s left")
    running.train(10)  # a hundredth of the curve: less than a pixel
    assert not is_painted(0.501, "Epoch 1/2", "9 s left")
    assert is_painted(0.502, "Epoch 1/2", "8 s left")
    assert is_painted(0.52, "Epoch 1/2", "8 s left")
    running.train(100)
    assert is_painted(0.521, "Epoch 1/2", "8 s left")


def test_the_next_run_begins_with_its_own_curve(running, qtbot):
    strip = RunStrip(running)
    qtbot.addWidget(strip)
    running.progressed.emit(0.5, "Epoch 1/2", "9 s left")
    assert not strip._curve.isEmpty()
    running.is_free = True
    running.state_changed.emit()
    running.is_free = False
    running.session.record = Record()
    running.progressed.emit(None, "Loading…", "")
    assert strip._curve.isEmpty()
    running.train(10)
    running.progressed.emit(0.01, "Epoch 1/2", "9 s left")
    assert len(strip._curve) == 10
    assert strip.accessibleName() == "Epoch 1/2 · 9 s left"
