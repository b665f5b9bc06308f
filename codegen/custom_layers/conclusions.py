"""What follows from the trials of a custom layer for sizes of any number: shapes, weights, cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any, Final

from codegen.custom_layers.size_formulas import (
    LARGEST_DIVISOR,
    Sizes,
    atoms,
    denominator,
    doubts,
    lines,
    polynomial,
    with_combinations,
)
from codegen.custom_layers.trials import Run, Trials
from graph_model.custom_layers.known import Answer, Question
from graph_model.custom_layers.reading import Entry
from graph_model.dims import Dim, evaluate
from graph_model.layers.measured import Measured
from graph_model.layers.weight import Weight
from graph_model.problems import Problem, Refusal
from graph_model.tensors import DTYPES, TensorSpec

_MOST_SYMBOLS: Final = 4
"""How many symbols a count may follow from: each takes three times as many trials."""


def answer(question: Question, entry: Entry, run: Run) -> Answer:
    """Try out what is asked and return what was found."""
    try:
        trials = Trials(question, entry.name, run)
        outputs = _outputs(entry.name, trials)
    except Refusal as refusal:
        return Answer(problem=refusal.problem)
    weights = tuple(
        Weight(name, tuple(shape), is_buffer, dtype)
        for name, shape, is_buffer, dtype in trials.found[0]["weights"]
    )
    measured = (
        _measured(entry, trials, outputs) if len(outputs) == len(entry.outputs) else Measured()
    )
    return Answer(outputs, weights, tuple(trials.constraints()), measured)


def _outputs(name: str, trials: Trials) -> tuple[TensorSpec, ...]:
    """Return the outputs; raises ``Refusal`` where what was seen does not tell them."""
    dims = with_combinations(trials.dims)
    possible = [
        trials.above({symbol: by}) for symbol in trials.base for by in range(2 * LARGEST_DIVISOR)
    ]
    while True:
        specs: list[TensorSpec] = []
        doubtful: list[Sizes] = []
        for seen in _by_output(name, trials):
            shape: list[Dim] = []
            for sizes in zip(*(shape for shape, _ in seen), strict=True):
                fitting = list(lines(sizes, trials.sets, dims))
                if not fitting:
                    raise _unclear(name, trials)
                shape.append(fitting[0].size)
                doubtful += doubts(fitting, possible)
            specs.append(TensorSpec(tuple(shape), seen[0][1]))
        if not doubtful:
            return tuple(specs)
        trials.try_out(*doubtful)


def _by_output(name: str, trials: Trials) -> Sequence[Sequence[Any]]:
    """Return for each output its shape and dtype in all trials."""
    found = [trial["outputs"] for trial in trials.found]
    if len({len(outputs) for outputs in found}) > 1:
        raise _unclear(name, trials)
    by_output = list(zip(*found, strict=True))
    for seen in by_output:
        if len({(len(shape), dtype) for shape, dtype in seen}) > 1:
            raise _unclear(name, trials)
        if seen[0][1] not in DTYPES:
            raise Refusal(Problem("custom_dtype", {"name": name, "got": seen[0][1]}))
    return by_output


def _unclear(name: str, trials: Trials) -> Refusal:
    sizes = ", ".join(map(str, trials.dims))
    return Refusal(Problem("custom_unclear_size", {"name": name, "sizes": sizes}))


# Cost

_WAYS: Final = ("kept_inputs", "kept_outputs", "same_as", "with_gradient")
"""What must not depend on the sizes."""


def _measured(entry: Entry, trials: Trials, outputs: Sequence[TensorSpec]) -> Measured:
    """Return what one call costs, as far as trials of its own tell."""
    floating = zip(entry.outputs, outputs, strict=True)
    unknown = Measured(with_gradient=tuple(port for port, spec in floating if spec.has_fractions))
    if len(trials.base) > _MOST_SYMBOLS:
        return unknown
    dims = [*trials.dims, *(dim for spec in outputs for dim in spec.shape)]
    steps = {name: _step(trials.step[name], denominator(dims, name)) for name in trials.base}
    small = trials.small()
    grid = {name: [small[name] + by * step for by in (0, 1, 2)] for name, step in steps.items()}
    sets: list[Sizes] = [dict(zip(grid, sizes, strict=True)) for sizes in product(*grid.values())]
    for more in (5, 8):
        far = {
            name: small[name] + more * trials.step[name] * (at + 2) for at, name in enumerate(grid)
        }
        sets.append(far)
    try:
        costs = trials.run(sets, measure=True)
    except Refusal:  # too many trials for one that takes long
        return unknown
    if "code" in costs[-1]:
        return unknown
    multiply_adds, kept = (
        _formula([each[what] for each in costs], sets, grid, dims)
        for what in ("multiply_adds", "kept")
    )
    if any(each[way] != costs[0][way] for each in costs for way in _WAYS):
        return replace(unknown, multiply_adds=multiply_adds)
    return _by_ports(entry, costs[0], multiply_adds, kept)


def _step(step: int, divisor: int) -> int:
    """Return how far sizes have to be apart that are not the same when they are divided."""
    return step if divisor == 1 else step * (divisor // step + 1)


def _formula(
    counts: Sequence[int | None],
    sets: Sequence[Sizes],
    grid: Mapping[str, Sequence[int]],
    dims: Sequence[Dim],
) -> Dim | None:
    """Return the polynomial of the symbols, or of what they are divided into, that fits all."""
    known = [each for each in counts if each is not None]
    if len(known) < len(counts):
        return None
    for of in product(*(atoms(dims, name) for name in grid)):
        axes = [
            [evaluate(dim, {name: size}) for size in grid[name]]
            for name, dim in zip(grid, of, strict=True)
        ]
        found = polynomial(known, axes, of)
        if found is not None and all(
            evaluate(found, sizes) == count for sizes, count in zip(sets, known, strict=True)
        ):
            return found
    return None


def _by_ports(
    entry: Entry, cost: Mapping[str, Any], multiply_adds: Dim | None, kept: Dim | None
) -> Measured:
    """Return the cost with the names of the outputs in place of their numbers."""
    others = (entry.outputs[each] if isinstance(each, int) else each for each in cost["same_as"])
    return Measured(
        multiply_adds,
        kept,
        tuple(cost["kept_inputs"]),
        tuple(entry.outputs[at] for at in cost["kept_outputs"]),
        tuple((port, each) for port, each in zip(entry.outputs, others, strict=True) if each),
        tuple(entry.outputs[at] for at in cost["with_gradient"]),
    )
