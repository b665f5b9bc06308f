"""An edited text becomes the project as it is drawn then, with all that the text does not say."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import replace

from codegen.emit import Source, source
from codegen.importing.inputs import ToldInput, told_inputs
from codegen.importing.marks import NOWHERE
from codegen.importing.source import Imported, parsed, read_again
from codegen.importing.values import UnreadError
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
    """The project that an edited text stands for; notes say what in it is not drawn yet."""

    project: Project
    sheet: Sheet
    notes: tuple[Mistake, ...] = ()


@frozen
class Mistake:
    """What of a text is not understood or does not fit, and the line, 0 where it is no single."""

    problem: Problem
    line: int = 0


def base_of(project: Project, written: Source) -> Base:
    """Return what an edit of the text begins with.

    Raises ``Refusal`` where the text cannot be read. What it draws in another way than the project
    has no partner there: an edit of that is refused.
    """
    try:
        inputs, found = _read(written.text, parsed(written.text), project)
    except UnreadError:
        raise Refusal(Problem("code_not_whole")) from None
    drawn = sheet_of_text(found)
    whole = sheet_of_project(project, written)
    same = {line: line for line in range(1, written.text.count("\n") + 2)}
    pairing = paired(whole, drawn, same)
    pairing.forget_others(whole, drawn)
    sheet = translated(drawn, pairing, _ids(project))
    return Base(project, written, sheet, inputs, found.notes)


def revised(
    base: Base, text: str, infer: Infer, last: Revision | None = None, now: Project | None = None
) -> Revision | Mistake:
    """Return what an edited text makes of a project, or the place that is not understood.

    What is new keeps the ids that it had in the ``last`` revision. ``now`` is the project where it
    was edited otherwise meanwhile. A drawing with errors is none that a text stands for.
    """
    try:
        return _revised(base, text, infer, last, now)
    except UnreadError as error:
        return Mistake(error.problem, error.line)
    except Refusal as refusal:
        return Mistake(refusal.problem, int(refusal.problem.values.get("line", "0")))


def _revised(
    base: Base, text: str, infer: Infer, last: Revision | None, now: Project | None
) -> Revision | Mistake:
    lines = line_map(base.source.text, text)
    _check_sections(base, lines)
    found = _drawn(base, text, lines)
    known = {(each.code, each.values.get("text")) for each in base.notes}
    notes = [each for each in found.notes if (each.code, each.values.get("text")) not in known]
    for each in notes:
        if each.code != "import_never_called":
            raise Refusal(each)
    drawn = sheet_of_text(found)
    pairing = paired(base.sheet, drawn, lines)
    if last is not None:
        _take_over(pairing, paired(last.sheet, drawn, {}), base.sheet)
    sheet = translated(drawn, pairing, _ids(base.project))
    try:
        made = merged(base.project if now is None else now, base.sheet, sheet)
    except Refusal:
        if now is not None:
            raise
        raise Refusal(Problem("code_not_followed")) from None
    inference = infer(made)
    wrong = next((each for each in inference.problems if each.is_error), None)
    if wrong is not None:
        mark = sheet.marks[sheet.main].nodes.get(wrong.node, NOWHERE)
        return Mistake(wrong, mark.made or mark.line)
    if now is None and (made is not base.project or not is_same_drawing(base.sheet, sheet)):
        _check(base, inference, text, sheet)
    return Revision(made, sheet, tuple(Mistake(each, _line_of(each, text)) for each in notes))


def _drawn(base: Base, text: str, lines: Mapping[int, int]) -> Imported:
    """Read a text; where it cannot be read, with uses that follow their definitions."""
    tree = parsed(text)
    try:
        return _read(text, tree, base.project, base)[1]
    except UnreadError:
        other = mended(parsed(base.source.text), tree, lines)
        if other is None:
            raise
        return _read(text, other, base.project, base)[1]


def _line_of(note: Problem, text: str) -> int:
    """Return the line in which the first layer is made that is never called."""
    name = note.values["names"].partition(",")[0]
    before = text.partition(f"self.{name} = ")[0]
    return before.count("\n") + 1 if before != text else 0


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


def _check_sections(base: Base, lines: Mapping[int, int]) -> None:
    """Refuse an edit within the text of a custom layer, which has an editor of its own."""
    kept = {old: new for new, old in lines.items()}
    for section in base.source.sections:
        numbers = [kept.get(each, 0) for each in section.numbers]
        for old, one in zip(section.numbers, numbers, strict=True):
            if one != numbers[0] + old - section.first or not one:
                line = str(numbers[0] or old)
                raise Refusal(Problem("code_of_custom_layer", {"line": line}))


def _check(base: Base, inference: Inference, text: str, sheet: Sheet) -> None:
    """Refuse a revision whose own text draws something else than the text that it stems from."""
    written = source(inference)
    found = _read(written.text, parsed(written.text), base.project)[1]
    drawn = sheet_of_text(found)
    again = translated(drawn, paired(sheet, drawn, line_map(text, written.text)), ())
    if not is_same_drawing(sheet, again):
        raise Refusal(Problem("code_not_followed"))
