"""How it is written that layers compute a second time for the gradients, to save memory.

A batch norm would count each batch twice in its statistics, and a spectral norm would go on with
its estimate. Where a compiler makes one program of the network it sees to that by itself, and takes
no context but its own.
"""

from __future__ import annotations

from typing import Final

from codegen.training.excerpts import functions
from codegen.training.layers import listed
from codegen.training.plan import Plan

_OPTION: Final = "checkpoint"


def _has_to_stand(plan: Plan) -> bool:
    """Tell whether some layers would change as they compute again."""
    return plan.changes and plan.recipe.option("compile") is None


def pieces(plan: Plan) -> list[str]:
    """Return the functions that the script has for it, if any."""
    is_needed = plan.recipe.option(_OPTION) is not None and _has_to_stand(plan)
    return functions("recomputing", ("once_and_again",)) if is_needed else []


def standard_imports(plan: Plan) -> tuple[str, ...]:
    """Return what it imports of Python."""
    partial = "from functools import partial"
    if not _has_to_stand(plan):
        return (partial,)
    managers = "from contextlib import AbstractContextManager, contextmanager, nullcontext"
    return (managers, partial)


def setup(plan: Plan) -> tuple[str, ...]:
    """Return the lines that have the layers compute again."""
    layers = listed([plan.places[id] for id in plan.named(_OPTION)])
    if not _has_to_stand(plan):
        told = "partial(checkpoint, layer.forward, use_reentrant=False)"
        return (f"for layer in {layers}:", f"    layer.forward = {told}")
    return (
        f"for layer in {layers}:",
        "    layer.forward = partial(",
        "        checkpoint,",
        "        layer.forward,",
        "        use_reentrant=False,",
        "        context_fn=partial(once_and_again, layer),",
        "    )",
    )
