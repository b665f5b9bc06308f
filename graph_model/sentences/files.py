"""What can be wrong with a project file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph_model.sentences.kind import ProblemKind, error

FILES: Final[Mapping[str, ProblemKind]] = {
    # Project files
    "file_not_found": error("{path}: there is no such file."),
    "file_unreadable": error("{path} cannot be read: {reason}."),
    "file_too_large": error(
        "{place} has more than {limit} bytes, which no project file of Layerweft has."
    ),
    "file_not_text": error("{place}: this is not text in UTF-8, so it is no project file."),
    "file_not_json": error("{place}: this is not JSON: {reason}."),
    "file_too_deep": error("{place} is nested deeper than any project file is."),
    "file_wrong_format": error("{place} is not a “{expected}”."),
    "file_newer": error(
        "The file was written by a newer version of Layerweft: its format is {got}, and this "
        "version reads up to {known}. Update Layerweft to open it."
    ),
    "file_wrong_version": error("{place}: there has never been a format {got}; it is {known}."),
    "file_unknown_key": error("{place}: “{key}” does not belong here. Known are: {known}."),
    "file_missing_key": error("{place}: “{key}” is missing."),
    "file_duplicate_key": error("{place} has an object in which “{key}” stands twice."),
    "file_duplicate_id": error("{place}: the id “{id}” is used twice."),
    "file_missing_id": error("{place}: there is nothing of the id “{id}”."),
    "file_second_edge": error("{place}: two edges end at “{port}” of the node “{node}”."),
    "file_wrong_type": error("{place}: expected {expected}, but found {got}."),
    "file_number_too_large": error("{place}: a number is too large ({got})."),
    "file_bad_formula": error("{place}: {reason}"),
    "file_bad_character": error("{place}: a character is not permitted in {got}."),
}
