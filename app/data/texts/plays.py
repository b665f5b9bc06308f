"""The plays of Shakespeare that come along: their text, and passages of each kind of play."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from app.data.dataset import Dataset
from app.data.texts.samples import classified_texts, gone_on_with
from app.resources import RESOURCES
from graph_model.recipes.source_kinds.bundled import KINDS_OF_PLAYS
from graph_model.values import Arguments

_PATH: Final = RESOURCES / "data" / "shakespeare.zip"
_SPEAKER: Final = re.compile(r"[A-Z][A-Z .,'’]*[.:]?")
_NO_SPEECH: Final = re.compile(r"\[[^\]]*\]|^(?:ACT|Act|SCENE|Scene)\b.*$", re.MULTILINE)
_LINES: Final = 8
"""How many lines make a passage."""


def plays() -> dict[str, tuple[str, str]]:
    """Return kind and text of each play."""
    with zipfile.ZipFile(_PATH) as archive:
        return {
            Path(name).stem: (Path(name).parent.name, archive.read(name).decode())
            for name in archive.namelist()
        }


def load_text(arguments: Arguments) -> Dataset:
    """Read one play or all, which is to be gone on with."""
    found = {name: text for name, (_, text) in plays().items()}
    name = str(arguments["play"])
    text = "\n".join(found.values()) if name == "all" else found[name]
    return gone_on_with(_PATH, text, arguments)


def load_kinds(arguments: Arguments) -> Dataset:
    """Read passages of all plays; the group of each is its play."""
    texts: list[str] = []
    labels: list[int] = []
    groups: list[int] = []
    for group, (kind, text) in enumerate(plays().values()):
        found = [*passages(text)]
        texts += found
        labels += [KINDS_OF_PLAYS.index(kind)] * len(found)
        groups += [group] * len(found)
    data = classified_texts(_PATH, texts, labels, KINDS_OF_PLAYS, arguments)
    return replace(data, groups=np.array(groups))


def passages(text: str) -> Iterator[str]:
    """Yield what is spoken in a play, some lines each, without who speaks and what is done."""
    spoken = [line.strip() for line in _NO_SPEECH.sub("", text).splitlines()]
    lines = [line for line in spoken if line and not _SPEAKER.fullmatch(line)]
    for at in range(0, len(lines) - _LINES + 1, _LINES):
        yield "\n".join(lines[at : at + _LINES])
