"""The rules that name what looks wrong in a step, in the order in which one explains the next.

Each is given a :class:`Case` and returns what it found, or nothing. The first that finds something
is told: a network whose inputs are not scaled saturates too, and its learning rate seems too high.
Thresholds were chosen by ``tools/fault_injection.py`` on runs other than those it reports.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final

from app.diagnosis.case import (
    Case,
    Finding,
    at_node,
    of_recipe,
    one_digit,
    share,
    told,
    with_rate,
)
from app.diagnosis.look import Look, NodeSeen
from app.diagnosis.signs import GAIN, LARGE, SMALL, Sign
from app.observing.bounded import BOUNDS
from graph_model.problems import (
    Fix,
    LeaveOutTransform,
    ReplaceKind,
    ReplaceKinds,
    ResetInit,
    SetDataArguments,
)
from graph_model.recipes.sources import SOURCES
from graph_model.recipes.transforms import SCALE, scaled_by

NORMS: Final = frozenset({"batch_norm", "layer_norm", "group_norm", "instance_norm", "rms_norm"})
"""The functions of torch after which sizes are around 1 whatever they were."""
_RECTIFYING: Final = frozenset({"ReLU", "ReLU6", "Threshold"})
_AROUND_ZERO: Final = frozenset(kind for kind, (low, _) in BOUNDS.items() if low < 0)
_ABOVE_ZERO: Final = BOUNDS.keys() - _AROUND_ZERO
_SQUASHING: Final = _AROUND_ZERO | _ABOVE_ZERO

_GROWTH: Final = 5.0
"""How much larger a layer may make what it takes."""
_GAIN_BEFORE_NORM: Final = 8.0
"""With what gain steps hardly move a matrix any more, though a norm mends what it gives."""
_BURST: Final = 20.0
"""How much larger a function may make what it takes."""
_BURSTING: Final = frozenset(
    {"div", "truediv", "true_divide", "__truediv__", "__rtruediv__", "reciprocal", "rsqrt"}
    | {"exp", "expm1", "pow", "__pow__", "square", "sinh", "cosh", "tan", "lgamma"}
)
"""The functions of torch that may do so without bounds."""
_DEAD: Final = 0.9
_FLAT: Final = 0.5
_VANISHED: Final = 1e-3
"""What share of the pull of the strongest layer is left of a gradient that has vanished."""
_STANDS: Final = 0.9
"""What share of the reference says that the loss has not moved."""
_WARM: Final = 0.5
"""What share of the recipe's learning rate a schedule may leave for that to be judged."""
_TOO_FAR, _HARDLY, _LEAP, _LONG = 0.2, 1e-4, 1.0, 0.3
"""How far a step moves a weight of its size: too much, too little, and too much for the first, or
so much for the first that units may die of it; without labels that fit they die of less."""
_SLOWLY, _IN_ALL = 5e-4, 0.2
"""How far a step is too short, where all steps of the run move weights no farther than that."""


def inputs_unscaled(case: Case) -> Finding | None:
    """Numbers far from 1 go into the network, and nothing scales them first."""
    for seen in case.start.nodes.values():
        is_first = not any(path in case.start.nodes for path in seen.feeders)
        if not is_first or seen.functions & NORMS or "embedding" in seen.functions:
            continue
        if seen.took and not SMALL < seen.took < LARGE and case.start.weights_of(seen.path):
            inputs = case.inference.of_kind("Input")
            fixes = _scaling_fixes(case)
            return at_node(case, inputs[0].id, "inputs_unscaled", *fixes, size=told(seen.took))
    return None


def _scaling_fixes(case: Case) -> list[Fix]:
    data, fixes = case.recipe.data, []
    arguments = SOURCES[data.kind].complete(data.arguments)
    if arguments.get("normalize") is False:
        values = {"parameter": "normalize", "value": "True"}
        fixes.append(Fix("set_argument", SetDataArguments({"normalize": True}), values))
    if scaled_by(case.recipe) == "nothing":
        place = [each.kind for each in case.recipe.transforms].index(SCALE)
        fixes.append(Fix("leave_out_transform", LeaveOutTransform(place), {"transform": SCALE}))
    return fixes


