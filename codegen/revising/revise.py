"""An edited text becomes the project as it is drawn then, with all that the text does not say."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace

from codegen.emit import Source, source
from codegen.importing.inputs import ToldInput, told_inputs
from codegen.importing.source import Imported, parsed, read_again
from codegen.revising.mending import mended
from codegen.revising.merging import merged
from codegen.revising.pairing import Pairing, line_map, paired
from codegen.revising.sheets import (
    Sheet,
    is_same_drawing,
    sheet_of_project,
    sheet_of_text,
    translated,
)
from graph_model.frozen import frozen
from graph_model.inference.infer import Inference
from graph_model.network import Project
from graph_model.problems import Problem, Refusal

Infer = Callable[[Project], Inference]
"""Finds out what is known of a project."""


@frozen
class Base:
    """A project with its text, and what that draws."""

    project: Project
    source: Source
    sheet: Sheet
    inputs: tuple[ToldInput, ...]
    notes: tuple[Problem, ...]


@frozen
class Revision:
    """The project that an edited text stands for; notes say what in it is not drawn (yet)."""

    project: Project
    sheet: Sheet
    notes: tuple[Problem, ...] = ()


def base_of(project: Project, written: Source) -> Base:
    """Return what an edit of the text begins with.

    Raises ``Refusal`` where the text does not say all of the drawing, so that no edit of it could
    be followed.
    """
    inputs, found = _read(written.text, parsed(written.text), project)
    drawn = sheet_of_text(found)
    whole = sheet_of_project(project, written)
    same = {line: line for line in range(1, written.text.count("\n") + 2)}
    sheet = translated(drawn, paired(whole, drawn, same), _ids(project))
    if not is_same_drawing(whole, sheet, is_loose=True):
        raise Refusal(Problem("code_not_whole"))
    return Base(project, written, sheet, inputs, found.notes)


def revised(
    base: Base, text: str, infer: Infer, last: Revision | None = None, now: Project | None = None
) -> Revision:
    """Return what an edited text makes of a project.

    What is new keeps the ids that it had in the ``last`` revision. ``now`` is the project where it
    was edited otherwise meanwhile. Raises ``Refusal`` with the place that is not understood.
    """
    project = base.project if now is None else now
    lines = line_map(base.source.text, text)
    _check_sections(base, lines)
    tree = parsed(text)
    try:
        found = _read(text, tree, base.project, base)[1]
    except Refusal:
        other = mended(parsed(base.source.text), tree, lines)
        if other is None:
            raise
        found = _read(text, other, base.project, base)[1]
    known = {(each.code, each.values.get("text")) for each in base.notes}
    notes = [each for each in found.notes if (each.code, each.values.get("text")) not in known]
    unread = next((each for each in notes if each.code != "import_never_called"), None)
    if unread is not None:
        raise Refusal(unread)
    drawn = sheet_of_text(found)
    pairing = paired(base.sheet, drawn, lines)
    if last is not None:
        _take_over(pairing, paired(last.sheet, drawn, {}), base.sheet)
    sheet = translated(drawn, pairing, _ids(project))
    made = merged(project, base.sheet, sheet)
    if now is None:
        _check(infer(made), made, sheet)
    return Revision(made, sheet, tuple(notes))


def _ids(project: Project) -> set[str]:
    """Return all ids that are taken."""
    found = {*project.networks, *project.layers}
    for network in project.networks.values():
        found.update(network.nodes)
    return found


def _read(
    text: str, tree: ast.Module, project: Project, base: Base | None = None
) -> tuple[tuple[ToldInput, ...], Imported]:
    """Read a text; arguments of ``forward`` name the Inputs where these were renamed there."""
    inputs = tuple(told_inputs(tree)) or (base.inputs if base else ())
    if base is not None and [each.name for each in inputs] == [each.name for each in base.inputs]:
        old, new = _arguments(parsed(base.source.text)), _arguments(tree)
        if len(old) == len(new) == len(inputs):
            inputs = tuple(
                replace(each, name=after) if before == each.name else each
                for each, before, after in zip(inputs, old, new, strict=True)
            )
    kept = [each.name for each in project.layers.values()]
    return inputs, read_again(tree, text, inputs, kept)


def _arguments(tree: ast.Module) -> list[str]:
    """Return the arguments of ``forward`` in the last class of a file."""
    for each in reversed(tree.body):
        if isinstance(each, ast.ClassDef):
            for inner in each.body:
                if isinstance(inner, ast.FunctionDef) and inner.name == "forward":
                    return [argument.arg for argument in inner.args.args[1:]]
            return []
    return []


def _take_over(pairing: Pairing, again: Pairing, base: Sheet) -> None:
    """Let what is new have the ids that it had in the last revision."""
    for id, nodes in again.nodes.items():
        old = again.networks[id]
        if id not in pairing.networks and old not in base.networks:
            pairing.networks[id] = old
        if pairing.networks.get(id) != old:
            continue
        own = pairing.nodes.setdefault(id, {})
        known = base.networks[old].nodes if old in base.networks else {}
        for node, before in nodes.items():
            if node not in own and before not in known:
                own[node] = before


def _check_sections(base: Base, lines: dict[int, int]) -> None:
    """Refuse an edit within the text of a custom layer, which has an editor of its own."""
    kept = {old: new for new, old in lines.items()}
    for section in base.source.sections:
        numbers = [kept.get(each, 0) for each in section.numbers]
        for old, one in zip(section.numbers, numbers, strict=True):
            if one != numbers[0] + old - section.first or not one:
                line = str(numbers[0] or old)
                raise Refusal(Problem("code_of_custom_layer", {"line": line}))


def _check(inference: Inference, project: Project, sheet: Sheet) -> None:
    """Refuse a revision whose own text draws something else than the text that it stems from."""
    if inference.has_errors:
        return
    written = source(inference)
    tree = parsed(written.text)
    found = _read(written.text, tree, project)[1]
    drawn = sheet_of_text(found)
    pairing = paired(
        sheet_of_project(project, written), drawn, line_map(written.text, written.text)
    )
    if not is_same_drawing(sheet, translated(drawn, pairing, _ids(project))):
        raise Refusal(Problem("code_not_followed"))
