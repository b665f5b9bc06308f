"""How the use of a block is written: its constructor call, and repeats of it in sequence."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from enum import Enum
from itertools import pairwise
from typing import Final

from codegen.line_breaks import LINE_LENGTH
from codegen.literals import call, literal
from codegen.model.block_uses import MISSING, Quantity, read
from codegen.model.expressions import spelled
from codegen.model.program import Class, Setting
from codegen.model.sizes import Sizes
from graph_model.arrangement import Arrangement
from graph_model.blocks import INDEX
from graph_model.formulas import (
    Binary,
    Constant,
    Formula,
    Name,
    as_value,
    names_in,
    substitute,
)
from graph_model.frozen import frozen
from graph_model.inference.arguments import is_by_turn, is_condition
from graph_model.inference.infer import Inference
from graph_model.layers.kind import LayerKind
from graph_model.network import Node, NodeId, free_name
from graph_model.values import Value

_MOST_POSITIONAL: Final = 2


class _Course(Enum):
    """How a size goes on from one repeat of a block to the next."""

    SAME = "same"
    FIRST = "the first differs from the rest"
    STEPS = "grows by the same amount"
    FREE = "any other"


@frozen
class _Argument:
    """An argument of a block's constructor: a text, or a size that is read in every repeat."""

    setting: Setting
    text: str = ""
    course: _Course = _Course.SAME
    by_turn: Formula | None = None
    """What follows from which repeat it is; it has no one text."""


def construction(made: Class, kind: LayerKind, node: Node, sizes: Sizes) -> str:
    """Return the text that makes the block of a node, or the container of its repeats."""
    writer = _Writer(made, kind, node, sizes, _arguments(made, kind, node, sizes))
    if node.repeat == 1:
        return writer.one(0)
    if is_condition(node, sizes.passes[0].scope):
        assert not isinstance(node.repeat, int)
        condition = sizes.formula(node.repeat)
        otherwise = "nn.Identity()" if is_chained(kind) else "None"
        if isinstance(condition, bool):
            return writer.one(0) if condition else "nn.Identity()"
        one = writer.one(0)
        if node.frozen and otherwise == "None":
            one = f"{one}.requires_grad_(False)"
        return f"{one} if {literal(condition)} else {otherwise}"
    if node.arrangement is Arrangement.SHARED:
        return writer.one(0)
    items = writer.repeats()
    if is_chained(kind) and not node.arrangement.is_parallel:
        return f"nn.Sequential({items})"
    is_single = items.startswith("*[") and items.endswith("]") and items.count("[") == 1
    return f"nn.ModuleList({items[1:] if is_single else f'[{items}]'})"


def is_chained(kind: LayerKind) -> bool:
    """Tell whether repeats of a block follow one another as modules of a Sequential do."""
    return len(kind.inputs({})) == len(kind.outputs({})) == 1


def _arguments(made: Class, kind: LayerKind, node: Node, sizes: Sizes) -> list[_Argument]:
    found: list[_Argument] = []
    for setting in made.settings:
        if setting.quantity is not None:
            found.append(_Argument(setting, course=_course(node.id, setting.quantity, sizes)))
            continue
        parameter = kind.by_name[setting.name]
        if formula := node.formulas.get(setting.name):
            if INDEX in names_in(formula) and is_by_turn(node, sizes.passes[0].scope):
                found.append(_Argument(setting, by_turn=formula))
                continue
            value = sizes.formula(formula)
        else:
            value = node.arguments.get(setting.name, parameter.default)
        found.append(_Argument(setting, spelled(parameter, value)))
    return found


def _course(id: NodeId, quantity: Quantity, sizes: Sizes) -> _Course:
    uses = [inference.nodes[id].passes for inference in sizes.needed]
    courses = [[read(quantity, each.inference) for each in passes] for passes in uses]
    times = [[each.times for each in passes] for passes in uses]
    if all(len(set(values) - {MISSING}) <= 1 for values in courses):
        return _Course.SAME
    if all(
        len(set(values[1:])) <= 1 and (many[0] == 1 or len(values) == 1)
        for values, many in zip(courses, times, strict=True)
    ):
        return _Course.FIRST
    if all(map(_is_stepping, courses, times)):
        return _Course.STEPS
    return _Course.FREE


def _is_stepping(values: list[Value], times: list[int]) -> bool:
    """Tell whether values, each of which holds so many times, grow by the same amount."""
    whole = [value for value in values if type(value) is int]
    steps = {after - before for before, after in pairwise(whole)}
    return len(whole) == len(values) and len(steps) <= 1 and set(times) == {1}


