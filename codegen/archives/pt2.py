"""The archive of ``torch.export`` becomes a project with its weights; nothing in it is run."""

from __future__ import annotations

from pathlib import Path

from codegen.archives.aten import AtenReader
from codegen.archives.graph import ReadArchive
from codegen.archives.pt2_file import read_graph
from codegen.archives.reasons import refusal
from codegen.importing.values import UnreadError


def read_pt2(path: Path) -> ReadArchive:
    """Return what an archive draws, and its weights; raises ``Refusal`` where it is none."""
    graph = read_graph(path)
    try:
        return AtenReader(graph, path.stem).read()
    except UnreadError as error:
        raise refusal(error) from None
