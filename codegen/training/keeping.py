"""How samples are written that are not all held as they enter the network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from codegen.pictures import reading_text
from codegen.training.excerpts import excerpt, functions
from codegen.training.plan import Plan
from graph_model.recipes.transforms import scaled_by

_USED: Final[Mapping[str, tuple[str, ...]]] = {
    "Rows": ("__len__", "__getitem__", "index_select"),
    "FilledRows": ("__len__", "__getitem__", "index_select"),
    "Pictures": (
        "__len__",
        "__getitem__",
        "index_select",
        "expect",
        "readable",
        "unreadable",
        "read_ahead",
    ),
}
"""What is called of each class."""


def pieces(plan: Plan) -> list[str]:
    """Return the classes of such samples, each followed by two empty lines."""
    used = dict.fromkeys(plan.kept.values())
    lines = [line for name in used for line in (*excerpt(name, _USED[name]), "", "")]
    lines += functions("scaling", {"standardised"}) if scaled(plan) else []
    return [*lines, *reading_text(), "", ""] if has_pictures(plan) else lines


def has_pictures(plan: Plan) -> bool:
    """Tell whether pictures are read while training."""
    return "Pictures" in plan.kept.values()


def standard_imports(plan: Plan) -> list[str]:
    """Return what the classes need of the standard library."""
    if not has_pictures(plan):
        return []
    return [
        "from concurrent.futures import Future, ThreadPoolExecutor",
        "from itertools import islice",
    ]


def imports(plan: Plan) -> list[str]:
    """Return what reads pictures."""
    return ["from PIL import Image, ImageOps"] if has_pictures(plan) else []


def scaled(plan: Plan) -> list[str]:
    """Return the lines that scale each sample of a batch by itself, of what is held as it was."""
    if scaled_by(plan.recipe) != "sample":
        return []
    names = [name for name in plan.transformed if name in plan.kept]
    return [f"{name} = standardised({name})" for name in names]


def batch(plan: Plan, names: str) -> str:
    """Return the line that takes a training batch; pictures that cannot be read are left out."""
    taken = "(each.index_select(0, index) for each in self.train)"
    if not has_pictures(plan):
        return f"{names} = {taken}"
    return f"index, {names.rstrip(',()').lstrip('(')} = readable(index, {taken}, self.train)"


def evaluated(plan: Plan, names: str) -> list[str]:
    """Return the lines that take a batch of another split."""
    taken = "(each[start : start + size] for each in samples)"
    if not has_pictures(plan):
        return [f"{names} = {taken}"]
    rows = "torch.arange(start, min(start + size, len(samples[0])))"
    plain = names.rstrip(",()").lstrip("(")
    return [f"rows = {rows}", f"_, {plain} = readable(rows, {taken}, samples)"]


def told(plan: Plan) -> list[str]:
    """Return what of the samples is told at the end of an epoch."""
    return ["**unreadable([*self.train, *self.validation]),"] * has_pictures(plan)


def words(plan: Plan) -> Mapping[str, str]:
    """Return what a split has of one tensor of the data, and what an epoch goes through."""
    held = "each[data[split]].to(device)"
    for name in dict.fromkeys(plan.kept.values()):
        held = f"{name}(each, data[split], device) if isinstance(each, dict) else {held}"
    return {"sample": held, "batches": _batches(plan, "self.step : self.steps")}


def whole_epoch(plan: Plan) -> str:
    """Return the expression of all batches of an epoch."""
    return _batches(plan, ": self.steps")


def _batches(plan: Plan, which: str) -> str:
    batches = f"order.split(BATCH_SIZE)[{which}]"
    return f"read_ahead({batches}, self.train)" if has_pictures(plan) else batches
