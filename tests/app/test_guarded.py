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


UNGUARDED = """
import importlib, pkgutil
import app.commands.open
from shiboken6 import Shiboken

for each in pkgutil.walk_packages(app.__path__, "app."):
    if not each.name.endswith("__main__"):
        importlib.import_module(each.name)

def all_below(kind):
    for each in type.__subclasses__(kind):
        yield each
        yield from all_below(each)

def is_of_qt(kind):
    return kind.__module__.startswith("PySide6.")

for kind in set(all_below(Shiboken.Object)):
    for name, method in vars(kind).items() if kind.__module__.startswith("app.") else ():
        overridden = any(name in vars(each) for each in kind.__mro__ if is_of_qt(each))
        is_method = callable(method) and not name.startswith("__") and not isinstance(method, type)
        if overridden and is_method and not hasattr(method, "__wrapped__"):
            print(f"{kind.__name__}.{name}")
"""


def test_all_that_the_window_overrides_is_guarded(root):
    """But for what Qt does not call, or could do nothing without."""
    found = subprocess.run(
        [sys.executable, "-c", UNGUARDED], cwd=root, capture_output=True, text=True, check=True
    )
    assert sorted(found.stdout.split()) == ["NumbersLabel.text", "_Drawing.clone"]


NUMBERS = """
import sys
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, QRectF
from PySide6.QtWidgets import QApplication, QGraphicsItem, QGraphicsScene, QListView
from app.guarded import guard_overrides

guard_overrides("__main__")
told = []
sys.excepthook = lambda kind, error, trace: told.append(kind.__name__)

class List(QAbstractListModel):
    def rowCount(self, parent=QModelIndex()):
        raise KeyError("gone")

class Tree(QAbstractItemModel):
    def columnCount(self, parent=QModelIndex()):
        raise KeyError("gone")
    def index(self, row, column, parent=QModelIndex()):
        raise KeyError("gone")

class Item(QGraphicsItem):
    def boundingRect(self):
        raise KeyError("gone")
    def paint(self, *of):
        pass
    def index(self):
        raise ValueError("not Qt's, so it is not guarded")

application = QApplication([])
model, view, scene, item = List(), QListView(), QGraphicsScene(), Item()
view.setModel(model)
view.show()
scene.addItem(item)
assert scene.itemsBoundingRect() == item.boundingRect() == QRectF()
application.processEvents()
assert Tree().index(0, 0) == QModelIndex() and Tree().columnCount() == 0
try:
    item.index()
except ValueError:
    print(*set(told))
"""


def test_what_has_to_be_a_number_or_a_rectangle_is_none_of_either(root):
    done = subprocess.run(
        [sys.executable, "-c", NUMBERS], cwd=root, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "KeyError\n", "")


def test_the_library_that_draws_plots_is_guarded(root):
    script = """
import app.commands.open
from pyqtgraph import GraphicsView, ViewBox
print(GraphicsView.paintEvent.__wrapped__.__module__, ViewBox.wheelEvent.__wrapped__.__name__)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["pyqtgraph.widgets.GraphicsView", "wheelEvent"]
