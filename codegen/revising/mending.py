"""A definition that was renamed or taken away: its uses follow, where it is clear how.

A layer whose line is deleted is passed by where it is called with one tensor, as on the canvas; a
name that one definition lost and another gained was renamed.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

Definition: TypeAlias = ast.ClassDef | ast.FunctionDef


def mended(old: ast.Module, new: ast.Module, lines: Mapping[int, int]) -> ast.Module | None:
    """Return the newer tree, changed in place so that uses follow; ``None`` if nothing was to do.

    ``lines`` are the numbers that its lines had in the older text.
    """
    before, after = _classes(old), _classes(new)
    renamed = _renames(
        [*before], [*after], {each.id for each in ast.walk(new) if isinstance(each, ast.Name)}
    )
    changes = [_rename_names(new, renamed)] if renamed else []
    former = {new_name: old_name for old_name, new_name in renamed.items()}
    for name, made in after.items():
        known = before.get(former.get(name, name))
        if known is not None:
            changes.append(_mend_class(known, made, new, lines))
    return ast.fix_missing_locations(new) if any(changes) else None


def _classes(tree: ast.Module) -> dict[str, ast.ClassDef]:
    return {each.name: each for each in tree.body if isinstance(each, ast.ClassDef)}


def _functions(of: ast.ClassDef) -> dict[str, ast.FunctionDef]:
    return {each.name: each for each in of.body if isinstance(each, ast.FunctionDef)}


def _renames(old: Sequence[str], new: Sequence[str], used: Iterable[str]) -> dict[str, str]:
    """Return the new names of what was renamed: as many are used and gone as are new and unused."""
    used = set(used)
    lost = [each for each in old if each not in new and each in used]
    gained = [each for each in new if each not in old and each not in used]
    return dict(zip(lost, gained, strict=True)) if len(lost) == len(gained) else {}


def _mend_class(
    old: ast.ClassDef, new: ast.ClassDef, tree: ast.Module, lines: Mapping[int, int]
) -> bool:
    is_mended = _mend_attributes(old, new)
    before = _functions(old)
    for name, function in _functions(new).items():
        if name in before:
            is_mended |= _mend_variables(before[name], function, lines)
            if name == "__init__":
                is_mended |= _mend_keywords(before[name], function, new.name, tree)
    return is_mended


def _mend_attributes(old: ast.ClassDef, new: ast.ClassDef) -> bool:
    """Let uses of ``self.name`` follow what was renamed, and pass by what is gone."""
    before, after = list(_attributes(old)), list(_attributes(new))
    used = {each.attr for each in _own_uses(new)}
    renamed = _renames(before, after, used)
    for each in _own_uses(new):
        each.attr = renamed.get(each.attr, each.attr)
    gone = {each for each in used if each in before and each not in after} - renamed.keys()
    passing = _PassBy(gone)
    passing.visit(new)
    return bool(renamed) or passing.is_used


def _attributes(of: ast.ClassDef) -> Iterator[str]:
    """Yield the names that are given to members of an object."""
    for each in ast.walk(of):
        match each:
            case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
                yield name
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="self"), attr="register_buffer"),
                args=[ast.Constant(value=str() as name), *_],
            ):
                yield name


def _own_uses(of: ast.ClassDef) -> list[ast.Attribute]:
    return [
        each
        for each in ast.walk(of)
        if isinstance(each, ast.Attribute)
        and isinstance(each.value, ast.Name)
        and each.value.id == "self"
        and isinstance(each.ctx, ast.Load)
    ]


class _PassBy(ast.NodeTransformer):
    """Puts the only argument in place of a call of a member that is gone."""

    def __init__(self, gone: set[str]) -> None:
        self._gone, self.is_used = gone, False

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        """Take what was given for the first of several results."""
        call = node.value
        self.generic_visit(node)
        match node.targets:
            case [ast.Tuple(elts=[first, *_])] if node.value is not call:
                node.targets = [first]
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="self"), attr=name), args=[given], keywords=[]
            ) if name in self._gone and not isinstance(given, ast.Starred):
                self.is_used = True
                return given
        return node


def _mend_variables(old: ast.FunctionDef, new: ast.FunctionDef, lines: Mapping[int, int]) -> bool:
    """Let uses of a variable follow what was renamed, and pass by the statement that is gone."""
    before, after = _bound(old), _bound(new)
    used = {each.id for each in _loads(new)}
    renamed = _renames(before, after, used)
    for each in _loads(new):
        each.id = renamed.get(each.id, each.id)
    gone = [each for each in before if each in used and each not in after and each not in renamed]
    stood_in = [_stand_in(old, new, each, lines) for each in gone]
    return any(stood_in) or bool(renamed)


def _bound(of: ast.FunctionDef) -> list[str]:
    """Return the arguments and variables of a function."""
    arguments = [each.arg for each in (*of.args.args, *of.args.kwonlyargs)]
    stored = (
        each.id
        for each in ast.walk(of)
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
    )
    return [*dict.fromkeys((*arguments, *stored))]


def _loads(of: ast.AST) -> list[ast.Name]:
    return [
        each
        for each in ast.walk(of)
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load)
    ]


def _stand_in(
    old: ast.FunctionDef, new: ast.FunctionDef, name: str, lines: Mapping[int, int]
) -> bool:
    """Let a variable whose statement is gone be what that was given, where this is one variable."""
    for place, statement in enumerate(old.body):
        match statement:
            case ast.Assign(
                targets=[ast.Name(id=target) | ast.Tuple(elts=[ast.Name(id=target), *_])],
                value=value,
            ) if target == name:
                known = _bound(old)
                given = dict.fromkeys(each.id for each in _loads(value) if each.id in known)
                sources = [each for each in given if each != "self"]
                if len(sources) != 1:
                    return False
                following = {each.lineno for each in old.body[place + 1 :]}
                at = next(
                    (n for n, each in enumerate(new.body) if lines.get(each.lineno) in following),
                    len(new.body) - 1,
                )
                made = ast.Assign([ast.Name(name, ast.Store())], ast.Name(sources[0], ast.Load()))
                new.body.insert(at, ast.copy_location(made, new.body[at]))
                return True
    return False


def _mend_keywords(old: ast.FunctionDef, new: ast.FunctionDef, name: str, tree: ast.Module) -> bool:
    """Let calls of a class follow an argument that was renamed."""
    before = [each.arg for each in old.args.args]
    after = [each.arg for each in new.args.args]
    calls = [
        keyword
        for each in ast.walk(tree)
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id == name
        for keyword in each.keywords
    ]
    renamed = _renames(before, after, {each.arg for each in calls if each.arg})
    for each in calls:
        each.arg = renamed.get(each.arg or "", each.arg)
    return bool(renamed)


def _rename_names(tree: ast.Module, renamed: Mapping[str, str]) -> bool:
    for each in _loads(tree):
        each.id = renamed.get(each.id, each.id)
    return True
