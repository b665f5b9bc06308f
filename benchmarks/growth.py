"""How the time of reading, checking, writing and exporting a network grows with its size.

``python benchmarks/growth.py [NODES ...]`` prints CPU milliseconds for networks of several forms,
and the exponent of the growth between the smallest and the largest size: 1 is linear, 2 quadratic.
"check" and "export" are the commands, from the file on.
"""

from __future__ import annotations

import contextlib
import gc
import io
import math
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from app import cli
from codegen.emit import source
from graph_model.files.project_format import dumps, loads
from graph_model.inference.infer import Inference, infer_project
from graph_model.network import Edge, Network, Node, Port, Project, use_kind, used_network
from graph_model.values import integer

SIZES = (100, 1_000, 10_000)


def chain(size: int) -> Project:
    """Return one layer after the other."""
    kinds = ["Linear" if place % 2 else "ReLU" for place in range(size)]
    return _project(_sequence(kinds))


def reversed_chain(size: int) -> Project:
    """Return the same, listed from its end."""
    return _project(list(reversed(_sequence(["ReLU"] * size))))


def skips(size: int) -> Project:
    """Return residual connections, each over three layers."""
    lines: list[tuple[Node, list[str]]] = [(_input(), [])]
    last = "n"
    for place in range(size // 4):
        names = [f"a{place}", f"b{place}", f"c{place}"]
        for name, kind in zip(names, ("Linear", "ReLU", "Linear"), strict=True):
            lines.append((_node(name, kind), [last if name == names[0] else lines[-1][0].id]))
        lines.append((_node(f"add{place}", "Add"), [names[-1], last]))
        last = f"add{place}"
    return _project([*lines, (Node("y", "Output", "y"), [last])])


def problems(size: int) -> Project:
    """Return a chain in which every layer has something wrong."""
    lines = _sequence(["Linear"] * size)
    wrong = [
        (_with(node, {"bias": 3}) if node.kind == "Linear" else node, on) for node, on in lines
    ]
    return _project(wrong)


def names(size: int) -> Project:
    """Return a chain in which all layers have the same name."""
    lines = _sequence(["ReLU"] * size)
    return _project([(Node(n.id, n.kind, "same", n.arguments), on) for n, on in lines])


def circles(size: int) -> Project:
    """Return many small circles."""
    lines = [(_input(), []), (Node("y", "Output", "y"), ["n"])]
    for place in range(size // 2):
        pair = f"a{place}", f"b{place}"
        lines += [(_node(pair[0], "ReLU"), [pair[1]]), (_node(pair[1], "ReLU"), [pair[0]])]
    return _project(lines)


def wide(size: int) -> Project:
    """Return many branches beside each other, joined by additions."""
    lines = [(_input(), []), *((_node(f"a{place}", "ReLU"), ["n"]) for place in range(size // 2))]
    last = "a0"
    for place in range(1, size // 2):
        lines.append((_node(f"add{place}", "Add"), [last, f"a{place}"]))
        last = f"add{place}"
    return _project([*lines, (Node("y", "Output", "y"), [last])])


def unknown(size: int) -> Project:
    """Return layers whose sizes are not known, for a Flatten far from the Input has merged them."""
    image = Node("n", "Input", "n", {"shape": ("N", 3, "H", "W")})
    lines: list[tuple[Node, list[str]]] = [(image, [])]
    for place in range(size * 9 // 10):
        lines.append((_node(f"a{place}", "ReLU"), [lines[-1][0].id]))
    lines.append((_node("flat", "Flatten"), [lines[-1][0].id]))
    lines += [(_node(f"b{place}", "Linear"), ["flat"]) for place in range(size // 10)]
    return _project([*lines, (Node("y", "Output", "y"), [lines[-1][0].id])])


def turns(size: int) -> Project:
    """Return one long repeating chain, whose modules become two lists."""
    return _numbered([("fc", "act", size // 2)])


def stems(size: int) -> Project:
    """Return many short repeating chains, each of which becomes lists."""
    return _numbered([(f"fc{place}_", f"act{place}_", 4) for place in range(size // 8)])


def nested(size: int) -> Project:
    """Return a chain of uses of blocks, every tenth a block of its own with other arguments."""
    networks: dict[str, Network] = {}
    lines: list[tuple[Node, list[str]]] = [(_input(), [])]
    for place in range(size // 10):
        id = f"block{place}"
        networks[id] = _network(_sequence(["ReLU"] * 8), id, "block")
        width = {"width": place + 1}
        lines.append((Node(f"use{place}", use_kind(id), f"use{place}", width), [lines[-1][0].id]))
    lines.append((Node("y", "Output", "y"), [lines[-1][0].id]))
    return _project(lines, networks)


_PORTS = {"Add": ["input1", "input2"]}
FORMS = (
    *(chain, reversed_chain, skips, wide, turns, stems),
    *(problems, names, circles, unknown, nested),
)


def steps(project: Project) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what is measured, by its name, each with what it needs made beforehand."""
    text = dumps(project)
    known: list[Inference] = []
    yield "load", lambda: loads(text)
    yield "infer", lambda: known.append(infer_project(project))
    if not known[-1].has_errors:
        yield "emit", lambda: source(known[-1]).text
    yield "save", lambda: dumps(project)
    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
    ):
        file = Path(folder, "net.weft")
        file.write_text(text, encoding="utf-8")
        yield "check", lambda: cli.main(["check", str(file)])
        yield "export", lambda: cli.main(["export", str(file), "-o", str(file.with_suffix(".py"))])


def milliseconds(work: Callable[[], object]) -> float:
    gc.collect()
    gc.disable()
    begun = time.process_time()
    work()
    taken = time.process_time() - begun
    gc.enable()
    return 1000 * taken


def measured(form: Callable[[int], Project], size: int) -> dict[str, float]:
    """Return CPU milliseconds by step; of small networks the least of three times."""
    times = 3 if size < 5_000 else 1
    found: dict[str, list[float]] = {}
    for _ in range(times):
        project = form(size)
        for name, work in steps(project):
            found.setdefault(name, []).append(milliseconds(work))
    return {name: min(each) for name, each in found.items()}


def exponent(sizes: tuple[int, ...], times: list[float]) -> float:
    """Return how steeply the time grows, between the first and the last size."""
    return math.log(times[-1] / max(times[0], 0.01)) / math.log(sizes[-1] / sizes[0])


def main(sizes: tuple[int, ...]) -> None:
    print(f"{'':22}" + "".join(f"{size:>10,}" for size in sizes) + "  exponent")
    for form in FORMS:
        rows: dict[str, list[float]] = {}
        for size in sizes:
            for name, taken in measured(form, size).items():
                rows.setdefault(name, []).append(taken)
        for name, times in rows.items():
            figures = "".join(f"{each:>10.1f}" for each in times)
            grows = exponent(sizes, times) if len(times) == len(sizes) else math.nan
            print(f"{form.__name__:15}{name:7}{figures}{grows:>10.2f}", flush=True)


def _input() -> Node:
    return Node("n", "Input", "n", {"shape": ("N", 8)})


def _node(id: str, kind: str) -> Node:
    return Node(id, kind, id, {"out_features": 8} if kind == "Linear" else {})


def _with(node: Node, arguments: dict[str, object]) -> Node:
    return Node(node.id, node.kind, node.name, {**node.arguments, **arguments})  # type: ignore[dict-item]


def _sequence(kinds: list[str]) -> list[tuple[Node, list[str]]]:
    lines: list[tuple[Node, list[str]]] = [(_input(), [])]
    for place, kind in enumerate(kinds):
        lines.append((_node(f"a{place}", kind), [lines[-1][0].id]))
    return [*lines, (Node("y", "Output", "y"), [lines[-1][0].id])]


def _numbered(chains: list[tuple[str, str, int]]) -> Project:
    """Return chains of numbered layers in turn, one after the other."""
    lines: list[tuple[Node, list[str]]] = [(_input(), [])]
    for linear, activation, count in chains:
        for number in range(1, count + 1):
            for name, kind in ((linear, "Linear"), (activation, "ReLU")):
                lines.append((_node(f"{name}{number}", kind), [lines[-1][0].id]))
    return _project([*lines, (Node("y", "Output", "y"), [lines[-1][0].id])])


def _network(lines: list[tuple[Node, list[str]]], id: str, role: str) -> Network:
    nodes = {node.id: node for node, _ in lines}
    edges: dict[Port, Edge] = {}
    for node, sources in lines:
        ports = ["n"] if used_network(node.kind) else _PORTS.get(node.kind, ["input"])
        for port, feeder in zip(ports, sources, strict=False):
            kind = nodes[feeder].kind
            target = Port(node.id, port)
            edges[target] = Edge(Port(feeder, "y" if used_network(kind) else "output"), target)
    parameters = (integer("width", 8),) if role == "block" else ()
    return Network(id, id.capitalize(), nodes, edges, role, parameters)  # type: ignore[arg-type]


def _project(
    lines: list[tuple[Node, list[str]]], networks: dict[str, Network] | None = None
) -> Project:
    return Project({"main": _network(lines, "main", "network"), **(networks or {})}, "main")


if __name__ == "__main__":
    main(tuple(int(each) for each in sys.argv[1:]) or SIZES)
