"""What need not be done before an edit is painted."""

from __future__ import annotations

import time

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.background import AfterTheFrame

LONGER_THAN_A_FRAME = 0.02


class Painted(QWidget):
    """Says when it is painted."""

    def __init__(self, seen: list[str]) -> None:
        super().__init__()
        self._seen = seen

    def paintEvent(self, event: QPaintEvent) -> None:
        self._seen.append("painted")


def test_what_waits_for_a_frame_comes_after_it_and_once_however_long_the_edit_takes(
    qtbot: QtBot,
) -> None:
    seen: list[str] = []
    widget = Painted(seen)
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)
    later = AfterTheFrame(lambda: seen.append("later"), widget)
    seen.clear()
    later.start()
    edited = time.perf_counter() + LONGER_THAN_A_FRAME
    while time.perf_counter() < edited:
        later.start()
    widget.update()
    qtbot.waitUntil(lambda: "later" in seen)
    assert seen == ["painted", "later"]
    other = AfterTheFrame(lambda: seen.append("other"), widget)
    later.start()
    other.start()
    later.stop()
    qtbot.waitUntil(lambda: "other" in seen)
    assert seen == ["painted", "later", "other"]
