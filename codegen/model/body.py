"""The steps and attributes of a class while lists are made of its modules.

What is asked of them is found without a walk through all, so that the work of a list depends on
how many modules it holds, and not on how large the class is.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Final

from codegen.model.inlining_rules import may_draw, may_overwrite
from codegen.model.program import Attribute
from codegen.model.step import Step
from graph_model.frozen import frozen
from graph_model.network import NodeId

_NUMBERED: Final = re.compile(r"([^\W\d]\w*?)(\d+)")
_MENTION: Final = re.compile(r"self\.(\w+)")


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


class Body:
    """Steps and attributes in order.

    ``returned`` are the values that the class gives; attributes that are mentioned elsewhere stay
    ``apart``. ``new_mark`` returns a mark of none.
    """

    def __init__(
        self,
        steps: Sequence[Step],
        attributes: Sequence[Attribute],
        returned: Collection[str],
        apart: Collection[str],
        new_mark: Callable[[], str],
    ) -> None:
        self.new_mark = new_mark
        self._returned = frozenset(returned)
        self._steps: list[Step | None] = [None] * len(steps)
        self._places: dict[int, int] = {}
        self._readers: defaultdict[str, set[int]] = defaultdict(set)
        self._writers: defaultdict[str, set[int]] = defaultdict(set)
        self._of_node: defaultdict[tuple[NodeId, ...], set[int]] = defaultdict(set)
        self._mentions: Counter[str] = Counter()
        self._groups: dict[str, Group | None] = {}
        for place, step in enumerate(steps):
            self._put(place, step)
        self._attributes: list[Attribute | None] = [*attributes]
        self._attribute_places = {each.name: at for at, each in enumerate(attributes)}
        self._stems: defaultdict[str, dict[int, Attribute]] = defaultdict(dict)
        for attribute in attributes:
            found = _NUMBERED.fullmatch(attribute.name)
            is_alike = attribute.node and not attribute.frozen and attribute.name not in apart
            if found and is_alike and attribute.form is None:
                self._stems[found[1]][int(found[2])] = attribute

    @property
    def steps(self) -> list[Step]:
        """The steps that there are now."""
        return [each for each in self._steps if each is not None]

    @property
    def attributes(self) -> list[Attribute]:
        """The attributes that there are now."""
        return [each for each in self._attributes if each is not None]

    def groups(self, fewest: int) -> Iterator[Group]:
        """Yield what is numbered from one on and has so many parts, as it is when it is asked."""
        for stem in self._stems:
            group = self.group(stem)
            if group and len(group.attributes) >= fewest:
                yield group

    def group(self, stem: str) -> Group | None:
        """Return what is numbered from one on, each called once and not used otherwise, if any."""
        if stem not in self._groups:
            self._groups[stem] = self._grouped(stem)
        return self._groups[stem]

    def _grouped(self, stem: str) -> Group | None:
        of_stem = {
            number: each
            for number, each in self._stems.get(stem, {}).items()
            if self.has(each.name) and self._mentions[each.name] == 1
        }
        run = [of_stem[number] for number in range(1, len(of_stem) + 1) if number in of_stem]
        calls = [step for attribute in run for step in self._calls(attribute)]
        return Group(stem, run, calls) if len(run) == len(of_stem) == len(calls) > 0 else None

    def _calls(self, attribute: Attribute) -> Iterator[Step]:
        for step in self._at(self._of_node[(attribute.node,)]):
            if step.expression.startswith(f"self.{attribute.name}("):
                yield step

    def has(self, name: str) -> bool:
        """Tell whether there is an attribute of that name."""
        return name in self._attribute_places

    def place(self, step: Step) -> int:
        """Return where a step stands among all."""
        return self._places[id(step)]

    def takers(self, value: str) -> list[Step]:
        """Return the steps that read a value, or none where it is returned as well."""
        return [] if value in self._returned else self._at(self._readers[value])

    def made(self, value: str) -> list[Step]:
        """Return the steps whose line gives a value."""
        return self._at(self._writers[value])

    def may_join(self, gone: Sequence[Step]) -> bool:
        """Tell whether steps may be done together, as nothing between them minds."""
        places = {self.place(each) for each in gone}
        between = (self._steps[at] for at in range(min(places), max(places)) if at not in places)
        return not any(each and (may_draw(each) or may_overwrite(each)) for each in between)

    def replace(self, gone: Sequence[Step], new: Step) -> None:
        """Put a new step where the last of those was that it stands for."""
        last = max(self.place(each) for each in gone)
        for each in gone:
            self._take(each)
        self._put(last, new)
        self._groups.clear()

    def list_up(self, group: Group, text: str) -> None:
        """Put an attribute that is made so in the place of all of a group."""
        nodes = tuple(each.node for each in group.attributes)
        places = [self._attribute_places.pop(each.name) for each in group.attributes]
        for place in places:
            self._attributes[place] = None
        whole = Attribute(nodes[0], group.name, text, others=nodes[1:])
        self._attributes[places[0]] = whole
        self._attribute_places[whole.name] = places[0]
        self._groups.clear()

    def _at(self, places: set[int]) -> list[Step]:
        return [step for place in sorted(places) if (step := self._steps[place]) is not None]

    def _put(self, place: int, step: Step) -> None:
        self._steps[place] = step
        self._places[id(step)] = place
        for places in self._found_by(step):
            places.add(place)
        self._mentions.update(_mentioned(step))

    def _take(self, step: Step) -> None:
        place = self._places.pop(id(step))
        self._steps[place] = None
        for places in self._found_by(step):
            places.discard(place)
        self._mentions.subtract(_mentioned(step))

    def _found_by(self, step: Step) -> Iterator[set[int]]:
        """Yield the places under all that a step is found by."""
        yield self._of_node[step.nodes]
        yield self._writers[step.target]
        for value in step.reads:
            yield self._readers[value]


def _mentioned(step: Step) -> list[str]:
    return [name for line in step.text for name in _MENTION.findall(line)]
