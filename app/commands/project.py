"""What several commands share: reading the project they were given, and writing files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from app.commands import UsageError
from app.late import late
from app.permission import known_here
from app.project.examples import BY_NAME, UnknownExampleError, load_example
from app.project.opened import Opened, opened
from graph_model.custom_layers.known import Known, root
from graph_model.files.atomic import write_atomically
from graph_model.files.storage import ProjectFileError
from graph_model.inference.infer import Inference, infer_project
from graph_model.network import Project

_PREFIX: Final = "example:"
HOW_TO_ALLOW: Final = "“layerweft custom FILE” shows the text of custom layers, to be allowed."


def read(given: str) -> Project:
    """Return the project of a file or ``example:NAME``; raises ``UsageError``."""
    return open_project(given).project


def open_project(given: str) -> Opened:
    """Open a file or ``example:NAME``, for the window; raises ``UsageError``."""
    try:
        if given.startswith(_PREFIX):
            name = given.removeprefix(_PREFIX)
            return Opened(load_example(name), beginning=BY_NAME[name].beginning)
        return opened(Path(given))
    except UnknownExampleError as error:
        raise UsageError(str(error)) from None
    except ProjectFileError as error:
        raise UsageError(f"{_where(given, error)}{error}") from None


def write(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all; raises ``UsageError`` where that cannot be done."""
    try:
        write_atomically(path, content.encode() if isinstance(content, str) else content)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}.") from None


def make_folder(path: Path) -> Path:
    """Make a folder, and those above it, where it is missing; raises ``UsageError``."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"The folder {path} cannot be made: {error.strerror}.") from None
    return path


def settled(project: Project) -> tuple[Inference, Known]:
    """Infer a project, running those of its custom layers that are allowed on this machine."""
    known = known_here()
    if not project.layers:
        return infer_project(project, known), known
    runs = late("codegen.custom_layers.prober")
    with runs.Prober() as prober:
        found: tuple[Inference, Known] = runs.settle(project, known, prober)
    return found


def say_problems(inference: Inference) -> bool:
    """Print the errors of a network and tell whether there are any."""
    for problem in inference.problems:
        if problem.is_error:
            node = inference.network.nodes.get(problem.node)
            where = f"{node.name}: " if node else ""
            print(f"error: {where}{problem.message}", file=sys.stderr)
    if any(root(problem).code == "custom_not_allowed" for problem in inference.problems):
        print(HOW_TO_ALLOW, file=sys.stderr)
    return inference.has_errors


def _where(given: str, error: ProjectFileError) -> str:
    """Return the name of the file where the message does not begin with it."""
    return "" if given in str(error) else f"{given}: "
