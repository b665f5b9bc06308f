"""Where in a project something is: the way into the blocks, and the node there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.project.state import Noted, State, Step, Trail
from graph_model.findings.unfinished import lacking, timely
from graph_model.frozen import frozen
from graph_model.inference.infer import Inference
from graph_model.network import NetworkId, NodeId, Project, used_network
from graph_model.problems import Problem, Severity
from graph_model.recipe import BETWEEN


@frozen
class Place:
    """A node, or with no node a whole network, at the end of a trail."""

    trail: Trail
    node: NodeId = ""


@frozen
class Found:
    """A problem where it really lies: in which network, and the names on the way to its node.

    ``others`` is how many more uses of that network have it. What is still to be drawn is no
    mistake, but ``is_to_do``.
    """

    problem: Problem
    place: Place
    network: NetworkId
    way: tuple[str, ...]
    others: int = 0
    is_to_do: bool = False

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        return Severity.ADVICE if self.is_to_do else self.problem.severity

    @property
    def is_error(self) -> bool:
        """Whether it is a mistake that has to be mended."""
        return self.severity is Severity.ERROR


def found(problem: Problem, inference: Inference, trail: Trail) -> Found:
    """Follow a problem of the network at the end of a trail to the block that is its cause."""
    way: list[str] = []
    while problem.cause is not None:
        way.append(inference.network.nodes[problem.node].name)
        turn, inference = _pass_with(problem, inference)
        trail = Trail(trail.network, (*trail.steps, Step(problem.node, turn)))
        problem = problem.cause
    if problem.node in inference.network.nodes:
        way.append(inference.network.nodes[problem.node].name)
    return Found(problem, Place(trail, problem.node), inference.network.id, tuple(way))


def found_in_main(problem: Problem, state: State) -> Found:
    """Follow a problem of the main network to where it really lies."""
    return found(problem, state.main, Trail(state.project.main))


def _pass_with(problem: Problem, inference: Inference) -> tuple[int, Inference]:
    """Return the first repeat of a block in which the cause of a problem lies."""
    turn = 0
    for each in inference.nodes[problem.node].passes:
        if problem.cause in each.inference.problems:
            return turn, each.inference
        turn += each.times
    raise AssertionError("a cause lies in one of the repeats")


def all_problems(state: State) -> list[Found]:
    """Return every problem of the main network, and of the networks on the way to the canvas, that
    is worth telling as far as they are drawn.

    One that several uses of a block have is listed once: where the canvas is, if it is there.
    """
    main, trail = Trail(state.project.main), state.trail
    to_do = {id(each) for inference in (state.main, *state.levels) for each in lacking(inference)}
    listed = [found_in_main(each, state) for each in timely(state.main, state.main.problems)]
    for depth, inference in enumerate(state.levels):
        here = Trail(trail.network, trail.steps[:depth])
        if here != main:
            names = tuple(_names(state, depth))
            told = timely(inference, inference.problems)
            own = (found(each, inference, here) for each in told)
            listed += [replace(each, way=names + each.way) for each in own]
    if to_do:
        listed = [replace(each, is_to_do=id(each.problem) in to_do) for each in listed]
    return sorted(_once(listed, trail), key=lambda each: not each.is_error)


def noticed_places(state: State) -> list[Found]:
    """Return what was noticed of a run, where it lies."""
    return [_noticed(each, state) for each in state.noticed]


def _noticed(noted: Noted, state: State) -> Found:
    way: list[str] = []
    within: Inference | None = state.main
    for id in filter(None, noted.path.split(BETWEEN)):
        if within is None or id not in within.network.nodes:
            break
        way.append(within.network.nodes[id].name)
        within = within.inside(id)
    trail = Trail(state.project.main, noted.steps)
    return Found(noted.problem, Place(trail, noted.problem.node), noted.network, tuple(way))


def _once(listed: list[Found], trail: Trail) -> Iterator[Found]:
    """Yield one of those that are the same problem of the same block, and count the others."""
    alike: dict[tuple[NetworkId, NodeId, str], list[list[Found]]] = {}
    for each in listed:
        key = (each.network, each.problem.node, each.problem.code)
        groups = alike.setdefault(key, [])
        for group in groups:
            if group[0].problem == each.problem:
                group.append(each)
                break
        else:
            groups.append([each])
    for groups in alike.values():
        for group in groups:
            if len(group) == 1:
                yield group[0]
                continue
            chosen = next((each for each in group if each.place.trail == trail), group[0])
            others = len({each.place for each in group}) - 1
            yield replace(chosen, others=others) if others else chosen


def _names(state: State, depth: int) -> Iterator[str]:
    """Yield the name of the network where it is not the main one, and of the uses down to it."""
    if state.trail.network != state.project.main:
        yield state.project.networks[state.trail.network].name
    for level, step in enumerate(state.trail.steps[:depth]):
        yield state.levels[level].network.nodes[step.node].name


def trail_to(state: State, start: NetworkId, network: NetworkId) -> Trail:
    """Return the way to a network: that of the canvas if it passes there, else one from ``start``.

    It is the shortest; where none leads there, the network is shown by itself.
    """
    for depth, inference in enumerate(state.levels):
        if inference.network.id == network:
            return Trail(state.trail.network, state.trail.steps[:depth])
    return _ways(state.project, start).get(network, Trail(network))


def _ways(project: Project, start: NetworkId) -> dict[NetworkId, Trail]:
    """Return the shortest way from a network into each of the blocks within it."""
    ways = {start: Trail(start)}
    waiting = [start]
    for id in waiting:
        for node in project.networks[id].nodes.values():
            used = used_network(node.kind)
            if used is not None and used in project.networks and used not in ways:
                ways[used] = Trail(start, (*ways[id].steps, Step(node.id)))
                waiting.append(used)
    return ways
