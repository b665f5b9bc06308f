"""Writes ``docs/code-length.md``, exported files beside those written by hand.

write  make the page anew: ``python -m tools.code_length write``
check  exit with 1 where the page is not up to date
"""

from __future__ import annotations

import inspect
import io
import sys
import tokenize
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Final, NamedTuple

from app.project.examples import load_example
from codegen.emit import source
from graph_model.inference.infer import infer
from graph_model.network import Project
from tests.handwritten import PAIRS
from tests.references import REFERENCES
from tools.generated_page import keep

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "code-length.md"

HEAD = """\
# How long exported files are

Lines of code of every published network among the examples: as Layerweft exports it, and as written
by hand in `tests/references`. Blank lines, comments, docstrings and the example of use at the end
are not counted; both are formatted by ruff with lines of 100 characters. A test holds that both
compute the same with the same weights, and how long an exported file may be. This page is made by
`python -m tools.code_length write`.

| Network | Exported | By hand | Ratio |
|---|---:|---:|---:|
"""


OTHERS = """
Networks that are no examples, with gates, rotary embedding, windows, experts and noise, as drawn
and as written by hand in `tests/handwritten`. The weights of one fit the other.

| Network | Exported | By hand | Ratio |
|---|---:|---:|---:|
"""

_NO_CODE: Final = {
    tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT,
    tokenize.ENDMARKER,
}  # fmt: skip


class Length(NamedTuple):
    """Lines of code of one network."""

    exported: int
    by_hand: int

    @property
    def ratio(self) -> float:
        """How many times as long the exported file is."""
        return self.exported / self.by_hand


def length(project: Project, by_hand: ModuleType) -> Length:
    """Return the lengths of a project's file and of one written by hand."""
    exported = source(infer(project.network, blocks=project.networks)).text
    return Length(lines_of_code(exported), lines_of_code(inspect.getsource(by_hand)))


def length_of_example(name: str) -> Length:
    """Return the lengths for the published example of this name."""
    return length(load_example(name), REFERENCES[name].file)


def lines_of_code(text: str) -> int:
    """Count the lines of a file that hold code, as far as ``if __name__ …``."""
    code, _, _ = text.partition("\nif __name__")
    found: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.type not in _NO_CODE and not token.string.startswith('"""'):
            found.update(range(token.start[0], token.end[0] + 1))
    return len(found)


def page() -> str:
    """Return the text of the page."""
    published = {name: length_of_example(name) for name in REFERENCES}
    others = {name: length(pair.drawn(), pair.file) for name, pair in PAIRS.items()}
    return HEAD + _rows(published) + OTHERS + _rows(others)


def _rows(lengths: Mapping[str, Length]) -> str:
    total = Length(*map(sum, zip(*lengths.values(), strict=True)))
    return "".join(
        f"| {name} | {each.exported} | {each.by_hand} | {each.ratio:.2f} |\n"
        for name, each in {**lengths, "all together": total}.items()
    )


if __name__ == "__main__":
    sys.exit(keep(PAGE, page, "tools.code_length"))
