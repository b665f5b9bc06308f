"""Says where a loss that is no finite number began, why there, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.diagnosis.case import Case, Finding, at_node, of_recipe, told, with_rate
from app.diagnosis.origins import Began, Repeated, range_of
from app.diagnosis.players import cases_of, player_rate_too_high
from app.diagnosis.rules import inputs_unscaled, rate_too_high, weights_too_large
from app.observing.trace import Call
from graph_model.problems import Fix, InsertBefore, SetOptionArguments
from graph_model.recipes.players import Turn

_OVERGROWN: Final = 1e6
"""A size that no healthy network has anywhere: what is not finite then has been growing."""
_LARGE_AT_FIRST: Final = 1e4
"""A size that what a node takes has not grown to, where it had it in the first step."""
_LOGARITHM: Final = "not_finite_log"
_ROOT: Final = "not_finite_root"
_DIVISION: Final = "not_finite_division"
_POWER: Final = "not_finite_power"
_ARC: Final = "not_finite_arc"
_HERE, _HALF = "not_finite_here", "not_finite_half"
_CODES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("log", "log2", "log10", "log1p", "logaddexp", "xlogy"), _LOGARITHM),
    **dict.fromkeys(("sqrt", "rsqrt"), _ROOT),
    **dict.fromkeys(("div", "truediv", "true_divide", "__truediv__", "reciprocal"), _DIVISION),
    **dict.fromkeys(("exp", "expm1", "pow", "__pow__", "square", "sinh", "cosh"), _POWER),
    **dict.fromkeys(("acos", "asin"), _ARC),
    **dict.fromkeys(("softmax", "log_softmax", "logsumexp"), "not_finite_softmax"),
}
"""What goes wrong in a function of torch, by its name."""
_LEAST: Final = 1e-6
_BOUNDS: Final[Mapping[str, Mapping[str, float | None]]] = {
    _LOGARITHM: {"min": _LEAST},
    _ROOT: {"min": _LEAST},
    _DIVISION: {"min": _LEAST},
    _POWER: {"min": -50.0, "max": 50.0},
    _ARC: {"min": -0.999999, "max": 0.999999},
}
"""Between which bounds what a node takes does no harm."""


def not_finite(case: Case, repeated: Repeated, step: int, turns: Sequence[Turn] = ()) -> Finding:
    """Return the finding for a loss that came out not finite at a step, which was repeated.

    ``turns`` are those of players, where there are any.
    """
    origin, call = repeated.origin, repeated.origin.call
    if repeated.sample is not None:
        sample = repeated.sample
        values = {"array": sample.array, "sample": sample.sample, "got": sample.got}
        place = sample.place or sample.array
        return at_node(case, sample.node, "not_finite_data", step=step, place=place, **values)
    if step > 1 and _has_grown(case, repeated):
        grown = inputs_unscaled(case) or weights_too_large(case) or _too_high(case, turns)
        if grown is not None:
            return grown
    if origin.began is Began.DATA:
        return at_node(case, _input(case), "not_finite_input", step=step)
    weight = origin.weight.rpartition(".")[2]
    if origin.began is Began.WEIGHT:
        return at_node(case, repeated.path, "not_finite_weight", step=step, weight=weight)
    if origin.began is Began.UPDATE:
        mover = next((each for each in turns if repeated.path in each.moves), None)
        moved = replace(case, turn=mover)
        lower = with_rate(moved, moved.rate / 10)
        return at_node(case, repeated.path, "not_finite_update", lower, step=step, weight=weight)
    assert call is not None
    return _at_call(case, repeated, call, step)


def _at_call(case: Case, repeated: Repeated, call: Call, step: int) -> Finding:
    """Return the finding for a call that is the first to go wrong."""
    taken = range_of(call)
    values = {"step": step, "least": told(taken.least), "greatest": told(taken.greatest)}
    is_back = repeated.origin.began is Began.GRADIENT
    code = _CODES.get(call.function, _HERE)
    gave = "NaN" if any(each.nans for each in call.gave) else "∞"
    if not repeated.path:
        return of_recipe(case, "not_finite_loss", parameter="loss", got=gave, **values)
    if code in (_HERE, _POWER) and gave == "∞" and _is_halved(case):
        return at_node(case, repeated.path, _HALF, *_WIDER, **values)
    fixes = _clamping(case, repeated.path, code)
    if is_back:
        return at_node(case, repeated.path, "not_finite_gradient", *fixes, **values)
    return at_node(case, repeated.path, code, *fixes, got=gave, **values)


def _is_halved(case: Case) -> bool:
    """Tell whether numbers of 16 bits are computed with that go up to 65,504 only."""
    chosen = case.recipe.option("autocast")
    return chosen is not None and chosen.arguments.get("dtype") == "float16"


_WIDER: Final = (
    Fix(
        "set_argument",
        SetOptionArguments("autocast", {"dtype": "bfloat16"}),
        {"parameter": "dtype", "value": "bfloat16"},
    ),
)
"""The fix that takes numbers of 16 bits which go as far as those of 32."""


def _clamping(case: Case, path: str, code: str) -> list[Fix]:
    """Offer to cut off what a node takes where it would do harm."""
    place, bounds = case.place(path), _BOUNDS.get(code)
    if place is None or bounds is None:
        return []
    within, node = place
    ports = [each.target.name for each in within.structure.feeders.get(node.id, ())]
    port = next((each for each in ("input2", "input") if each in ports), "")
    if not port:
        return []
    return [
        Fix("insert_layer", InsertBefore(port, "Clamp", dict(bounds)), {"kind": "Clamp"}, node.id)
    ]


def _too_high(case: Case, turns: Sequence[Turn]) -> Finding | None:
    """Return the finding for a learning rate, of players that of who moves weights the farthest."""
    if not turns:
        return rate_too_high(case)
    far = max(cases_of(case, turns), key=lambda each: each.start.moved or 0.0)
    return player_rate_too_high(far)


def _has_grown(case: Case, repeated: Repeated) -> bool:
    """Tell whether the run was exploding, so that what came first is not where it began."""
    call, begun = repeated.origin.call, case.start.nodes.get(repeated.path)
    if repeated.origin.began is Began.UPDATE:
        return True
    if call is None or (begun is not None and begun.took > _LARGE_AT_FIRST):
        return False
    return max((max(-each.least, each.greatest) for each in call.took), default=0.0) > _OVERGROWN


def _input(case: Case) -> str:
    return case.inference.of_kind("Input")[0].id
