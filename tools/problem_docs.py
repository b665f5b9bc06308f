"""Writes ``docs/problems.md``, the page of all problems: ``python -m tools.problem_docs write``.

write  make the page anew from the sentences and their examples
check  exit with 1 where the page is not theirs
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from graph_model.inference.infer import infer
from graph_model.problems import KINDS, Problem, Severity
from graph_model.sentences.advice import ADVICE
from graph_model.sentences.arrays import ARRAYS
from graph_model.sentences.diagnosis import DIAGNOSIS
from graph_model.sentences.exporting import EXPORTING
from graph_model.sentences.files import FILES
from graph_model.sentences.kind import ProblemKind
from graph_model.sentences.layers import LAYERS
from graph_model.sentences.networks import NETWORKS
from graph_model.sentences.samples import SAMPLES
from graph_model.sentences.tables import TABLES
from graph_model.sentences.training import TRAINING
from tools.generated_page import keep
from tools.mistakes import by_code

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "problems.md"

HEAD = """\
# Problems

Everything that Layerweft says of a network, a recipe or a file, by code. An **error** keeps the
network from being built; a *warning* is hardly meant; advice could be better. Where there is an
example, the sentence is that of the smallest network with this mistake, and the fixes are those
that it offers; a test holds each against torch and applies every fix. Otherwise `{…}` stands for
a value. This page is made by `python -m tools.problem_docs write`.
"""

PARTS: Final[Mapping[str, Mapping[str, ProblemKind]]] = {
    "Networks and blocks": NETWORKS,
    "Layers": LAYERS,
    "Advice": ADVICE,
    "Training": {**TRAINING, **TABLES, **ARRAYS, **SAMPLES},
    "Noticed while training": DIAGNOSIS,
    "Export": EXPORTING,
    "Files": FILES,
}


def page() -> str:
    """Return the text of the page."""
    examples = {
        code: next(each for each in infer(mistake.network).problems if each.code == code)
        for code, mistake in by_code()
    }
    parts = [HEAD, f"There are {len(KINDS)} kinds, {len(examples)} of them with an example.\n"]
    for title, kinds in PARTS.items():
        parts += [f"## {title}\n", "| Code | Severity | Sentence | Fixes |", "|---|---|---|---|"]
        parts += [_row(code, kind, examples.get(code)) for code, kind in kinds.items()]
        parts.append("")
    return "\n".join(parts)


_MARKS: Final = {Severity.ERROR: "**error**", Severity.WARNING: "*warning*"}


def _row(code: str, kind: ProblemKind, example: Problem | None) -> str:
    sentence = example.message if example else kind.template
    cells = (f"`{code}`", _MARKS.get(kind.severity, "advice"), sentence, "; ".join(_fixes(example)))
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


def _fixes(example: Problem | None) -> Iterator[str]:
    if example:
        yield from (fix.message for fix in example.fixes)


if __name__ == "__main__":
    sys.exit(keep(PAGE, page, "tools.problem_docs"))
