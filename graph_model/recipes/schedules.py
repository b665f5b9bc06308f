"""The learning-rate schedules, with torch's own names and defaults."""

from __future__ import annotations

from enum import Enum
from typing import Final

from graph_model.entry import Entry, catalogue
from graph_model.frozen import frozen
from graph_model.recipe import Recipe
from graph_model.values import Arguments, choice, integer, integers, number


class Pace(Enum):
    """After what a schedule moves on."""

    NEVER = "never"
    EPOCH = "epoch"
    STEP = "step"
    VALIDATION = "validation"
    """After each epoch, told the figure that says which epoch is the best."""


WARMED: Final = frozenset({Pace.NEVER, Pace.EPOCH})
"""The paces of what can follow another schedule: others rise by themselves, or heed the loss."""
AFTER_WARM_UP: Final = WARMED | {Pace.VALIDATION}
"""The paces of what can follow a warm-up."""


@frozen
class ScheduleKind(Entry):
    """One class of ``torch.optim.lr_scheduler``, or none for a constant rate."""

    pace: Pace = Pace.EPOCH

    def torch_arguments(
        self, arguments: Arguments, epochs: int, steps_per_epoch: int
    ) -> dict[str, object]:
        """Return the keyword arguments of the torch class, those that follow from the run too."""
        complete = dict(self.complete(arguments))
        for name in LENGTHS & complete.keys():
            if complete[name] is None:
                complete[name] = epochs
        if self.name == "OneCycleLR":
            return {**complete, "total_steps": epochs * steps_per_epoch}
        return dict(complete)


LENGTHS: Final = frozenset({"T_max", "total_iters"})
"""What counts epochs, and is all of them where nothing else is said."""
COUNTED: Final = LENGTHS | {"step_size", "milestones", "T_0"}
"""All that counts epochs, or steps where a schedule that counts epochs is to move by step."""
_GAMMA: Final = "What the learning rate is multiplied by."

SCHEDULES: Final = catalogue(
    (
        ScheduleKind(
            "constant", "The learning rate stays as it is.", shown="Constant", pace=Pace.NEVER
        ),
        ScheduleKind(
            "StepLR",
            "Falls by a factor every so many epochs.",
            (
                integer("step_size", 10, "Epochs from one fall to the next."),
                number("gamma", 0.1, _GAMMA, above=0),
            ),
            shown="Steps",
        ),
        ScheduleKind(
            "MultiStepLR",
            "Falls by a factor at epochs of your choice.",
            (
                integers("milestones", (5, 8), "The epochs after which it falls."),
                number("gamma", 0.1, _GAMMA, above=0),
            ),
            shown="Steps at chosen epochs",
        ),
        ScheduleKind(
            "ConstantLR",
            "Is held at a share of the learning rate, and is the whole of it afterwards.",
            (
                number("factor", 0.1, "The share that it is held at.", above=0, maximum=1),
                integer("total_iters", None, "Epochs that it is held; all of them where empty."),
            ),
            shown="Held",
        ),
        ScheduleKind(
            "ExponentialLR",
            "Falls by a factor every epoch.",
            (number("gamma", 0.95, _GAMMA, above=0),),
            shown="Exponential",
        ),
        ScheduleKind(
            "CosineAnnealingLR",
            "Falls along a half cosine.",
            (
                integer("T_max", None, "Epochs until it has fallen; all of them where empty."),
                number("eta_min", 0.0, "The learning rate it falls to.", minimum=0),
            ),
            shown="Cosine",
        ),
        ScheduleKind(
            "CosineAnnealingWarmRestarts",
            "Falls along a half cosine again and again.",
            (
                integer("T_0", 5, "Epochs until it begins anew."),
                integer("T_mult", 1, "How many times longer each further fall is."),
                number("eta_min", 0.0, "The learning rate it falls to.", minimum=0),
            ),
            shown="Cosine with restarts",
        ),
        ScheduleKind(
            "PolynomialLR",
            "Falls to zero: in a straight line, or along a power of what is left.",
            (
                integer("total_iters", None, "Epochs until it has fallen; all where empty."),
                number("power", 1.0, "1 for a straight line, 2 for a parabola.", above=0),
            ),
            shown="Polynomial",
        ),
        ScheduleKind(
            "OneCycleLR",
            "Rises to a top and falls to almost nothing, step by step over the whole run.",
            (
                number("max_lr", 0.01, "The learning rate at the top.", above=0),
                number("pct_start", 0.3, "Share of the run that it rises.", above=0, maximum=0.99),
                choice("anneal_strategy", ("cos", "linear"), "cos", "The shape of rise and fall."),
                number("div_factor", 25.0, "The top over the learning rate at the start.", above=0),
                number("final_div_factor", 1e4, "The start over the end.", above=0),
            ),
            shown="One cycle",
            pace=Pace.STEP,
        ),
        ScheduleKind(
            "CyclicLR",
            "Rises and falls in straight lines, again and again, step by step.",
            (
                number("base_lr", 1e-4, "The lowest learning rate.", above=0),
                number("max_lr", 0.01, "The highest learning rate.", above=0),
                integer("step_size_up", 2000, "Steps from the lowest to the highest."),
                choice(
                    "mode",
                    ("triangular", "triangular2"),
                    "triangular",
                    "With the second each rise is half as high as the one before it.",
                ),
            ),
            shown="Cycles",
            pace=Pace.STEP,
        ),
        ScheduleKind(
            "LinearLR",
            "Rises in a straight line over the first epochs: a warm-up.",
            (
                number(
                    "start_factor", 0.1, "What it begins with, as a factor.", above=0, maximum=1
                ),
                number("end_factor", 1.0, "What it ends with, as a factor.", minimum=0, maximum=1),
                integer("total_iters", 5, "Epochs that it takes."),
            ),
            shown="Linear warm-up",
        ),
        ScheduleKind(
            "ReduceLROnPlateau",
            "Falls by a factor when no epoch has been better for some epochs, by the validation "
            "loss or by what is chosen instead.",
            (
                number("factor", 0.1, _GAMMA, above=0, maximum=0.999),
                integer("patience", 10, "Epochs without progress before it falls.", minimum=0),
                number("threshold", 1e-4, "What counts as progress, as a share.", minimum=0),
                integer("cooldown", 0, "Epochs to wait after a fall.", minimum=0),
                number("min_lr", 0.0, "It never falls below this.", minimum=0),
            ),
            shown="On plateau",
            pace=Pace.VALIDATION,
        ),
    )
)


def follows_epochs(recipe: Recipe) -> bool:
    """Tell whether the last schedule is another one where a run has more epochs."""
    chosen = recipe.phases[-1].schedule if recipe.phases else recipe.schedule
    kind = SCHEDULES[chosen.kind]
    few, many = (kind.torch_arguments(chosen.arguments, epochs, 1) for epochs in (1, 2))
    return few != many
