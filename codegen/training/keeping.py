"""How samples are written that are not all held as they enter the network."""

from __future__ import annotations

from codegen.training.excerpts import excerpt
from codegen.training.plan import Plan

_METHODS = {"Rows": ("__len__", "__getitem__", "index_select")}


def pieces(plan: Plan) -> list[str]:
    """Return the classes of such samples, each followed by two empty lines."""
    used = dict.fromkeys(plan.kept.values())
    return [line for name in used for line in (*excerpt(name, _METHODS[name]), "", "")]


def sample(plan: Plan) -> str:
    """Return the expression of what a split has of one tensor of the data."""
    held = "each[data[split]].to(device)"
    for name in dict.fromkeys(plan.kept.values()):
        held = f"{name}(each, data[split], device) if isinstance(each, dict) else {held}"
    return held
