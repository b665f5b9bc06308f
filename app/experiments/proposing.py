"""Values that are proposed by what trials before have reached: TPE, by optuna.

Tree-structured Parzen estimators, Bergstra et al. 2011.

Optuna is optional, see ``docs/dependencies.md``. It is asked anew for each trial, with all that is
known then and a seed of its own, so that an experiment that is resumed goes on as it would have.
"""

from __future__ import annotations

import importlib.util
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from app.experiments.spaces import Space
from app.experiments.standing import FAILED, FINISHED, PRUNED, UNDER_WAY, Standing
from app.experiments.trials import Settings
from graph_model.problems import Problem, Refusal
from graph_model.recipes.judging import Deciding

if TYPE_CHECKING:
    from optuna.trial import FrozenTrial


def is_available() -> bool:
    """Tell whether optuna is installed."""
    return importlib.util.find_spec("optuna") is not None


def need_optuna() -> None:
    """Raise ``Refusal`` where optuna is not installed."""
    if not is_available():
        raise Refusal(Problem("optuna_missing"))


def worth(figures: Mapping[str, float], judged: Deciding) -> float:
    """Return the figure that decides, so that less is better; ``nan`` where there is none."""
    value = figures.get(judged.figure, math.nan)
    return -value if judged.larger_is_better else value


def propose(
    spaces: Mapping[str, Space], seed: int, before: Sequence[Standing], judged: Deciding
) -> Settings:
    """Return the settings of the trial that follows these."""
    import optuna  # 0.13 s, which only this needs

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    sampler = optuna.samplers.TPESampler(seed=seed + len(before), constant_liar=True)
    study = optuna.create_study(sampler=sampler)
    distributions = {name: _distribution(space) for name, space in spaces.items()}
    study.add_trials(_told(before, spaces, distributions, judged))
    found = study.ask(distributions).params
    return {name: spaces[name].text_of(value) for name, value in found.items()}


def _distribution(space: Space) -> Any:
    from optuna import distributions

    if space.choices:
        return distributions.CategoricalDistribution(space.choices)
    if space.is_whole:
        return distributions.IntDistribution(int(space.low), int(space.high), log=space.is_log)
    return distributions.FloatDistribution(space.low, space.high, log=space.is_log)


def _told(
    before: Iterable[Standing],
    spaces: Mapping[str, Space],
    distributions: Mapping[str, Any],
    judged: Deciding,
) -> list[FrozenTrial]:
    """Return trials as optuna has them; those that failed are worse than all others."""
    from optuna.trial import TrialState, create_trial

    states = {
        FINISHED: TrialState.COMPLETE,
        PRUNED: TrialState.PRUNED,
        FAILED: TrialState.PRUNED,
        UNDER_WAY: TrialState.RUNNING,
    }
    found = []
    for each in before:
        values = {
            name: space.value_of(each.settings.get(name, "")) for name, space in spaces.items()
        }
        if each.state not in states or None in values.values():
            continue
        value = worth(each.figures, judged) if each.state == FINISHED else None
        if value is not None and math.isnan(value):
            value = math.inf
        curve = {} if each.state == FAILED else each.curve
        found.append(
            create_trial(
                state=states[each.state],
                value=value,
                params=values,
                distributions=dict(distributions),
                intermediate_values=curve,
            )
        )
    return found
