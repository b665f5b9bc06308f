"""Advice after any edit is the advice on the same network worked out anew, across blocks too.

The networks are chains of layers on whose order there is advice and of blocks of such layers,
repeated ones and ones that pass their input on untouched, with edges that close circles.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

import pytest

from graph_model.blocks import find_kind
from graph_model.editing.block_edits import may_use
from graph_model.editing.edits import insert_on_edge, new_node, remove_and_bridge
from graph_model.inference.infer import Inference, infer_project
from graph_model.network import (
    Edge,
    Network,
    Port,
    Project,
    add_nodes,
    connect,
    disconnect,
    empty_project,
    rename,
    set_repeat,
    use_kind,
    used_network,
    with_network,
)
from graph_model.values import Value

LAYERS = ["Linear", "Linear", "ReLU", "Sigmoid", "BatchNorm1d", "Dropout", "Softmax", "Identity"]
BLOCKS = ["first", "second", "third"]
THROUGH = "through"
"""A block that no edit alters."""
STEPS = 60


def start() -> Project:
    """Return a chain of an Input and an Output, and blocks that are no more than that."""
    project = empty_project()
    for id in ("main", *BLOCKS, THROUGH):
        role = "network" if id == "main" else "block"
        network = Network(id, id.capitalize(), {}, {}, role)
        input = new_node(network, "Input", {"shape": ("N", 4)})
        network = add_nodes(network, [input])
        output = new_node(network, "Output")
        network = add_nodes(network, [output])
        network = connect(network, Port(input.id, "output"), Port(output.id, "input"))
        project = with_network(project, network)
    return Project(project.networks, "main")


class Editor:
    """Edits such a project at random; what brings errors is mostly undone again."""

    def __init__(self, seed: int) -> None:
        self._rng = random.Random(seed)
        self._project = start()
        self._known = infer_project(self._project)
        self._earlier: list[Project] = []

    def step(self) -> tuple[Inference, Inference]:
        """Do one edit; return what is known by the difference, and when all is worked out anew."""
        if self._earlier and self._known.has_errors and self._rng.random() < 0.7:
            self._project = self._earlier.pop()
        else:
            self._earlier.append(self._project)
            self._project = self._edited(self._project)
        self._known = infer_project(self._project, previous=self._known)
        return self._known, infer_project(self._project)

    def _edited(self, project: Project) -> Project:
        network = project.networks[self._rng.choice(["main", "main", *BLOCKS])]
        edits: list[Callable[[Project, Network], Network]] = [
            *[self._layer] * 6, *[self._block] * 3, self._row, *[self._repeat] * 2,
            *[self._wire] * 4, self._cut, *[self._removed] * 3, *[self._renamed] * 2,
        ]  # fmt: skip
        edit = self._rng.choice(edits)
        return with_network(project, edit(project, network)) if network.edges else project

    def _layer(self, project: Project, network: Network) -> Network:
        kind = self._rng.choice(LAYERS)
        arguments: Mapping[str, Value] = {"out_features": 4} if kind == "Linear" else {}
        return self._inserted(project, network, kind, arguments)

    def _block(self, project: Project, network: Network) -> Network:
        usable = [id for id in BLOCKS if may_use(project, network.id, id)]
        if not usable:
            return network
        return self._inserted(project, network, use_kind(self._rng.choice(usable)), {})

    def _row(self, project: Project, network: Network) -> Network:
        """Insert a row of blocks that hand on what they get, so that advice looks through them."""
        target, kind = self._edge(network).target, use_kind(THROUGH)
        known = find_kind(kind, project.networks)
        for _ in range(self._rng.randint(3, 6)):
            node = new_node(network, kind, {}, known)
            network = insert_on_edge(network, node, network.edges[target], known)
        return network

    def _inserted(
        self, project: Project, network: Network, kind: str, arguments: Mapping[str, Value]
    ) -> Network:
        known = find_kind(kind, project.networks)
        node = new_node(network, kind, arguments, known)
        return insert_on_edge(network, node, self._edge(network), known)

    def _repeat(self, project: Project, network: Network) -> Network:
        uses = [id for id, node in network.nodes.items() if used_network(node.kind)]
        times = self._rng.choice([0, 1, 2, 2, 3])
        return set_repeat(network, self._rng.choice(uses), times) if uses else network

    def _wire(self, project: Project, network: Network) -> Network:
        """Lay an edge from anywhere to anywhere, which often closes a circle."""
        return connect(network, self._edge(network).source, self._edge(network).target)

    def _cut(self, project: Project, network: Network) -> Network:
        return disconnect(network, [self._edge(network).target])

    def _removed(self, project: Project, network: Network) -> Network:
        inner = [id for id, node in network.nodes.items() if node.kind not in ("Input", "Output")]
        return remove_and_bridge(network, [self._rng.choice(inner)]) if inner else network

    def _renamed(self, project: Project, network: Network) -> Network:
        """Give a layer another name, which advice on others may tell."""
        name = f"called{self._rng.randrange(10**6)}"
        return rename(network, self._rng.choice(list(network.nodes)), name)

    def _edge(self, network: Network) -> Edge:
        return self._rng.choice(list(network.edges.values()))


@pytest.mark.parametrize("seed", range(32))
def test_advice_after_any_edit_is_that_on_the_network_worked_out_anew(seed: int) -> None:
    editor = Editor(seed)
    for _ in range(STEPS):
        known, anew = editor.step()
        assert known.advice == anew.advice
        assert known.problems == anew.problems


@pytest.mark.parametrize("seed", range(8))
def test_advice_that_is_seldom_asked_for_is_that_on_the_network_worked_out_anew(seed: int) -> None:
    editor = Editor(seed)
    for step in range(STEPS):
        known, anew = editor.step()
        is_ready = known.advise(step % 5)  # begun, and mostly overtaken by the next edit
        if step % 4 == 0:
            assert is_ready == (len(known._touched) <= step % 5)
            assert known.errors == tuple(each for each in anew.problems if each.is_error)
            for id in known.nodes:
                assert known.problems_of(id) == anew.problems_by_node.get(id, ())
            assert known.problems == anew.problems
            assert known.advise(0)


def test_the_edits_give_occasion_for_advice() -> None:
    editor = Editor(0)
    said = {
        problem.code
        for _ in range(500)
        for problems in editor.step()[0].advice.values()
        for problem in problems
    }
    assert {"no_activation_between", "activation_twice", "bias_before_norm"} <= said


def test_a_circle_closed_far_away_ends_the_advice_on_it() -> None:
    layers = [*["ReLU", "Linear"] * 5, "Linear", *["ReLU", "Linear"] * 5]
    project = network_of(start(), ["Add", *layers])
    input, _, add, *_, last = project.network.nodes
    whole = connect(project.network, Port(input, "output"), Port(add, "input2"))
    known = infer_project(with_network(project, whole))
    assert [problem.code for problem in known.problems] == ["no_activation_between"]
    circle = connect(whole, Port(last, "output"), Port(add, "input2"))
    assert infer_project(with_network(project, circle), previous=known).advice == {}


def test_advice_follows_a_name_however_many_blocks_hand_on_what_they_are_given() -> None:
    project = network_of(start(), ["Linear", *map(use_kind, BLOCKS * 3), "Linear"])
    known = infer_project(project)
    renamed = rename(project.network, list(project.network.nodes)[2], "first")
    known = infer_project(with_network(project, renamed), previous=known)
    said = known.problems_by_node[list(renamed.nodes)[-1]]
    assert [problem.values["before"] for problem in said] == ["first"]


def network_of(project: Project, kinds: list[str]) -> Project:
    """Return a project whose main network is a chain of these kinds, each Linear of 4."""
    network = project.network
    for name in kinds:
        known = find_kind(name, project.networks)
        node = new_node(network, name, {"out_features": 4} if name == "Linear" else {}, known)
        output = next(port for port in network.edges if network.nodes[port.node].kind == "Output")
        network = insert_on_edge(network, node, network.edges[output], known)
    return with_network(project, network)
