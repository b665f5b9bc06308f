"""Equal parts as a list of modules and a loop over it, where they were drawn one by one.

Nodes that are numbered, ``expert1`` to ``expert8``, and made alike become ``self.experts``. They
are called in one of two ways: side by side, where one operation takes all results, or one after
the other, each with what the one before it gives, of which a second output may be added up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from codegen.model.body import Body, Group
from codegen.model.step import Step
from graph_model.naming import name_complaint, without_number

FEWEST: Final = 4
"""As many parts are a list at least."""
_LONGEST_TUPLE: Final = 60
"""Letters that the values of a loop may take."""
_LISTED: Final = "size in "
_NUMBER: Final = re.compile(r"(?<![\w.])\d+(?![\w.])")
_PART: Final = re.compile(r"(.+\[(?:.*, )?)(-?\d+)((?:, .*)?\])")


def grouped(body: Body) -> None:
    """Make lists of equal parts that are side by side or one after the other."""
    for group in body.groups(FEWEST):
        text = constructor(group)
        if not text or body.has(group.name) or name_complaint(group.name):
            continue
        if _SideBySide(group, body).is_written() or _OneAfterAnother(group, body).is_written():
            body.list_up(group, text)


def constructor(group: Group) -> str:
    """Return the text that makes the list, "" where the parts are not made alike.

    The first alone may be made otherwise, as one that takes other channels is.
    """
    texts = [each.constructor for each in group.attributes]
    loop, rest = _loop(texts), _loop(texts[1:]) if len(texts) > FEWEST else ""
    if rest and _LISTED not in rest and (not loop or _LISTED in loop):
        return f"nn.ModuleList([{texts[0]}, *[{rest}]])"
    return f"nn.ModuleList([{loop}])" if loop else ""


def _loop(texts: Sequence[str]) -> str:
    """Return the text that makes each of some parts in turn, "" where they are not made alike."""
    if len({*texts}) == 1:
        return f"{texts[0]} for _ in range({len(texts)})"
    numbers = [[int(each) for each in _NUMBER.findall(text)] for text in texts]
    if len({_NUMBER.sub("0", text) for text in texts}) > 1:
        return ""
    columns = [[row[at] for row in numbers] for at in range(len(numbers[0]))]
    varying = [column for column in columns if len({*column}) > 1]
    if any(column != varying[0] for column in varying):
        return ""
    word, loop = _course(varying[0])
    written = iter(str(column[0]) if len({*column}) == 1 else word for column in columns)
    text = _NUMBER.sub(lambda _: next(written), texts[0])
    return f"{text} for {loop}" if len(loop) <= _LONGEST_TUPLE else ""


def _course(values: list[int]) -> tuple[str, str]:
    """Return what is written for a number that differs from part to part, and the loop over it."""
    count, first = len(values), values[0]
    step = values[1] - first
    if all(after - before == step for before, after in pairwise(values)):
        start = f"{first} + " if first else ""
        return f"{start}i" if step == 1 else f"{start}i * {step}", f"i in range({count})"
    for period in range(3, count + 1):
        if all(value == first * 2 ** (at % period) for at, value in enumerate(values)):
            power_of_first = first.bit_length() - 1
            if period == count and first == 2**power_of_first > 1:
                return "2**i", f"i in range({power_of_first}, {power_of_first + count})"
            power = "2**i" if period == count else f"2 ** (i % {period})"
            return power if first == 1 else f"{first} * {power}", f"i in range({count})"
    return "size", f"{_LISTED}{tuple(values)}"


class Calls:
    """The calls of a group, and what surrounds them."""

    def __init__(self, group: Group, body: Body) -> None:
        self.group, self.body = group, body
        self.arguments = [
            call.expression[len(f"self.{each.name}(") : -1]
            for each, call in zip(group.attributes, group.calls, strict=True)
        ]


class _SideBySide(Calls):
    """Parts that are called with the same values, or each with its own part of one."""

    def is_written(self) -> bool:
        """Put a step that makes a list of all results, and tell whether that can be."""
        group, body = self.group, self.body
        results = [call.target for call in group.calls]
        taking = [body.takers(each) for each in results]
        if {len(each) for each in taking} != {1} or len({id(each) for (each,) in taking}) > 1:
            return False
        ((taker,), *_), listed = taking, ", ".join(results)
        found = self._argument()
        if found is None or taker.expression.count(listed) != 1:
            return False
        gone = [*found[-1], *group.calls]
        if not body.may_join(gone):
            return False
        new = self._step(*found)
        body.replace(gone, new)
        body.replace([taker], self._taking(taker, listed, {*results}, new.target))
        return True

    def _step(self, argument: str, index: str, selects: Sequence[Step]) -> Step:
        """Return the step that makes the list, which does without those that part a value."""
        group, part, value = self.group, self.body.new_mark(), self.body.new_mark()
        parted = {select.target for select in selects}
        loop = (
            f"{index}, {part} in enumerate(self.{group.name})"
            if index
            else f"{part} in self.{group.name}"
        )
        made = f"[{part}({argument}) for {loop}]"
        reads = tuple(
            each for step in (*selects, *group.calls) for each in step.reads if each not in parted
        )
        return Step(
            nodes=tuple(node for step in (*selects, *group.calls) for node in step.nodes),
            kinds=(group.calls[0].kind,),
            ports=(),
            reads=tuple(dict.fromkeys(reads)),
            writes=(value,),
            names=(group.name,),
            target=value,
            expression=made,
            turns=((part, group.stem), *([(index, "i")] if index else [])),
            is_named=True,
        )

    def _taking(self, taker: Step, listed: str, results: set[str], value: str) -> Step:
        """Return the step that takes all results, now from the list."""
        whole = f"({listed})"
        text = taker.expression
        is_whole = whole in text
        text = text.replace(whole, value) if is_whole else text.replace(listed, f"*{value}")
        reads = [each for each in taker.reads if each not in results]
        return taker._replace(
            expression=text,
            texts=(text,),
            reads=(*reads, value),
            takers={**dict.fromkeys(reads, taker.kind), value: taker.kind},
        )

    def _argument(self) -> tuple[str, str, list[Step]] | None:
        """Return what each is called with, the word for its number, and the steps that part it."""
        if len({*self.arguments}) == 1:
            return self.arguments[0], "", []
        selects = [step for value in self.arguments for step in self.body.made(value)]
        parts = [_PART.fullmatch(step.expression) for step in selects]
        if len(selects) != len(self.arguments) or not all(parts):
            return None
        around = {(part[1], part[3]) for part in parts if part}
        numbers = [int(part[2]) for part in parts if part]
        if len(around) > 1 or numbers != [*range(len(numbers))]:
            return None
        if any(len(self.body.takers(step.target)) != 1 for step in selects):
            return None
        ((before, after),) = around
        index = self.body.new_mark()
        return f"{before}{index}{after}", index, selects


class _OneAfterAnother(Calls):
    """Parts each of which is called with what the one before it gives."""

    def is_written(self) -> bool:
        """Put a loop, and tell whether that can be."""
        calls, port = self.group.calls, self.group.calls[0].ports[0]
        carried = [dict(zip(call.ports, call.writes, strict=False)).get(port, "") for call in calls]
        first = self._first(carried[0])
        befores = [first, *carried[:-1]]
        if not all(befores) or any(len(self.body.takers(each)) != 1 for each in carried[:-1]):
            return False
        mark = self.body.new_mark()
        pairs = zip(self.arguments, befores, strict=True)
        texts = {
            ", ".join(mark if each == before else each for each in text.split(", "))
            for text, before in pairs
        }
        if len(texts) > 1:
            return False
        handed_on = {*carried}
        further = [[value for value in call.writes if value not in handed_on] for call in calls]
        added = self._added([values[0] for values in further if len(values) == 1])
        gone = [*calls, *added]
        if (any(further) and not added) or not self.body.may_join(gone):
            return False
        new = self._looped(texts.pop(), mark, first, carried[-1] or mark, added)
        self.body.replace(gone, new)
        return True

    def _first(self, handed_on: str) -> str:
        """Return what the first is called with in the place of what the others hand on."""
        own, second = (text.split(", ") for text in self.arguments[:2])
        is_there = second.count(handed_on) == 1 and len(own) == len(second)
        return own[second.index(handed_on)] if is_there else ""

    def _added(self, values: list[str]) -> list[Step]:
        """Return the steps that add up second results one by one, or none."""
        if len(values) != len(self.group.calls):
            return []
        found: list[Step] = []
        total = values[0]
        for value in values[1:]:
            takers = self.body.takers(value)
            if len(takers) != 1 or self.body.takers(total) != takers:
                return []
            if takers[0].expression != f"{total} + {value}":
                return []
            found.append(takers[0])
            total = takers[0].target
        return found

    def _looped(self, argument: str, mark: str, first: str, out: str, added: list[Step]) -> Step:
        group, part = self.group, self.body.new_mark()
        call = f"{part}({argument.replace(mark, out)})"
        others = [each for step in group.calls for each in step.reads]
        kept = dict.fromkeys(each for each in others if each in argument)
        lines = [f"for {part} in self.{group.name}:", f"    {out} = {call}"]
        writes, names = [out], [group.calls[-1].names[0]]
        if added:
            total, further = added[-1].target, self.body.new_mark()
            name = without_number(added[-1].names[0]) if added[-1].is_named else "total"
            lines = [f"{total} = 0", lines[0], f"    {out}, {further} = {call}"]
            lines.append(f"    {total} = {total} + {further}")
            writes += [total, further]
            names += [name, group.calls[0].names[1]]
        return Step(
            nodes=tuple(node for step in (*added, *group.calls) for node in step.nodes),
            kinds=(group.calls[0].kind,),
            ports=() if added else group.calls[-1].ports,
            reads=tuple(dict.fromkeys([*(() if "." in first else (first,)), *kept])),
            writes=tuple(writes),
            names=tuple(names),
            lines=tuple(lines),
            carried=((first, out),),
            kept=tuple(kept),
            turns=((part, group.stem),),
        )
