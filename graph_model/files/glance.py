"""What a list tells of a project: its name and settings, read without the drawing.

That takes a tenth of the time. A file is looked at so only where it is laid out as this version
writes it; any other is read whole, and so is one in which anything that is looked at is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from graph_model.files.data_paths import whole_path, with_changed_paths, with_whole_paths
from graph_model.files.format_values import line_of
from graph_model.files.project_format import FORMAT, VERSION, loads
from graph_model.files.recipe_format import NEEDED, read_field
from graph_model.files.storage import ProjectFileError, read_text
from graph_model.files.strict_json import LARGEST_TEXT, parse
from graph_model.frozen import frozen
from graph_model.recipe import Recipe
from graph_model.recipes.setting_values import FIELDS, setting_values, values_of_field
from graph_model.values import Value

_HEAD: Final = f'{{\n  "format": {line_of(FORMAT)},\n  "version": {VERSION},\n  "main": '
_RECIPE: Final = ',\n  "recipe": {\n    '
_END: Final = "\n  }"
_AFTER: Final = "\n}\n"
_BETWEEN: Final = re.compile(r',\n    (?=")')
"""What parts the entries of a recipe; within a string of JSON there are no line breaks."""
_DIFFERENT: Final = 512
"""How many different entries are remembered: most are the same in many runs."""
_Settings = tuple[tuple[str, Value], ...]


@frozen
class Glance:
    """The name of the main network of a project, and the settings of its recipe."""

    name: str
    settings: Mapping[str, Value]


def glance(path: Path) -> Glance:
    """Look at a project file; raises ``ProjectFileError`` where it is none."""
    text = read_text(path)
    if len(text) <= LARGEST_TEXT and text.startswith(_HEAD) and text.endswith(_AFTER):
        try:
            return _seen(text, path)
        except (ProjectFileError, ValueError, KeyError):
            pass  # the whole of it is read, which tells what is wrong
    project = with_whole_paths(loads(text), path)
    return Glance(project.network.name, setting_values(project.recipe))


def _seen(text: str, path: Path) -> Glance:
    begin = text.index(_RECIPE)
    name = _main_name(text, begin)
    begin += len(_RECIPE)
    entries = _BETWEEN.split(text[begin : text.index(_END, begin)])
    found: dict[str, _Settings] = {}
    for entry in entries:
        field, value, settings = _entry(entry)
        if field == "data":
            settings = _with_whole_paths(value, settings, path)
        found[field] = settings
    if len(found) != len(entries) or not found.keys() >= _NEEDED:
        raise KeyError(path)
    told = {
        name: value
        for field in FIELDS
        for name, value in (found[field] if field in found else _USUAL[field])
    }
    return Glance(name, told)


def _main_name(text: str, end: int) -> str:
    """Return the name of the main network, which stands behind its id."""
    main = text[len(_HEAD) : text.index(",\n", len(_HEAD))]
    before = f'\n    {{\n      "id": {main},\n      "name": '
    begin = text.index(before, 0, end) + len(before)
    return _name(text[begin : text.index(",\n", begin)])


@lru_cache(_DIFFERENT)
def _name(text: str) -> str:
    return parse(text).name()


@lru_cache(_DIFFERENT)
def _entry(text: str) -> tuple[str, Any, _Settings]:
    """Return the field of a recipe that an entry is, its value and its settings."""
    ((field, item),) = parse(f"{{{text}}}").entries()
    value = read_field(field, item)
    return field, value, tuple(values_of_field(field, value)) if field in _USUAL else ()


def _with_whole_paths(data: Any, settings: _Settings, path: Path) -> _Settings:
    changed = with_changed_paths(data, lambda each: whole_path(each, path))
    return settings if changed == data else tuple(values_of_field("data", changed))


_NEEDED: Final = frozenset(NEEDED)
_USUAL: Final = {field: (*values_of_field(field, getattr(Recipe(), field)),) for field in FIELDS}
