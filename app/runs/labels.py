"""What people write beside a run: a name, tags, a note and a star; its record stays as it was."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from graph_model.files.atomic import write_atomically
from graph_model.files.plain_file import read_start
from graph_model.frozen import frozen

LABELS: Final = "labels.json"
"""Where they lie in the folder of the run."""
_LARGEST: Final = 2**18
"""How many bytes of the file are read; a long note has a few thousand."""
_LONGEST: Final = 60_000
"""How many characters a note has at most."""
_LONGEST_WORD: Final = 200


@frozen
class Labels:
    """What was written; ``name`` stands in place of that of the folder."""

    name: str = ""
    tags: tuple[str, ...] = ()
    note: str = ""
    is_starred: bool = False


def read_labels(folder: Path) -> Labels:
    """Return what was written beside a run; nothing where nothing can be read."""
    try:
        stored = json.loads(read_start(folder / LABELS, _LARGEST))
    except (OSError, ValueError, RecursionError):
        return Labels()
    return labels_of(stored)


def labels_of(stored: Any) -> Labels:
    """Return the labels that a JSON value holds, as far as they are any."""
    if not isinstance(stored, dict):
        return Labels()
    tags = stored.get("tags")
    return Labels(
        _text(stored.get("name"))[:_LONGEST_WORD],
        as_tags(tags if isinstance(tags, list) else ()),
        _text(stored.get("note"))[:_LONGEST],
        stored.get("is_starred") is True,
    )


def as_tags(words: Iterable[object]) -> tuple[str, ...]:
    """Return words as tags: without blanks around them, each once."""
    given = (_text(word).strip()[:_LONGEST_WORD] for word in words)
    return tuple(dict.fromkeys(word for word in given if word))


def split_tags(text: str) -> tuple[str, ...]:
    """Return the tags that were written with commas between, Chinese ones too."""
    return as_tags(text.replace("，", ",").split(","))


def keep_labels(folder: Path, labels: Labels) -> None:
    """Write labels beside a run; raises ``OSError`` where that cannot be done."""
    text = json.dumps(asdict(labels), ensure_ascii=False, indent=1) + "\n"
    write_atomically(folder / LABELS, text.encode())


def _text(stored: object) -> str:
    return stored if isinstance(stored, str) else ""
