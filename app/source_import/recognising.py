"""Whether something is PyTorch source or an archive of a model, told without reading all of it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from codegen.importing.limits import LONGEST
from graph_model.files.plain_file import read_start

SUFFIX: Final = ".py"
ARCHIVES: Final = (".onnx",)
"""What archives of models are called."""


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
    """Tell whether a file is called like an archive of a model."""
    return path.suffix.lower() in ARCHIVES
