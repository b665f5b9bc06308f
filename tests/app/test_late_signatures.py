"""What PySide6 knows of its functions is loaded late, and is then what it always was."""

from __future__ import annotations

import subprocess
import sys

from app import late_signatures

LATE = "import app.unhooked"
AT_ONCE = "import PySide6.QtCore"
ASKS = """
from PySide6 import QtCore, QtWidgets as of
try:
    QtCore.QUrl().setUrl(3)
except TypeError as error:
    print(error)
from shibokensupport.signature import get_signature
print(get_signature(of.QLabel.setText), get_signature(of.QWidget.resize))
print(of.QLabel.setText.__doc__)
from shibokensupport.signature import errorhandler, layout, mapping, parser
from shibokensupport.signature.lib import enum_sig, pyi_generator, tool
for each in (errorhandler, layout, mapping, parser, enum_sig, pyi_generator, tool):
    assert not hasattr(each, "nothing_of_this_name")
    own = (key for key, of in vars(each).items() if getattr(of, "__module__", 0) == each.__name__)
    print(each.__name__, sorted(own))
"""
BEFORE = """
import app.commands.open
from app.late_signatures import _texts
print(len(_texts))
"""


def told(root, script: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_what_is_asked_for_late_is_as_it_is_at_once(root):
    late, at_once = told(root, LATE + ASKS), told(root, AT_ONCE + ASKS)
    assert late == at_once
    assert "Supported signatures" in late
    assert "pyi_generator" in late


def test_the_window_is_imported_without_it(root):
    assert int(told(root, BEFORE)) == len(late_signatures._LATE)
