"""Why something of an archive is not drawn, in words that do without the lines of a text."""

from __future__ import annotations

from typing import Final

from codegen.importing.values import UnreadError
from graph_model.problems import Problem, Refusal

_REASONS: Final = {
    "import_size_unknown": "it needs a size that is not known",
    "import_shape_unknown": "the shape of what it reads is not known",
    "import_cannot_reshape": "its sizes do not fit the tensor",
    "import_depends_on_values": "it depends on the values of a tensor",
    "import_too_large": "its numbers are too large",
}
"""Why something is not drawn, by the code of the problem."""


def reason_of(problem: Problem) -> str:
    """Return why, in the words of the rule that did not hold."""
    if problem.code == "archive_unfit":
        return problem.values["reason"]
    if problem.code == "import_bad_argument":
        return f"the catalogue does not take {problem.values['argument']}"
    if problem.code.startswith("import_"):
        return _REASONS.get(problem.code, "there is nothing like it in the catalogue")
    return problem.message.rstrip(".")


def refusal(error: UnreadError) -> Refusal:
    """Return the refusal of a whole archive."""
    problem = error.problem
    if problem.code.startswith("import_"):
        problem = Problem("archive_unfit", {"reason": reason_of(problem)})
    return Refusal(problem)
