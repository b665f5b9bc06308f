"""The texts of custom layers in a generated file: their imports above, the rest as it is."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from graph_model.custom_layers.reading import STANDARD, Entry, Import, read_text
from graph_model.frozen import frozen
from graph_model.inference.infer import Inference
from graph_model.layers.kind import Script
from graph_model.problems import GraphError


@frozen
class Section:
    """The lines of a file, from ``first`` (counted from 1), that hold the text of a layer."""

    first: int
    text: str

    @property
    def lines(self) -> list[str]:
        """The text as it stands there: without its imports."""
        return entry_of(self.text).body.split("\n")

    @property
    def numbers(self) -> range:
        """The numbers of its lines."""
        return range(self.first, self.first + len(self.lines))


def texts_of(inference: Inference) -> tuple[str, ...]:
    """Return the texts of the custom layers that a network uses, blocks within included."""
    forms = (kind.form for kind in inference.block.layers_in_reach.values())
    return tuple(form.text for form in forms if isinstance(form, Script))


def entry_of(text: str) -> Entry:
    """Return what a text without mistakes says; raises ``GraphError`` where it has some."""
    entry = read_text(text)
    if not isinstance(entry, Entry):
        raise GraphError(f"a custom layer cannot be read: {entry.message}")
    return entry


NORMS: Final = "torch.nn.utils.parametrizations"
"""Where torch has the norms of weights."""
_USUAL: Final = (Import("torch"), Import("torch", "Tensor"), Import("torch", "nn"))


def imports_of(texts: Iterable[str]) -> set[Import]:
    """Return all that a file with these texts imports."""
    return {*_USUAL, *(each for text in texts for each in entry_of(text).imports)} - {
        each for each in STANDARD if each not in _USUAL
    }


def import_lines(texts: Sequence[str], others: Iterable[Import] = ()) -> list[str]:
    """Return the imports of a file with these texts and ``others``, sorted as ruff sorts them."""
    groups: dict[int, list[Import]] = {}
    for each in {*imports_of(texts), *others}:
        groups.setdefault(_group(each), []).append(each)
    lines: list[str] = []
    for _, members in sorted(groups.items()):
        lines += ["", *_lines_of(members)]
    return lines[1:]


def _group(each: Import) -> int:
    package = each.module.partition(".")[0]
    return 0 if package == "__future__" else 1 if package in sys.stdlib_module_names else 2


def _lines_of(imports: Iterable[Import]) -> Iterator[str]:
    whole = sorted((each for each in imports if not each.name), key=lambda each: each.module)
    for each in whole:
        yield f"import {each.module}" + (f" as {each.alias}" if each.alias else "")
    members = sorted((each for each in imports if each.name), key=_by_type)
    for module in sorted({each.module for each in members}):
        own = [each for each in members if each.module == module]
        if plain := [each.name for each in own if not each.alias]:
            yield f"from {module} import {', '.join(plain)}"
        for each in own:
            if each.alias:
                yield f"from {module} import {each.name} as {each.alias}"


def _by_type(each: Import) -> tuple[int, str]:
    """Sort constants before classes before the rest."""
    is_constant = each.name.isupper() and len(each.name) > 1
    return (0 if is_constant else 1 if each.name[:1].isupper() else 2, each.name)
