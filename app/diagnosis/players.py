"""What goes wrong where several players train: each is judged by its own loss, rate and weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from app.diagnosis.case import Case, Finding, of_recipe, one_digit, share, told, with_rate
from app.diagnosis.look import Look
from app.diagnosis.rules import (
    BEGINNINGS,
    gradients_vanish,
    is_too_far,
    is_too_short,
)
from app.diagnosis.signs import Sign
from graph_model.problems import Fix
from graph_model.recipes.players import Turn

_UNHEARD: Final = 1e-4
"""What share of the pull of another player is none."""


def found_of_players(case: Case, turns: Sequence[Turn]) -> Finding | None:
    """Return what is found at a node, or of one of the players."""
    found = next((each for rule in BEGINNINGS if (each := rule(case)) is not None), None)
    if found is not None or case.sign is Sign.ODD:
        return found
    of_players = (
        rule(each)
        for each in cases_of(case, turns)
        for rule in (player_rate_too_high, player_rate_too_low, gradients_vanish)
    )
    return next((each for each in of_players if each is not None), None) or player_unheard(
        case, turns
    )


def cases_of(case: Case, turns: Sequence[Turn]) -> Iterator[Case]:
    """Yield the case of each player: with its weights alone."""
    for turn in turns:
        start, now = (_only(look, turn) for look in (case.start, case.now))
        yield replace(case, turn=turn, start=start, now=now)


def _only(look: Look, turn: Turn) -> Look:
    return replace(look, weights=[each for each in look.weights if each.path in turn.moves])


def player_rate_too_high(case: Case) -> Finding | None:
    """A player's steps are about as long as its weights."""
    if not is_too_far(case):
        return None
    far = max(case.now.moved or 0.0, case.start.moved or 0.0)
    fix = with_rate(case, min(one_digit(case.rate * 0.003 / far), case.usual_rate))
    return _of_player(case, "player_rate_too_high", far, [fix])


def player_rate_too_low(case: Case) -> Finding | None:
    """A player's steps are so short that nothing comes of them, and its loss stands."""
    moved = case.now.moved
    if moved is None or not case.signs.stands(_outputs(case)) or not is_too_short(case, moved):
        return None
    fix = with_rate(case, one_digit(min(case.rate * (0.003 / moved if moved else 1000.0), 0.1)))
    return _of_player(case, "player_rate_too_low", moved, [fix])


def player_unheard(case: Case, turns: Sequence[Turn]) -> Finding | None:
    """What trains a player hardly gets to it, as where another has got far ahead of it."""
    pulls = [(each, _pull(each)) for each in cases_of(case, turns)]
    heard = [(each, pull) for each, pull in pulls if pull is not None]
    if len(heard) < 2:
        return None
    (least, weak), (most, strong) = (choose(heard, key=_second) for choose in (min, max))
    if weak >= _UNHEARD * strong:
        return None
    fix = with_rate(most, one_digit(most.rate / 10))
    return of_recipe(
        case,
        "player_unheard",
        fix,
        parameter="lr",
        player=_names(least),
        ratio=told(weak / strong),
        other=_names(most),
    )


def _second(pair: tuple[Case, float]) -> float:
    return pair[1]


def _pull(case: Case) -> float | None:
    """Return how strongly the layers of a player are pulled, where it took a step."""
    pulls = [case.now.pull(each.path) for each in case.now.trained]
    return max(pulls, default=None)


def _of_player(case: Case, code: str, moved: float, fixes: Sequence[Fix]) -> Finding:
    return of_recipe(
        case,
        code,
        *fixes,
        parameter="lr",
        player=_names(case),
        moved=share(moved) if moved >= 0.01 else told(moved),
        rate=told(case.rate),
    )


def _outputs(case: Case) -> list[str]:
    assert case.turn is not None
    return [case.name(each) for each in case.turn.outputs]


def _names(case: Case) -> str:
    return ", ".join(_outputs(case))
