"""Outlines of scripts: texts in which ``$`` names a place for lines or for a word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from string import Template

from codegen.line_breaks import wrapped


def filled(
    outline: str, words: Mapping[str, str], blocks: Mapping[str, Sequence[str]]
) -> list[str]:
    """Put words into an outline, and lines in place of those that are nothing but a place's name.

    Those take its indentation.
    """
    lines: list[str] = []
    for line in outline.splitlines():
        name = line.strip().removeprefix("$")
        if line.strip().startswith("$") and name in blocks:
            indent = line[: len(line) - len(line.lstrip())]
            for each in blocks[name]:
                lines += wrapped(indent + each) if each else [""]
        else:
            lines.append(Template(line).substitute(words))
    return lines
