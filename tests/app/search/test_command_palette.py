"""The command palette is as high as what it found."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from app.look import theme
from app.search.command_palette import Command, CommandPalette

# The offscreen platform can neither raise a popup nor grab the keyboard for it, and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)")


@pytest.fixture
def palette(qtbot):
    theme.manager().install()
    window = QWidget()
    qtbot.addWidget(window)
    names = [f"command {number}" for number in range(30)]
    made = CommandPalette([Command(name, lambda: None) for name in [*names, "other"]], window)
    made.popup()
    return made


def test_it_is_as_high_as_what_it_found(palette):
    full = palette.height()
    palette.search.setText("other")
    assert palette.list.count() == 1
    row = palette.list.sizeHintForRow(0)
    assert row <= palette.list.height() < 2 * row
    assert palette.height() < full
    palette.search.setText("")
    assert palette.height() == full
    assert palette.list.height() < palette.list.count() * row


def test_it_says_so_where_there_is_nothing(palette):
    (label,) = palette.findChildren(QLabel)
    assert not label.isVisible()
    palette.search.setText("zzz")
    assert label.isVisible()
    assert not palette.list.isVisible()
    palette.search.setText("command 7")
    assert not label.isVisible()
    assert palette.list.isVisible()
