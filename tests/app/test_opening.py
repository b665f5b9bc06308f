"""The end of the window is that of its process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

WITH_A_THREAD = """
import threading
from app.opening import end_process
threading.Thread(target=threading.Event().wait).start()
print("told")
end_process(3)
"""


def test_the_process_waits_for_no_thread_but_loses_nothing_it_said(root: Path) -> None:
    command = [sys.executable, "-c", WITH_A_THREAD]
    ended = subprocess.run(command, cwd=root, check=False, capture_output=True, text=True)
    assert (ended.returncode, ended.stdout) == (3, "told\n")
