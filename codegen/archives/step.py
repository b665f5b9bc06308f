"""One operation while it is drawn: what it is given, and its attributes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from codegen.archives.graph import Array, Filled, Operation
from codegen.archives.sketch import Sketch
from codegen.importing.tensor_calls import TensorCalls
from codegen.importing.values import Tensor, UnreadError, unread
from graph_model.problems import Problem
from graph_model.tensors import TensorSpec


class Step:
    """What handlers of operations draw with."""

    def __init__(
        self, sketch: Sketch, operation: Operation, given: Sequence[Any], version: int
    ) -> None:
        self.sketch, self.operation, self.given = sketch, operation, list(given)
        self.version = version

    @property
    def calls(self) -> TensorCalls:
        """What draws calls of torch."""
        return self.sketch.calls

    @property
    def x(self) -> Tensor:
        """The first input, as a tensor of the drawing."""
        return self.tensor(0)

    def has(self, place: int) -> bool:
        """Tell whether an input is given."""
        return len(self.given) > place and self.given[place] is not None

    def tensor(self, place: int) -> Tensor:
        """Return an input as a tensor of the drawing."""
        if not self.has(place):
            raise self.unfit("an input is missing")
        return self.sketch.tensor(self.given[place])

    def fixed(self, place: int) -> Array:
        """Return an input that has to be fixed."""
        value = self.given[place] if self.has(place) else None
        if isinstance(value, Filled) and all(isinstance(each, int) for each in value.shape):
            return np.full([int(str(each)) for each in value.shape], value.value, value.dtype)
        if not isinstance(value, np.ndarray):
            raise self.unfit("its weights are computed and not fixed")
        return value

    def weight(self, place: int) -> Array | None:
        """Return an input that has to be fixed, if it is given."""
        return self.fixed(place) if self.has(place) else None

    def number(self, place: int, default: Any = None) -> Any:
        """Return an input that is one fixed number."""
        if not self.has(place):
            return default
        value = self.fixed(place)
        if value.size != 1:
            raise self.unfit("an input is no single number")
        return value.reshape(-1)[0].item() if value.dtype != object else value.reshape(-1)[0]

    def spec(self, place: int = 0) -> TensorSpec:
        """Return the shape of an input, which has to be known."""
        return self.calls.known(None, self.given[place])  # type: ignore[arg-type]

    @property
    def rank(self) -> int:
        """The number of dimensions of the first input."""
        return self.spec(0).rank

    def attribute(self, name: str, default: Any = None) -> Any:
        """Return an attribute."""
        return self.operation.attributes.get(name, default)

    def axis(self, default: int, name: str = "axis") -> int:
        """Return an axis as a number that is not negative."""
        return int(self.attribute(name, default)) % max(self.rank, 1)

    def name(self, place: int) -> str:
        """Return the name of an input in the archive."""
        inputs = self.operation.inputs
        return inputs[place] if len(inputs) > place else ""

    def names(self, *places: int) -> list[str]:
        """Return the names of those inputs that are given."""
        return [self.name(each) for each in places if self.has(each)]

    def operand(self, place: int) -> Any:
        """Return an input as a number where it is a fixed one, else as a tensor."""
        value = self.given[place]
        if isinstance(value, np.ndarray) and value.size == 1 and value.dtype != object:
            others = [self.spec(each).rank for each in range(len(self.given)) if each != place]
            if value.ndim <= max(others, default=0):
                return value.reshape(-1)[0].item()
        if isinstance(value, Filled) and not value.shape:
            return value.value
        return self.held(place)

    def held(self, place: int) -> Tensor:
        """Return an input as a tensor; one that is fixed in the file is learned."""
        value = self.given[place]
        if isinstance(value, np.ndarray) and value.dtype != object and value.size > 1:
            return self.sketch.learned(
                value, self.name(place), is_own=self.sketch.is_own(self.name(place))
            )
        return self.tensor(place)

    def call(self, name: str, *given: Any, **named: Any) -> Any:
        """Draw a call of torch by its bare name."""
        return self.calls.call(None, name, given, named)  # type: ignore[arg-type]

    def sign(self, sign: str, *operands: Any) -> Any:
        """Draw an operator."""
        return self.calls.operator(None, sign, operands)  # type: ignore[arg-type]

    def one(self, kind: str, arguments: dict[str, Any], **inputs: Any) -> Any:
        """Draw an operation of the catalogue."""
        return self.calls.one(kind, arguments, **inputs)

    def unfit(self, reason: str) -> UnreadError:
        """Return the error that says why an operation cannot be drawn."""
        return UnreadError(Problem("archive_unfit", {"reason": reason}))


def refuse() -> UnreadError:
    """Return the error for what cannot be drawn, without more to say."""
    return unread(None, "import_unknown_call")
