"""What the values of ``forward`` are called, as one would call them by hand.

A value that goes on from statement to statement is ``x``, or ``y`` beside it. One that is kept for
later, such as what a skip connection takes up again, has a name that tells what it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, count
from typing import Final

from codegen.line_breaks import LINE_LENGTH
from codegen.model.inlining import INDENT, inlined
from codegen.model.step import Step
from graph_model.layers.kind import Composite, ExpandLike, Function, LayerKind, Module, Script
from graph_model.naming import RESERVED, without_number
from graph_model.network import NodeId

_LETTERS: Final = ("x", "y", "z")
_AMBIGUOUS: Final = frozenset({"l", "O", "I"})
_GENERAL: Final = re.compile(r"[a-z]\d?|(in|out)put\d*|other|like|of|by")
"""Ports whose names do not tell what they are given."""
_SAYS_KIND: Final = re.compile(
    "act|non_?lin|norm|^(bn|ln|gn)$|drop|pool|relu|elu|sigmoid|softmax|tanh|swish"
)
"""What people call layers by their kind."""
_LAYERS: Final = (Composite, Module, Script)
_MANY: Final = 3
"""What so many values are joined to one has a name for each of them."""


def telling(ports: Iterable[str]) -> str:
    """Return what those that take a value call it, "" where that says little."""
    names = {*ports}
    name = names.pop() if len(names) == 1 else ""
    return "" if _GENERAL.fullmatch(name) else name


def is_telling(name: str, kind: LayerKind) -> bool:
    """Tell whether a layer's name says what it gives, as ``gate`` does, and not only what it is."""
    stem = without_number(name).strip("_").lower()
    is_short = len(stem) == 1 and stem != name.lower()  # a letter with a number
    return not (is_short or _SAYS_KIND.search(stem) or kind.code_stem in stem)


