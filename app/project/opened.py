"""Opening a project file: for editing in place, or as a copy where the file stays as it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.resources import RESOURCES
from app.runs.folder import is_record
from graph_model.files.plain_file import real_path
from graph_model.files.storage import Origin, read
from graph_model.frozen import frozen
from graph_model.network import Project

if TYPE_CHECKING:
    from app.runs.job import Beginning


@frozen
class Opened:
    """A project that was opened, and the file that it is saved to.

    A copy has no such file, but may have a ``title`` that says what it is a copy of. An example may
    have a ``beginning``, the weights that its runs begin with.
    """

    project: Project
    origin: Origin | None = None
    title: str = ""
    beginning: Beginning | None = None


def stays_as_it_is(path: Path) -> bool:
    """Tell whether a file is never saved over: the record of a run, or one of the application."""
    return is_record(path) or real_path(path).is_relative_to(RESOURCES)


def opened(path: Path) -> Opened:
    """Open a file, or a copy of it; raises ``ProjectFileError`` where it cannot be read."""
    project, origin = read(path)
    if not stays_as_it_is(path):
        return Opened(project, origin)
    return Opened(project, title=real_path(path).parent.name if is_record(path) else "")
