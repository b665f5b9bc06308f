"""Running generated scripts in this process: another one takes five seconds to import torch.

Nothing but the standard library is imported here, so that a script has what it imports itself.
"""

from __future__ import annotations

import contextlib
import io
import json
import runpy
import sys
from pathlib import Path
from typing import Any


def run_script(folder: Path, *options: str) -> list[dict[str, Any]]:
    """Do what ``python train.py --threads 1 --json`` does in a folder, and return what it told."""
    arguments, told = sys.argv, io.StringIO()
    sys.argv = ["train.py", "--threads", "1", "--json", *options]
    sys.path.insert(0, str(folder))
    try:
        with contextlib.redirect_stdout(told):
            runpy.run_path(str(folder / "train.py"), run_name="__main__")
    finally:
        sys.path.remove(str(folder))
        sys.argv = arguments
        del sys.modules["model"]
        torch = sys.modules["torch"]  # what the script has turned in it would stay turned
        torch.autograd.set_detect_anomaly(False)
        torch.use_deterministic_algorithms(False)
    return [json.loads(line) for line in told.getvalue().splitlines()]
