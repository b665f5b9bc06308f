"""How losses are written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from codegen.literals import call, literal, quoted
from codegen.training.excerpts import excerpt, functions
from codegen.training.plan import WEIGHTS, Exit, Plan
from codegen.training.recipe_literals import literals
from graph_model.recipes.losses import IGNORED, Target

OF_CLASSES: Final = ("Masks", "ClassRows")
"""What holds samples with a class at each place that are made when they are taken."""


def losses(plan: Plan) -> list[str]:
    """Return the lines that make the losses."""
    made = []
    for each in plan.judged:
        arguments = literals(each.loss.torch_arguments(each.objective.loss.arguments))
        if plan.is_weighed:
            arguments["reduction"] = quoted("none")
        if is_balanced(each):
            made += _counted(each, plan)
            arguments[each.loss.weighs] = "weight"
        if each.ignores and each.loss.can_ignore:
            arguments["ignore_index"] = "IGNORED"
        name = each.loss.name if each.loss.is_own else f"nn.{each.loss.name}"
        made.append(f"{_attribute(each, plan)} = {call(name, [], arguments)}")
    return made


def pieces(plan: Plan) -> list[str]:
    """Return the classes of losses that torch lacks, and what counts samples by their weights."""
    own = dict.fromkeys(each.loss.name for each in plan.judged if each.loss.is_own)
    lines = [line for name in own for line in (*excerpt(name, ("forward",)), "", "")]
    lines += functions("weighing", {"weighted_mean"}) if plan.is_weighed else []
    return [*lines, *(functions("ignoring", {"counted"}) if ignores(plan) else [])]


def ignores(plan: Plan) -> bool:
    """Tell whether places of a target count for nothing."""
    return any(each.ignores for each in plan.judged)


def constants(plan: Plan) -> list[str]:
    """Return the constant that marks such places."""
    return [f"IGNORED = {IGNORED}  # stands in targets where nothing counts"] * ignores(plan)


def is_balanced(each: Exit) -> bool:
    """Tell whether the loss of an output weighs classes by how many samples they have."""
    return each.is_judged and each.loss.is_balanced(each.objective.loss.arguments)


def is_weighed_mean(each: Exit) -> bool:
    """Tell whether the loss of an output is a mean by weights: of classes, or of what counts."""
    return each.ignores or _is_mean_by_class(each)


def _is_mean_by_class(each: Exit) -> bool:
    return is_balanced(each) and each.loss.is_weighed_mean


def weighed(plan: Plan) -> str:
    """Return the expression of what a batch counts where it is a mean by weights, else nothing.

    These are the weights of samples, or those of the classes of the one output.
    """
    if plan.is_weighed:
        return f"{WEIGHTS}.sum()"
    if plan.turns or len(plan.trained) != 1:
        return ""
    (each,) = plan.trained
    if not is_weighed_mean(each):
        return ""
    return _weight(each, plan)


def _weight(each: Exit, plan: Plan) -> str:
    """Return the expression of what the targets of a batch weigh in the loss of an output."""
    if not _is_mean_by_class(each):
        return f"({each.target} != IGNORED).sum()"
    which = f"{each.target}[{each.target} != IGNORED]" if each.ignores else each.target
    return f"{_attribute(each, plan)}.weight[{which}].sum()"


def weighed_apart(plan: Plan) -> bool:
    """Tell whether there are several outputs, and batches of some are such means.

    Then each has a mean of its own over an epoch, and these add up.
    """
    if plan.is_weighed:
        return False
    several = plan.trained if not plan.turns and len(plan.trained) > 1 else ()
    return any(map(is_weighed_mean, several))


def shares(plan: Plan, counted: str = "") -> str:
    """Return the expression of what a batch counts for each output: its samples, or weights.

    ``counted`` has as many entries as the batch, where that is not the first input.
    """
    first = next(each for each in plan.trained if is_weighed_mean(each))
    all_of_them = f"len({counted or plan.inputs[0]})"
    found = [
        f"{_weight(each, plan)}{'' if _is_mean_by_class(each) else '.float()'}"
        if is_weighed_mean(each)
        else f"{_attribute(first, plan)}.weight.new_tensor({all_of_them})"
        if _is_mean_by_class(first)
        else f"{first.target}.new_tensor({all_of_them}, dtype=torch.float)"
        for each in plan.trained
    ]
    return f"torch.stack([{', '.join(found)}])"


def _counted(each: Exit, plan: Plan) -> list[str]:
    """Return the lines that weigh each class by how rare it is among the training samples."""
    target = f"self.train[{plan.samples.index(each.target)}]"
    is_of_classes = each.loss.target is Target.CLASSES
    weighed_by_class = "weight = counts.sum() / (counts.count_nonzero() * counts.clamp(min=1))"
    if counts_as_read(each, plan):
        counted = f"counts = {target}.counts({each.classes if is_of_classes else 2})"
        of_yes = "weight = counts[0] / counts[1].clamp(min=1)"
        return [counted, weighed_by_class if is_of_classes else of_yes]
    kept = f"{target}[{target} != IGNORED]" if each.ignores else target
    if is_of_classes:
        flat = kept if each.ignores else f"{kept}.flatten()"
        return [f"counts = torch.bincount({flat}, minlength={each.classes})", weighed_by_class]
    mean = f"{kept}.mean({'dim=0' if each.rank <= 2 else ''})"
    return [
        f"yes = {mean}.clamp(min=1 / len({target}))",
        "weight = (1 - yes) / yes",
    ]


def counts_as_read(each: Exit, plan: Plan) -> bool:
    """Tell whether the classes of an output are counted in masks that are not held."""
    return is_balanced(each) and plan.kept.get(each.target) in OF_CLASSES


def loss(plan: Plan) -> list[str]:
    """Return the lines that compute the loss of a batch."""
    if len(plan.trained) == 1:
        return [f"loss = {term(plan.trained[0], plan)}"]
    given = ", ".join(_loss_arguments(plan))
    if weighed_apart(plan):
        return [f"losses = self.losses_of({given})", "loss = sum(losses[1:], losses[0])"]
    return [f"loss = self.total_loss({given})"]


def loss_of(exits: Sequence[Exit], plan: Plan) -> str:
    """Return the expression of the weighted sum of the losses of some results."""
    return " + ".join(term(each, plan) for each in exits)


def loss_method(plan: Plan) -> list[str]:
    """Return the method that adds up several losses, nothing where there is one."""
    if len(plan.trained) == 1:
        return []
    arguments = ", ".join(f"{name}: Tensor" for name in _loss_arguments(plan))
    first, *others = terms = [term(each, plan) for each in plan.trained]
    if weighed_apart(plan):
        return [
            "",
            f"def losses_of(self, {arguments}) -> list[Tensor]:",
            '    """Return the weighted losses, which add up to the whole one."""',
            "    return [",
            *(f"        {each}," for each in terms),
            "    ]",
        ]
    return [
        "",
        f"def total_loss(self, {arguments}) -> Tensor:",
        '    """Return the weighted sum of the losses."""',
        f"    total = {first}",
        *(f"    total = total + {term}" for term in others),
        "    return total",
    ]


def _loss_arguments(plan: Plan) -> list[str]:
    names = [*(each.name for each in plan.trained), *(each.target for each in plan.judged)]
    return [*names, *([WEIGHTS] if plan.is_weighed else [])]


def _attribute(each: Exit, plan: Plan) -> str:
    return "self.loss" if len(plan.judged) == 1 else f"self.{each.name}_loss"


def term(each: Exit, plan: Plan, value: str = "") -> str:
    """Return the expression of the weighted loss of a result, whose ``value`` may have no name."""
    value = value or each.name
    factor = "" if each.objective.weight == 1 else f"{literal(float(each.objective.weight))} * "
    if each.is_judged:
        given = f"{value}, {each.target}"
        given = f"*counted({given})" if each.ignores and not each.loss.can_ignore else given
        value = f"{_attribute(each, plan)}({given})"
    if plan.is_weighed:
        return f"{factor}weighted_mean({value}, {WEIGHTS})"
    if each.is_judged:
        return f"{factor}{value}"
    return f"{factor}{value}" + (".mean()" if each.rank else "")
