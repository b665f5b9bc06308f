"""What is wrong with the optimizer and the options of a recipe, by themselves and together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from graph_model.findings.results import Inference, NodeResult
from graph_model.network import NodeId
from graph_model.phrases import figure_names
from graph_model.problems import (
    ChooseInRecipe,
    Fix,
    LeaveOutOption,
    LeaveOutPhase,
    Problem,
    SetArguments,
    SetOptionArguments,
)
from graph_model.recipe import BETWEEN, Choice, NodePath, Recipe
from graph_model.recipes.binding import Binding
from graph_model.recipes.judging import LOSS, figures, judged_by
from graph_model.recipes.optimizers import OPTIMIZERS, OptimizerKind, Takes
from graph_model.recipes.options import OF_LAYERS, OF_MODULES, OPTIONS, PARTING, named_by
from graph_model.recipes.phases import warm_up_epochs, warm_up_steps
from graph_model.recipes.schedules import AFTER_WARM_UP, SCHEDULES, WARMED, Pace, ScheduleKind
from graph_model.recipes.weights import (
    Kinds,
    is_called,
    kinds,
    named,
    sparse_nodes,
    trained_from_the_start,
)
from graph_model.recipes.within import everything

_BETWEEN: Final = ("accumulate", "clip_grad_norm", "clip_grad_value")
"""What comes between the gradient and the step, of which some optimizers have several."""
_DENSE: Final = ("clip_grad_norm", "clip_grad_value", "l1_penalty", "l2_penalty")
"""What torch cannot do with gradients of which only some rows are there."""
_OF_WHOLE_WEIGHTS: Final = ("ema", "swa", "l1_penalty", "l2_penalty", "compile", "checkpoint")
"""What reads or copies weights whole, or is not tried with parts of them."""
_WHOLE_OPTIMIZERS: Final = frozenset({"Muon", "SparseAdam", "LBFGS", "Adafactor", "Rprop"})
"""Those that look at a weight as a whole, have a second optimizer beside them, or write into parts
of a tensor in a way that torch has not for weights of which each process has a part."""
_OF_WHOLE_PRECISION: Final = "BCELoss"
"""What torch refuses to compute in 16 bits on a GPU."""
_IN_PARTS: Final = ("accumulate", "distributed")
"""What computes the loss of a batch in parts."""
_OF_WHAT_COUNTS: Final = frozenset({"CrossEntropyLoss", "NLLLoss"})
"""The layers whose mean may be over what counts alone: by weights, or without a class."""
_FORGOTTEN: Final = 2.0
"""How often an average has to reach back in a run, so that e to the minus that of its beginning is
left in the end."""
_OF_DECAY: Final = ("no_decay", "layer_weight_decays")


def combination_problems(recipe: Recipe) -> Iterator[Problem]:
    """Find options that bar each other, or what the optimizer or the schedule does."""
    chosen = [each.kind for each in recipe.options]
    for place, option in enumerate(chosen):
        excluded = {option, *(OPTIONS[option].excludes if option in OPTIONS else ())}
        for other in excluded & OPTIONS.keys() & {*chosen[:place]}:
            yield _excluding(option, OPTIONS[other].title)
    schedule = SCHEDULES.get(recipe.schedule.kind)
    if schedule is not None:
        barred = {"by_step": WARMED, "warm_up": WARMED if recipe.players else AFTER_WARM_UP}
        for option, paces in barred.items():
            if recipe.option(option) and schedule.pace not in paces:
                yield _excluding(option, schedule.title)
        yield from _rate_problems(recipe, schedule)
    if recipe.option("by_step") and not _moves(recipe):
        yield not_with("rate_never_moves", "by_step", {})
    if recipe.optimizer.kind in OPTIMIZERS:
        yield from _with_optimizer(recipe, OPTIMIZERS[recipe.optimizer.kind])
    yield from _phase_problems(recipe)
    yield from _sharded_problems(recipe)
    start = _number(recipe, "swa", "start")
    if start > recipe.epochs:
        values = {"start": f"{start:g}", "epochs": str(recipe.epochs)}
        change = SetOptionArguments("swa", {"start": max(1, recipe.epochs * 3 // 4)})
        fix = Fix("average_from", change, {"epoch": str(change.arguments["start"])})
        yield Problem("averaged_never", values, parameter="options.swa", fixes=(fix,))


def optimizer_problems(chosen: Choice, node: NodeId = "") -> Iterator[Problem]:
    """Find arguments of an optimizer that do not go together; ``node`` is whose player it is of."""
    kind = OPTIMIZERS.get(chosen.kind)
    given = kind.complete(chosen.arguments) if kind else {}
    looks_ahead = chosen.kind == "SGD" and given["nesterov"] is True
    if looks_ahead and (given["momentum"] == 0 or given["dampening"] != 0):
        yield Problem("nesterov_alone", node=node, parameter="optimizer.nesterov")


def _rate_problems(recipe: Recipe, schedule: ScheduleKind) -> Iterator[Problem]:
    """Find a chosen learning rate that a schedule with rates of its own never heeds."""
    chosen = recipe.optimizer.arguments.get("lr")
    top = schedule.complete(recipe.schedule.arguments).get("max_lr")
    if schedule.pace is not Pace.STEP or chosen == top:
        return
    if not isinstance(chosen, int | float) or not isinstance(top, int | float):
        return  # none is chosen, or it is told elsewhere that it is no number
    rate, arguments = f"{chosen:g}", {**recipe.schedule.arguments, "max_lr": chosen}
    change = ChooseInRecipe("schedule", schedule.name, arguments)
    fixes = (
        Fix("set_argument", change, {"parameter": "max_lr", "value": rate}),
        Fix("constant_rate", ChooseInRecipe("schedule", "constant"), {"lr": rate}),
    )
    values = {"schedule": schedule.title, "lr": rate, "max_lr": f"{top:g}"}
    yield Problem("rate_not_heeded", values, parameter="optimizer.lr", fixes=fixes)


def _moves(recipe: Recipe) -> bool:
    """Tell whether the learning rate is ever another one, as far as the schedules are known."""
    chosen = (recipe.schedule, *(each.schedule for each in recipe.phases))
    kinds = [SCHEDULES.get(each.kind) for each in chosen]
    return recipe.option("warm_up") is not None or any(
        kind is None or kind.pace is not Pace.NEVER for kind in kinds
    )


def _sharded_problems(recipe: Recipe) -> Iterator[Problem]:
    """Find what cannot be done where each process has a part of the weights."""
    shared = recipe.option("distributed")
    if shared is None or shared.arguments.get("parallel") != "FSDP2":
        return
    change = SetOptionArguments("distributed", {"parallel": "DDP"})
    fix = Fix("set_argument", change, {"parameter": "parallel", "value": "DDP"})
    for option in filter(recipe.option, _OF_WHOLE_WEIGHTS):
        found = not_with("option_of_whole_weights", option, {})
        yield replace(found, fixes=(fix, *found.fixes))
    half = recipe.option("autocast")
    if half and half.arguments.get("dtype") == "float16":
        found = not_with("option_of_whole_weights", "autocast", {})
        yield replace(found, fixes=(fix, *found.fixes))
    if recipe.optimizer.kind in _WHOLE_OPTIMIZERS:
        values = {"optimizer": OPTIMIZERS[recipe.optimizer.kind].title}
        yield Problem("optimizer_of_whole_weights", values, parameter="optimizer", fixes=(fix,))


def step_problems(recipe: Recipe, steps: int) -> Iterator[Problem]:
    """Find a warm-up that outlasts the run or the schedule after it, of so many steps an epoch."""
    if recipe.schedule.kind not in SCHEDULES:
        return
    rise, total = warm_up_steps(recipe) or warm_up_epochs(recipe) * steps, recipe.epochs * steps
    if rise >= total:
        values = {"steps": str(rise), "total": str(total)}
        yield Problem("warm_up_never_ends", values, parameter="options.warm_up")
    if warm_up_steps(recipe) and recipe.phases and rise >= (recipe.phases[0].start - 1) * steps:
        start, before = recipe.phases[0].start, rise // steps + 1
        yield _too_early(0, start, before)


def average_problems(recipe: Recipe, steps: int) -> Iterator[Problem]:
    """Find a moving average that has hardly left the first weights at the end of a run."""
    decay, total = _number(recipe, "ema", "decay"), recipe.epochs * steps
    every = max(1, _number(recipe, "accumulate", "batches"))
    updates = total / every
    if recipe.option("ema") is None or decay >= 1 or updates * (1 - decay) >= _FORGOTTEN:
        return
    better = round(max(0.0, 1 - 5 * _FORGOTTEN / updates), 4)
    change = SetOptionArguments("ema", {"decay": better})
    fix = Fix("set_argument", change, {"parameter": "decay", "value": f"{better:g}"})
    values = {"decay": f"{decay:g}", "updates": f"{updates:.0f}"}
    yield Problem("average_of_the_beginning", values, parameter="options.ema", fixes=(fix,))


def _too_early(place: int, start: int, before: int) -> Problem:
    fix = Fix("leave_out_phase", LeaveOutPhase(place), {"epoch": str(start)})
    values = {"start": str(start), "before": str(before)}
    return Problem("phase_too_early", values, parameter=f"phases.{place + 1}", fixes=(fix,))


def _phase_problems(recipe: Recipe) -> Iterator[Problem]:
    """Find schedules that cannot follow one another, or that begin out of turn."""
    first = SCHEDULES.get(recipe.schedule.kind)
    after = 1 + warm_up_epochs(recipe)
    for place, phase in enumerate(recipe.phases):
        kind, where = SCHEDULES.get(phase.schedule.kind), f"phases.{place + 1}"
        fix = Fix("leave_out_phase", LeaveOutPhase(place), {"epoch": str(phase.start)})
        barred = next((each for each in (first, kind) if each and each.pace not in WARMED), None)
        if barred is not None:
            named = {"schedule": barred.title}
            yield Problem("not_in_phases", named, parameter=where, fixes=(fix,))
        if phase.start <= after:
            yield _too_early(place, phase.start, after)
        elif phase.start > recipe.epochs:
            values = {"start": str(phase.start), "epochs": str(recipe.epochs)}
            yield Problem("phase_never_begins", values, parameter=where, fixes=(fix,))
        after = max(after, phase.start)


def network_problems(recipe: Recipe, inference: Inference, binding: Binding) -> Iterator[Problem]:
    """Find what optimizer and options ask of a network that is not so."""
    yield from _sparse_problems(recipe, inference)
    kind = OPTIMIZERS[recipe.optimizer.kind]
    if kind.takes is not Takes.ALL and _lacks(kinds(inference), kind.takes):
        fix = _choose("optimizer", "AdamW")
        code = "no_matrices" if kind.takes is Takes.MATRICES else "nothing_sparse"
        yield Problem(code, {"optimizer": kind.title}, parameter="optimizer", fixes=(fix,))
    yield from _layer_problems(recipe, inference)
    yield from _parted_problems(recipe, inference)
    losses = [each.loss.kind for each in binding.objectives if each.weight]
    if recipe.option("autocast") and (
        _OF_WHOLE_PRECISION in losses or _is_drawn(_OF_WHOLE_PRECISION, inference)
    ):
        yield Problem("loss_of_whole_precision", parameter="options.autocast")
    known, deciding = (*figures(binding.objectives, inference),), judged_by(recipe).figure
    if deciding not in known:
        likest = _likest(deciding, known)
        change = SetOptionArguments("best_by", {"figure": likest})
        fix = Fix("decide_by", change, {"figure": figure_names(likest)})
        values = {"figure": figure_names(deciding), "choices": figure_names(*known)}
        yield Problem("unknown_figure", values, parameter="options.best_by", fixes=(fix,))
    if inference.parameter_count and not trained_from_the_start(inference, _thawing(recipe)):
        yield Problem("all_frozen", parameter="options.thaw" if recipe.option("thaw") else "")


def _is_drawn(kind: str, inference: Inference) -> bool:
    """Tell whether a network or a block in it has a layer of a kind."""
    if any(node.kind == kind for node in inference.network.nodes.values()):
        return True
    within = (each for result in inference.nodes.values() for each, _ in result.copies)
    return any(_is_drawn(kind, each) for each in within)


def _parted_problems(recipe: Recipe, inference: Inference) -> Iterator[Problem]:
    """Find drawn losses whose means over parts of a batch are not put together by what counts."""
    chosen = [*filter(recipe.option, _IN_PARTS)]
    for node in inference.nodes if chosen else ():
        if any(map(_is_weighed_mean, _drawn(node, inference))):
            values = {"name": inference.network.nodes[node].name}
            for option in chosen:
                told = values | {"option": OPTIONS[option].title}
                yield Problem(
                    "accumulated_by_weights", told, node=node, parameter=f"options.{option}"
                )


def _drawn(node: NodeId, inference: Inference) -> Iterator[tuple[str, NodeResult]]:
    """Yield the kind and the result of a node, or of all that are in it."""
    result = inference.nodes[node]
    if not result.copies:
        yield inference.network.nodes[node].kind, result
    for within, _ in result.copies:
        for each in within.nodes:
            yield from _drawn(each, within)


def _is_weighed_mean(drawn: tuple[str, NodeResult]) -> bool:
    """Tell whether a layer is a loss that is a mean by weights, or over what is not ignored."""
    kind, result = drawn
    if kind not in _OF_WHAT_COUNTS or result.arguments.get("reduction") != "mean":
        return False
    ignored = result.arguments.get("ignore_index")
    ignores = isinstance(ignored, int) and ignored >= 0
    is_of_classes = "target" in result.inputs and not result.inputs["target"].is_floating
    return is_of_classes and (ignores or bool(result.arguments.get("weight")))


def _lacks(found: Kinds, takes: Takes) -> bool:
    return not (found.matrices if takes is Takes.MATRICES else found.sparse)


def _with_optimizer(recipe: Recipe, kind: OptimizerKind) -> Iterator[Problem]:
    values = {"optimizer": kind.title}
    barred: tuple[str, ...] = (*_BETWEEN, *PARTING) if kind.of_passes else ()
    if kind.takes is Takes.SPARSE:
        barred = PARTING
    for option in filter(recipe.option, barred):
        code = "option_of_one_pass" if kind.of_passes else "option_of_all_weights"
        yield not_with(code, option, values)
    if kind.of_passes:
        yield from scaled_problems("option_of_one_pass", recipe, values)
    decay = kind.complete(recipe.optimizer.arguments).get("weight_decay")
    for option in filter(recipe.option, () if decay or kind.of_passes else _OF_DECAY):
        if option not in barred:
            yield not_with("nothing_to_decay", option, values)


def scaled_problems(code: str, recipe: Recipe, values: Mapping[str, str]) -> Iterator[Problem]:
    """Find a loss that is scaled, with the fix that computes with numbers that need no scale."""
    half = recipe.option("autocast")
    if half and half.arguments.get("dtype") == "float16":
        change = SetOptionArguments("autocast", {"dtype": "bfloat16"})
        fix = Fix("set_argument", change, {"parameter": "dtype", "value": "bfloat16"})
        found = not_with(code, "autocast", values)
        yield replace(found, fixes=(fix, *found.fixes))


def _sparse_problems(recipe: Recipe, inference: Inference) -> Iterator[Problem]:
    """Find what cannot be done with gradients of which only some rows are there."""
    kind = OPTIMIZERS[recipe.optimizer.kind]
    for node in sparse_nodes(inference):
        name = inference.network.nodes[node].name
        values = {"name": name, "optimizer": kind.title}
        set_dense = Fix(
            "set_layer_size",
            SetArguments({"sparse": False}),
            {"parameter": "sparse", "node": name, "value": "False"},
            node,
        )
        is_own = not inference.nodes[node].passes  # else the layer lies within a block
        fixes = (set_dense,) if is_own else ()
        if not kind.takes_sparse:
            fixes = (*fixes, _choose("optimizer", "SparseAdam"))
            yield Problem("sparse_gradients", values, node=node, parameter="optimizer", fixes=fixes)
        elif kind.complete(recipe.optimizer.arguments).get("weight_decay"):
            yield Problem("sparse_decay", values, node=node, parameter="optimizer", fixes=fixes)
        for option in filter(recipe.option, _DENSE):
            values = {"option": OPTIONS[option].title, "name": name}
            yield Problem(
                "option_of_dense",
                values,
                node=node,
                parameter=f"options.{option}",
                fixes=(_leave_out(option), *(fixes if kind.takes is Takes.ALL else ())),
            )


def _layer_problems(recipe: Recipe, inference: Inference) -> Iterator[Problem]:
    """Find options that name no layer that there is, or one that is never reached."""
    about_layers = [each for each in recipe.options if each.kind in OF_LAYERS]
    there = {each.path: each for each in everything(inference)} if about_layers else {}
    for chosen in about_layers:
        said = named(named_by(chosen.kind, chosen.arguments))
        known = {path: value for path, value in said.items() if path in there}
        if chosen.kind in OF_MODULES:
            known = {path: value for path, value in known.items() if is_called(there[path])}
        if not known:
            yield not_with("names_no_layer", chosen.kind, {})
        for path, epoch in known.items() if chosen.kind == "thaw" else ():
            if epoch > recipe.epochs:
                values = {
                    "name": there[path].title,
                    "epoch": f"{epoch:g}",
                    "epochs": str(recipe.epochs),
                }
                node, *_ = path.split(BETWEEN)
                yield Problem("never_thawed", values, node=node, parameter="options.thaw")


def _thawing(recipe: Recipe) -> dict[NodePath, float]:
    chosen = recipe.option("thaw")
    return named(named_by("thaw", chosen.arguments)) if chosen else {}


def _number(recipe: Recipe, option: str, name: str) -> float:
    """Return a number that an option says, 0 where it was not chosen."""
    chosen = recipe.option(option)
    value = OPTIONS[option].complete(chosen.arguments)[name] if chosen else 0
    return value if isinstance(value, int | float) else 0


def _likest(name: str, known: tuple[str, ...]) -> str:
    """Return the figure that is called alike but for its output, else the loss."""
    told = name.rpartition(".")[2]
    return next((each for each in known if each.rpartition(".")[2] == told), LOSS)


def _excluding(option: str, other: str) -> Problem:
    return not_with("options_exclude", option, {"other": other})


def not_with(code: str, option: str, values: Mapping[str, str]) -> Problem:
    """Return that an option cannot stand beside what else was chosen, with the way to leave it out.

    ``values`` are those of the sentence besides ``option``.
    """
    told = {"option": OPTIONS[option].title, **values}
    return Problem(code, told, parameter=f"options.{option}", fixes=(_leave_out(option),))


def _leave_out(option: str) -> Fix:
    values = {"option": OPTIONS[option].title}
    return Fix("leave_out_option", LeaveOutOption(option), values)


def _choose(place: str, kind: str) -> Fix:
    return Fix("replace_kind", ChooseInRecipe(place, kind), {"kind": kind})
