"""How what a recipe adds to a training is written: for each option, which lines go where."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import Final

from codegen.literals import literal
from codegen.training import accumulating, averaging, distributed, judging, recomputing
from codegen.training.plan import Plan
from codegen.training.recipe_literals import table
from graph_model.frozen import frozen
from graph_model.recipes.judging import judged_by
from graph_model.recipes.options import OPTIONS
from graph_model.values import Value

Lines = tuple[str, ...]


@frozen
class Additions:
    """Lines of a script by the place they go to, in the order of a training.

    ``made`` follows the model, ``setup`` the optimizer; ``at_epoch`` begins each epoch. ``inputs``
    follow the batch. ``context`` is what the forward pass is done within. ``penalty`` follows the
    loss. ``unscaled`` and ``clipped`` come between gradients and update, ``updated`` after it;
    ``after_epoch`` comes before the evaluation, ``judged`` after it. ``state`` and ``resume`` are
    what has to be kept. ``over`` is when a run has ended before its last epoch.
    """

    constants: Lines = ()
    standard_imports: Lines = ()
    imports: Lines = ()
    first: Lines = ()
    made: Lines = ()
    setup: Lines = ()
    at_epoch: Lines = ()
    inputs: Lines = ()
    context: Lines = ()
    penalty: Lines = ()
    unscaled: Lines = ()
    clipped: Lines = ()
    updated: Lines = ()
    after_epoch: Lines = ()
    judged: Lines = ()
    state: Lines = ()
    resume: Lines = ()
    over: Lines = ()


def within(contexts: Sequence[str], lines: Sequence[str]) -> list[str]:
    """Return lines as they stand within contexts, where there are some."""
    if not contexts:
        return [*lines]
    return [f"with {', '.join(contexts)}:", *(f"    {line}" for line in lines)]


_PLACES: Final = tuple(each.name for each in fields(Additions))
Arguments = Mapping[str, Value]


def additions(plan: Plan) -> Additions:
    """Return what all options of a recipe add, in the order of the catalogue."""
    chosen = {each.kind: each for each in plan.recipe.options}
    found = [
        FORMS[kind](OPTIONS[kind].complete(chosen[kind].arguments), plan)
        for kind in OPTIONS
        if kind in chosen
    ]
    return Additions(
        *(tuple(line for each in found for line in getattr(each, place)) for place in _PLACES)
    )


def _held(name: str) -> Mapping[str, Lines]:
    """Return the lines that keep the state of an attribute."""
    return {
        "state": (f'"{name}": self.{name}.state_dict(),',),
        "resume": (f'self.{name}.load_state_dict(state["{name}"])',),
    }


def _warm_up(arguments: Arguments, _: Plan) -> Additions:
    """The schedule itself is written where the optimizer is made: see optimizing."""
    unit = "epochs" if arguments["steps"] is None else "steps"
    return Additions(constants=(f"WARM_UP = {literal(arguments[unit])}  # {unit}",))


def _early_stopping(arguments: Arguments, plan: Plan) -> Additions:
    patience = f"PATIENCE = {literal(arguments['patience'])}"
    if not arguments["min_delta"]:
        over = "self.epoch - self.best_epoch >= PATIENCE"
        return Additions(constants=(patience,), over=(over,))
    worst = "-math.inf" if judged_by(plan.recipe).larger_is_better else "math.inf"
    return Additions(
        constants=(patience, f"MIN_DELTA = {literal(arguments['min_delta'])}  # of progress"),
        setup=(
            f"self.progress = (0, {worst})  # the last epoch that was progress, and its figure",
        ),
        judged=judging.progress(plan),
        state=('"progress": self.progress,',),
        resume=('self.progress = state["progress"]',),
        over=("self.epoch - self.progress[0] >= PATIENCE",),
    )


def _nothing(_: Arguments, __: Plan) -> Additions:
    """For what is written elsewhere: see optimizing, parting and judging."""
    return Additions()


def _clip_grad_norm(arguments: Arguments, plan: Plan) -> Additions:
    norm = arguments["norm_type"]
    end = "" if norm == 2 else f", norm_type={literal(norm)}"
    limit = literal(arguments["max_norm"])
    return Additions(clipped=(f"nn.utils.clip_grad_norm_({plan.stepped}, {limit}{end})",))


def _clip_grad_value(arguments: Arguments, plan: Plan) -> Additions:
    value = literal(arguments["clip_value"])
    return Additions(clipped=(f"nn.utils.clip_grad_value_({plan.stepped}, {value})",))


def _accumulate(arguments: Arguments, _: Plan) -> Additions:
    return Additions(**_lines(accumulating.places(arguments)))


def _autocast(arguments: Arguments, _: Plan) -> Additions:
    dtype = f"torch.{arguments['dtype']}"
    context = (f"torch.autocast(self.device.type, dtype={dtype})",)
    if arguments["dtype"] != "float16":
        return Additions(context=context)
    return Additions(
        setup=("self.scaler = torch.GradScaler(self.device.type)",),
        context=context,
        unscaled=("self.scaler.unscale_(self.optimizer)",),
        **_held("scaler"),
    )


def _penalty(expression: str) -> Callable[[Arguments, Plan], Additions]:
    def form(arguments: Arguments, _: Plan) -> Additions:
        total = f"sum({expression} for weight in self.model.parameters())"
        return Additions(penalty=(f"loss = loss + {literal(arguments['factor'])} * {total}",))

    return form


def _ema(arguments: Arguments, _: Plan) -> Additions:
    return Additions(**_lines(averaging.moving(arguments)), **_held("averaged"))


def _swa(arguments: Arguments, plan: Plan) -> Additions:
    return Additions(**_lines(averaging.of_epochs(arguments, plan)), **_held("averaged"))


def _lines(places: averaging.Places) -> Mapping[str, Lines]:
    return {place: tuple(lines) for place, lines in places.items()}


def _thaw(arguments: Arguments, plan: Plan) -> Additions:
    epochs = {
        name: int(epoch)
        for id, epoch in plan.named("thaw").items()
        for name in plan.places[id].names
    }
    is_parted = any(id in plan.frozen_within for id in plan.named("thaw"))
    return Additions(
        constants=tuple(table("THAW", epochs, "the first epoch that trains a layer")),
        setup=_THAWING if is_parted else (),
        at_epoch=(
            "for name, first in THAW.items():",
            "    module = self.model.get_submodule(name)",
            *(_THAWN if is_parted else ("    module.requires_grad_(self.epoch + 1 >= first)",)),
            *(["    module.train(self.epoch + 1 >= first)"] if arguments["in_eval"] else []),
        ),
    )


_THAWING: Final = (
    "self.thawing: dict[str, list[nn.Parameter]] = {}  # without what is frozen within",
    "for name in THAW:",
    "    weights = [*self.model.get_submodule(name).parameters()]",
    "    trained = [weight for weight in weights if weight.requires_grad]",
    "    self.thawing[name] = trained or weights",
)
_THAWN: Final = (
    "    for weight in self.thawing[name]:",
    "        weight.requires_grad_(self.epoch + 1 >= first)",
)


def _checkpoint(_: Arguments, plan: Plan) -> Additions:
    return Additions(
        standard_imports=recomputing.standard_imports(plan),
        imports=("from torch.utils.checkpoint import checkpoint",),
        setup=recomputing.setup(plan),
    )


def _batch_norm_eval(_: Arguments, plan: Plan) -> Additions:
    return Additions(
        at_epoch=(
            "for module in self.model.modules():",
            f"    if isinstance(module, {averaging.norms(plan)}):",
            "        module.eval()",
        )
    )


def _channels_last(_: Arguments, plan: Plan) -> Additions:
    pictures = (each for each, rank in zip(plan.inputs, plan.ranks, strict=True) if rank == 4)
    last = "memory_format=torch.channels_last"
    return Additions(
        made=(f"self.model.to({last})",),
        inputs=tuple(f"{each} = {each}.contiguous({last})" for each in pictures),
    )


def _compile(arguments: Arguments, _: Plan) -> Additions:
    return Additions(setup=(f"self.model.compile(dynamic={literal(arguments['dynamic'])})",))


def _detect_anomaly(_: Arguments, __: Plan) -> Additions:
    return Additions(first=("torch.autograd.set_detect_anomaly(True)",))


def _deterministic(_: Arguments, __: Plan) -> Additions:
    return Additions(first=("torch.use_deterministic_algorithms(True, warn_only=True)",))


def _distributed(_: Arguments, plan: Plan) -> Additions:
    return Additions(**distributed.additions(plan))


FORMS: Final[Mapping[str, Callable[[Arguments, Plan], Additions]]] = {
    "warm_up": _warm_up,
    "by_step": _nothing,
    "early_stopping": _early_stopping,
    "best_by": _nothing,
    "clip_grad_norm": _clip_grad_norm,
    "clip_grad_value": _clip_grad_value,
    "accumulate": _accumulate,
    "autocast": _autocast,
    "no_decay": _nothing,
    "layer_decay": _nothing,
    "layer_rates": _nothing,
    "layer_weight_decays": _nothing,
    "thaw": _thaw,
    "checkpoint": _checkpoint,
    "l1_penalty": _penalty("weight.abs().sum()"),
    "l2_penalty": _penalty("weight.square().sum()"),
    "ema": _ema,
    "swa": _swa,
    "batch_norm_eval": _batch_norm_eval,
    "channels_last": _channels_last,
    "compile": _compile,
    "detect_anomaly": _detect_anomaly,
    "deterministic": _deterministic,
    "distributed": _distributed,
}
"""How each option of the catalogue is written."""
