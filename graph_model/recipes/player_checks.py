"""What is wrong with several players: what nobody trains, or two do, and what bars them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from graph_model.inference.infer import Inference
from graph_model.network import NodeId
from graph_model.problems import Fix, LetTrain, Problem
from graph_model.recipe import NodePath, Objective, Recipe
from graph_model.recipes.losses import LOSSES
from graph_model.recipes.optimizers import OPTIMIZERS, Takes
from graph_model.recipes.option_checks import not_with, scaled_problems
from graph_model.recipes.options import OPTIONS
from graph_model.recipes.players import Turn, turns, works_against
from graph_model.recipes.within import closed, opened, title, trainable

_GO_ALONG: Final = frozenset({
    "warm_up", "by_step", "early_stopping", "best_by", "clip_grad_norm", "clip_grad_value", "ema",
    "swa", "batch_norm_eval", "channels_last", "detect_anomaly", "deterministic", "autocast",
})  # fmt: skip
"""The options that several players can have; what is new is not among them unless it was tried."""


def player_problems(
    recipe: Recipe, inference: Inference, objectives: Sequence[Objective]
) -> Iterator[Problem]:
    """Find what keeps several players from training; ``objectives`` are those of all Outputs."""
    found = turns(recipe, inference)
    if not found:
        return
    yield from _option_problems(recipe, found)
    bound = {each.output: each for each in objectives}
    for output, times in Counter(turn.outputs for turn in found).items():
        if times > 1:
            values = {"output": _named(output, inference), "times": str(times)}
            yield Problem("player_twice", values, node=output[0], parameter="players")
    leaves = trainable(inference)
    for turn in found:
        yield from _turn_problems(turn, inference, bound)
    yield from _shared(found, inference, leaves)
    idle = closed(frozenset(leaves).difference(*(each.moves for each in found)), leaves)
    if idle:
        yield Problem("trained_by_nobody", {"nodes": _named(idle, inference)}, parameter="players")


def _option_problems(recipe: Recipe, found: Sequence[Turn]) -> Iterator[Problem]:
    barred = {each.kind for each in recipe.options} & OPTIONS.keys() - _GO_ALONG
    if works_against(found):
        barred |= {each.kind for each in recipe.options} & {"early_stopping", "best_by"}
    for kind in sorted(barred):
        yield not_with("option_of_one_player", kind, {})
    yield from scaled_problems("option_of_one_player", recipe, {})


def _turn_problems(
    turn: Turn, inference: Inference, bound: Mapping[NodeId, Objective]
) -> Iterator[Problem]:
    """Hold what one player trains against what its loss reaches, and how often against its loss."""
    output, *_ = turn.outputs
    values = {"output": _named(turn.outputs, inference)}
    if turn.every < 1:
        values |= {"got": str(turn.every)}
        yield Problem("player_never", values, node=output, parameter="players")
    elif turn.every > 1 and LOSSES[bound[output].loss.kind].takes_target:
        yield Problem("player_rarely", values, node=output, parameter="players")
    kind = OPTIMIZERS[turn.optimizer.kind]
    if kind.of_passes or kind.takes is not Takes.ALL:
        told = values | {"optimizer": kind.title}
        yield Problem("optimizer_of_one_player", told, node=output, parameter="players")
    if not turn.trains:
        yield Problem("player_trains_nothing", values, node=output, parameter="players")
    within = {path for path in turn.trains if opened(path, turn.reaches)}
    beyond = [path for path in turn.trains if path not in within]
    if beyond:
        left = tuple(path for path in turn.trains if path in within)
        values |= {"nodes": _named(beyond, inference)}
        fixes = [_let_train(output, left, inference)] if left else []
        yield Problem(
            "player_does_not_reach", values, node=output, parameter="players", fixes=tuple(fixes)
        )


def _shared(
    found: Sequence[Turn], inference: Inference, leaves: Sequence[NodePath]
) -> Iterator[Problem]:
    """Find what two players train, each with an optimizer of its own."""
    for at, turn in enumerate(found):
        for other in found[:at]:
            both = closed(turn.moves & other.moves, leaves)
            if both:
                values = {
                    "nodes": _named(both, inference),
                    "output": _named(other.outputs, inference),
                    "other": _named(turn.outputs, inference),
                }
                fixes = (
                    _let_train(each.outputs[0], left, inference)
                    for each in (turn, other)
                    if (left := closed(each.moves.difference(turn.moves & other.moves), leaves))
                )
                yield Problem(
                    "trained_twice",
                    values,
                    node=turn.outputs[0],
                    parameter="players",
                    fixes=tuple(fixes),
                )


def _let_train(output: NodeId, nodes: tuple[NodePath, ...], inference: Inference) -> Fix:
    values = {"output": _named([output], inference), "nodes": _named(nodes, inference)}
    return Fix("let_train", LetTrain(output, nodes), values, output)


def _named(paths: Sequence[NodePath], inference: Inference) -> str:
    return ", ".join(title(each, inference) for each in paths)
