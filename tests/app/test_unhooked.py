"""The window's imports go past the hook that PySide6 puts on them."""

from __future__ import annotations

import subprocess
import sys

LOOK = """
import app.opening
from shibokensupport.feature import pyside_feature_dict
import wave  # a module that nothing before has imported
print('app.main_window' in pyside_feature_dict, 'wave' in pyside_feature_dict)
"""


def test_pyside_reads_no_module_that_the_window_imports(root):
    done = subprocess.run(
        [sys.executable, "-c", LOOK], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "False"]
