"""What the entries of all catalogues that are chosen from have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from graph_model.values import Arguments, Parameter


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a catalogue.

    ``name`` is the one in torch, where torch has it; ``shown`` is for menus where it differs.
    """

    name: str
    help: str
    parameters: tuple[Parameter, ...] = ()
    shown: str = ""

    @property
    def title(self) -> str:
        """The name in menus."""
        return self.shown or self.name

    def complete(self, arguments: Arguments) -> Arguments:
        """Return the given arguments with defaults for the rest."""
        return {**{each.name: each.default for each in self.parameters}, **arguments}


EntryType = TypeVar("EntryType", bound=Entry)


def catalogue(entries: Iterable[EntryType]) -> Mapping[str, EntryType]:
    """Return the entries by their names."""
    return {entry.name: entry for entry in entries}
