"""Reads what was typed in the code, beside the window and without Qt."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Literal, NamedTuple, TypeAlias

from app.layout.settle import settled
from codegen.emit import Source
from codegen.revising.revise import Base, Mistake, Revision, base_of, revised
from graph_model.custom_layers.known import Known
from graph_model.frozen import frozen
from graph_model.inference.infer import infer_project
from graph_model.network import NetworkId, Node, NodeId, Project, with_layout
from graph_model.problems import Problem, Refusal

What: TypeAlias = Literal["argument", "node", "name", "added", "removed", "much", "nothing"]


class Change(NamedTuple):
    """What an edit of the code changed, and the names in which that is said."""

    what: What
    names: tuple[str, ...] = ()
    nodes: frozenset[NodeId] = frozenset()
    """The nodes that are new or other than before."""


@frozen
class Ground:
    """A generated file that was edited, and the project that it was written from.

    ``network`` is the one whose file it is; ``base`` is what the file draws, once that was read;
    ``problem`` is why it could not be.
    """

    project: Project
    source: Source
    network: NetworkId
    base: Base | None = None
    problem: Problem | None = None

    @property
    def text(self) -> str:
        """The file without its last line break, as it is shown."""
        return self.source.text.removesuffix("\n")

    @property
    def revision(self) -> Revision | None:
        """The file as the revision that changes nothing, where it was read."""
        return Revision(self.base.project, self.base.sheet) if self.base is not None else None


@frozen
class Reading:
    """What a text is: a revision with its project, which has places for all, or a mistake.

    ``is_idle`` says that something in it says nothing of the drawing, and will not be kept;
    ``noted`` are the lines, from 0 on, of what is made and not drawn yet.
    """

    text: str
    ground: Ground
    project: Project
    revision: Revision | None = None
    mistake: Mistake | None = None
    change: Change = Change("nothing")
    is_idle: bool = False
    noted: frozenset[int] = frozenset()


def read(
    ground: Ground,
    text: str,
    now: Project,
    known: Known,
    last: Revision | None,
    *,
    is_ours: bool,
) -> Reading:
    """Return what an edited text makes of the project as it is ``now``.

    ``is_ours`` says that it differs from that of the ground by earlier readings alone.
    """
    ground = grounded(ground, now)
    base = ground.base
    if base is None:
        assert ground.problem is not None
        return Reading(text, ground, now, mistake=Mistake(ground.problem))
    infer = partial(infer_project, known=known)
    is_base = is_ours or _is_same(now, ground.project)
    other = None if is_base else replace(now, main=ground.network)
    found = revised(base, text + "\n", infer, last, other)
    if isinstance(found, Mistake):
        return Reading(text, ground, now, mistake=found)
    project = _taken_over(now, found.project)
    change = what_changed(now, project)
    is_idle = bool(comments(text) - comments(ground.text)) or (
        change.what == "nothing" and _differ(text, ground.text)
    )
    noted = _making(text, [each.problem.values["names"] for each in found.notes])
    return Reading(text, ground, project, found, None, change, is_idle, noted)


def grounded(ground: Ground, now: Project) -> Ground:
    """Return the ground with what its file draws; a project with cards moved is the same."""
    project = now if _is_same(now, ground.project) else ground.project
    if (ground.base is not None and project is ground.project) or ground.problem is not None:
        return ground
    drawn = project if project.main == ground.network else replace(project, main=ground.network)
    if ground.base is not None:
        return replace(ground, project=project, base=replace(ground.base, project=drawn))
    try:
        return replace(ground, project=project, base=base_of(drawn, ground.source))
    except Refusal as refusal:
        return replace(ground, problem=refusal.problem)


def _is_same(one: Project, other: Project) -> bool:
    """Tell whether two projects hold the same networks and custom layers, by identity."""
    return one is other or all(
        mine.keys() == others.keys() and all(mine[id] is others[id] for id in mine)
        for mine, others in ((one.networks, other.networks), (one.layers, other.layers))
    )


def _taken_over(now: Project, found: Project) -> Project:
    """Return the project as it is now with the drawing that was found, and places for all of it."""
    if _is_same(now, found):
        return now
    project = replace(found, main=now.main, layouts=now.layouts, recipe=found.recipe)
    for id, network in project.networks.items():
        if network is not now.networks.get(id):
            layout = now.layouts.get(id, {})
            with_all = settled(network, layout, now.direction)
            project = project if with_all is layout else with_layout(project, id, with_all)
    return project


def what_changed(old: Project, new: Project) -> Change:
    """Return in few words what differs between two projects."""
    fresh = [new.networks[id] for id in new.networks.keys() - old.networks.keys()]
    both = [id for id in new.networks if id in old.networks]
    changed = [id for id in both if new.networks[id] is not old.networks[id]]
    nodes = [*_changed_nodes(old, new, changed)]
    ids = frozenset(after.id for _, after in nodes if after is not None)
    if not changed and not fresh:
        return Change("nothing")
    named = [id for id in changed if new.networks[id].name != old.networks[id].name]
    if len(named) == 1 and not nodes:
        id = named[0]
        return Change("name", (old.networks[id].name, new.networks[id].name), ids)
    if len(nodes) != 1:
        added = [after.name for before, after in nodes if before is None and after is not None]
        removed = [before.name for before, after in nodes if before is not None and after is None]
        if len(added) == 1 and not removed:
            return Change("added", (added[0],), ids)
        if len(removed) == 1 and not added:
            return Change("removed", (removed[0],), ids)
        blocks = [new.networks[id].name for id in changed]
        return Change("much", (*blocks[:1],) if len(blocks) == 1 else (), ids)
    before, after = nodes[0]
    return _of_one(before, after, ids)


def _of_one(before: Node | None, after: Node | None, ids: frozenset[NodeId]) -> Change:
    if after is None:
        assert before is not None
        return Change("removed", (before.name,), ids)
    if before is None:
        return Change("added", (after.name,), ids)
    if replace(before, name=after.name) == after:
        return Change("name", (before.name, after.name), ids)
    names = [*_differing(before, after)]
    if len(names) == 1 and before.kind == after.kind:
        return Change("argument", (names[0], after.name), ids)
    return Change("node", (after.name,), ids)


def _changed_nodes(
    old: Project, new: Project, networks: Iterable[NetworkId]
) -> Iterator[tuple[Node | None, Node | None]]:
    for id in networks:
        before, after = old.networks[id].nodes, new.networks[id].nodes
        for node in dict.fromkeys((*before, *after)):
            if before.get(node) != after.get(node):
                yield before.get(node), after.get(node)


def _differing(before: Node, after: Node) -> Iterator[str]:
    """Yield the names of the arguments that differ, and ``repeat``."""
    for name in dict.fromkeys(
        (*before.arguments, *after.arguments, *before.formulas, *after.formulas)
    ):
        if before.arguments.get(name) != after.arguments.get(name) or before.formulas.get(
            name
        ) != after.formulas.get(name):
            yield name
    if before.repeat != after.repeat:
        yield "repeat"


def _making(text: str, told: Iterable[str]) -> frozenset[int]:
    """Return the lines, from 0 on, in which members of these names are made."""
    names = {name for each in told for name in each.split(", ")}
    return frozenset(
        line - 1
        for each in (ast.walk(ast.parse(text)) if names else ())
        if isinstance(each, ast.Assign)
        and isinstance(target := each.targets[0], ast.Attribute)
        and target.attr in names
        for line in range(each.lineno, (each.end_lineno or each.lineno) + 1)
    )


def comments(text: str) -> set[str]:
    """Return the comments of a text, but for those that tell a shape."""
    try:
        tokens = [*tokenize.generate_tokens(io.StringIO(text).readline)]
    except (tokenize.TokenError, SyntaxError):
        return set()
    found = (each.string for each in tokens if each.type == tokenize.COMMENT)
    return {each for each in found if not each.startswith("# (")}


def _differ(one: str, other: str) -> bool:
    """Tell whether two texts differ in more than comments and in how they are written."""
    return ast.dump(ast.parse(one)) != ast.dump(ast.parse(other))
