"""Tries a custom layer with sizes for its symbolic dimensions, and finds which sizes work."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, NoReturn, TypeAlias

from codegen.custom_layers.size_formulas import LARGEST_DIVISOR, Sizes, denominator
from graph_model.constraints import BATCH, AtLeast, Constraint, multiple
from graph_model.custom_layers.known import Question
from graph_model.dims import Expression, symbol, symbols
from graph_model.problems import Problem, Refusal

Trial: TypeAlias = Mapping[str, Any]
Run: TypeAlias = Callable[..., list[Trial]]
"""Tries sets of sizes, as :mod:`codegen.custom_layers.probe` describes it: all up to the first that
fails, or with ``search``, that works; with ``measure`` their cost as well."""

_FIRST_SIZES: Final = (29, 31, 37, 41, 43, 47, 53, 59)
"""Sizes for symbolic dimensions: no two alike, and none that a layer would be made for."""
_STEPS: Final = (1, 2, 3, 12, 77)
_UNITS: Final = range(64, 32, -1)
"""What sizes may have to be multiples of: these, and through them all smaller numbers."""
_TIMES: Final = (3, 5, 7, 11, 13, 17, 19, 23)
_LITTLE: Final = 3
"""A batch beside large sizes."""
_MAY_BE_THE_SIZE: Final = ("RuntimeError", "ValueError", "AssertionError", "IndexError")


class Trials:
    """The trials of one question: the ``sets`` of sizes, and what was ``found`` for each.

    The sizes that work are ``base``, and what lies any number of times ``step`` above it.
    """

    def __init__(self, question: Question, name: str, run: Run) -> None:
        """Make trials; raises ``Refusal`` where the layer fails with any sizes."""
        shapes = (spec.shape for _, spec in question.inputs)
        self.dims: Final = list(
            dict.fromkeys(dim for shape in shapes for dim in shape if isinstance(dim, Expression))
        )
        self.run: Final = run
        self.sets: list[Sizes] = []
        self.found: list[Trial] = []
        self._name = name
        names = sorted({name for dim in self.dims for name in symbols(dim)})
        self.base = {name: _FIRST_SIZES[at % 8] + 60 * (at // 8) for at, name in enumerate(names)}
        self.step = dict.fromkeys(names, 1)
        self._free = [name for name in names if name not in BATCH]
        self._least: dict[str, int] = {}
        self._begin()

    def try_out(self, *sets: Sizes) -> None:
        """Make further trials; raises ``Refusal`` where one fails."""
        new = [each for at, each in enumerate(sets) if each not in (*self.sets, *sets[:at])]
        trials = self.run(new) if new else []
        for trial, sizes in zip(trials, new, strict=False):
            if "code" in trial:
                self._refuse(trial, sizes)
        self.sets += new
        self.found += trials

    def above(self, steps: Mapping[str, int]) -> Sizes:
        """Return the base with some symbols so many steps above it."""
        further = {name: self.base[name] + by * self.step[name] for name, by in steps.items()}
        return {**self.base, **further}

    def small(self) -> Sizes:
        """Return small sizes that work, where a loop over one does not take long."""
        return {
            name: max(self._least.get(name, 1), (3 + 2 * at) * step)
            for at, (name, step) in enumerate(self.step.items())
        }

    def constraints(self) -> Iterator[Constraint]:
        """Yield what has to hold for the symbols."""
        for name in self._free:
            if self.step[name] > 1:
                yield multiple(name, self.step[name])
            if self._least[name] > self.step[name]:
                yield AtLeast(symbol(name), self._least[name])

    def _begin(self) -> None:
        (first,) = self.run([self.base])
        if "code" in first:
            reason = str(first["values"].get("reason"))
            if not (reason.startswith(_MAY_BE_THE_SIZE) and self._free and self._enlarge()):
                self._refuse(first, self.base)
        for name in self._free:
            self._least[name] = self._smallest(name)
        names = list(self.base)
        self.try_out(
            self.base,
            *(self.above({name: by}) for name in names for by in _STEPS),
            self.above({name: 9 + 11 * at for at, name in enumerate(names)}),
        )

    def _enlarge(self) -> bool:
        """Find larger sizes that work, multiples of some number, and tell whether there are any."""
        cut = {name: denominator(self.dims, name) for name in self._free}
        whole = {name: _TIMES[at % 8] * cut[name] for at, name in enumerate(self._free)}
        little = dict.fromkeys(self.base, _LITTLE)
        large: list[Sizes] = [
            {**little, **{name: whole[name] * unit for name in whole}} for unit in _UNITS
        ]
        worked = self._first_that_works(large)
        if worked is None:
            return False
        for name in self._free:
            times = worked[name] // cut[name]
            steps = [n * cut[name] for n in range(1, times + 1) if not times % n]
            further = self._first_that_works([{**worked, name: worked[name] + n} for n in steps])
            self.step[name] = further[name] - worked[name] if further else worked[name]
        self.base.update(worked)
        return True

    def _smallest(self, name: str) -> int:
        """Return the smallest size of a symbol that works."""
        step, base = self.step[name], self.base[name]
        sizes = range(step, min(base, LARGEST_DIVISOR * step) + 1, step)
        works = self._first_that_works([{**self.base, name: size} for size in sizes])
        return works[name] if works else base

    def _first_that_works(self, sets: Sequence[Sizes]) -> Sizes | None:
        trials = self.run(sets, search=True)
        return None if "code" in trials[-1] else sets[len(trials) - 1]

    def _refuse(self, trial: Trial, sizes: Sizes) -> NoReturn:
        values = {"name": self._name, **trial["values"]}
        shown = ", ".join(f"{name} = {size}" for name, size in sizes.items())
        if shown and "reason" in values:
            values["reason"] += f" ({shown})"
        raise Refusal(Problem(trial["code"], values))