@frozen
class _Writer:
    """Writes the calls for one use of a block."""

    made: Class
    kind: LayerKind
    node: Node
    sizes: Sizes
    arguments: list[_Argument]

    def one(self, turn: int) -> str:
        """Write the block as it is at one of its repeats."""
        return self._call(self._by_turn(Constant(turn)), turn)

    def _each(self, turn: int) -> str:
        """Write the block as it is at a repeat and all later ones, in a loop over them."""
        return self._call(self._by_turn(Name(self._index)), turn)

    @property
    def _index(self) -> str:
        """What the loop over the repeats calls which one it is."""
        taken = self.sizes.parameters
        return free_name(INDEX, taken) if INDEX in taken else INDEX

    def _by_turn(self, index: Formula) -> dict[str, str]:
        """Write the arguments that follow from which repeat it is."""
        found: dict[str, str] = {}
        for argument in self.arguments:
            if argument.by_turn is not None:
                value = as_value(substitute(argument.by_turn, {INDEX: index}))
                value = self.sizes.formula(value) if isinstance(value, Formula) else value
                name = argument.setting.name
                found[name] = spelled(self.kind.by_name[name], value)
        return found

    def repeats(self) -> str:
        """Write all repeats, separated by commas."""
        courses = {argument.course for argument in self.arguments}
        count = self._count()
        index = self._index
        is_by_turn = any(argument.by_turn for argument in self.arguments)
        word = index if is_by_turn else "_"
        if courses <= {_Course.SAME}:
            return f"*[{self._each(0)} for {word} in range({count})]"
        if courses <= {_Course.SAME, _Course.FIRST}:
            if self.node.repeat == 2:
                return f"{self.one(0)}, {self.one(1)}"
            others = f"1, {count}" if is_by_turn else self._count(one_less=True)
            return f"{self.one(0)}, *[{self._each(1)} for {word} in range({others})]"
        if courses <= {_Course.SAME, _Course.STEPS}:
            return f"*[{self._call(self._steps(), 0)} for {index} in range({count})]"
        if isinstance(self.node.repeat, int):
            return ", ".join(self.one(turn) for turn in range(self.node.repeat))
        return f"*[{self._call(self._listed(), 0)} for {index} in range({count})]"

    def _count(self, one_less: bool = False) -> str:
        """Write the number of repeats, or of all but the first."""
        repeat = self.node.repeat
        if isinstance(repeat, int):
            return str(repeat - one_less)
        match repeat:
            case Binary("+", formula, Constant(1)) if one_less:
                return literal(self.sizes.formula(formula))
            case _ if one_less:
                return literal(self.sizes.formula(Binary("-", repeat, Constant(1))))
            case _:
                return literal(self.sizes.formula(repeat))

    def _steps(self) -> dict[str, str]:
        """Write each size that grows as ``first + i * step``."""
        return self._by_turn(Name(self._index)) | {
            argument.setting.name: f"{_tight(self._size(argument, self._at(argument, 0)))} + "
            f"{self._index} * {_tight(self._step(argument))}"
            for argument in self.arguments
            if argument.course is _Course.STEPS
        }

    def _step(self, argument: _Argument) -> str:
        first, second = self._at(argument, 0), self._at(argument, 1)

        def difference(inference: Inference) -> Value:
            before, after = first(inference), second(inference)
            assert isinstance(before, int)
            assert isinstance(after, int)
            return after - before

        return self._size(argument, difference, "step")

    def _listed(self) -> dict[str, str]:
        """Write each size that follows no rule as ``sizes[i]``."""
        return self._by_turn(Name(self._index)) | {
            argument.setting.name: f"{self._size(argument, self._all(argument))}[{self._index}]"
            for argument in self.arguments
            if argument.course is not _Course.SAME
        }

    def _call(self, written: Mapping[str, str], turn: int) -> str:
        """Write one call: a size or two by position, the rest by name unless it is the default.

        More sizes are given by position where the line would be too long, and in any case what has
        the same name outside.
        """
        text = self._call_with(written, turn, _MOST_POSITIONAL)
        line = f"        self.{self.node.name} = {text}"
        return text if len(line) <= LINE_LENGTH else self._call_with(written, turn, sys.maxsize)

    def _call_with(self, written: Mapping[str, str], turn: int, most_positional: int) -> str:
        positional: list[str] = []
        keywords: dict[str, str] = {}
        are_all_written = True
        for argument in self.arguments:
            setting = argument.setting
            text = argument.text or written.get(setting.name) or ""
            text = text or self._size(argument, self._at(argument, turn))
            is_size = not setting.default and setting.annotation == "int"
            is_plain = (is_size and len(positional) < most_positional) or text == setting.name
            if is_plain and are_all_written and not keywords:
                positional.append(text)
            elif text != setting.default:
                keywords[setting.name] = text
            else:
                are_all_written = False
        return call(self.made.name, positional, keywords)

    def _size(self, argument: _Argument, quantity: Quantity, suffix: str = "") -> str:
        wish = "_".join(filter(None, (argument.setting.name, suffix)))
        return literal(self.sizes.resolve(quantity, wish, self.node.name))

    def _at(self, argument: _Argument, turn: int) -> Quantity:
        """Return what reads a size at one repeat of the block."""
        id, quantity = self.node.id, argument.setting.quantity
        assert quantity is not None

        def read(inference: Inference) -> Value:
            within = inference.inside(id, turn)
            if within is None:
                raise LookupError(f"the block is not repeated {turn + 1} times")
            return quantity(within)

        return read

    def _all(self, argument: _Argument) -> Quantity:
        """Return what reads a size at all repeats of the block."""
        id, quantity = self.node.id, argument.setting.quantity
        assert quantity is not None

        def read_all(inference: Inference) -> Value:
            found: list[Value] = []
            for each in inference.nodes[id].passes:
                found += [read(quantity, each.inference)] * each.times
            return tuple(found)  # type: ignore[arg-type]

        return read_all


def _tight(text: str) -> str:
    """Put a sum or a condition in parentheses."""
    return text if text.isalnum() or text.isidentifier() else f"({text})"