def targets_unscaled(case: Case) -> Finding | None:
    """The target has numbers far from those that a network gives at first."""
    size = case.chance.size if case.chance is not None else None
    if size is None or size < 2 * LARGE:
        return None
    fixes = []
    arguments = SOURCES[case.recipe.data.kind].complete(case.recipe.data.arguments)
    if arguments.get("normalize_target") is False:
        values = {"parameter": "normalize_target", "value": "True"}
        fixes.append(Fix("set_argument", SetDataArguments({"normalize_target": True}), values))
    return of_recipe(case, "targets_unscaled", *fixes, parameter="data", size=told(size))


def weights_too_large(case: Case) -> Finding | None:
    """A layer begins with weights that make everything behind it far larger."""
    found = [each for each in case.start.trained if _grows(case, each)]
    if not found:
        return None
    return _too_large(case, max(found, key=lambda each: _gain(case, each)))


def _too_large(case: Case, seen: NodeSeen) -> Finding:
    return at_node(
        case,
        seen.path,
        "weights_too_large",
        *_reset(case, seen.path, "weight"),
        growth=told(seen.growth),
        loss=told(case.signs.very_first),
    )


def values_too_large(case: Case) -> Finding | None:
    """A function makes numbers far larger, as one over nearly 0 does."""
    layers = {each.path for each in case.start.weights}
    found = [each for each in _in_order(case.start) if each.path not in layers]
    found = [each for each in found if each.growth > _BURST and each.functions & _BURSTING]
    if not found or case.sign is Sign.ODD:
        return None
    worst = max(found, key=lambda each: each.growth)
    return at_node(case, worst.path, "values_too_large", growth=told(worst.growth))


def _grows(case: Case, seen: NodeSeen) -> bool:
    if seen.functions & (NORMS | {"embedding"}) or seen.growth < _GROWTH:
        return False
    return _gain(case, seen) > (_GAIN_BEFORE_NORM if _is_normed(case, seen) else GAIN)


def _is_normed(case: Case, seen: NodeSeen) -> bool:
    """Tell whether all that reads a node brings it to a size of 1 again."""
    readers = [each for each in case.start.nodes.values() if seen.path in each.feeders]
    return bool(readers) and all(each.functions & NORMS for each in readers)


def _gain(case: Case, seen: NodeSeen) -> float:
    return max(
        (each.gain for each in case.start.weights_of(seen.path) if each.is_matrix), default=0.0
    )


def _reset(case: Case, path: str, group: str) -> list[Fix]:
    """Offer that weights begin as torch has them, where the drawing says otherwise."""
    place = case.place(path)
    if place is None or group not in place[1].init:
        return []
    return [Fix("reset_init", ResetInit(group), {"group": group}, place[1].id)]


def units_dead(case: Case) -> Finding | None:
    """A rectifying activation gives zero for every sample from the first step on."""
    for seen in _in_order(case.start):
        if case.kind(seen.path) in _RECTIFYING and seen.dead > _DEAD and seen.gave >= 0:
            layer = case.feeding_layer(seen, case.start)
            path = layer.path if layer is not None and _leans(case, layer) else seen.path
            fixes = _reset(case, path, "bias") or _leaky(case, path)
            values = {"share": share(seen.dead), "activation": case.name(seen.path)}
            code = "units_dead" if path != seen.path else "units_dead_here"
            return at_node(case, path, code, *fixes, **values)
    return None


def _leaky(case: Case, path: str) -> list[Fix]:
    place = case.place(path)
    if place is None or place[1].kind != "ReLU":
        return []
    return [Fix("replace_kind", ReplaceKind("LeakyReLU"), {"kind": "LeakyReLU"}, place[1].id)]


def _leans(case: Case, layer: NodeSeen) -> bool:
    """Tell whether the biases of a layer outweigh what its matrix gives."""
    held = case.start.weights_of(layer.path)
    bias = max((each.size for each in held if not each.is_matrix), default=0.0)
    return bias > 2 * max(1e-9, layer.took * _gain(case, layer))


