"""What the entries of all catalogues that are chosen from have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from graph_model.complaints import complaint
from graph_model.frozen import frozen
from graph_model.phrases import Title, title
from graph_model.problems import Problem
from graph_model.values import Arguments, Parameter


@frozen
class Entry:
    """One entry of a catalogue.

    ``name`` is the one in torch, where torch has it; ``shown`` is for menus where it differs.
    """

    name: str
    help: str
    parameters: tuple[Parameter, ...] = ()
    shown: str = ""

    @property
    def title(self) -> Title:
        """The name in menus, which is translated as there wherever a problem tells it."""
        return title(self.shown or self.name)

    def complete(self, arguments: Arguments) -> Arguments:
        """Return the given arguments with defaults for the rest."""
        return {**{each.name: each.default for each in self.parameters}, **arguments}


def argument_problems(entry: Entry, arguments: Arguments) -> Iterator[Problem]:
    """Find what is wrong with each argument of an entry, by its name."""
    known = {each.name: each for each in entry.parameters}
    for name, value in arguments.items():
        if name not in known:
            values = {"kind": entry.name, "parameter": name}
            yield Problem("unknown_parameter", values, parameter=name)
        elif wrong := complaint(known[name], value):
            yield Problem(wrong.code, wrong.values, parameter=name)


EntryType = TypeVar("EntryType", bound=Entry)


def catalogue(entries: Iterable[EntryType]) -> Mapping[str, EntryType]:
    """Return the entries by their names."""
    return {entry.name: entry for entry in entries}
