"""An ONNX model becomes a project with its weights; nothing in it is run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np

from codegen.archives import onnx_file
from codegen.archives.folding import folded
from codegen.archives.graph import Filled, Graph, Operation, ReadArchive
from codegen.archives.onnx_elementwise import ELEMENTWISE
from codegen.archives.onnx_layers import LAYERS
from codegen.archives.onnx_patterns import simplified
from codegen.archives.onnx_recurrent import RECURRENT
from codegen.archives.onnx_shapes import SHAPES
from codegen.archives.onnx_spatial import SPATIAL
from codegen.archives.reasons import reason_of, refusal
from codegen.archives.sketch import Sketch, name_of, usual
from codegen.archives.step import Step
from codegen.importing.values import Tensor, UnreadError
from graph_model.problems import Problem
from graph_model.tensors import FLOATING, TensorSpec

_HANDLERS: Final[Mapping[str, Callable[[Step], Any]]] = {
    **ELEMENTWISE, **LAYERS, **SHAPES, **SPATIAL, **RECURRENT
}  # fmt: skip


def read_onnx(path: Path) -> ReadArchive:
    """Return the project that a model draws, and its weights; raises ``Refusal`` for no model."""
    graph = onnx_file.read_graph(path)
    learned = frozenset(graph.constants)
    simplified(graph)
    try:
        return _Reader(graph, learned).read(path.stem)
    except UnreadError as error:
        raise refusal(error) from None


class _Reader:
    """Draws operation by operation."""

    def __init__(self, graph: Graph, learned: frozenset[str]) -> None:
        self.graph = graph
        self.sketch = Sketch(graph.name or "network")
        self.sketch.parameters = learned
        self.values: dict[str, Any] = {"": None, **graph.constants}

    def read(self, title: str) -> ReadArchive:
        graph, drawing = self.graph, self.sketch.drawing
        dtypes = {spec.dtype for spec in graph.inputs.values()} & FLOATING
        for odd in sorted(dtypes - {"float32"}):
            self.sketch.note("archive_precision", dtype=odd)
        for name, spec in graph.inputs.items():
            self.values[name] = drawing.enter(name_of(name), usual(spec))
        for each in graph.operations:
            self._draw(each)
        for name in graph.outputs:
            if name not in self.values:
                raise UnreadError(Problem("archive_no_output", {"name": name}))
            drawing.leave(name_of(name), self.sketch.tensor(self.values[name]))
        return self.sketch.finished(title)

    def _draw(self, operation: Operation) -> None:
        given = [self.values.get(name) for name in operation.inputs]
        missing = [name for name in operation.inputs if name not in self.values]
        if missing:
            values = {"node": operation.name, "op": operation.kind, "name": missing[0]}
            raise UnreadError(Problem("archive_input_missing", values))
        found = self._known(operation, given)
        for name, value in zip(operation.outputs, found, strict=False):
            self.values[name] = value
            if isinstance(value, Tensor) and operation.kind in _NAMED:
                self.sketch.drawing.call(value, name_of(name))

    def _known(self, operation: Operation, given: list[Any]) -> list[Any]:
        fixed = folded(operation, given, self.graph.version)
        if fixed is not None:
            return list(fixed)
        work = _HANDLERS.get(operation.kind)
        values = {"node": operation.name, "op": operation.kind}
        if work is None:
            self.sketch.note("archive_unknown", **values)
            return self._unknown(operation, given)
        count = len(self.sketch.drawing.nodes)
        step = Step(self.sketch, operation, given, self.graph.version)
        try:
            found = work(step)
        except UnreadError as error:
            reason = reason_of(error.problem)
            self.sketch.note("archive_not_drawn", **values, reason=reason)
        except _UNFIT as error:
            self.sketch.note("archive_not_drawn", **values, reason=str(error) or "damaged")
        else:
            self.sketch.within(operation.scope, count)
            return found if isinstance(found, list) else [found]
        return self._unknown(operation, given)

    def _unknown(self, operation: Operation, given: list[Any]) -> list[Any]:
        """Draw what stands in the place of an operation, with the shapes that the file tells."""
        specs = [self.graph.specs.get(name) for name in operation.outputs]
        told = [usual(each) if isinstance(each, TensorSpec) else None for each in specs]
        tensors = [each for each in given if isinstance(each, Tensor | Filled) or _is_plain(each)]
        try:
            return list(self.sketch.unknown(operation, tensors, told))
        except UnreadError as error:
            values = {"node": operation.name, "op": operation.kind}
            problem = Problem("archive_not_whole", {**values, "reason": reason_of(error.problem)})
            raise UnreadError(problem) from None


_UNFIT: Final = (TypeError, ValueError, LookupError, AttributeError, ArithmeticError)
"""What Python raises where attributes do not suit: a file may hold any."""
_NAMED: Final = frozenset({"Concat", "Split"})


def _is_plain(value: Any) -> bool:
    """Tell whether a value is a fixed tensor of numbers alone."""
    return isinstance(value, np.ndarray) and value.dtype != object
