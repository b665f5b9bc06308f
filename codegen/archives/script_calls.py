"""What the code of TorchScript calls on numbers and lists, done at once."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from graph_model.dims import Expression

NUMBERS: Final[Mapping[str, float]] = {"inf": math.inf, "nan": math.nan, "infj": math.inf}
ON_LISTS: Final[Mapping[str, Callable[..., Any]]] = {
    "torch.len": len,
    "torch.format": lambda *given: "",
    "range": range,
    "torch.append": lambda several, one: several.append(one),
    "torch.list": list,
    "torch.warn": lambda *given: None,
    "ops.prim.min": lambda *given: min(given[0] if len(given) == 1 else given),
    "ops.prim.max": lambda *given: max(given[0] if len(given) == 1 else given),
    "ops.prim.TupleConstruct": lambda *given: [*given],
}
"""Functions on lists and texts."""
ON_NUMBERS: Final[Mapping[str, Callable[..., Any]]] = {
    "add": lambda one, other, alpha=1: one + other * alpha,
    "sub": lambda one, other, alpha=1: one - other * alpha,
    "mul": operator.mul,
    "div": lambda one, other: one / other,
    "floordiv": operator.floordiv,
    "floor_divide": operator.floordiv,
    "div_": lambda one, other: one / other,
    "remainder": operator.mod,
    "neg": operator.neg,
    "sqrt": lambda value: value**0.5,
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
    "len": len,
    "__not__": operator.not_,
    "__contains__": lambda several, one: one in several,
    "__getitem__": lambda several, place: several[place],
    "__and__": lambda one, other: one and other,
    "__or__": lambda one, other: one or other,
    "__is__": lambda one, other: one is other,
    "__isnot__": lambda one, other: one is not other,
    "Int": lambda value: value,
    "ScalarImplicit": lambda value: value,
    "IntImplicit": lambda value: value,
    "floor": lambda value: value if isinstance(value, int | Expression) else int(value // 1),
}
"""Operations where no tensor is given."""
ON_TENSORS: Final[Mapping[str, Callable[..., Any]]] = {
    "__is__": lambda one, other: one is other,
    "__isnot__": lambda one, other: one is not other,
    "__getitem__": lambda several, place: several[place],
    "len": len,
    "append": lambda several, one: several.append(one),
    "dim": lambda value: value.ndim if isinstance(value, np.ndarray) else value.spec.rank,
    "is_floating_point": lambda value: value.spec.is_floating,
    "device": lambda value: None,
    "requires_grad": lambda value: False,
    "is_scripting": lambda *given: True,
}
"""What is asked of tensors, or of lists of them, and draws nothing."""
