"""Edits the code of examples at random, as people do: ``python -m tools.code_edits [N] [SEED]``.

The project that an edited text becomes has to be the one that the same edit of the drawing gives,
but for ids and places of what is new; and its code has to be the edited text.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final, NamedTuple, TypeAlias

from app.project.examples import EXAMPLES, load_example
from codegen.emit import Origin, Source, source
from codegen.revising.revise import Base, Mistake, base_of, revised
from graph_model.editing.edits import apply_fix, insert_on_edge, remove_and_bridge
from graph_model.inference.infer import infer_project
from graph_model.layers import LAYERS
from graph_model.network import Network, Node, NodeId, Port, Project, names, rename, with_network
from graph_model.problems import Fix, SwapWithFeeder
from graph_model.values import Type


class Edit(NamedTuple):
    """An edited text, and the project that the same edit of the drawing gives."""

    what: str
    text: str
    project: Project
    fresh: str = ""
    """The id of the node that the drawing has more."""


Way: TypeAlias = Callable[[Project, Source, random.Random], Edit | None]

_KEYWORD: Final = re.compile(r"(\w+)=(\d+)\b")
_MADE: Final = re.compile(r"^        self\.(\w+) = nn\.(\w+)\(.*\)$")


def _makings(project: Project, written: Source) -> Iterator[tuple[int, str, Network, Node]]:
    """Yield each line that makes one layer, with its number and the node."""
    lines = written.text.split("\n")
    for number, origins in written.origins.items():
        line = lines[number - 1]
        found = _MADE.match(line)
        if found is None or len({(each.network, each.node) for each in origins}) != 1:
            continue
        origin: Origin = origins[0]
        network = project.networks[origin.network]
        node = network.nodes[origin.node]
        if node.name == found[1] and node.kind in LAYERS:
            yield number, line, network, node


def _with_line(written: Source, number: int, *lines: str) -> str:
    every = written.text.split("\n")
    return "\n".join([*every[: number - 1], *lines, *every[number:]])


def change_number(project: Project, written: Source, draw: random.Random) -> Edit | None:
    """Change a number that a line gives a layer by name."""
    found = [
        (number, line, network, node, match)
        for number, line, network, node in _makings(project, written)
        for match in _KEYWORD.finditer(line)
        if (parameter := LAYERS[node.kind].by_name.get(match[1])) is not None
        and parameter.type in (Type.INTEGER, Type.SIZES)
        and not parameter.inferred
        and match[1] not in node.formulas
    ]
    if not found:
        return None
    number, line, network, node, match = draw.choice(found)
    value = int(match[2]) + draw.choice([1, 2, 3])
    text = _with_line(written, number, line[: match.start(2)] + str(value) + line[match.end(2) :])
    usual = LAYERS[node.kind].defaults[match[1]] == value
    arguments = {**node.arguments, match[1]: value}
    if usual:
        del arguments[match[1]]
    changed = {**network.nodes, node.id: replace(node, arguments=arguments)}
    return Edit("number", text, with_network(project, replace(network, nodes=changed)))


def _class_lines(written: Source, number: int) -> range:
    """Return the numbers of the lines of the class around a line."""
    lines = written.text.split("\n")
    first = max(n for n in range(1, number + 1) if lines[n - 1].startswith("class "))
    ends = [n for n in range(first + 1, len(lines)) if lines[n - 1][:1] not in ("", " ")]
    return range(first, ends[0] if ends else len(lines))


def rename_layer(project: Project, written: Source, draw: random.Random) -> Edit | None:
    """Give a layer another name, in its line and where it is called, or in its line alone."""
    found = [*_makings(project, written)]
    if not found:
        return None
    number, _line, network, node = draw.choice(found)
    name = "stem"
    if name in names(network) or network.nodes[node.id].shares:
        return None
    inside = _class_lines(written, number)
    lines = written.text.split("\n")
    is_whole = draw.random() < 0.5
    for n in inside if is_whole else [number]:
        lines[n - 1] = re.sub(rf"\bself\.{node.name}\b", f"self.{name}", lines[n - 1])
    edited = with_network(project, rename(network, node.id, name))
    return Edit("rename" if is_whole else "rename, once", "\n".join(lines), edited)


def delete_layer(project: Project, written: Source, draw: random.Random) -> Edit | None:
    """Delete the line that makes a layer, and the line that calls it where it stands alone."""
    lines = written.text.split("\n")
    found = []
    for number, _line, network, node in _makings(project, written):
        is_shared = any(each.shares == node.id for each in network.nodes.values())
        fed = [each for each in network.edges.values() if each.target.node == node.id]
        uses = [n for n in _class_lines(written, number) if f"self.{node.name}(" in lines[n - 1]]
        if not is_shared and len(fed) == 1 and len(uses) <= 1:
            found.append((number, network, node, uses))
    if not found:
        return None
    number, network, node, uses = draw.choice(found)
    gone = {number}
    what = "deletion, line alone"
    call = re.compile(rf"        (\w+) = self\.{node.name}\((\1)\)")
    if uses and call.match(lines[uses[0] - 1]):
        gone.add(uses[0])
        what = "deletion"
    text = "\n".join(line for n, line in enumerate(lines, 1) if n not in gone)
    edited = with_network(project, remove_and_bridge(network, [node.id]))
    return Edit(what, text, edited)


def insert_layer(project: Project, written: Source, draw: random.Random) -> Edit | None:
    """Insert a Dropout behind a layer: a line that makes it, and a call around its call."""
    lines = written.text.split("\n")
    found = []
    for number, _line, network, node in _makings(project, written):
        edges = [each for each in network.edges.values() if each.source.node == node.id]
        call = f"self.{node.name}("
        uses = [n for n in _class_lines(written, number) if call in lines[n - 1]]
        is_chain = "(nn.Sequential)" in lines[_class_lines(written, number)[0] - 1]
        is_whole = len(uses) == 1 and lines[uses[0] - 1].count("(") == 1
        if len(edges) == 1 and (is_whole or (is_chain and not uses)):
            found.append((number, network, node, edges[0], uses))
    if not found:
        return None
    number, network, node, edge, uses = draw.choice(found)
    name = "inserted"
    if name in names(network):
        return None
    if uses:
        use = lines[uses[0] - 1]
        use_call = re.search(rf"self\.{node.name}\(\w+\)", use)
        if use_call is None:
            return None
        lines[uses[0] - 1] = use.replace(use_call[0], f"self.{name}({use_call[0]})")
    lines.insert(number, f"        self.{name} = nn.Dropout(0.25)")
    made = Node("fresh", "Dropout", name, {"p": 0.25})
    edited = with_network(project, insert_on_edge(network, made, edge))
    return Edit("insertion", "\n".join(lines), edited, made.id)


def swap_layers(project: Project, written: Source, draw: random.Random) -> Edit | None:
    """Exchange two layers of a row that follow each other."""
    lines = written.text.split("\n")
    found = []
    for number, line, network, node in _makings(project, written):
        is_chain = "(nn.Sequential)" in lines[_class_lines(written, number)[0] - 1]
        if is_chain and number < len(lines) and _MADE.match(lines[number]):
            found.append((number, line, network, node))
    if not found:
        return None
    number, line, network, node = draw.choice(found)
    lines[number - 1], lines[number] = lines[number], line
    after = next(each.target for each in network.edges.values() if each.source.node == node.id)
    if network.nodes[after.node].kind == "Output":
        return None
    swap = Fix("swap", SwapWithFeeder(after.name), {}, after.node)
    return Edit("reorder", "\n".join(lines), with_network(project, apply_fix(network, swap)))


WAYS: Final[tuple[Way, ...]] = (
    change_number, change_number, rename_layer, delete_layer, insert_layer, swap_layers,
)  # fmt: skip


def told(network: Network, fresh: NodeId, known: Network) -> object:
    """Return all of a network, what is new under one id and the order of its nodes aside."""

    def renamed(id: NodeId) -> NodeId:
        return fresh if fresh and id not in known.nodes else id

    def port(of: Port) -> Port:
        return Port(renamed(of.node), of.name)

    nodes = {renamed(id): replace(each, id=renamed(id)) for id, each in network.nodes.items()}
    edges = {(port(each.source), port(each.target)) for each in network.edges.values()}
    return nodes, edges, network.name, network.parameters, network.init, network.role


def _is_the_same(found: Project, edit: Edit, before: Project) -> bool:
    wanted = edit.project
    if found.networks.keys() != wanted.networks.keys():
        return False
    return replace(found, networks={}) == replace(wanted, networks={}) and all(
        told(each, edit.fresh, before.networks[id])
        == told(wanted.networks[id], edit.fresh, before.networks[id])
        for id, each in found.networks.items()
    )


_FACT: Final = re.compile(r"^    (Parameters|Output|Needs): .*\n|  # \(.*\)$|^ +# \(.*\)\n", re.M)


def plain(text: str) -> str:
    """Return a text without what follows from the rest: counts, shapes, sizes of the input."""
    return re.sub(r"(nn\.\w+\()\d+(, \d+)?", r"\1", _FACT.sub("", text))


def judged(base: Base, edit: Edit) -> str:
    """Return how an edit ended: ``same``, or what is otherwise than it should be."""
    inference = infer_project(edit.project)
    revision = revised(base, edit.text, infer_project)
    if isinstance(revision, Mistake):
        if inference.has_errors:
            return "refused, as the drawing would be wrong"
        return f"refused: {revision.problem.code}"
    after = infer_project(revision.project)
    if not _is_the_same(revision.project, edit, base.project):
        return "another drawing"
    is_ours = plain(source(inference).text) == plain(edit.text)  # as it would be written
    if is_ours and plain(source(after).text) != plain(edit.text):
        return "another text"
    return "same"


def edits(base: Base, draw: random.Random) -> Edit | None:
    """Return a random edit of a text."""
    return draw.choice(WAYS)(base.project, base.source, draw)


def main(count: int, seed: int) -> int:
    """Edit ``count`` times; return how many ended otherwise than they should."""
    draw = random.Random(seed)
    bases = {}
    for each in EXAMPLES:
        project = load_example(each.name)
        bases[each.name] = base_of(project, source(infer_project(project)))
    ends: Counter[tuple[str, str]] = Counter()
    for _ in range(count):
        name = draw.choice([*bases])
        edit = edits(bases[name], draw)
        if edit is None:
            continue
        end = judged(bases[name], edit)
        ends[edit.what, end] += 1
        if not end.startswith(("same", "refused, as")):
            print(f"{name}: {edit.what}: {end}")
    for (what, end), number in sorted(ends.items()):
        print(f"{number:6} {what}: {end}")
    good = sum(n for (_, end), n in ends.items() if end.startswith(("same", "refused, as")))
    print(f"{good} of {sum(ends.values())} as in the drawing")
    return sum(ends.values()) - good


if __name__ == "__main__":
    count, seed = (int(each) for each in (*sys.argv[1:], "300", "1")[:2])
    sys.exit(bool(main(count, seed)))