def units_saturated(case: Case) -> Finding | None:
    """A squashing activation lies where it is flat from the first step on."""
    for seen in _in_order(case.start):
        flat = _flat(case, seen)
        if flat > _FLAT and not _is_last(seen, case.start):
            layer = case.feeding_layer(seen, case.start)
            is_layers = layer is not None and (_gain(case, layer) > GAIN or _leans(case, layer))
            path = layer.path if layer is not None and is_layers else seen.path
            fixes = [*_reset(case, path, "weight"), *_reset(case, path, "bias")]
            values = {"share": share(flat), "activation": case.name(seen.path)}
            code = "units_saturated" if path != seen.path else "units_saturated_here"
            return at_node(case, path, code, *fixes, **values)
    return None


def _flat(case: Case, seen: NodeSeen) -> float:
    kind = case.kind(seen.path)
    if kind in _AROUND_ZERO:
        return seen.flat
    return seen.flat_above_zero if kind in _ABOVE_ZERO else 0.0


def _is_last(seen: NodeSeen, look: Look) -> bool:
    """Tell whether no layer that is trained comes behind a node, so that it may be decided."""
    return all(each.order < seen.order for each in look.trained)


def _in_order(look: Look) -> list[NodeSeen]:
    return sorted(look.nodes.values(), key=lambda each: each.order)


def gradients_vanish(case: Case) -> Finding | None:
    """The first layers are pulled a thousand times more weakly than the last ones."""
    look = case.start
    if case.sign is Sign.ODD:
        return None  # as long as the loss falls
    trained = [each for each in look.trained if not each.functions & {"embedding"}]
    pulls = {each.path: look.pull(each.path) for each in trained}
    strongest = max(pulls.values(), default=0.0)
    gone = [each for each in trained if pulls[each.path] < _VANISHED * strongest]
    if not gone or len(trained) < 3 or pulls[trained[-1].path] < _VANISHED * strongest:
        return None
    if _gain(case, gone[0]) > GAIN:
        return _too_large(case, gone[0])
    stop = _stopping(look, gone[0].order)
    if stop is not None and case.kind(stop.path) not in _SQUASHING:
        taken = max(look.nodes[each].gradient for each in stop.feeders if each in look.nodes)
        of = {
            "gave": told(stop.gradient),
            "took": told(taken),
            "layer": case.name(gone[0].path),
        }
        return at_node(case, stop.path, "gradient_stops", **of)
    behind = [each for each in _in_order(look) if each.order > gone[0].order]
    between = [each for each in behind if case.kind(each.path) in _SQUASHING]
    ratio = pulls[gone[0].path] / strongest
    activation = between[0] if between else None
    fixes = _replace_squashing(case, [each.path for each in between])
    values = {
        "ratio": told(ratio),
        "last": case.name(trained[-1].path),
        "count": len(between),
        "kind": case.kind(activation.path) if activation is not None else "",
    }
    code = "gradients_vanish" if between else "gradients_vanish_otherwise"
    return at_node(case, gone[0].path, code, *fixes, **values)


def _stopping(look: Look, order: int) -> NodeSeen | None:
    """Return the last node behind a place that lets hardly anything of its gradient through."""
    layers = {each.path for each in look.weights}
    for seen in sorted(look.nodes.values(), key=lambda each: -each.order):
        feeders = [look.nodes[path] for path in seen.feeders if path in look.nodes]
        if seen.order <= order or seen.path in layers or not feeders or not seen.gradient:
            continue
        if max(each.gradient for each in feeders) < _VANISHED * seen.gradient:
            return seen
    return None


def _replace_squashing(case: Case, paths: Sequence[str]) -> list[Fix]:
    """Offer another function in place of those that squash, as far as they lie together."""
    places = [place for path in paths if (place := case.place(path)) is not None]
    together = [node.id for within, node in places if within is places[0][0]]
    if not together:
        return []
    values = {"kind": "ReLU", "count": str(len(together))}
    change = ReplaceKinds(tuple(dict.fromkeys(together)), "ReLU")
    return [Fix("replace_kinds", change, values, together[0])]


