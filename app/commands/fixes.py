"""The fixes that ``layerweft check`` offers, numbered through, and what becomes of taking one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from app.commands import UsageError
from app.layout.settle import mended
from app.project.opened import Opened
from app.project.places import found
from app.project.state import Trail
from graph_model.files.storage import save
from graph_model.inference.infer import Inference
from graph_model.network import NetworkId, Project
from graph_model.problems import Fix, Problem


@dataclass(frozen=True, slots=True)
class Offer:
    """A fix under the number by which it is asked for, and the network that it changes."""

    number: int
    fix: Fix
    network: NetworkId


def offers(inference: Inference, problems: Iterable[Problem]) -> Mapping[int, list[Offer]]:
    """Return what is offered for each problem, by its place; of a block, what mends that."""
    numbers, trail = count(1), Trail(inference.network.id)
    offered = {}
    for place, problem in enumerate(problems):
        where = found(problem, inference, trail)
        fixes = where.problem.fixes
        offered[place] = [Offer(next(numbers), fix, where.network) for fix in fixes]
    return offered


def take(opened: Opened, offered: Mapping[int, list[Offer]], number: int, path: str) -> Project:
    """Write the project with one of the fixes to ``path``, or to the file that it is from.

    Raises ``UsageError`` where there is no such fix, or no file to write to.
    """
    found = {each.number: each for fixes in offered.values() for each in fixes}
    if not found:
        raise UsageError("There is nothing that a fix is offered for.")
    if number not in found:
        raise UsageError(f"There is no fix {number}; they are numbered from 1 to {len(found)}.")
    if not path and opened.origin is None:
        raise UsageError("This stays as it is: name a file for the mended copy with -o.")
    target = Path(path) if path or opened.origin is None else opened.origin.path
    offer = found[number]
    project = mended(opened.project, offer.network, offer.fix)
    try:
        save(project, target)
    except OSError as error:
        raise UsageError(f"{target} cannot be written: {error.strerror}.") from None
    print(f"{offer.fix.message}: written to {target}")
    return project
