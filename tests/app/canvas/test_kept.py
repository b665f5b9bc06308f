"""The controls above the canvas are painted from a picture that follows what changes in them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from app.canvas.kept import KeptPicture
from app.look.theme import Mode


@pytest.fixture
def controls(view):
    """The frame with the buttons, in its place."""
    view.overlay.place()
    return view.overlay._controls


def looks(view, controls) -> QImage:
    """Return how the controls look in the window."""
    return view.grab(controls.geometry()).toImage()


def test_one_picture_serves_many_frames(view, controls, monkeypatch):
    made = []
    paint = KeptPicture.sourcePixmap
    monkeypatch.setattr(
        KeptPicture, "sourcePixmap", lambda kept, *how: (made.append(how), paint(kept, *how))[1]
    )
    first = looks(view, controls)
    del made[:]
    assert looks(view, controls) == first
    assert made == []


def test_what_changes_in_a_button_is_seen(view, controls, themes):
    button, place = view.overlay._buttons["zoom-in"], QPoint(8, 8)
    seen = [looks(view, controls)]
    QTest.mousePress(button, Qt.MouseButton.LeftButton, pos=place)
    seen.append(looks(view, controls))
    button.setDown(False)
    view.overlay._buttons["fit"].setEnabled(False)
    seen.append(looks(view, controls))
    view.overlay._buttons["fit"].setEnabled(True)
    view.arranging.change_direction()
    seen.append(looks(view, controls))
    themes.set_mode(Mode.DARK)
    seen.append(looks(view, controls))
    assert len({each.constBits().tobytes() for each in seen}) == len(seen)


def test_the_zoom_is_read_between_the_buttons(view, controls):
    overlay = view.overlay
    before = looks(view, controls)
    view.look_at(0.5, view.area().center())
    assert overlay._zoom.text() == "50 %"
    assert looks(view, controls) != before
    label = overlay._zoom.geometry()
    assert controls.geometry().contains(label)
    for button in (each for each in overlay._buttons.values() if not each.isHidden()):
        assert not label.intersects(button.geometry().translated(controls.pos()))


def test_the_zoom_has_its_place_again_after_there_was_no_room(view, controls):
    overlay = view.overlay
    wide = controls.width()
    overlay._make_room(wide - 20)
    assert overlay._zoom.isHidden()
    view.hide()
    overlay._make_room(wide)
    assert not overlay._zoom.isHidden()
    assert overlay._gap.geometry().width() == overlay._gap.sizeHint().width() > 0
