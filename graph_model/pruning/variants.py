"""A project in which arguments deep within blocks have other values.

A block takes the new values by its parameters as far as its formulas allow; what they do not give
is written out. Uses of a block that then differ by more than their arguments use different blocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from graph_model.findings.results import Inference
from graph_model.formulas import Binary, Constant, Formula, Name, Scope, evaluate
from graph_model.frozen import frozen
from graph_model.network import (
    Network,
    NetworkId,
    Node,
    NodeId,
    Project,
    free_name,
    new_id,
    use_kind,
    used_network,
)
from graph_model.problems import Refusal
from graph_model.values import Arguments, Value

Wanted: TypeAlias = "dict[str, dict[int | None, int]]"
"""New sizes by argument, and by the place in it where that is a tuple."""
_Path: TypeAlias = tuple[NodeId, ...]


def with_sizes(project: Project, inference: Inference, wanted: Mapping[_Path, Wanted]) -> Project:
    """Return a project whose nodes, named by their paths, have these sizes."""
    work = _Work(project, wanted)
    main = work.reworked(inference, ()).network
    return _put_together(project, main, work)


@frozen
class _Reworked:
    """A network with new sizes within, and which values its parameters need for that."""

    network: Network
    values: Arguments


@dataclass
class _Work:
    """Makes the new networks, each form of a block once; ``as_before`` are used unchanged too."""

    project: Project
    wanted: Mapping[_Path, Wanted]
    forms: dict[NetworkId, list[Network]] = field(default_factory=dict)
    as_before: set[NetworkId] = field(default_factory=set)

    def reworked(self, inference: Inference, path: _Path) -> _Reworked:
        """Return a network, seen in one of its uses, with the new sizes."""
        network, scope = self.project.networks[inference.network.id], inference.scope
        values: dict[NodeId, Arguments] = {}
        kinds: dict[NodeId, str] = {}
        for id, result in inference.nodes.items():
            node = network.nodes[id]
            if result.passes:
                at = (*path, node.shares or id)
                within = self.reworked(result.passes[0].inference, at)
                values[id], kinds[id] = within.values, self._form(within.network)
            elif not used_network(node.kind):
                changes = self.wanted.get((*path, id), {})
                values[id] = {
                    name: _changed(result.arguments[name], each) for name, each in changes.items()
                }
            if _is_as_another(node, network):
                values.pop(id, None)
        wide = dict(scope)
        for id, arguments in values.items():
            wide |= _solved(network.nodes[id], arguments, scope, wide)
        nodes = {
            id: _as_kind(_with_values(node, values.get(id), scope, wide), kinds.get(id))
            for id, node in network.nodes.items()
        }
        is_same = all(node is network.nodes[id] for id, node in nodes.items())
        changed = {name: value for name, value in wide.items() if value != scope.get(name)}
        return _Reworked(network if is_same else replace(network, nodes=nodes), changed)

    def _form(self, made: Network) -> str:
        """Return the kind of a form of a block, until it has an id: the same for the same."""
        if made is self.project.networks[made.id]:
            self.as_before.add(made.id)
            return use_kind(made.id)
        forms = self.forms.setdefault(made.id, [])
        if made not in forms:
            forms.append(made)
        return _form_kind(made.id, forms.index(made))


def _is_as_another(node: Node, network: Network) -> bool:
    """Tell whether a node takes its arguments from the one that it shares weights with."""
    return bool(node.shares) and network.nodes[node.shares].kind == node.kind


def _form_kind(id: NetworkId, number: int) -> str:
    return f"{use_kind(id)}#{number}"


def _put_together(project: Project, main: Network, work: _Work) -> Project:
    """Return the project with all forms of its blocks; where one is left, it keeps the name."""
    networks, layouts = dict(project.networks), dict(project.layouts)
    kept = work.as_before | _used_elsewhere(project, {main.id, *work.forms, *work.as_before})
    taken = {each.name for each in networks.values()}
    ids: dict[str, NetworkId] = {}
    new: list[Network] = []
    for id, forms in work.forms.items():
        for number, form in enumerate(forms):
            is_first = number == 0 and id not in kept
            own = id if is_first else new_id((*networks, *ids.values()))
            name = form.name if is_first else free_name(form.name, taken)
            taken.add(name)
            ids[_form_kind(id, number)] = own
            new.append(replace(form, id=own, name=name))
            if id in layouts:
                layouts[own] = layouts[id]
    for each in (*new, main):
        nodes = {
            id: replace(node, kind=use_kind(ids[node.kind])) if node.kind in ids else node
            for id, node in each.nodes.items()
        }
        networks[each.id] = replace(each, nodes=nodes)
    return replace(project, networks=networks, layouts=layouts)


def _used_elsewhere(project: Project, reached: Iterable[NetworkId]) -> set[NetworkId]:
    """Return the networks that are used by some which the main one does not reach."""
    others = project.networks.keys() - set(reached)
    used = {
        used_network(node.kind) for id in others for node in project.networks[id].nodes.values()
    }
    return {each for each in used if each is not None}


def _as_kind(node: Node, kind: str | None) -> Node:
    return node if kind is None or kind == node.kind else replace(node, kind=kind)


def _changed(value: Value, changes: Mapping[int | None, int]) -> Value:
    """Return a value with new sizes in it."""
    if isinstance(value, tuple):
        return tuple(changes.get(at, entry) for at, entry in enumerate(value))
    return changes[None]


def _solved(node: Node, arguments: Arguments, scope: Scope, known: Scope) -> dict[str, Value]:
    """Return the parameters that give arguments their new values, but those already changed."""
    found: dict[str, Value] = {}
    for name, value in arguments.items():
        solution = _solution(node.formulas.get(name), value)
        if solution and known[solution[0]] == scope[solution[0]]:
            found[solution[0]] = solution[1]
    return found


def _solution(formula: Formula | None, value: Value) -> tuple[str, int] | None:
    """Return the parameter of a simple formula and what it has to be, if it is that simple."""
    if not isinstance(value, int):
        return None
    match formula:
        case Name(name):
            return name, value
        case Binary("*", Name(name), Constant(int(factor))) if factor and value % factor == 0:
            return name, value // factor
        case Binary("*", Constant(int(factor)), Name(name)) if factor and value % factor == 0:
            return name, value // factor
        case _:
            return None


def _with_values(node: Node, values: Arguments | None, scope: Scope, wide: Scope) -> Node:
    """Return a node with new values; its formulas stay where they still give what they should.

    One without any is left out, or as another: it may become what its formulas make of it.
    """
    if values is None:
        return node
    changed = {name: value for name, value in values.items() if name not in node.formulas}
    for name, formula in node.formulas.items():
        before, after = _worth(formula, scope), _worth(formula, wide)
        wanted = (values[name],) if name in values else before
        if wanted is not None and wanted != after:  # None: it names what is told elsewhere
            changed[name] = wanted[0]
    repeat = node.repeat
    if not isinstance(repeat, int):
        before = _worth(repeat, scope)
        if before != _worth(repeat, wide) and before and isinstance(before[0], int):
            repeat = int(before[0])
    if not changed and repeat is node.repeat:
        return node
    formulas = {name: each for name, each in node.formulas.items() if name not in changed}
    arguments = {**node.arguments, **changed}
    return replace(node, arguments=arguments, formulas=formulas, repeat=repeat)


def _worth(formula: Formula, scope: Scope) -> tuple[Value] | None:
    """Return the value of a formula, ``None`` where it names what is not in the scope."""
    try:
        return (evaluate(formula, scope),)
    except Refusal:
        return None