def rate_too_high(case: Case) -> Finding | None:
    """Steps are so long that they leave what they are to come down."""
    far = max(case.now.moved or 0.0, case.start.moved or 0.0)
    stands = case.sign is Sign.STANDS and case.signs.left > _STANDS
    has_leapt = case.sign is Sign.STANDS and (case.start.moved or 0.0) > _LEAP
    is_far = has_leapt or (stands and (case.now.moved or 0.0) > _TOO_FAR)
    has_died = stands and (case.start.moved or 0.0) > _LONG and _has_died(case)
    has_grown = case.sign is not Sign.ODD and case.signs.has_grown
    if not (case.sign is Sign.GROWS or has_grown or is_far or has_died):
        return None
    factor = min(0.3, 0.003 / far) if far > 0 else 0.1
    fix = with_rate(case, min(one_digit(case.rate * factor) or case.usual_rate, case.usual_rate))
    return of_recipe(
        case,
        "rate_too_high",
        fix,
        parameter="lr",
        first=told(case.signs.very_first),
        now=told(case.signs.now),
        moved=share(far) if far >= 0.01 else told(far),
        rate=told(case.rate),
    )


def _has_died(case: Case) -> bool:
    """Tell whether units are dead or saturated that were alive when the run began."""
    for path, seen in case.now.nodes.items():
        was = case.start.nodes.get(path)
        if was is None or _is_last(seen, case.now):
            continue
        is_dead = case.kind(path) in _RECTIFYING and seen.dead > _DEAD >= was.dead
        is_flat = _flat(case, seen) > 0.9 and _flat(case, was) < _FLAT
        if is_dead or is_flat:
            return True
    return False


def is_too_far(case: Case) -> bool:
    """Tell whether steps are about as long as the weights, whatever the loss does."""
    return (case.start.moved or 0.0) > _LEAP or (case.now.moved or 0.0) > _TOO_FAR


def is_too_short(case: Case, moved: float) -> bool:
    """Tell whether nothing can come of steps that move weights so little.

    Where the first step was a good deal longer, it is the gradient that has gone.
    """
    moved = max(moved, case.start.moved or 0.0)
    if case.signs.rate < _WARM * case.told_rate:
        return False  # it is lower than it will be, or has been
    return moved < _HARDLY or (moved < _SLOWLY and moved * case.signs.planned < _IN_ALL)


def rate_too_low(case: Case) -> Finding | None:
    """Steps are so short that nothing comes of them."""
    moved = case.now.moved
    left = max(case.signs.left, case.signs.left_of_first)
    stands = case.sign is Sign.STANDS and left > _STANDS
    if not stands or moved is None:
        return None
    if not is_too_short(case, moved):
        return None
    in_all = moved * case.signs.planned
    factor = 0.003 / moved if moved > 0 else 1000.0
    fix = with_rate(case, one_digit(min(case.rate * factor, 0.1)))
    return of_recipe(
        case,
        "rate_too_low",
        fix,
        parameter="lr",
        first=told(case.signs.very_first),
        now=told(case.signs.now),
        moved=told(moved),
        all=share(in_all) if in_all >= 0.01 else told(in_all),
        rate=told(case.rate),
    )


Rule = Callable[[Case], Finding | None]
BEGINNINGS: Final[Sequence[Rule]] = (
    inputs_unscaled,
    targets_unscaled,
    weights_too_large,
    values_too_large,
    units_dead,
    units_saturated,
)
"""What is wrong from the beginning, whatever is trained, and for what."""
RULES: Final[Sequence[Rule]] = (
    *BEGINNINGS,
    gradients_vanish,
    rate_too_high,
    rate_too_low,
)


def found_in(case: Case) -> Finding | None:
    """Return what the first rule finds that finds anything; nothing of numbers that are none."""
    if not (math.isfinite(case.now.loss) and math.isfinite(case.start.loss)):
        return None
    return next((finding for rule in RULES if (finding := rule(case)) is not None), None)
