"""Any archive of a model becomes a project with its weights, by what the file is called."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from codegen.archives.graph import ReadArchive
from codegen.archives.onnx import read_onnx
from codegen.archives.pt2 import read_pt2
from codegen.archives.torchscript import read_torchscript
from codegen.importing.inputs import ToldInput
from graph_model.problems import Problem, Refusal

_READERS: Final = {".onnx": read_onnx, ".pt2": read_pt2}
_SCRIPTS: Final = (".pt", ".pth", ".ts", ".torchscript")


def read_archive(path: Path, inputs: Sequence[ToldInput] = ()) -> ReadArchive:
    """Return what an archive draws; nothing in it is run. Raises ``Refusal`` where it is none.

    ``inputs`` are needed of TorchScript that was not traced: it does not say what it takes.
    """
    if path.suffix.lower() in _SCRIPTS:
        return read_torchscript(path, inputs)
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        values = {
            "path": path.name,
            "format": path.suffix or "a model",
            "reason": "it is no such file",
        }
        raise Refusal(Problem("archive_damaged", values))
    return reader(path)
