"""Any archive of a model becomes a project with its weights, by what the file is called."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from codegen.archives.graph import ReadArchive
from codegen.archives.onnx import read_onnx
from graph_model.problems import Problem, Refusal

_READERS: Final = {".onnx": read_onnx}


def read_archive(path: Path) -> ReadArchive:
    """Return what an archive draws; nothing in it is run. Raises ``Refusal`` where it is none."""
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        values = {"path": path.name, "format": "ONNX", "reason": "it is no such file"}
        raise Refusal(Problem("archive_damaged", values))
    return reader(path)
