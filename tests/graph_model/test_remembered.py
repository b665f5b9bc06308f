"""Answers are remembered with what they are about, and are gone when that is."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from app.project.examples import load_example
from graph_model.blocks import block_of
from graph_model.costs.cost import cost
from graph_model.findings.results import Inference
from graph_model.inference.infer import infer_project, infer_within
from graph_model.network import Network, Node, Project
from graph_model.networks_of_blocks import network_of
from graph_model.remembered import with_its_owner
from graph_model.values import Parameter, Type


@dataclass(frozen=True, eq=False)
class Thing:
    """Something that is asked about."""


def test_each_has_answers_of_its_own_up_to_so_many() -> None:
    asked: list[tuple[Thing, int]] = []

    @with_its_owner(2)
    def answer(thing: Thing, number: int) -> int:
        asked.append((thing, number))
        return 2 * number

    one, other = Thing(), Thing()
    assert [answer(one, 1), answer(one, 1), answer(other, 1), answer(one, 2)] == [2, 2, 2, 4]
    assert asked == [(one, 1), (other, 1), (one, 2)]
    answer(one, 3)
    answer(one, 1)
    answer(other, 1)
    assert asked[3:] == [(one, 3), (one, 1)]


def test_answers_go_with_what_they_are_about() -> None:
    made: list[weakref.ref[Thing]] = []

    @with_its_owner(2)
    def answer(_: Thing) -> Thing:
        made.append(weakref.ref(found := Thing()))
        return found

    thing = Thing()
    answer(thing)
    gc.collect()
    assert made[0]() is not None
    del thing
    gc.collect()
    assert made[0]() is None


def within(inference: Inference) -> Iterator[Inference]:
    """Yield what is known of all blocks, at any depth."""
    for result in inference.nodes.values():
        for each in result.passes:
            yield each.inference
            yield from within(each.inference)


@pytest.mark.parametrize("example", ["resnet-18", "mobilenet-v2", "densenet-121"])
def test_nothing_is_left_of_a_project_that_nobody_has(example: str) -> None:
    """What it is made of, what is known of each block, and what that costs."""
    project: Project | None = load_example(example)
    assert project is not None
    inference: Inference | None = infer_project(project)
    assert inference is not None
    assert inference.problems is not None
    cost(inference, (("N", 4), ("H", 64), ("W", 64)))
    left = [weakref.ref(each) for each in (inference, inference.block, *within(inference))]
    left += [weakref.ref(each) for each in inference.block.within.values()]
    del project, inference
    gc.collect()
    assert [each() for each in left if each() is not None] == []


def test_a_block_is_the_same_while_anybody_has_it() -> None:
    project = load_example("resnet-18")
    one, other = (block_of(project.network, project.networks) for _ in range(2))
    assert one is not other
    assert one.within
    for kind, block in one.within.items():
        assert other.within[kind] is block
        inputs = infer_project(project).nodes
        use = next(id for id, node in project.network.nodes.items() if node.kind == kind)
        asked = block, inputs[use].arguments, inputs[use].inputs
        assert infer_within(*asked) is infer_within(*asked)


def test_a_network_as_a_use_has_it_is_made_once_and_goes_with_its_block() -> None:
    act = Parameter("act", Type.LAYER, "", "ReLU", choices=("ReLU", "GELU"))
    nodes = {"a": Node("a", "ReLU", "a", kind_from="act")}
    network = Network("chosen", "Chosen", nodes, role="block", parameters=(act,))
    block = block_of(network, {})
    made = network_of(block, {"act": "GELU"})
    assert made.nodes["a"].kind == "GELU"
    assert network_of(block, {"act": "GELU"}) is made
    assert network_of(block, {"act": "ReLU"}).nodes["a"].kind == "ReLU"

    def held() -> int:
        gc.collect()
        return sum(isinstance(each, Network) and each.id == "chosen" for each in gc.get_objects())

    assert held() == 3
    del network, block, made
    assert held() == 0
