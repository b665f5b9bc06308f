"""Blocks that are alike and follow each other, or lie side by side, are drawn once, repeated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from codegen.importing.values import Instance, Tagged
from graph_model.arrangement import Arrangement
from graph_model.formulas import names_in
from graph_model.layers import LAYERS
from graph_model.network import Port, used_network

if TYPE_CHECKING:
    from codegen.importing.drawing import Drawing, Drawn


def fold_repeats(drawing: Drawing) -> None:
    """Draw blocks that follow each other and are alike as one that is repeated."""
    readers: dict[str, list[Port]] = {}
    for target, source in drawing.edges.items():
        readers.setdefault(source.node, []).append(target)
    for drawn in list(drawing.nodes.values()):
        is_block = used_network(drawn.kind) is not None
        if drawn.id in drawing.nodes and is_block and not drawn.shares:
            run = _run(drawing, drawn, readers)
            if len(run) > 1:
                _fold(drawing, run)
            elif len(loop := _loop(drawing, drawn, readers)) > 1:
                _fold(drawing, loop)
                drawn.repeat, drawn.arrangement = len(loop), Arrangement.SHARED
    for drawn in list(drawing.nodes.values()):
        if drawn.kind in _JOINS:
            branches = _branches(drawing, drawn)
            if len(branches) > 1:
                _fold_branches(drawing, drawn, branches)


_JOINS: Final = {
    "Concatenate": Arrangement.CONCATENATED,
    "Stack": Arrangement.STACKED,
    "Add": Arrangement.SUMMED,
}
"""What is done with blocks side by side, by the layer that does it with single ones."""


def _branches(drawing: Drawing, join: Drawn) -> list[Drawn]:
    """Return the uses of blocks that a node joins: all of one list, and alike but for weights."""
    sources = list(_inputs(drawing, join).values())
    branches = [drawing.nodes[each.node] for each in sources]
    first = branches[0]
    group = getattr(first.source, "group", None)
    if used_network(first.kind) is None or group is None or join.formulas:
        return []
    if [*group.modules.values()] != [each.source for each in branches]:
        return []
    owners = {each.shares for each in drawing.nodes.values()}
    read = Counter(each.node for each in drawing.edges.values())
    outputs = {each.port for each in drawing.tensors if each.port.node == first.id}
    is_alike = all(
        (each.kind, _given(each), _inputs(drawing, each), each.frozen)
        == (first.kind, _given(first), _inputs(drawing, first), first.frozen)
        and (each.repeat, each.shares, read[each.id]) == (1, "", 1)
        and each.id not in owners
        for each in branches
    )
    return branches if is_alike and len(outputs) == 1 else []


def _fold_branches(drawing: Drawing, join: Drawn, branches: Sequence[Drawn]) -> None:
    """Leave the first of blocks side by side, repeated, in place of all and of what joins them."""
    first = branches[0]
    first.arrangement = _JOINS[join.kind]
    if first.arrangement.has_dimension:
        first.along = int(join.arguments.get("dim", LAYERS[join.kind].defaults["dim"]))  # type: ignore[arg-type]
    output = next(each.port for each in drawing.tensors if each.port.node == first.id)
    for target, source in list(drawing.edges.items()):
        if target.node == join.id:
            del drawing.edges[target]
        elif source.node == join.id:
            drawing.edges[target] = output
    drawing.forget(join.id)  # before its name is given to what it joined
    _fold(drawing, branches)


def _loop(drawing: Drawing, first: Drawn, readers: Mapping[str, list[Port]]) -> list[Drawn]:
    """Return the calls of one block by a loop, where these are all that there are of it."""
    again = [each for each in drawing.nodes.values() if each.shares == first.id]
    run = [first]
    for each in again:
        inputs = _inputs(drawing, each)
        main, *others = inputs
        is_next = each.at is first.at and [each.id] == [
            target.node for target in readers.get(run[-1].id, [])
        ]
        if not is_next or inputs[main].node != run[-1].id or each.kind != first.kind:
            return [first]
        if any(inputs[port] != _inputs(drawing, first).get(port) for port in others):
            return [first]
        run.append(each)
    return run if first.repeat == 1 else [first]


def _run(drawing: Drawing, first: Drawn, readers: Mapping[str, list[Port]]) -> list[Drawn]:
    """Return the uses of one block that follow each other from this one on, all alike."""
    run = [first]
    shared = {each.shares for each in drawing.nodes.values()}
    while True:
        last = run[-1]
        targets = readers.get(last.id, [])
        if len(targets) != 1 or last.id in shared:
            return run
        following = drawing.nodes.get(targets[0].node)
        if following is None or following.shares or not _are_alike(drawing, first, following, last):
            return run
        run.append(following)


def _are_alike(drawing: Drawing, first: Drawn, following: Drawn, last: Drawn) -> bool:
    if following.kind != first.kind or following.id in (last.id, first.id):
        return False
    if not _are_together(first.source, following.source):
        return False
    if _given(following) != _given(first) or following.repeat != 1 or first.repeat != 1:
        return False
    ours, theirs = _inputs(drawing, first), _inputs(drawing, following)
    if [*ours] != [*theirs] or not ours:
        return False
    main, *others = ours
    if theirs[main].node != last.id:
        return False
    return all(ours[port] == theirs[port] for port in others)


def _are_together(one: Instance, other: Instance) -> bool:
    """Tell whether two modules lie in one container, or come from one expression."""
    is_one_group = one.group is not None and one.group is other.group
    return is_one_group or (one.origin is not None and one.origin is other.origin)


def _given(drawn: Drawn) -> Mapping[str, Any]:
    return {**drawn.arguments, **drawn.formulas}


def _inputs(drawing: Drawing, drawn: Drawn) -> dict[str, Port]:
    return {
        target.name: source for target, source in drawing.edges.items() if target.node == drawn.id
    }


def _fold(drawing: Drawing, run: Sequence[Drawn]) -> None:
    """Leave the first of a run, repeated, in place of all."""
    first, last = run[0], run[-1]
    first.repeat = len(run)
    origin, group = first.source.origin, first.source.group
    times = origin.times if origin is not None and len(origin) == len(run) else None
    if isinstance(times, Tagged) and drawing.scope.keys() >= set(names_in(times.formula)):
        first.repeat = times.formula
    if group is not None and len(group.modules) == len(run) and group.name:
        for drawn in drawing.nodes.values():
            if drawn.kind == "Output" and drawn.name == group.name:
                drawing.rename(drawn, f"{drawn.name}_out")  # weights go by the name of the block
        drawing.rename(first, group.name)
    gone = {each.id for each in run[1:]}
    for target, source in list(drawing.edges.items()):
        if target.node in gone:
            del drawing.edges[target]
        elif source.node == last.id:
            drawing.edges[target] = Port(first.id, source.name)
    for each in gone:
        drawing.forget(each)
