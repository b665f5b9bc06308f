"""The formulas of one node, written, and what there is to say of their variables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph_model.dims import Expression, with_multiples
from graph_model.explain.notation import Writer, Written
from graph_model.explain.values import ArgumentOf, Question, Variable
from graph_model.explain.watched import ArgumentKey, InputKey, Key, Trace
from graph_model.explain.where import Spot
from graph_model.explain.words import label, title
from graph_model.formulas import Formula, names_in
from graph_model.formulas import write as write_formula
from graph_model.inference.arguments import as_owner
from graph_model.phrases import Phrase, phrase


@dataclass(frozen=True)
class Formulas:
    """Writes the formulas of a node and tells of their variables."""

    at: Spot
    trace: Trace
    keeps_floors: bool = False

    def in_names(self, tree: Formula) -> Written:
        """Write a formula in the names of its variables."""
        words = {name: label(self.trace, key) for name, (key, _) in self.trace.named.items()}
        return self._writer(words).write(tree)

    def in_values(self, tree: Formula, times: str = "·") -> Written:
        """Write a formula with the values of its variables filled in."""
        return self._writer(self._values, times).write(tree)

    @property
    def _values(self) -> dict[str, Any]:
        return {name: self._shown(value) for name, (_, value) in self.trace.named.items()}

    def _shown(self, value: Any) -> Any:
        """Return a value as people read it, such as ``H/2`` where H has to be even."""
        known = self.at.root.multiples
        return with_multiples(value, known) if isinstance(value, Expression) else value

    def _writer(self, words: Mapping[str, Any], times: str = "·") -> Writer:
        return Writer(words, self._values, self.keeps_floors, times=times)

    def keys(self, trees: Iterable[Formula]) -> list[str]:
        """Return the variables of some formulas in order, each once."""
        found = dict.fromkeys(name for tree in trees for name in names_in(tree))
        return [name for name in found if name in self.trace.named]

    def variables(self, trees: Sequence[Formula]) -> tuple[Variable, ...]:
        """Return what there is to say of the variables of some formulas."""
        return tuple(self._variable(name) for name in self.keys(trees))

    def _variable(self, name: str) -> Variable:
        key, value = self.trace.named[name]
        source, question = self._source(key)
        return Variable(name, label(self.trace, key), self._shown(value), source, question)

    def _source(self, key: Key) -> tuple[Phrase, Question | None]:
        """Return where the value of a variable comes from, and what to ask to know more."""
        at = self.at
        match key:
            case InputKey(port, index):
                asked = at.feeder(port, index)
                return title(at.root, asked), asked
            case ArgumentKey(parameter, index):
                source, has_more = argument_source(at, parameter)
                asked_too = ArgumentOf(at.steps, at.node.id, parameter, index)
                return source, asked_too if has_more else None
            case _:
                return phrase("part of {kind}", kind=at.kind.name), None


def argument_source(at: Spot, parameter: str) -> tuple[Phrase, bool]:
    """Return where an argument of a node comes from, and whether that can be explained."""
    node = as_owner(at.inference.network, at.node)
    if parameter in node.formulas:
        formula = write_formula(node.formulas[parameter])
        return phrase("the formula {formula}", formula=formula), True
    if parameter in node.arguments and node.arguments[parameter] is not None:
        return phrase("set by you"), False
    if not at.is_block and at.result.outputs and parameter in at.trace.inferred:
        return phrase("follows from what comes in"), True
    return phrase("the default"), False
