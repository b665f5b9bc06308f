"""The norms of weights, written around the call that makes a layer: ``weight_norm(nn.Linear(…))``.

Where a block's parameter or a custom layer has the name of a norm, it is written in full.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from codegen.custom_layers.sections import NORMS, entry_of, texts_of
from codegen.literals import call
from codegen.model.block_uses import networks_within
from codegen.model.expressions import spelled
from codegen.model.program import Class
from graph_model.inference.infer import Inference
from graph_model.network import Node
from graph_model.parametrizations.kinds import PARAMETRIZATIONS


def parametrized(made: str, node: Node, root: Inference) -> str:
    """Return the text that makes a layer with the norm of its node."""
    chosen = node.parametrization
    if chosen is None:
        return made
    entry = PARAMETRIZATIONS[chosen.kind]
    given = {
        each.name: spelled(each, chosen.arguments[each.name])
        for each in entry.parameters
        if chosen.arguments.get(each.name, each.default) != each.default
    }
    name = f"{NORMS.removeprefix('torch.')}.{entry.name}"
    return call(entry.name if entry.name in _free(root) else name, [made], given)


def imported(root: Inference, classes: Iterable[Class]) -> tuple[str, ...]:
    """Return the norms that are called by their names alone."""
    made = " ".join(each.constructor for one in classes for each in one.attributes)
    return tuple(name for name in sorted(_free(root)) if re.search(rf"(?<![\w.]){name}\(", made))


def _free(root: Inference) -> set[str]:
    """Return the norms whose names nothing else in the file has."""
    within = networks_within(root).values()
    taken = {parameter.name for network in within for parameter in network.parameters}
    taken.update(name for text in texts_of(root) for name in entry_of(text).names)
    return {*PARAMETRIZATIONS} - taken
