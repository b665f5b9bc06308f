"""Reads a Python file into a project: which class, on which inputs, and what was left out."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Collection, Mapping, Sequence
from dataclasses import field, replace
from typing import Any

from codegen.importing.blocks import (
    formulas_hold,
    forward_arguments,
    marks_of,
    result_names,
    run_forward,
    title_of,
)
from codegen.importing.choosing import chosen, classes, is_used, module_scope
from codegen.importing.drawing import Drawing
from codegen.importing.expressions import is_tensor
from codegen.importing.inputs import ToldInput, guesses, layers_of, outputs_told, told_inputs
from codegen.importing.limits import LONGEST
from codegen.importing.marks import Marks
from codegen.importing.reader import Reader
from codegen.importing.values import Instance, UnreadError, unread
from graph_model.frozen import frozen
from graph_model.inference.infer import infer_project
from graph_model.network import NetworkId, Project, used_network
from graph_model.problems import Problem, Refusal
from graph_model.syntax import parse


@frozen
class Imported:
    """What a file became, and what a person should know of it: each problem names its line."""

    project: Project
    class_name: str
    notes: tuple[Problem, ...] = ()
    marks: Mapping[NetworkId, Marks] = field(default_factory=dict)
    """Where in the text each network and node stands."""


def read_source(text: str, wanted: str = "", inputs: Sequence[ToldInput] = ()) -> Imported:
    """Return the project that a Python text draws; raises ``Refusal`` where it draws none.

    ``wanted`` is a class, a function that makes a module, or a call of either with literals.
    """
    try:
        tree = parsed(text)
        return _read(tree, text, wanted, inputs)
    except UnreadError as error:
        raise Refusal(error.problem) from None
    except RecursionError:
        raise Refusal(Problem("import_too_deep", {"line": "0", "text": ""})) from None


def read_again(
    tree: ast.Module, text: str, inputs: Sequence[ToldInput], kept: Collection[str] = ()
) -> Imported:
    """Return what a text draws that was written from a drawing, and edited since.

    Sizes that follow from the input are left to follow. The classes that are ``kept`` are custom
    layers. ``tree`` is that of the text, or one that was mended. Raises ``UnreadError``, also where
    shapes do not fit.
    """
    try:
        return _drawn(tree, text, "", inputs, guessed=False, follows=True, kept=kept)
    except RecursionError:
        raise unread(None, "import_too_deep") from None


def module_names(text: str) -> list[str]:
    """Return what of a text can be drawn: its module classes, that taken by itself first."""
    try:
        tree = parsed(text)
    except Refusal:
        return []
    reader = Reader(text, tree)
    scope = module_scope(reader, tree)
    known = classes(tree, scope)
    free = [each for each in known if not is_used(each, known)] or known
    order = [*reversed(free), *(each for each in reversed(known) if each not in free)]
    return [each.name for each in order]


def parsed(text: str) -> ast.Module:
    """Return the syntax tree of a text; raises ``Refusal`` where it is no Python."""
    if len(text) > LONGEST:
        raise Refusal(Problem("import_file_too_long", {"limit": str(LONGEST)}))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # such as of "\d", which is for whoever runs it
            return parse(text)
    except SyntaxError as error:
        values = {"line": str(error.lineno or 0), "reason": str(error.msg)}
        raise Refusal(Problem("import_no_python", values)) from None
    except (ValueError, RecursionError, MemoryError) as error:
        values = {"line": "0", "reason": str(error) or type(error).__name__}
        raise Refusal(Problem("import_no_python", values)) from None


def _read(tree: ast.Module, text: str, wanted: str, inputs: Sequence[ToldInput]) -> Imported:
    candidates: Sequence[Sequence[ToldInput]] = [inputs] if inputs else []
    if not candidates:
        told = told_inputs(tree)
        candidates = [told] if told else []
    if candidates:
        return _drawn(tree, text, wanted, candidates[0], guessed=False)
    first: UnreadError | None = None
    best: Imported | None = None
    for each in guesses(tree, text, wanted):
        try:
            found = _drawn(tree, text, wanted, each, guessed=True)
        except UnreadError as error:
            first = first or error
            continue
        if not infer_project(found.project).has_errors:
            return found
        best = best or found
    if best is not None:
        return best
    raise first or unread(tree, "import_no_class")


def _drawn(
    tree: ast.Module,
    text: str,
    wanted: str,
    inputs: Sequence[ToldInput],
    *,
    guessed: bool,
    follows: bool = False,
    kept: Collection[str] | None = None,
) -> Imported:
    reader = Reader(text, tree, kept)
    scope = module_scope(reader, tree)
    module = chosen(reader, scope, tree, wanted)
    name = module.made_of.name
    drawing = Drawing(name, is_block=False, follows=follows)
    reader.drawings.append(drawing)
    arguments, named = _entered(drawing, module, inputs)
    result, where = run_forward(reader, module.made_of.node, module, arguments, named)
    _leave(reader, drawing, result, where, outputs_told(module.made_of))
    formulas_hold(drawing, {})
    network = drawing.network("main", title_of(module.made_of))
    used = {**reader.blocks.in_order(), "main": network}
    project = _reachable(Project(used, "main", layers=reader.kept.layers))
    notes = [*reader.notes, *_unused(reader, module)]
    if guessed:
        shapes = ", ".join(f"{each.name or 'input'} {each.spec}" for each in inputs)
        notes.insert(0, Problem("import_input_guessed", {"shape": shapes}))
    marks = {**reader.blocks.marks, "main": marks_of(drawing, module)}
    return Imported(project, name, tuple(notes), marks)


def _unused(reader: Reader, module: Instance) -> list[Problem]:
    """Note the layers that are made and never called: they are not drawn."""
    if reader.kept.layers:  # whose texts may call any
        return []
    names = [each.name for each in layers_of(module, set()) if id(each) not in reader.called]
    shown = ", ".join(filter(None, names))
    return [Problem("import_never_called", {"names": shown})] if shown else []


def _reachable(project: Project) -> Project:
    """Return the project without blocks that nothing uses."""
    waiting, seen = [project.main], {project.main}
    while waiting:
        for node in project.networks[waiting.pop()].nodes.values():
            id = used_network(node.kind)
            if id is not None and id not in seen:
                seen.add(id)
                waiting.append(id)
    networks = {id: each for id, each in project.networks.items() if id in seen}
    return replace(project, networks=networks)


def _entered(
    drawing: Drawing, module: Instance, inputs: Sequence[ToldInput]
) -> tuple[list[Any], dict[str, Any]]:
    """Draw the Inputs, by their names where these are told."""
    names = [each.arg for each in forward_arguments(module)]
    placed: list[Any] = []
    named: dict[str, Any] = {}
    for place, each in enumerate(inputs):
        name = each.name or (names[place] if place < len(names) else f"x{place + 1}")
        tensor = drawing.enter(name, each.spec)
        if each.name and each.name in names and names.index(each.name) != place:
            named[each.name] = tensor
        else:
            placed.append(tensor)
    return placed, named


def _leave(
    reader: Reader, drawing: Drawing, result: Any, where: ast.Return | None, told: Sequence[str]
) -> None:
    """Draw the Outputs, called as the docstring tells, else like what is returned."""

    if isinstance(result, Instance) and not result.made_of.is_module:
        result = dict(result.members)  # a tuple with names, or a record

    def leave(value: Any, name: str) -> None:
        if isinstance(value, dict):
            for key, each in value.items():
                leave(each, str(key))
        elif isinstance(value, list | tuple):
            for number, each in enumerate(value, 1):
                leave(each, f"{name}{number}")
        elif is_tensor(value):
            drawing.leave(name, reader.tensor(value))

    count = len(result) if isinstance(result, list | tuple) else 1
    called = [*told] if len(told) == count else result_names(result, where)
    if len(called) == 1 and not isinstance(result, list | tuple):
        leave(result, called[0])
    elif isinstance(result, list | tuple) and called:
        for each, name in zip(result, called, strict=True):
            leave(each, name)
    else:
        match where:
            case ast.Return(value=ast.Name(id=name)) if len(name) > 1:
                leave(result, name)
            case _:
                leave(result, "output")
    if not any(each.kind == "Output" for each in drawing.nodes.values()):
        raise unread(where, "import_gives_no_tensor")
