"""A tensor that a layer holds, as ``state_dict`` has it."""

from __future__ import annotations

import math
from dataclasses import field

from graph_model.frozen import frozen
from graph_model.tensors import BYTES


@frozen
class Weight:
    """A parameter tensor of the layer, named as torch names it; buffers are not trained."""

    name: str
    shape: tuple[int, ...]
    is_buffer: bool = False
    dtype: str = "float32"
    count: int = field(init=False, compare=False)
    """The number of elements."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "count", math.prod(self.shape))

    @property
    def bytes(self) -> int:
        """How much memory it takes."""
        return self.count * BYTES[self.dtype]
