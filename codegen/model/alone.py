"""What computes some of a network's results, and nothing that they do not need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from codegen.model.step import Step
from graph_model.naming import name_complaint


def needed(steps: Sequence[Step], results: Collection[str]) -> tuple[list[Step], set[str]]:
    """Return the steps of which a result or another step needs something, and all that is read."""
    wanted = {*results}
    found: list[Step] = []
    for step in reversed(steps):
        if wanted.intersection(step.writes):
            wanted.update(step.reads)
            found.append(step)
    reads = Counter([*results, *(value for step in found for value in {*step.reads})])
    return [_used_once(step, reads) for step in reversed(found)], wanted


def _used_once(step: Step, reads: Counter[str]) -> Step:
    """Let a step know that of the values that took its only result, one is left."""
    is_whole = step.writes == (step.target,) and not step.lines
    return step._replace(is_used_once=True) if is_whole and reads[step.target] == 1 else step


def method_name(outputs: Sequence[str], taken: Collection[str]) -> str:
    """Return what a method is called that returns Outputs of these names."""
    name = "_and_".join(outputs)
    while name in taken or name_complaint(name):
        name = f"{name[:40]}_alone"
    return name
