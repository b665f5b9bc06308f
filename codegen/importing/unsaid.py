"""What torch takes where a call says nothing, and the catalogue takes something else."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any, Final

from codegen.importing.values import unread

_OTHERWISE: Final[Mapping[str, Mapping[str, Any]]] = {
    "Concatenate": {"dim": 0},
    "Stack": {"dim": 0},
    "Clamp": {"min": None},
    "Diagonal": {"dim1": 0, "dim2": 1},
    "KLDivLoss": {"reduction": "mean"},
}
_OVER_ALL: Final = frozenset({"Norm", "CountNonzero", "FFTShift", "IFFTShift", "FFTN", "IFFTN"})
_FLATTENING: Final = {
    "ArgMax": "dim", "ArgMin": "dim", "Median": "dim", "RepeatInterleave": "dim", "Roll": "dims",
    "TakeAlongDim": "dim", "OneHot": "num_classes",
}  # fmt: skip
"""What goes by all elements, or by their values, where this is not said: that is not drawn."""
_MATRIX: Final = 2
"""Over how many dimensions torch takes a norm that are named."""
_OLD_SOFTMAX: Final = frozenset({"Softmax", "Softmin", "LogSoftmax"})


def completed(
    node: ast.AST, kind: str, arguments: Mapping[str, Any], rank: Callable[[], int]
) -> dict[str, Any]:
    """Return the arguments of a call with those of torch where they differ from the catalogue's.

    ``rank`` tells the number of dimensions of the tensor; raises where something has to be said.
    """
    needed = _FLATTENING.get(kind)
    if needed is not None and needed not in arguments:
        raise unread(node, "import_bad_argument", kind=kind, argument=f"{needed}=None")
    found = {**_OTHERWISE.get(kind, {}), **arguments}
    if kind in _OVER_ALL and found.get("dim") is None:
        if kind == "Norm" and rank() > _MATRIX:
            raise unread(node, "import_bad_argument", kind=kind, argument="dim=None")
        found["dim"] = tuple(range(rank()))
    if kind in _OLD_SOFTMAX and found.get("dim") is None:
        found["dim"] = 0 if rank() in (0, 1, 3) else 1
    return found
