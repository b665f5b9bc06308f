"""Damaged and hostile project files: refused, or read into a project that all else can work on."""

from __future__ import annotations

import codecs
import json
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import networkx as nx
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from graph_model.costs.cost import cost
from graph_model.costs.receptive_field import receptive_fields
from graph_model.costs.sizes import sizes_for
from graph_model.custom_layers.known import custom_kinds
from graph_model.editing.block_library import extract, insert
from graph_model.explain import DimensionOf, ParametersOf, explain
from graph_model.files.storage import ProjectFileError, dumps, loads
from graph_model.inference.infer import Inference, infer
from graph_model.layers import LAYERS
from graph_model.network import Project
from graph_model.recipes.check import recipe_problems
from graph_model.recipes.sources import described
from tests.codegen.blocks import SAMPLES
from tests.custom_layers import LINEAR, SPLIT, project_with
from tests.graph_model.projects import small_project

seeds = st.integers(0, 2**32 - 1)


def examples() -> list[str]:
    """Return the texts of all examples, of small networks with blocks and of custom layers."""
    folder = Path(__file__).parents[3] / "resources" / "examples"
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.weft"))]
    texts += [dumps(Project(networks, "main")) for networks in SAMPLES.values()]
    return [*texts, dumps(project_with(LINEAR, SPLIT)[0])]


JUNK = ['"', "{", "}", "[", "]", ",", ":", "\\", "\\ud800", "\x00", "1e999", "-", "null", "\u2028"]


@given(seeds, st.sampled_from(examples()))
def test_damaged_text_is_refused_or_read_whole(seed: int, text: str) -> None:
    rng = random.Random(seed)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(text))
        to = at + rng.choice([0, 1, 5, 200])
        text = text[:at] + rng.choice([*JUNK, "", text[at : at + 40]]) + text[to:]
    check_reading(text)


@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(seeds, st.sampled_from(examples()))
@example(0, dumps(small_project()))
def test_altered_documents_are_refused_or_read_whole(seed: int, text: str) -> None:
    check_reading(altered(text, seed))


VALUES = [
    *(None, True, -1, 0, 2, 64, 1.5, -0.0, 1e308, float("nan"), float("inf")),
    *(2**62, 2**63, 10**400, "", "input", "N", "H-100", "x" * 70_000, "__class__", "../../etc"),
    *("Conv2d", "LSTM", "Input", "Output", "No such kind", "block:main", "block:", "custom:x"),
    *([], {}, [1, 2], ["N", 3, 8, 8], [0], [-1, "T"], ["N"] * 70, [["N"]]),
    *({"number": "inf"}, {"number": "nan"}, {"number": 1}, {"formula": 3}, {"formula": ""}),
    *({"formula": each} for each in (
        "features * 2", "1 // 0", "10 ** 9", "1 == 1", "min(1, 2)", "__import__('os').system('x')",
        "(" * 100 + "1" + ")" * 100, "*".join(["9999999999"] * 8),
    )),
]  # fmt: skip


def altered(text: str, seed: int, *, mildly: bool = False) -> str:
    """Change a document in a place or two, as a merge, an older version or an attacker might.

    What is changed ``mildly`` is mostly still a project.
    """
    rng, document = random.Random(seed), json.loads(text)
    for _ in range(rng.choice([1, 1, 2, 3])):
        rng.choice(_MILD if mildly else _WAYS)(document, rng)
    return json.dumps(document)


