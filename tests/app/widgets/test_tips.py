"""A tip that is shown at once never covers what it is about, wherever on the screen that is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QPushButton, QToolTip

from app.widgets.tips import tell_beside

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")


@pytest.mark.parametrize("lines", [1, 9, 40])
@pytest.mark.parametrize("across", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("down", [0.0, 0.5, 0.9, 1.0])
def test_a_tip_never_lies_upon_what_it_is_about(qtbot, look, lines, across, down):
    button = QPushButton("Set kernel_size to 3")
    qtbot.addWidget(button)
    button.resize(160, 28)
    room = button.screen().availableGeometry()
    free = room.size() - button.size()
    button.move(room.topLeft() + QPoint(int(across * free.width()), int(down * free.height())))
    button.show()
    tell_beside(button, "\n".join(["conv2: ? → N×32×14×14"] * lines))
    (tip,) = (each for each in QApplication.topLevelWidgets() if each.inherits("QTipLabel"))
    assert QToolTip.isVisible()
    about = QRect(button.mapToGlobal(QPoint(0, 0)), button.size())
    assert not tip.geometry().intersects(about)
    QToolTip.hideText()
    tip.close()
