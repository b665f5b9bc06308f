"""Operations of torch, as ``torch.export`` and TorchScript write them, become a drawing."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np

from codegen.archives.aten_calls import CALLS
from codegen.archives.aten_composed import COMPOSED
from codegen.archives.aten_layers import LAYERS
from codegen.archives.aten_step import AtenStep
from codegen.archives.blocks import Modules
from codegen.archives.graph import Filled, Operation, ReadArchive
from codegen.archives.pt2_file import Call, CallGraph, Ref
from codegen.archives.reasons import reason_of
from codegen.archives.sharing import used_in_several_ways
from codegen.archives.sketch import Sketch, name_of, usual
from codegen.archives.views import Views, put_back
from codegen.importing import making_tensors
from codegen.importing.values import Tensor, UnreadError
from graph_model.dims import Expression
from graph_model.problems import Problem
from graph_model.tensors import FLOATING, TensorSpec

_IDLE: Final = frozenset({"device", "layout", "pin_memory", "memory_format", "generator",
                          "non_blocking", "copy", "implicit"})  # fmt: skip
_NOTHING: Final = frozenset({
    "_assert_tensor_metadata", "_assert_scalar", "_assert_async", "sym_constrain_range",
    "sym_constrain_range_for_size", "number_ge", "number_le", "number_gt", "number_lt", "number_eq",
    "number_ne", "number_and_", "profiler._record_function_enter_new", "_log_api_usage_once",
})  # fmt: skip
"""What computes nothing that is drawn."""
_NUMBERS: Final[Mapping[str, Callable[..., Any]]] = {
    "number_add": operator.add, "number_sub": operator.sub, "number_mul": operator.mul,
    "number_floordiv": operator.floordiv, "number_mod": operator.mod, "number_neg": operator.neg,
    "sym_max": max, "sym_min": min,
}  # fmt: skip
"""Arithmetic of sizes."""
_SAME: Final = frozenset({
    "contiguous", "clone", "alias", "lift_fresh_copy", "lift_fresh", "detach_", "view_as_real_copy",
    "requires_grad_", "positive", "to_mkldnn", "_set_grad_enabled", "resolve_neg", "resolve_conj",
})  # fmt: skip
_WORDS: Final[Mapping[str, str]] = {
    "_softmax": "softmax", "_log_softmax": "log_softmax", "special_softmax": "softmax",
    "numpy_T": "t", "mT": "t", "adjoint": "t", "view_copy": "view", "_unsafe_view": "view",
    "_reshape_alias": "view", "split_with_sizes": "split", "unsafe_split": "split",
    "unsafe_chunk": "chunk", "special_erf": "erf", "concat": "cat", "max_pool1d_with_indices":
    "max_pool1d", "upsample_nearest1d": "upsample", "upsample_nearest2d": "upsample",
    "upsample_nearest3d": "upsample", "arctan": "atan", "special_expit": "sigmoid",
    "_scaled_dot_product_flash_attention_for_cpu": "scaled_dot_product_attention",
    "constant_pad_nd": "pad", "reflection_pad1d": "pad", "reflection_pad2d": "pad",
}  # fmt: skip
"""Operations by the names that they have for people."""
_ARITHMETIC: Final = frozenset({"add", "sub", "mul", "div", "true_divide", "pow"})
UNFIT: Final = (TypeError, ValueError, LookupError, AttributeError, ArithmeticError,
                AssertionError)  # fmt: skip
"""What comes of arguments that do not suit: an archive may hold any."""


class AtenReader:
    """Draws call by call."""

    def __init__(self, graph: CallGraph, title: str) -> None:
        self.graph, self.title = graph, title
        self.sketch = Sketch(title)
        titles = {id(array): graph.titles.get(name, name) for name, array in
                  graph.constants.items()}  # fmt: skip
        learned = {id(graph.constants[name]) for name in graph.parameters}
        self.step = AtenStep(self.sketch, titles, learned)
        self.values: dict[str, Any] = {**graph.constants}
        self._views = Views()

    def read(self) -> ReadArchive:
        """Return the project, and the weights of its nodes."""
        self.enter()
        for call in self.graph.calls:
            self.run(call)
        return self.leave()

    def enter(self) -> None:
        """Draw the Inputs."""
        drawing, graph = self.sketch.drawing, self.graph
        self.sketch.notes += graph.notes
        dtypes = {each.dtype for each in graph.inputs.values()} & FLOATING
        for odd in sorted(dtypes - {"float32"}):
            self.sketch.note("archive_precision", dtype=odd)
        for name, spec in graph.inputs.items():
            self.values[name] = drawing.enter(name_of(name), usual(spec))
        drawn, copied = used_in_several_ways(graph)
        for name in copied:
            self.sketch.note("archive_copied", name=graph.titles.get(name, name))
        for name in drawn:
            self.values[name] = self.step.tensor(graph.constants[name])

    def leave(self) -> ReadArchive:
        """Draw the Outputs, and return the project."""
        drawing, graph = self.sketch.drawing, self.graph
        for number, name in enumerate(graph.outputs, 1):
            if name not in self.values:
                raise UnreadError(Problem("archive_no_output", {"name": name}))
            called = "output" if len(graph.outputs) == 1 else f"output{number}"
            drawing.leave(called, self.step.tensor(self._value(Ref(name))))
        return self.sketch.finished(self.title)

    def run(self, call: Call) -> None:
        """Draw one call, and keep what it gives under its names."""
        if call.kind in _NOTHING:
            return
        given = [self._value(each) for each in call.given]
        named = {key: self._value(each) for key, each in call.named.items()}
        found = self.apply(call, given, named)
        several = [*found] if isinstance(found, list | tuple) else [found]
        for name, value in zip(call.outputs, several, strict=False):
            self.values[name] = value
        self._views.add(call)
        is_in_place = call.kind.endswith("_") and not call.kind.endswith("__")
        if is_in_place and call.given and isinstance(call.given[0], Ref):
            self._write(call, call.given[0].name, several[0])

    def _write(self, call: Call, name: str, value: Any) -> None:
        """Have a value changed in place, and all that it is a part of."""
        self.values[name] = value
        for output in call.outputs:
            if output != name:
                self._views.add(Call("alias", output, [Ref(name)], {}, [output]))
        try:
            for base, view in self._views.bases(name):
                given = [self._value(each) for each in view.given[1:]]
                value = put_back(self.step, view, self.values[base], given, value)
                self.values[base] = value
        except (UnreadError, *UNFIT):
            self.sketch.note("archive_write_lost", node=call.name or call.kind, op=call.kind)
        self._views.written(name)

    def _value(self, value: Any) -> Any:
        if isinstance(value, Ref):
            if value.name not in self.values:
                raise UnreadError(Problem("archive_no_output", {"name": value.name}))
            if (again := self._views.stale(value.name)) is not None:
                self.run(again)
            return self.values[value.name]
        if isinstance(value, list | tuple):
            return [self._value(each) for each in value]
        return value

    def apply(self, call: Call, given: list[Any], named: dict[str, Any]) -> Any:
        """Draw one call with what it is given, and return what it gives."""
        named = {key: each for key, each in named.items() if key not in _IDLE}
        is_dunder = call.kind.startswith("__")
        self.step.kind = call.kind if is_dunder else call.kind.rstrip("_") or call.kind
        count = len(self.sketch.drawing.nodes)
        values = {"node": call.name or call.kind, "op": call.kind}
        try:
            found = self._done(self.step.kind, given, named)
            self._name(call, count)
            self.sketch.within(_modules(call.scope), count)
            return found
        except UnreadError as error:
            self.sketch.note("archive_not_drawn", **values, reason=reason_of(error.problem))
        except UNFIT as error:
            self.sketch.note("archive_not_drawn", **values, reason=str(error)[:200] or "damaged")
        return self._unknown(call, given)

    def _unknown(self, call: Call, given: Sequence[Any]) -> list[Any]:
        tensors = [each for each in _flat(given) if isinstance(each, Tensor | Filled | np.ndarray)]
        specs = [self.graph.specs.get(name) for name in call.outputs]
        told = [usual(each) if isinstance(each, TensorSpec) else None for each in specs]
        operation = Operation(call.kind, call.name, [], call.outputs)
        try:
            held = [self.step.tensor(each) for each in tensors]
            return [*self.sketch.unknown(operation, held, told)]
        except (UnreadError, *UNFIT) as error:
            reason = reason_of(error.problem) if isinstance(error, UnreadError) else str(error)
            values = {"node": call.name, "op": call.kind, "reason": reason}
            raise UnreadError(Problem("archive_not_whole", values)) from None

    def _name(self, call: Call, count: int) -> None:
        """Call the node of a module by what the model calls that."""
        nodes = [*self.sketch.drawing.nodes.values()]
        if len(nodes) != count + 1 or not call.scope or nodes[-1].is_named:
            return
        path, made_of = call.scope[-1]
        if path and made_of.startswith("torch.nn.modules."):
            self.sketch.drawing.rename(nodes[-1], name_of(path))
            nodes[-1].is_named = True

    # What operations do

    def _done(self, kind: str, given: list[Any], named: dict[str, Any]) -> Any:
        if kind in _NUMBERS:
            return _NUMBERS[kind](*given)
        if kind in _SAME:
            return given[0]
        if (own := CALLS.get(kind) or COMPOSED.get(kind)) is not None:
            found = own(self.step, *given, **named)
            if found is not NotImplemented:
                return found
        if (layer := LAYERS.get(kind)) is not None:
            return layer(self.step, *given, **named)
        operands = [self._operand(each) for each in given]
        if kind in _ARITHMETIC:
            operands = [self._measured(each) for each in operands]
        others = {key: self._operand(each) for key, each in named.items() if each is not None}
        made = making_tensors.make(self.step.calls, None, kind, operands, others)  # type: ignore[arg-type]
        if made is not None:
            return made
        return self.step.calls.call(None, _WORDS.get(kind, kind), operands, others)  # type: ignore[arg-type]

    def _measured(self, value: Any) -> Any:
        """Return a size that is computed with as a tensor."""
        if not isinstance(value, Expression):
            return value
        row = np.empty((), object)
        row[()] = value
        return self.sketch.tensor(row)

    def _operand(self, value: Any) -> Any:
        if isinstance(value, list):
            return tuple(self._operand(each) for each in value)
        return self.step.operand(value)


def _modules(scope: Sequence[tuple[str, str]]) -> Modules:
    """Return the modules within the outermost one."""
    return tuple(each for each in scope if each[0])


def _flat(values: Sequence[Any]) -> list[Any]:
    found = []
    for each in values:
        found += _flat(each) if isinstance(each, list | tuple) else [each]
    return found