class Variables:
    """The names of all values of one ``forward``.

    ``arguments`` are its own; ``functions`` are names that the body uses otherwise; ``wishes`` maps
    marks to what the takers of their values call them; ``returned`` are the values that it returns.

    Invariants: two values that are alive have different names, and no name hides a function.
    """

    def __init__(
        self,
        steps: Sequence[Step],
        returned: Sequence[str],
        arguments: Collection[str],
        functions: Collection[str],
        wishes: Mapping[str, str],
    ) -> None:
        wished = Counter(wishes.values())
        self._wishes = {value: wish for value, wish in wishes.items() if wished[wish] == 1}
        self._steps = steps
        self._takers = Counter(value for step in steps for value in {*step.reads})
        self._last = {value: at for at, step in enumerate(steps) for value in step.reads}
        self._last |= dict.fromkeys(returned, len(steps))
        self._alive = {*arguments}
        self._hidden = RESERVED | _AMBIGUOUS | {*functions}
        self._asides = {
            value
            for step in steps
            for value in step.writes
            if isinstance(step.kind.form, ExpandLike)
        }
        self._ancestors = {
            heir: value for at in range(len(steps)) for value, heir in self._inheritances(at)
        }
        self._heads = {*self._ancestors.values(), *(returned if len(returned) == 1 else ())}
        self._names: dict[str, str] = {}
        self._running = {*arguments}
        self._first = next(iter(arguments), "")
        for at in range(len(steps)):
            self._name_all(at)
        self._table = {ord(value): name for value, name in self._names.items()}

    def written(self, text: str) -> str:
        """Return a text with names for marks."""
        return text.translate(self._table)

    def lines(self, step: Step) -> tuple[str, ...]:
        """Return a step, line by line."""
        pairs = [[self.written(value) for value in pair] for pair in step.carried]
        moved = [(after, before) for before, after in pairs if before != after]
        first = [" = ".join(map(", ".join, zip(*moved, strict=True)))] if moved else []
        return (*first, *map(self.written, step.text))

    def is_too_long(self, step: Step) -> bool:
        """Tell whether a statement takes more than a line, be it what ``forward`` returns."""
        heads = (self.written(f"{step.target} = "), "return ")
        longest = INDENT + max(map(len, heads)) + len(self.written(step.expression))
        return longest > LINE_LENGTH

    def _dying(self, at: int) -> list[str]:
        """Return the values that nothing reads after this step, in the order of its operands."""
        return [v for v in dict.fromkeys(self._steps[at].reads) if self._last[v] == at]

    def _inheritances(self, at: int) -> Iterator[tuple[str, str]]:
        """Yield each value that a step goes on with, and what it becomes."""
        step, dying = self._steps[at], self._dying(at)
        if step.carried:
            yield from (pair for pair in step.carried if pair[0] in dying)
        elif _is_whole(step) and not _joins_many(step):
            going_on = [value for value in dying if value not in self._asides]
            yield from zip(going_on, step.writes[:1], strict=False)

    def _name_all(self, at: int) -> None:
        """Name what a step gives; what it reads for the last time gives its name away before."""
        step = self._steps[at]
        dying = {*self._dying(at)}
        self._release(dying.difference(step.kept))
        for value, own in zip(step.writes, step.names, strict=True):
            self._names[value] = name = self._chosen(at, value, own)
            self._alive.add(name)
            if name in _LETTERS and name != own:
                self._running.add(value)
        for value, name in step.turns:
            self._names[value] = self._first_free([], name)
            self._alive.add(self._names[value])
        self._release(value for value, _ in step.turns)
        self._release(dying.intersection(step.kept))
        self._release(value for value in step.writes if value not in self._last)

    def _release(self, values: Iterable[str]) -> None:
        self._alive.difference_update(self._names.get(value, value) for value in values)

    def _chosen(self, at: int, value: str, own: str) -> str:
        step, ancestor = self._steps[at], self._ancestors.get(value, "")
        inherited = self._names.get(ancestor, "x")
        running = [*([inherited] if inherited in _LETTERS else []), *_LETTERS]
        if step.is_named and not step.carried and self._stands_apart(at, value):
            wish = self._wishes.get(value, own) if isinstance(step.kind.form, _LAYERS) else own
            return self._first_free([wish], own)
        is_list = bool(step.turns) and not step.carried
        if is_list or (step.carried and value not in {after for _, after in step.carried}):
            return self._first_free([], own)
        if step.carried or (value in self._heads and _is_whole(step)):
            return self._first_free(running, own)
        is_own = step.is_named or len(step.writes) > 1 or isinstance(step.kind.form, _LAYERS)
        is_about = len(step.nodes) > 1 and not step.is_telling  # and the name that of one within
        is_running = self._is_taken_up(at, value) and (
            ancestor in self._names or not is_own or (is_about and len(step.writes) == 1)
        )
        usual = running if is_running else ()
        return self._first_free([self._wishes[value]] if value in self._wishes else usual, own)

    def _first_free(self, wanted: Iterable[str], own: str) -> str:
        """Return the first name that is free; at last its own one, numbered where need be."""
        numbered = (f"{own}_{number}" for number in count(2))
        return next(filter(self._is_free, chain(wanted, [own], numbered)))

    def _stands_apart(self, at: int, value: str) -> bool:
        """Tell whether a value is more than a step on the way of another.

        That of a layer is where it is taken more than once, since the layer has the name as well.
        """
        takers, reads = self._takers[value], {*self._steps[at].reads}
        if isinstance(self._steps[at].kind.form, _LAYERS):
            return takers > 1
        ancestor = self._ancestors.get(value, "")
        goes_on = ancestor in self._running and (
            len(reads) > 1 or ancestor in self._names or ancestor == self._first
        )  # what is made of a further argument alone is no step on the way
        return takers > 1 or not goes_on or not self._is_taken_up(at, value)

    def _is_taken_up(self, at: int, value: str) -> bool:
        """Tell whether the next statement is the last to read a value, and reads few others."""
        following = self._steps[at + 1].reads if at + 1 < len(self._steps) else ()
        return self._last.get(value, at) <= at + 1 and len({*following}) < _MANY

    def _is_free(self, name: str) -> bool:
        return name not in self._alive and name not in self._hidden


def named(
    steps: Sequence[Step], name: Callable[[Sequence[Step]], Variables]
) -> tuple[Sequence[Step], Variables]:
    """Return the steps, joined where a line has room for them, and the names of all values.

    ``name`` gives them their names, by which a line may become too long after all.
    """
    apart: set[NodeId] = set()
    while True:
        joined = inlined(steps, apart)
        variables = name(joined)
        several = (step for step in joined if len(step.nodes) > 1)
        too_long = {step.nodes[-1] for step in several if variables.is_too_long(step)}
        if too_long <= apart:  # a list of equal parts has several nodes as it is
            return joined, variables
        apart |= too_long


def _joins_many(step: Step) -> bool:
    """Tell whether a function makes one value of so many that none of them goes on in it."""
    return isinstance(step.kind.form, Function) and len({*step.reads}) >= _MANY


def _is_whole(step: Step) -> bool:
    """Tell whether a step gives one value, or before all others that which it is for."""
    return (len(step.writes) == 1 and step.target[:1] != "_") or step.ports[0] == "output"
