"""An exception in a method that Qt calls is told and goes no further, however deep that lies."""

from __future__ import annotations

import subprocess
import sys

import pytest

STORM = """
import gc, sys
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from app.guarded import guard_overrides

guard_overrides("__main__")
told = []
sys.excepthook = lambda kind, error, trace: told.append(kind)

class Inner(QWidget):
    def sizeHint(self):
        raise KeyError("gone")
    def resizeEvent(self, event):
        pass
    def paintEvent(self, event):
        pass
    def changeEvent(self, event):
        super().changeEvent(event)

class Outer(QWidget):
    def __init__(self):
        super().__init__()
        self.column, self.inner = QVBoxLayout(self), Inner()
        self.column.addWidget(self.inner)
    def event(self, event):
        return super().event(event)
    def resizeEvent(self, event):
        super().resizeEvent(event)
    def changeEvent(self, event):
        super().changeEvent(event)
    def paintEvent(self, event):
        super().paintEvent(event)

application = QApplication([])
outer = Outer()
outer.show()
for turn in range(300):
    for step in (
        lambda: (outer.resize(100 + turn % 50, 100 + turn % 40), outer.inner.updateGeometry()),
        lambda: outer.inner.resize(20 + turn % 7, 20 + turn % 9),
        application.processEvents,
    ):
        try:
            step()
        except KeyError:
            pass
gc.collect()
print(len(told), *{kind.__name__ for kind in told}, QSize() == outer.inner.sizeHint())
"""


def test_what_is_raised_is_told_and_what_qt_would_answer_is_answered(root):
    command = [sys.executable, "-c", STORM]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    count, kind, is_as_of_qt = done.stdout.split()
    assert int(count) >= 300
    assert (kind, is_as_of_qt) == ("KeyError", "True")


@pytest.mark.parametrize(
    "name", ["app.canvas.card.CardItem.paint", "app.canvas.view.CanvasView.event"]
)
def test_classes_of_the_window_are_guarded_and_know_their_methods_by_name(root, name):
    module, kind, method = name.rsplit(".", 2)
    script = f"""
import app.commands.open
from importlib import import_module
found = getattr(getattr(import_module("{module}"), "{kind}"), "{method}")
print(found.__name__, found.__wrapped__.__module__)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [method, module]
