"""Where the data of a project lie: in its file relative to that, in memory from the root."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from graph_model.network import Project
from graph_model.recipe import Choice
from graph_model.recipes.sources import SOURCES
from graph_model.values import PATHS


def with_whole_paths(project: Project, file: Path) -> Project:
    """Return a project that was read from a file, with the paths of its data from the root."""
    return _changed(project, lambda path: _whole(path, _folder(file)))


def with_short_paths(project: Project, file: Path) -> Project:
    """Return a project as it is written to a file: paths beside or below that begin there.

    They have forward slashes on every system, and are right wherever the folder is moved to.
    """
    return _changed(project, lambda path: _short(path, _folder(file)))


def whole_path(path: str, file: Path | None) -> str:
    """Return a path as a person typed it, in a project of a file or of none yet, from the root."""
    return _whole(path, _folder(file) if file is not None else str(Path.cwd()))


def _folder(file: Path) -> str:
    return os.path.dirname(os.path.abspath(file))  # noqa: PTH100,PTH120  # follows no links


def _whole(path: str, folder: str) -> str:
    """Return a path from the root; one that begins nowhere else begins in a folder.

    Files of earlier versions meant the folder in which the application was started.
    """
    if not path or path.startswith("~") or os.path.isabs(path):  # noqa: PTH117
        return path
    beside = os.path.normpath(os.path.join(folder, path))  # noqa: PTH118
    started = os.path.abspath(path)  # noqa: PTH100
    is_old = not os.path.lexists(beside) and os.path.lexists(started)
    return started if is_old else beside


def _short(path: str, folder: str) -> str:
    if not path or not os.path.isabs(path):  # noqa: PTH117
        return path
    whole = Path(os.path.normpath(path))
    is_below = whole.is_relative_to(folder) and whole != Path(folder)
    return whole.relative_to(folder).as_posix() if is_below else path


def _changed(project: Project, change: Callable[[str], str]) -> Project:
    data = with_changed_paths(project.recipe.data, change)
    if data == project.recipe.data:
        return project
    return replace(project, recipe=replace(project.recipe, data=data))


def with_changed_paths(data: Choice, change: Callable[[str], str]) -> Choice:
    """Return a choice of data with each path in it changed; no other argument is touched."""
    kind = SOURCES.get(data.kind)
    names = {each.name for each in kind.parameters if each.type in PATHS} if kind else set()
    arguments = {
        name: change(value)
        if name in names and isinstance(value, str) and "\0" not in value
        else value
        for name, value in data.arguments.items()
    }
    return replace(data, arguments=arguments)
