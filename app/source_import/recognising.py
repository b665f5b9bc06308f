"""Whether something is PyTorch source or an archive of a model, told without reading all of it."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Final

from codegen.importing.limits import LONGEST
from graph_model.files.plain_file import need_plain_file, read_start

SUFFIX: Final = ".py"
ARCHIVES: Final = (".onnx", ".pt2", ".pt", ".pth", ".ts")
"""What archives of models are called; some are called like weights alone."""
SAYS_ITS_INPUTS: Final = (".onnx", ".pt2")
"""Those that tell the sizes of what a model takes."""
_MAYBE: Final = (".pt", ".pth", ".ts")


def looks_like_source(text: str) -> bool:
    """Tell whether a text defines a module of PyTorch."""
    return "class " in text and "Module" in text and "def forward" in text


def is_source(path: Path) -> bool:
    """Tell whether a file defines a module of PyTorch."""
    if path.suffix.lower() != SUFFIX:
        return False
    try:
        return looks_like_source(read_start(path, LONGEST).decode("utf-8", "replace"))
    except OSError:
        return False


def is_archive(path: Path) -> bool:
    """Tell whether a file is an archive of a model; weights alone, called the same, are none."""
    suffix = path.suffix.lower()
    if suffix not in _MAYBE:
        return suffix in ARCHIVES
    try:
        need_plain_file(path)
        with zipfile.ZipFile(path) as archive:
            return any("/code/" in each for each in archive.namelist())
    except (OSError, ValueError, RuntimeError, zipfile.BadZipFile, NotImplementedError):
        return False
