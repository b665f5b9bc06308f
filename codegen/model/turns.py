"""Chains that repeat, ``fc1, relu1, fc2, relu2, …``, as lists of modules and a loop over them.

What is called in each turn are the parts of a numbered stem and, on what they give, modules of
further stems with the same numbers, or functions. Others may come in between once several turns
are done, as the skip of a NeRF does: then there are several loops, over slices of the lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from codegen.model.body import Body, Group, plural
from codegen.model.grouping import FEWEST, Calls, constructor
from codegen.model.step import Step
from graph_model.frozen import frozen
from graph_model.naming import name_complaint

_SHORTEST_LOOP: Final = 2
_LONGEST_TURN: Final = 100
"""Calls in a turn, beyond which a loop is not looked for: its body would be a class by hand."""
_MOST_NESTED: Final = 3
"""How many calls stand in one line."""
_CALL: Final = re.compile(r"(?:self\.)?[\w.]+\((.+?)((?:, [^()]*)?)\)")
_MODULE: Final = re.compile(r"self\.([^\W\d]\w*?)(\d+)\(.+\)")


@frozen
class _Turn:
    """The call of a numbered part, and what is called on what it gives, in order."""

    number: int
    call: Step
    tail: tuple[Step, ...]
    leads_on: bool = False

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps of the turn."""
        return (self.call, *self.tail)


def in_turns(body: Body) -> None:
    """Make lists and loops of chains that repeat."""
    for group in body.groups(fewest=1):
        chain = _Chain(group, body)
        loops = chain.loops()
        lists = chain.lists(loops[-1][-1].number) if loops else []
        texts = [constructor(each) for each in lists]
        if lists and all(texts) and _are_free(lists, body) and chain.are_written(loops):
            for each, text in zip(lists, texts, strict=True):
                body.list_up(each, text)


def _are_free(lists: Sequence[Group], body: Body) -> bool:
    return not any(body.has(each.name) or name_complaint(each.name) for each in lists)


