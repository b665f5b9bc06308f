"""One operation of torch while it is drawn, with the tensors that the model holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from codegen.archives.graph import Array, Filled
from codegen.archives.sketch import Sketch
from codegen.importing.tensor_calls import TensorCalls
from codegen.importing.values import Tensor, UnreadError
from graph_model.problems import Problem
from graph_model.tensors import TensorSpec


class AtenStep:
    """What handlers of operations draw with.

    Tensors that the model holds are arrays; what it calls them is known by what they are.
    """

    def __init__(self, sketch: Sketch, titles: Mapping[int, str], learned: set[int]) -> None:
        self.sketch, self._titles, self._learned = sketch, titles, learned
        self.kind = ""
        """The operation that is drawn now."""
        self._turned: dict[int, tuple[Array, Array]] = {}
        """Matrices that were turned, by what they are, with what they were before."""

    @property
    def calls(self) -> TensorCalls:
        """What draws calls of torch."""
        return self.sketch.calls

    def tensor(self, value: Any) -> Tensor:
        """Return a value as a tensor of the drawing."""
        if isinstance(value, np.ndarray):
            title = self._titles.get(id(value), "")
            return self.sketch.learned(value, title, is_own=id(value) in self._learned)
        return self.sketch.tensor(value)

    def operand(self, value: Any) -> Any:
        """Return a tensor of the drawing, and whatever else as it is; one fixed number as such."""
        if isinstance(value, np.ndarray):
            is_number = value.ndim == 0 and id(value) not in self._learned
            return value.item() if is_number else self.tensor(value)
        if isinstance(value, Filled):
            return value.value if not value.shape else self.tensor(value)
        return value

    def fixed(self, value: Any) -> Array:
        """Return a tensor that the model holds."""
        if not isinstance(value, np.ndarray):
            raise self.unfit("its weights are computed")
        return value

    def turned(self, value: Array) -> Array:
        """Return a matrix with rows for columns; one that was turned before is what it was."""
        if (before := self._turned.get(id(value))) is not None:
            return before[1]
        found = np.swapaxes(value, -1, -2)
        self._turned[id(found)] = (found, value)
        return found

    def spec(self, value: Any) -> TensorSpec:
        """Return the shape of a tensor, which has to be known."""
        return self.calls.known(None, value)  # type: ignore[arg-type]

    def rank(self, value: Any) -> int:
        """Return the number of dimensions."""
        return self.spec(value).rank

    def layer(self, kind: str, arguments: Mapping[str, Any], input: Any, **weights: Any) -> Any:
        """Draw a layer with these weights and return what it gives."""
        inputs = input if isinstance(input, dict) else {"input": input}
        given = {name: each for name, each in weights.items() if each is not None}
        return next(iter(self.several_of_layer(kind, arguments, inputs, given).values()))

    def several_of_layer(
        self,
        kind: str,
        arguments: Mapping[str, Any],
        inputs: Mapping[str, Any],
        weights: Mapping[str, Any],
    ) -> dict[str, Any]:
        """Draw a layer with these weights and return all that it gives."""
        arrays = {name: self.fixed(each) for name, each in weights.items()}
        names = [self._titles[id(each)] for each in arrays.values() if id(each) in self._titles]
        tensors = {port: self.tensor(each) for port, each in inputs.items()}
        shared = arrays.get("weight")
        return {**self.sketch.layer(kind, arguments, tensors, arrays, names, shared)}

    def one(self, kind: str, arguments: dict[str, Any], **inputs: Any) -> Any:
        """Draw an operation of the catalogue."""
        return self.calls.one(kind, arguments, **inputs)

    def sign(self, sign: str, *operands: Any) -> Any:
        """Draw an operator."""
        return self.calls.operator(None, sign, operands)  # type: ignore[arg-type]

    def unfit(self, reason: str) -> UnreadError:
        """Return the error that says why an operation cannot be drawn."""
        return UnreadError(Problem("archive_unfit", {"reason": reason}))
