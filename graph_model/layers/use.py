"""One use of a layer kind as its shape rule sees it: what to read, and what to state or refuse.

A rule is a function of a :class:`Use` that returns the output specs. A symbolic dimension stands
for every size that is large enough; where that does not tell the output, the rule refuses.
Everything that several rules need to check is a method here, so that each has one sentence for
the user.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NoReturn, cast

from graph_model.constraints import AtLeast, Constraint, agreeing, is_always, simpler
from graph_model.dims import Dim, Shape, divide_exactly
from graph_model.layers.weight import Weight
from graph_model.problems import Change, Fix, InsertBefore, Problem, Refusal, SetArguments
from graph_model.size_texts import read_size
from graph_model.tensors import TensorSpec
from graph_model.values import Arguments, Value


@dataclass(slots=True, eq=False, repr=False)
class Use:
    """The complete arguments and the input specs of one node, and what its rule has stated."""

    kind: str
    arguments: Arguments
    inputs: Mapping[str, TensorSpec]
    weights: list[Weight] = field(default_factory=list)
    sizes_inferred: dict[str, Value] = field(default_factory=dict)
    warnings: list[Problem] = field(default_factory=list)
    constraints: list[Constraint] = field(default_factory=list)
    sizes_named: Mapping[str, Dim] = field(default_factory=dict)  # those of Inputs

    # Arguments, whose types were checked against the catalogue before the rule runs, and inputs.

    def integer(self, name: str) -> int:
        """Return an integer argument."""
        value = self.arguments[name]
        assert isinstance(value, int)
        return value

    def optional_integer(self, name: str) -> int | None:
        """Return an integer argument that may be ``None``."""
        return None if self.arguments[name] is None else self.integer(name)

    def number(self, name: str) -> float:
        """Return a numeric argument."""
        value = self.arguments[name]
        assert isinstance(value, int | float)
        return value

    def flag(self, name: str) -> bool:
        """Return a boolean argument."""
        return self.arguments[name] is True

    def text(self, name: str) -> str:
        """Return a text or choice argument."""
        value = self.arguments[name]
        assert isinstance(value, str)
        return value

    def sizes(self, name: str, length: int) -> tuple[int, ...]:
        """Return one integer for each of ``length`` dimensions."""
        value = self.arguments[name]
        if isinstance(value, tuple):
            return cast("tuple[int, ...]", value)
        return (self.integer(name),) * length

    def integers(self, name: str) -> tuple[int, ...]:
        """Return a tuple of integers."""
        return cast("tuple[int, ...]", self.arguments[name])

    def size(self, name: str) -> Dim:
        """Return an argument that may be a size of an Input."""
        return self._size(self.arguments[name])

    def shape(self, name: str) -> Shape:
        """Return several sizes, each of which may be one of an Input."""
        return tuple(map(self._size, cast("tuple[int | str, ...]", self.arguments[name])))

    def _size(self, value: Value) -> Dim:
        return read_size(value, self.sizes_named) if isinstance(value, str) else cast("int", value)

    def input(self, port: str = "input") -> TensorSpec:
        """Return the spec at an input port."""
        return self.inputs[port]

    def has(self, port: str) -> bool:
        """Tell whether an optional input is connected."""
        return port in self.inputs

    # Statements

    def weight(self, name: str, *shape: int) -> None:
        """State that the layer holds a parameter of this name and shape."""
        self.weights.append(Weight(name, shape))

    def buffer(self, name: str, *shape: int, dtype: str = "float32") -> None:
        """State that the layer holds a buffer of this name and shape."""
        self.weights.append(Weight(name, shape, is_buffer=True, dtype=dtype))

    def infer(self, parameter: str, index: int, port: str = "input") -> int:
        """Take a size from the input's dimension ``index``, held against the pinned one if any."""
        spec = self.input(port)
        found = spec.shape[index]
        if not isinstance(found, int):
            self.refuse_unknown_size(parameter, found, port)
        if self.arguments[parameter] not in (None, found):
            self.refuse_pinned(parameter, found, port)
        self.sizes_inferred[parameter] = found
        return found

    def called(self, name: str, value: int) -> int:
        """Return a number of the layer's own, called ``name`` where its formulas are explained."""
        return value

    def same(self, left: Dim, right: Dim) -> Dim | None:
        """Return the size that two sizes have to be, ``None`` where they cannot be the same.

        Where they are the same for some values of a symbol alone, this becomes a constraint.
        """
        if left == right:
            return left
        equal = agreeing(left, right)
        if equal is None:
            return None
        self.constraints.append(equal)
        return simpler(left, right)

    def at_least(self, dim: Dim, bound: int) -> bool:
        """Tell whether a size is large enough; for one not yet known it becomes a constraint."""
        if isinstance(dim, int):
            return dim >= bound
        if not is_always(dim, bound):
            self.constraints.append(AtLeast(dim, bound))
        return True

    def divisible(self, dim: Dim, divisor: int) -> bool:
        """Tell whether a size is a multiple; for one not yet known it becomes a constraint."""
        if divide_exactly(dim, divisor) is not None:
            return True
        return self.same(dim, dim // divisor * divisor) is not None

    # Checks

    def need_rank(self, rank: int, layout: str, port: str = "input") -> TensorSpec:
        """Return the input, refused unless it has ``rank`` dimensions, laid out as ``layout``."""
        spec = self.input(port)
        if spec.rank != rank:
            self.refuse(
                "wrong_rank",
                *([self.flatten_before(port)] if spec.rank > rank == 2 else []),
                port=port,
                kind=self.kind,
                expected=rank,
                layout=layout,
                shape=spec,
                got=spec.rank,
            )
        return spec

    def need_rank_at_least(self, rank: int, port: str = "input") -> TensorSpec:
        """Return the input, refused unless it has ``rank`` dimensions or more."""
        spec = self.input(port)
        if spec.rank < rank:
            self.refuse(
                "rank_too_small",
                port=port,
                kind=self.kind,
                expected=rank,
                shape=spec,
                got=spec.rank,
            )
        return spec

    def need_floating(self, *ports: str) -> None:
        """Refuse any of these inputs (all, where none is named) that is not of a real dtype."""
        for port in ports or self.inputs:
            if not self.inputs[port].is_floating:
                self.refuse_dtype("needs_real_numbers", port, "float32")

    def need_float32(self, *ports: str) -> None:
        """Refuse any of these inputs (all, where none is named) that the weights do not match."""
        self.need_floating(*ports)
        for port in ports or self.inputs:
            if self.inputs[port].dtype != "float32":
                self.refuse_dtype("needs_float32", port, "float32")

    def need_numbers(self, *ports: str) -> None:
        """Refuse any of these inputs (all, where none is named) that holds truth values."""
        for port in ports or self.inputs:
            if self.inputs[port].dtype == "bool":
                self.refuse_dtype("needs_numbers", port, "float32")

    def need_indices(
        self, port: str = "input", dtypes: tuple[str, ...] = ("int64", "int32")
    ) -> None:
        """Refuse an input that does not hold indices."""
        if self.inputs[port].dtype not in dtypes:
            self.refuse_dtype("needs_indices", port, "int64")

    def need_truth_values(self, port: str) -> None:
        """Refuse an input that does not hold truth values."""
        if self.inputs[port].dtype != "bool":
            self.refuse_dtype("needs_truth_values", port, "bool")

    def need_size(self, port: str, dim: int, expected: Dim) -> None:
        """Refuse an input whose dimension ``dim`` is not ``expected``."""
        spec = self.inputs[port]
        if self.same(spec.shape[dim], expected) is None:
            self.refuse(
                "wrong_size",
                port=port,
                dim=dim % spec.rank,
                shape=spec,
                expected=expected,
                got=spec.shape[dim],
            )

    def need_shape(self, port: str, *expected: Dim) -> None:
        """Refuse an input that is not of this shape."""
        spec = self.inputs[port]
        agree = spec.rank == len(expected) and all(
            self.same(mine, wanted) is not None
            for mine, wanted in zip(spec.shape, expected, strict=True)
        )
        if not agree:
            self.refuse("wrong_shape", port=port, expected=spec.with_shape(*expected), got=spec)

    def need_divisible(self, what: str, got: int, by: str, divisor: int, *fixes: Fix) -> None:
        """Refuse a parameter that another one does not divide."""
        if got % divisor:
            self.refuse(
                "not_divisible", *fixes, parameter=by, what=what, got=got, by=by, divisor=divisor
            )

    def need_dim_divisible(self, dim: int, divisor: int) -> None:
        """Refuse an input whose dimension ``dim`` is not a multiple of ``divisor`` for sure."""
        spec = self.input()
        got = spec.shape[dim]
        if self.divisible(got, divisor):
            return
        if not isinstance(got, int):
            self.refuse_symbol(got)
        self.refuse(
            "dim_not_divisible", port="input", dim=dim, shape=spec, got=got, divisor=divisor
        )

    def need_positive(self, dim: int, got: Dim, *fixes: Fix) -> None:
        """Refuse a size below one for dimension ``dim`` of the output."""
        if not self.at_least(got, 1):
            self.refuse("size_not_positive", *fixes, port="input", dim=dim, got=got)

    def dim(self, parameter: str, rank: int, port: str = "input") -> int:
        """Return the argument as a dimension index from zero on, refused outside ``rank``."""
        return self.as_dim(self.integer(parameter), parameter, rank, port)

    def as_dim(self, index: int, parameter: str, rank: int, port: str = "input") -> int:
        """Return ``index`` counted from zero on, refused outside ``rank``."""
        if rank == 0:
            self.refuse("no_dims", port=port, kind=self.kind)
        if not -rank <= index < rank:
            self.refuse(
                "dim_out_of_range",
                *(
                    []
                    if isinstance(self.arguments[parameter], tuple)
                    else [set_argument(parameter, -1)]
                ),
                parameter=parameter,
                port=port,
                got=index,
                shape=self.inputs[port],
                first=-rank,
                last=rank - 1,
            )
        return index % rank

    def warn(self, code: str, *fixes: Fix, **values: object) -> None:
        """State what torch would let pass, though it is hardly meant."""
        named = {name: str(value) for name, value in values.items()}
        self.warnings.append(Problem(code, named, fixes=fixes))

    def refuse(
        self, code: str, *fixes: Fix, port: str = "", parameter: str = "", **values: object
    ) -> NoReturn:
        """Refuse the inputs or arguments, with the values that the sentence of ``code`` names."""
        named = {name: str(value) for name, value in values.items()}
        if parameter:
            named.setdefault("parameter", parameter)
        if port:
            named.setdefault("port", port)
        raise Refusal(Problem(code, named, port=port, parameter=parameter, fixes=fixes))

    def refuse_unknown_size(self, parameter: str, got: Dim, port: str = "input") -> NoReturn:
        """Refuse a symbolic size where the layer's weights need a number."""
        shape = self.input(port)
        self.refuse("size_must_be_number", port=port, parameter=parameter, shape=shape, got=got)

    def refuse_pinned(self, parameter: str, got: object, port: str = "input") -> NoReturn:
        """Refuse a pinned size that is not that of the input."""
        self.refuse(
            "pinned_size",
            Fix("follow_input", SetArguments({parameter: None}), {"parameter": parameter}),
            port=port,
            parameter=parameter,
            pinned=self.arguments[parameter],
            shape=self.input(port),
            got=got,
        )

    def refuse_symbol(self, got: Dim) -> NoReturn:
        """Refuse a symbolic size for which the output cannot be told, however large it is."""
        self.refuse(
            "symbol_not_supported", port="input", kind=self.kind, shape=self.input(), got=got
        )

    def refuse_dtype(self, code: str, port: str, wanted: str) -> NoReturn:
        """Refuse an input of another dtype than ``wanted``, with a Cast as the fix."""
        cast = InsertBefore(port, "Cast", {"dtype": wanted})
        fix = Fix("insert_layer", cast, {"kind": "Cast"})
        self.refuse(code, fix, port=port, kind=self.kind, got=self.inputs[port].dtype)

    def flatten_before(self, port: str) -> Fix:
        """Return the fix that inserts a Flatten."""
        return Fix("insert_layer", InsertBefore(port, "Flatten"), {"kind": "Flatten"})


def set_argument(parameter: str, value: Value) -> Fix:
    """Return the fix that sets one argument."""
    change: Change = SetArguments({parameter: value})
    return Fix("set_argument", change, {"parameter": parameter, "value": str(value)})
