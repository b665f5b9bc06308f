"""What is drawn for operations: ranks, dtypes and shapes of their inputs, lists of integers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from hypothesis import strategies as st

Sizes = tuple[int, ...]

OPERATION_RANKS: Final = {
    "BatchMatMul": 3,
    "Einsum": 2,
    "Outer": 1,
    "Inverse": 2,
    "Interpolate": 4,
    "InterpolateLike": 4,
    "Diagonal": 2,
    "Pad": 3,
    "ScaledDotProductAttention": 3,
    "GridSample": 4,
    "AffineGrid": 3,
    "Multinomial": 2,
    **dict.fromkeys(("FFT2", "IFFT2", "RFFT2", "IRFFT2"), 3),
    **dict.fromkeys(("FFTN", "IFFTN", "RFFTN", "IRFFTN"), 4),
}
"""How many dimensions inputs mostly have, where most ranks are refused."""

USUAL_DTYPES: Final = {
    **dict.fromkeys(("LogicalAnd", "LogicalOr", "LogicalXor", "LogicalNot", "All", "Any"), "bool"),
    **dict.fromkeys(("OneHot", "FloorDivide"), "int64"),
    **dict.fromkeys(("Real", "Imag", "ViewAsReal", "IRFFT", "IRFFT2", "IRFFTN"), "complex64"),
}
PORT_DTYPES: Final = {"condition": "bool", "mask": "bool", "index": "int64"}


def _pairs(first: Sizes) -> Sizes:
    return (*first[:-2], first[-1], first[-2]) if len(first) > 1 else first


FURTHER: Final[Mapping[tuple[str, str], Callable[[Sizes], Sizes]]] = {
    ("BatchMatMul", "input2"): _pairs,
    ("IndexSelect", "index"): lambda first: first[:1],
    ("IndexAdd", "index"): lambda first: first[:1],
    ("UnflattenLike", "like"): lambda first: (5, 4, *first[1:2], 1),
    ("GridSample", "grid"): lambda first: (*first[:1], 3, *first[3:], 2),
    ("AffineGrid", "like"): lambda first: (*first[:1], 3, 4, 5),
    ("Bucketize", "boundaries"): lambda first: first[:1] or (3,),
    ("ScaledDotProductAttention", "attn_mask"): lambda first: (*first[:-1], *first[-2:-1]),
}
"""The shape that a further input of a kind may well have."""

EQUATIONS: Final = (
    *("ij,ij->i", "ij,ij->ij", "ij,ij->ji", "ij,ij", "ij,kl->ik", "ij,ij->") * 2, "ii,ii->i",
    "ij, ij -> j", "ij,jk->ik", "i,i->i", "ij->ji", "ij,ij->ii", "ij,ij->ix", "ij;ij", "->",
    "ij,ij->ij->i", "ij,ij,ij->i", "iJ,iJ->J",
)  # fmt: skip


def lists_for(shape: Sizes) -> dict[str, st.SearchStrategy[list[int]]]:
    """Return what the parameters that are lists of integers take, for an input of this shape."""
    rank = len(shape)
    few = st.integers(1, 3)
    within = st.integers(-rank, max(rank - 1, 0))
    expanded = st.tuples(*(st.sampled_from((-1, size)) for size in shape))
    parts = [first for size in shape for first in range(1, size)]
    return {
        "dims": st.permutations(range(rank)) | st.lists(within, min_size=1, max_size=2),
        "sizes": expanded.map(list) | expanded.map(lambda sizes: [2, *sizes]),
        "repeats": st.lists(few, min_size=rank, max_size=rank + 1),
        "shifts": st.lists(st.integers(-3, 3), min_size=1, max_size=1),
        "split_sizes": st.sampled_from(
            [[part, size - part] for size in shape for part in parts if part < size] or [[1, 1]]
        ),
        "pad": st.lists(st.integers(-1, 3), min_size=2, max_size=2)
        | st.lists(st.integers(0, 2), min_size=4, max_size=4),
        "s": st.just([]) | st.lists(few, min_size=2, max_size=3),
        "size": st.lists(few, min_size=max(rank - 2, 1), max_size=max(rank - 2, 1)),
    }
