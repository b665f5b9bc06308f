"""Writes ``docs/oracles.md``, what torch's own tests say of the layers.

``python -m tests.graph_model.layers.oracle_page write|check``
"""

from __future__ import annotations

import inspect
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import torch
from torch import nn
from torch.testing._internal.common_methods_invocations import op_db
from torch.testing._internal.common_modules import module_db

from graph_model.layers import LAYERS
from graph_model.layers.left_out import LEFT_OUT
from graph_model.recipes.losses import LOSSES
from tests.graph_model.layers import test_module_samples as modules
from tests.graph_model.layers import test_operation_samples as operations
from tests.graph_model.layers.operation_entries import SPELLINGS, WITHOUT
from tests.graph_model.layers.stricter import STRICTER
from tools.generated_page import keep

PAGE: Final = Path(__file__).resolve().parents[3] / "docs" / "oracles.md"
HEAD: Final = """\
# What the layers are held against

A shape rule is believed because torch agrees with it, on inputs that we did not choose: the
samples and the error inputs with which torch tests itself, `module_db` and `op_db` in
`torch.testing._internal`. Outputs, their dtypes, and the names and shapes of weights must be
equal; what torch refuses, the rule must refuse. What those databases lack is drawn by hypothesis
and put to torch itself (`tests/graph_model/layers/test_against_torch.py`): every layer of the
catalogue, whether it has samples or not, with arguments and inputs that suit and such that do
not. This page is made by `python -m tests.graph_model.layers.oracle_page write`, with torch
{version}; a test holds it.
"""


def page() -> str:
    """Return the text of the page."""
    parts = [HEAD.format(version=torch.__version__.partition("+")[0])]
    return "\n".join([*parts, *_modules(), *_functions(), *_refused()]) + "\n"


def _modules() -> Iterator[str]:
    names = {info.module_cls.__name__ for info in module_db}
    layers, losses = names & LAYERS.keys(), names & LOSSES.keys()
    lazy = names & {info.module_cls.__name__ for info in modules.INFOS} - layers
    yield "## Classes of torch.nn\n"
    yield f"Of the {len(names)} classes in `module_db`:\n"
    yield f"- {len(layers)} are layers, held against their samples."
    yield f"- {len(lazy)} are the lazy twins of such layers, held as those: {_listed(lazy)}."
    yield (
        f"- {len(losses)} of them are losses of the recipe as well, whose samples must have the "
        f"targets that the recipe gives them: {_listed(losses)}."
    )
    for name in sorted(names - layers - lazy):
        yield f"- {name} is not here: {LEFT_OUT[name]}."
    found = modules.outcomes()
    yield "\n| Samples | of those layers |\n|---|---|"
    yield f"| {found[modules.AGREED]} | {modules.AGREED} |"
    yield f"| {found[modules.GIVEN_A_BATCH]} | {modules.GIVEN_A_BATCH}, which comes first here |"
    yield f"| {found[modules.REFUSED]} | {modules.REFUSED}, as told below |"
    for reason, why in modules.NOT_EXPRESSED.items():
        yield f"| {found[reason]} | not drawn ({reason}): {why} |"
    yield f"| {modules.error_samples()} | error inputs, all refused |"
    absent = {
        name
        for name, member in vars(nn).items()
        if inspect.isclass(member) and issubclass(member, nn.Module)
    } - names
    drawn = absent & LAYERS.keys()
    yield (
        f"\n`module_db` lacks {len(drawn)} classes that are layers here, held against torch by "
        f"drawn arguments alone: {_listed(drawn)}. "
        "Those that it lacks and that are not layers are listed with their reasons in "
        "[layers](layers.md)."
    )


def _functions() -> Iterator[str]:
    kinds = {kind for kind, _ in SPELLINGS}
    yield "\n## Functions\n"
    yield (
        f"{len(operations.ENTRY_NAMES)} of the {len({info.name for info in op_db})} functions in "
        f"`op_db` are layers here, {len(kinds)} of them; the rest is linear algebra, signal "
        "processing, special functions, random numbers and other names of the same. Their samples "
        "of real numbers, whole numbers and truth values:\n"
    )
    found = _together(sum(map(operations.outcomes, operations.ENTRY_NAMES), Counter()))
    yield "| Samples | |\n|---|---|"
    for outcome in operations.OUTCOMES:
        yield f"| {found[outcome]} | {outcome} |"
    errors = operations.error_outcomes()
    yield f"| {errors[operations.REFUSED]} | error inputs, all refused |"
    others = errors.total() - errors[operations.REFUSED]
    yield f"| {others} | error inputs that cannot be drawn, for the same reasons |"
    yield "\nWhere samples cannot be drawn, by function:\n"
    for reason in operations.OUTCOMES[3:]:
        counts = {name: operations.outcomes(name)[reason] for name in operations.ENTRY_NAMES}
        listed = (f"{name} {count}" for name, count in counts.items() if count)
        yield f"- {reason}: {', '.join(listed)}."
    yield (
        "\nThe large numbers are: `eye` of two sizes and of other dtypes, `linspace` of other "
        "dtypes and with tensors for its ends, `div` with a number first or a `rounding_mode` that "
        "Trunc and FloorDivide are for, `interpolate` with a factor for each dimension, `prod` "
        "over everything (Flatten comes first here), and truth values added to numbers."
    )
    yield "\nOperations without an entry, held against torch by drawn arguments alone:\n"
    yield from (f"- {kind}: {reason}." for kind, reason in WITHOUT.items())


def _together(found: Counter[str]) -> Counter[str]:
    """Add up what was refused on purpose, for whatever reason."""
    result: Counter[str] = Counter()
    for outcome, count in found.items():
        result[outcome.partition(":")[0]] += count
    return result


def _refused() -> Iterator[str]:
    found = sum(map(operations.outcomes, operations.ENTRY_NAMES), Counter())
    yield "\n## Refused although torch lets it pass\n"
    yield (
        "A rule may be stricter than torch only where this table says so, by the code of the "
        "[problem](problems.md). The number counts samples of functions; what has none was met "
        "with drawn arguments, or with samples of classes.\n"
    )
    yield "| Problem | Samples | Because |\n|---|---|---|"
    for code, (_, why) in STRICTER.items():
        yield f"| `{code}` | {found[f'{operations.REFUSED}: {code}'] or ''} | {why} |"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


if __name__ == "__main__":
    sys.exit(keep(PAGE, page, "tests.graph_model.layers.oracle_page"))