def _places(holder: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every container within a document, with each of its keys."""
    for key in list(holder) if isinstance(holder, dict) else range(len(holder)):
        yield holder, key
        if isinstance(holder[key], dict | list):
            yield from _places(holder[key])


def _place(document: Any, rng: random.Random) -> tuple[Any, Any]:
    """Choose any place, or now and then one near the top."""
    if rng.random() < 0.7:
        return rng.choice(list(_places(document)))
    holder = document
    while True:
        key = rng.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
        if not isinstance(holder[key], dict | list) or not holder[key] or rng.random() < 0.15:
            return holder, key
        holder = holder[key]


def _fresh(value: Any) -> Any:
    return json.loads(json.dumps(value))


def _replace(document: Any, rng: random.Random) -> None:
    holder, key = _place(document, rng)
    holder[key] = _fresh(rng.choice(VALUES))


def _remove(document: Any, rng: random.Random) -> None:
    holder, key = _place(document, rng)
    if len(document) > 1 or holder is not document:
        del holder[key]


def _repeat(document: Any, rng: random.Random) -> None:
    lists = [(holder, key) for holder, key in _places(document) if isinstance(holder, list)]
    if lists:
        holder, key = rng.choice(lists)
        holder.append(_fresh(holder[key]))


def _swap(document: Any, rng: random.Random) -> None:
    (one, key), (other, second) = _place(document, rng), _place(document, rng)
    mine, theirs = _fresh(one[key]), _fresh(other[second])
    one[key] = theirs
    if second in other if isinstance(other, dict) else second < len(other):
        other[second] = mine


def _nodes(document: Any) -> list[Any]:
    return [
        holder[key]
        for holder, key in _places(document)
        if isinstance(holder[key], dict) and {"id", "kind"} <= holder[key].keys()
    ]


def _use_block(document: Any, rng: random.Random) -> None:
    """Let a node use any network, perhaps the one that it lies in."""
    ids = [
        holder["id"]
        for holder, key in _places(document)
        if key == "nodes" and isinstance(holder, dict) and "id" in holder
    ]
    if ids and (nodes := _nodes(document)):
        rng.choice(nodes)["kind"] = f"block:{rng.choice(ids)}"


def _set(document: Any, rng: random.Random) -> None:
    """Give a node any value for one of its parameters, or another kind that is known."""
    if nodes := _nodes(document):
        node = rng.choice(nodes)
        kind = LAYERS.get(str(node["kind"]))
        if kind is None or not kind.parameters or rng.random() < 0.2:
            node["kind"] = rng.choice(list(LAYERS))
            return
        given = node.get("arguments")
        name = rng.choice(kind.parameters).name
        value = _fresh(rng.choice([*VALUES, *range(6)]))
        node["arguments"] = {**(given if isinstance(given, dict) else {}), name: value}


WORDS = [
    *(
        '"""',
        "\\",
        "'''; import os #",
        "nn",
        "torch",
        "ｓｅｌｆ",
        "__init__",
        "layer_9",
        "{x}",
        "%s",
    ),
    *("Ünïcode", "a" * 300, "# noqa", "None", "super", " ", "\u200bx", "x\ty", "’"),
]


def _name(document: Any, rng: random.Random) -> None:
    """Give a node or a network a name that would like to be code."""
    holders = [holder for holder, key in _places(document) if key == "name"]
    if holders:
        rng.choice(holders)["name"] = rng.choice(WORDS)


def _join(document: Any, rng: random.Random) -> None:
    """Let a node share weights with any other, or be repeated by any value."""
    if nodes := _nodes(document):
        value = rng.choice([rng.choice(nodes)["id"], *VALUES])
        rng.choice(nodes)[rng.choice(["shares", "repeat", "frozen"])] = _fresh(value)


_WAYS = [_replace, _replace, _remove, _repeat, _swap, _use_block, _join, _set, _set, _name]
_MILD = [_set, _join, _name, _name]


def read(text: str) -> Project | ProjectFileError:
    """Return the project that a text holds, or why it holds none."""
    try:
        return loads(text)
    except ProjectFileError as error:
        return error


def check_reading(text: str) -> None:
    """Hold that a text is refused, or read into a project that all else can work on."""
    with nothing_runs():
        project = read(text)
        if isinstance(project, ProjectFileError):
            assert project.place
            assert project.problem.message
            return
        assert loads(dumps(project)) == project
        layers = custom_kinds(project.layers)
        for network in project.networks.values():
            check_known(infer(network, None, project.networks, layers), project)
            if network.role == "block":
                insert(project, extract(project, network.id))


def check_known(inference: Inference, project: Project) -> None:
    """Hold that all that can be said of a network is said without failing."""
    problems = list(inference.problems)
    if (facts := described(project.recipe.data)) is not None:
        problems += recipe_problems(project.recipe, inference, facts)
    for problem in problems:
        assert problem.message
        assert all(fix.message for fix in problem.fixes)
    cost(inference, sizes_for(inference, 2))
    receptive_fields(inference)
    explain(inference, ParametersOf(()))
    for id, result in inference.nodes.items():
        explain(inference, ParametersOf((), id))
        for port, spec in result.outputs.items():
            for index in range(spec.rank):
                explain(inference, DimensionOf((), id, port, index))


_RUNNING = {"exec", "os.system", "os.exec", "os.posix_spawn", "subprocess.Popen", "socket.connect",
    "pickle.find_class", "marshal.loads", "import", "os.remove", "ctypes.dlopen"}  # fmt: skip
_seen: list[str] | None = None


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if _seen is not None and event in _RUNNING:
        _seen.append(f"{event} {arguments!r}"[:200])


sys.addaudithook(_watch)
codecs.lookup("unicode_escape")  # which Python imports when it is first needed
# networkx writes code of its own when a function is first needed.
nx.find_cycle(nx.DiGraph([(0, 0)]))
list(nx.strongly_connected_components(nx.DiGraph([(0, 0)])))


@contextmanager
def nothing_runs() -> Iterator[None]:
    """Fail where Python itself reports that something was run or imported."""
    global _seen
    _seen = []
    try:
        yield
        assert _seen == [], _seen
    finally:
        _seen = None
