"""What flows along an edge: the shape and the dtype of a tensor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph_model.dims import Dim, Shape, format_shape
from graph_model.frozen import frozen

BYTES: Final[Mapping[str, int]] = {
    "float32": 4, "float64": 8, "float16": 2, "bfloat16": 2,
    "int64": 8, "int32": 4, "int16": 2, "int8": 1, "uint8": 1, "bool": 1,
}  # fmt: skip
"""How many bytes one element of each dtype takes."""
DTYPES: Final = tuple(BYTES)
FLOATING: Final = frozenset({"float32", "float64", "float16", "bfloat16"})


@frozen
class TensorSpec:
    """The shape of a tensor, whose dimensions may be symbolic, and its torch dtype by name."""

    shape: Shape
    dtype: str = "float32"

    @property
    def rank(self) -> int:
        """The number of dimensions."""
        return len(self.shape)

    @property
    def is_floating(self) -> bool:
        """Whether the elements are real numbers rather than integers or truth values."""
        return self.dtype in FLOATING

    def with_shape(self, *shape: Dim) -> TensorSpec:
        """Return the same dtype in another shape."""
        return TensorSpec(shape, self.dtype)

    def with_dim(self, index: int, dim: Dim) -> TensorSpec:
        """Return the same tensor with the dimension at ``index`` replaced."""
        dims = list(self.shape)
        dims[index] = dim
        return TensorSpec(tuple(dims), self.dtype)

    def __str__(self) -> str:
        return format_shape(self.shape)