class _Chain(Calls):
    """The parts of a stem, where each turn leads to the next."""

    def __init__(self, group: Group, body: Body) -> None:
        super().__init__(group, body)
        first = self._turn(0, _LONGEST_TURN)
        self._pattern = self._signature(first) if first.leads_on else ()

    def loops(self) -> list[list[_Turn]]:
        """Return the turns that are alike, as they follow each other; none for too few of them."""
        if not self._pattern:
            return []
        found: list[list[_Turn]] = [[]]
        for at in range(len(self.group.calls)):
            turn = self._turn(at, len(self._pattern) + 1)
            kept = turn.steps[: 1 + len(self._pattern)]
            is_alike = self._signature(turn)[: len(self._pattern)] == self._pattern
            if not (is_alike and _is_plain(turn.call)):
                break
            is_whole = turn.leads_on and len(kept) == len(turn.steps)
            found[-1].append(_Turn(turn.number, turn.call, kept[1:], is_whole))
            if not is_whole:
                found.append([])
        found = [each for each in found if each]
        while found and len(found[-1]) < _SHORTEST_LOOP:
            found.pop()
        are_long = all(len(each) >= _SHORTEST_LOOP for each in found)
        return found if are_long and sum(map(len, found)) >= FEWEST else []

    def lists(self, count: int) -> list[Group]:
        """Return the groups of modules that take part, as many of each as there are turns."""
        stems = [self.group.stem, *(stem for _, stem in self._pattern if stem)]
        if len({*stems}) < len(stems):
            return []
        groups = [group for each in stems if (group := self.body.group(each))]
        return [Group(g.stem, g.attributes[:count], g.calls[:count]) for g in groups]

    def are_written(self, loops: Sequence[Sequence[_Turn]]) -> bool:
        """Put the loops, and tell whether that can be."""
        gone = [[step for turn in loop for step in turn.steps] for loop in loops]
        if not all(map(self.body.may_join, gone)):
            return False
        for loop, steps in zip(loops, gone, strict=True):
            self.body.replace(steps, self._looped(loop, of_all=len(loops) == 1))
        return True

    def _turn(self, at: int, longest: int) -> _Turn:
        """Follow what a part gives to the next part, to what takes it otherwise, or so far."""
        call, tail = self.group.calls[at], list[Step]()
        following = self.group.calls[at + 1] if at + 1 < len(self.group.calls) else None
        step = call
        while len(step.writes) == 1 and len(tail) <= longest:
            value, takers = step.target, self.body.takers(step.target)
            if len(takers) != 1:
                break
            if takers[0] is following:
                return _Turn(at + 1, call, tuple(tail), following.reads == (value,))
            if not _is_call_on(takers[0], value):
                break
            step = takers[0]
            tail.append(step)
        return _Turn(at + 1, call, tuple(tail))

    def _signature(self, turn: _Turn) -> tuple[tuple[str, str], ...]:
        """Return what is called on what a part gives: the texts, and the stems of modules."""
        return tuple(self._called(turn, steps) for steps in _with_value(turn))

    def _called(self, turn: _Turn, steps: tuple[Step, Step]) -> tuple[str, str]:
        before, step = steps
        module = _MODULE.fullmatch(step.expression)
        if module and int(module[2]) == turn.number and self.body.group(module[1]):
            return "", module[1]
        return step.expression.replace(before.target, ""), ""

    def _looped(self, loop: Sequence[_Turn], *, of_all: bool) -> Step:
        first, last = loop[0], loop[-1].steps[-1]
        (begun,), out = first.call.reads, last.target
        stems = [self.group.stem, *(stem for _, stem in self._pattern if stem)]
        parts = {stem: self.body.new_mark() for stem in stems}
        slices = "" if of_all else _slice(loop, len(self.group.calls))
        lists = [f"self.{plural(stem)}{slices}" for stem in stems]
        values = ", ".join(parts.values())
        over = f"zip({', '.join(lists)}, strict=True)" if len(lists) > 1 else lists[0]
        texts = self._nested(first, parts, out)
        return Step(
            nodes=tuple(node for turn in loop for step in turn.steps for node in step.nodes),
            kinds=(last.kind,),
            ports=last.ports,
            reads=(begun,),
            writes=(out,),
            names=(last.names[0],),
            lines=(f"for {values} in {over}:", *(f"    {out} = {each}" for each in texts)),
            carried=((begun, out),),
            turns=tuple((mark, stem) for stem, mark in parts.items()),
        )

    def _nested(self, turn: _Turn, parts: Mapping[str, str], out: str) -> Iterator[str]:
        """Yield what is called in each turn, a few calls to a line."""
        text, calls = f"{parts[self.group.stem]}({out})", 1
        for (_, stem), (before, step) in zip(self._pattern, _with_value(turn), strict=True):
            if calls == _MOST_NESTED:
                yield text
                text, calls = out, 0
            call = step.expression.replace(before.target, text)
            text, calls = f"{parts[stem]}({text})" if stem else call, calls + 1
        yield text


def _with_value(turn: _Turn) -> Iterator[tuple[Step, Step]]:
    """Yield each step of the tail behind the one that it is called on."""
    yield from zip(turn.steps[:-1], turn.tail, strict=True)


def _is_plain(call: Step) -> bool:
    """Tell whether a part is called with one value, and gives one."""
    return len(call.reads) == len(call.writes) == 1 and call.expression.endswith(
        f"({call.reads[0]})"
    )


def _is_call_on(step: Step, value: str) -> bool:
    """Tell whether a step calls one thing on a value, and reads no other."""
    call = _CALL.fullmatch(step.expression)
    return call is not None and call[1] == value and step.reads == (value,) and not step.lines


def _slice(loop: Sequence[_Turn], count: int) -> str:
    start, stop = loop[0].number - 1, loop[-1].number
    return f"[{start or ''}:{stop if stop < count else ''}]"
