"""How samples are written that are not all held as they enter the network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from codegen.training import distributed
from codegen.training.excerpts import excerpt, functions
from codegen.training.objectives import OF_CLASSES, counts_as_read
from codegen.training.plan import Plan
from codegen.verbatim import verbatim
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
    "SharedPictures": ("begun", "whole"),
    "Masks": ("read", "finished", "blank"),
    "ClassRows": ("__len__", "__getitem__", "index_select"),
}
"""What is called of each class."""
_MARKS: Final[Mapping[str, str]] = {
    "Masks": "is_blurred",
    "ClassRows": "codes",
    "Pictures": "paths",
    "FilledRows": "fill",
    "Rows": "rows",
}
"""What only the samples of each class hold, but for those of the classes before it."""


def pieces(plan: Plan) -> list[str]:
    """Return the classes of such samples, each followed by two empty lines."""
    held = plan.kept.values()
    is_shared = distributed.is_chosen(plan.recipe) and has_pictures(plan)
    used = [
        name
        for name in _USED
        if name in held
        or (name == "Pictures" and "Masks" in held)  # which are a kind of them
        or (name == "SharedPictures" and is_shared)
    ]
    counted = ("counts",) * any(counts_as_read(each, plan) for each in plan.judged)
    lines = list[str]()
    for name in used:
        called = (*_USED[name], *(counted if name in OF_CLASSES else ()))
        found = [*excerpt(name, called), "", ""]
        if is_shared and name == "Masks":
            found[0] = found[0].replace("(Pictures)", "(SharedPictures)")
        lines += found
    lines += functions("scaling", {"standardised"}) if scaled(plan) else []
    lines += [*verbatim("picture_reading"), "", ""] if "Pictures" in used else []
    lines += [*verbatim("mask_reading"), "", ""] if has_masks(plan) else []
    return [*lines, *_held(plan)]


def _held(plan: Plan) -> list[str]:
    """Return the function that holds samples by their class, where there are several classes."""
    used = _classes(plan)
    if len(used) < 2:
        return []
    last = used.pop()
    return [
        "def held(each: Any, index: Tensor, device: torch.device) -> Any:",
        '    """Return the samples of a split, which may be read as they are needed."""',
        "    if isinstance(each, Tensor):",
        "        return each[index].to(device)",
        *(
            line
            for name in used
            for line in (
                f'    if "{_MARKS[name]}" in each:',
                f"        return {_made_by(name, plan)}(each, index, device)",
            )
        ),
        f"    return {_made_by(last, plan)}(each, index, device)",
        "",
        "",
    ]


def _classes(plan: Plan) -> list[str]:
    """Return the classes that hold samples, those first that are told apart by what they hold."""
    return [name for name in _MARKS if name in plan.kept.values()]


def _made_by(name: str, plan: Plan) -> str:
    """Return the class that makes samples: of pictures, several processes share the reading."""
    is_shared = name == "Pictures" and distributed.is_chosen(plan.recipe)
    return "SharedPictures" if is_shared else name


def has_pictures(plan: Plan) -> bool:
    """Tell whether pictures, or masks, are read while training."""
    return "Pictures" in plan.kept.values() or has_masks(plan)


def has_masks(plan: Plan) -> bool:
    """Tell whether masks are read while training."""
    return "Masks" in plan.kept.values()


def standard_imports(plan: Plan) -> list[str]:
    """Return what the classes need of the standard library."""
    if not has_pictures(plan):
        return []
    return [
        "from concurrent.futures import Future, ThreadPoolExecutor",
        *["from io import BytesIO"] * has_masks(plan),
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
    held, used = "each[data[split]].to(device)", _classes(plan)
    if len(used) > 1:
        held = "held(each, data[split], device)"
    elif used:
        made = f"{_made_by(used[0], plan)}(each, data[split], device)"
        held = f"{made} if isinstance(each, dict) else {held}"
    return {"sample": held, "batches": _batches(plan, "self.step : self.steps")}


def whole_epoch(plan: Plan) -> str:
    """Return the expression of all batches of an epoch."""
    return _batches(plan, ": self.steps")


def _batches(plan: Plan, which: str) -> str:
    batches = f"order.split(BATCH_SIZE)[{which}]"
    return f"read_ahead({batches}, self.train)" if has_pictures(plan) else batches
