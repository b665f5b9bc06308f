"""What flows along an edge: the shape and the dtype of a tensor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph_model.dims import Dim, Shape, format_shape
from graph_model.frozen import frozen

BYTES: Final[Mapping[str, int]] = {
    "float32": 4, "float64": 8, "float16": 2, "bfloat16": 2,
    "complex64": 8, "complex128": 16,
    "int64": 8, "int32": 4, "int16": 2, "int8": 1, "uint8": 1, "bool": 1,
}  # fmt: skip
"""How many bytes one element of each dtype takes."""
DTYPES: Final = tuple(BYTES)
FLOATING: Final = frozenset({"float32", "float64", "float16", "bfloat16"})
_COMPLEX: Final[Mapping[str, str]] = {"float32": "complex64", "float64": "complex128"}
_PARTS: Final = {made: part for part, made in _COMPLEX.items()}


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

    @property
    def is_complex(self) -> bool:
        """Whether the elements are complex numbers."""
        return self.dtype in _PARTS

    @property
    def has_fractions(self) -> bool:
        """Whether the elements are real or complex numbers, through which gradients flow."""
        return self.is_floating or self.is_complex

    @property
    def real_numbers(self) -> TensorSpec:
        """The same shape of the real numbers that complex ones are made of."""
        return TensorSpec(self.shape, _PARTS.get(self.dtype, self.dtype))

    @property
    def complex_numbers(self) -> TensorSpec:
        """The same shape of the complex numbers that are made of these."""
        return TensorSpec(self.shape, _COMPLEX.get(self.dtype, self.dtype))

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
