"""Equal parts as a list of modules and a loop over it, where they were drawn one by one.

Nodes that are numbered, ``expert1`` to ``expert8``, and made alike become ``self.experts``. They
are called in one of two ways: side by side, where one operation takes all results, or one after
the other, each with what the one before it gives, of which a second output may be added up.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import pairwise
from typing import Final

from codegen.model.inlining_rules import may_draw, may_overwrite
from codegen.model.program import Attribute
from codegen.model.step import Step
from graph_model.frozen import frozen
from graph_model.naming import name_complaint, without_number

FEWEST: Final = 4
"""As many parts are a list at least."""
_LONGEST_TUPLE: Final = 60
"""Letters that the values of a loop may take."""
_LISTED: Final = "size in "
_NUMBERED: Final = re.compile(r"([^\W\d]\w*?)(\d+)")
_NUMBER: Final = re.compile(r"(?<![\w.])\d+(?![\w.])")
_PART: Final = re.compile(r"(.+\[(?:.*, )?)(-?\d+)((?:, .*)?\])")


@frozen
class Group:
    """Attributes of one list with the steps that call them, in order."""

    stem: str
    attributes: list[Attribute]
    calls: list[Step]

    @property
    def name(self) -> str:
        """What the list is called."""
        return plural(self.stem)


def plural(stem: str) -> str:
    """Return the name of a list of parts whose names are this and a number."""
    if stem.endswith(("x", "z", "ch", "sh")):
        return f"{stem}es"
    return stem if stem.endswith("s") else f"{stem}s"


def grouped(
    steps: Sequence[Step],
    attributes: Sequence[Attribute],
    returned: Collection[str],
    apart: Collection[str],
    new_mark: Callable[[], str],
) -> tuple[list[Step], list[Attribute]]:
    """Return steps and attributes with lists for equal parts.

    ``returned`` are the values that the class gives; attributes that are mentioned elsewhere stay
    ``apart``. ``new_mark`` returns a mark of none.
    """
    found, made = [*steps], [*attributes]
    done: set[str] = set()
    while group := next((g for g in _groups(found, made, apart) if g.stem not in done), None):
        done.add(group.stem)
        text = constructor(group)
        taken = {each.name for each in made}
        if not text or group.name in taken or name_complaint(group.name):
            continue
        called = _SideBySide(group, found, returned, new_mark).written()
        called = called or _OneAfterAnother(group, found, returned, new_mark).written()
        if called is None:
            continue
        nodes = tuple(each.node for each in group.attributes)
        at = made.index(group.attributes[0])
        made.insert(at, Attribute(nodes[0], group.name, text, others=nodes[1:]))
        found, made = called, [each for each in made if each not in group.attributes]
    return found, made


def _groups(
    steps: Sequence[Step], attributes: Sequence[Attribute], apart: Collection[str]
) -> Iterator[Group]:
    """Yield what is numbered from one on, each called once and not used otherwise."""
    for group in numbered(steps, attributes, apart).values():
        if len(group.attributes) >= FEWEST:
            yield group


def numbered(
    steps: Sequence[Step], attributes: Sequence[Attribute], apart: Collection[str]
) -> dict[str, Group]:
    """Return what is numbered from one on, each called once and not used otherwise, by stems."""
    groups: dict[str, Group] = {}
    mentions = Counter(re.findall(r"self\.(\w+)", " ".join(line for s in steps for line in s.text)))
    stems: defaultdict[str, dict[int, Attribute]] = defaultdict(dict)
    for attribute in attributes:
        found = _NUMBERED.fullmatch(attribute.name)
        is_alike = attribute.node and not attribute.frozen and attribute.name not in apart
        is_plain = attribute.form is None and is_alike
        if found and is_plain and mentions[attribute.name] == 1:
            stems[found[1]][int(found[2])] = attribute
    for stem, of_stem in stems.items():
        run = [of_stem[number] for number in range(1, len(of_stem) + 1) if number in of_stem]
        calls = [
            step
            for attribute in run
            for step in steps
            if step.nodes == (attribute.node,)
            and step.expression.startswith(f"self.{attribute.name}(")
        ]
        if len(run) == len(of_stem) == len(calls):
            groups[stem] = Group(stem, run, calls)
    return groups


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

    def __init__(
        self,
        group: Group,
        steps: list[Step],
        returned: Collection[str],
        new_mark: Callable[[], str],
    ) -> None:
        self.group, self.steps, self.returned, self.new_mark = group, steps, returned, new_mark
        self.arguments = [
            call.expression[len(f"self.{each.name}(") : -1]
            for each, call in zip(group.attributes, group.calls, strict=True)
        ]

    def takers(self, value: str) -> list[Step]:
        """Return the steps that read a value, or none where it is returned as well."""
        return [] if value in self.returned else [s for s in self.steps if value in s.reads]

    def replaced(self, gone: Sequence[Step], new: Step) -> list[Step] | None:
        """Return the steps with a new one for those gone, ``None`` where others stand between."""
        places = [self.steps.index(each) for each in gone]
        between = [each for each in self.steps[min(places) : max(places)] if each not in gone]
        if any(may_draw(each) or may_overwrite(each) for each in between):
            return None
        rest = [each for each in self.steps if each not in gone]
        at = max(places) + 1 - len(gone)
        return [*rest[:at], new, *rest[at:]]


class _SideBySide(Calls):
    """Parts that are called with the same values, or each with its own part of one."""

    def written(self) -> list[Step] | None:
        """Return the steps with one that makes a list of all results."""
        group = self.group
        results = [call.target for call in group.calls]
        takers = {id(t): t for r in results for t in self.takers(r)}
        if len(takers) != 1 or any(len(self.takers(each)) != 1 for each in results):
            return None
        (taker,) = takers.values()
        listed = ", ".join(results)
        found = self._argument()
        if found is None or taker.expression.count(listed) != 1:
            return None
        new = self._step(*found)
        steps = self.replaced([*found[-1], *group.calls], new)
        if steps is None:
            return None
        return [
            self._taking(each, listed, results, new.target) if each is taker else each
            for each in steps
        ]

    def _step(self, argument: str, index: str, selects: Sequence[Step]) -> Step:
        """Return the step that makes the list, which does without those that part a value."""
        group, part, value = self.group, self.new_mark(), self.new_mark()
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

    def _taking(self, taker: Step, listed: str, results: list[str], value: str) -> Step:
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
        selects = [step for value in self.arguments for step in self.steps if step.target == value]
        parts = [_PART.fullmatch(step.expression) for step in selects]
        if len(selects) != len(self.arguments) or not all(parts):
            return None
        around = {(part[1], part[3]) for part in parts if part}
        numbers = [int(part[2]) for part in parts if part]
        if len(around) > 1 or numbers != [*range(len(numbers))]:
            return None
        if any(len(self.takers(step.target)) != 1 for step in selects):
            return None
        ((before, after),) = around
        index = self.new_mark()
        return f"{before}{index}{after}", index, selects


class _OneAfterAnother(Calls):
    """Parts each of which is called with what the one before it gives."""

    def written(self) -> list[Step] | None:
        """Return the steps with a loop."""
        calls, port = self.group.calls, self.group.calls[0].ports[0]
        carried = [dict(zip(call.ports, call.writes, strict=False)).get(port, "") for call in calls]
        first = self._first(carried[0])
        befores = [first, *carried[:-1]]
        if not all(befores) or any(len(self.takers(each)) != 1 for each in carried[:-1]):
            return None
        mark = self.new_mark()
        pairs = zip(self.arguments, befores, strict=True)
        texts = {
            ", ".join(mark if each == before else each for each in text.split(", "))
            for text, before in pairs
        }
        if len(texts) > 1:
            return None
        further = [[value for value in call.writes if value not in carried] for call in calls]
        added = self._added([values[0] for values in further if len(values) == 1])
        if any(further) and not added:
            return None
        return self._looped(texts.pop(), mark, first, carried[-1] or mark, added)

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
            takers = self.takers(value)
            if len(takers) != 1 or self.takers(total) != takers:
                return []
            if takers[0].expression != f"{total} + {value}":
                return []
            found.append(takers[0])
            total = takers[0].target
        return found

    def _looped(
        self, argument: str, mark: str, first: str, out: str, added: list[Step]
    ) -> list[Step] | None:
        group, part = self.group, self.new_mark()
        call = f"{part}({argument.replace(mark, out)})"
        others = [each for step in group.calls for each in step.reads]
        kept = dict.fromkeys(each for each in others if each in argument)
        lines = [f"for {part} in self.{group.name}:", f"    {out} = {call}"]
        writes, names = [out], [group.calls[-1].names[0]]
        if added:
            total, further = added[-1].target, self.new_mark()
            name = without_number(added[-1].names[0]) if added[-1].is_named else "total"
            lines = [f"{total} = 0", lines[0], f"    {out}, {further} = {call}"]
            lines.append(f"    {total} = {total} + {further}")
            writes += [total, further]
            names += [name, group.calls[0].names[1]]
        gone = [*group.calls, *added]
        new = Step(
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
        return self.replaced(gone, new)
