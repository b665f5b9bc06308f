"""Another computer to train on, as it is chosen: how ``ssh`` calls it, and what it has where."""

from __future__ import annotations

import re
from typing import Final

from graph_model.frozen import frozen
from graph_model.problems import Problem

_NAME: Final = re.compile(r"[\w][\w.@:%-]*")
_PATH: Final = re.compile(r"(?:~/|/)?[\w.+-][\w.+-]*(?:/[\w.+-]+)*", re.ASCII)


@frozen
class Host:
    """A host by the name that ``ssh`` has for it, such as ``me@gpu``.

    ``python`` is the Python with PyTorch there, and ``folder`` the one in which runs get folders of
    their own; both may begin with ``~/``.
    """

    name: str
    python: str = "python3"
    folder: str = "~/.layerweft/runs"

    @property
    def problem(self) -> Problem | None:
        """What is wrong with how it is named: what stands here becomes part of commands."""
        if not self.name:
            return Problem("host_missing")
        if not _NAME.fullmatch(self.name):
            return Problem("host_no_name", {"host": self.name})
        for path in (self.python, self.folder):
            if not _PATH.fullmatch(path) or ".." in path.split("/"):
                return Problem("host_no_path", {"path": path})
        return None
