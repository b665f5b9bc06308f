"""Rules over figures that are written by hand: what each takes for wrong, and what not."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from app.diagnosis.case import Case, one_digit, share, told
from app.diagnosis.chance import Chance
from app.diagnosis.epochs import found_in_epochs, labels_tell_nothing
from app.diagnosis.look import Look, NodeSeen, WeightSeen
from app.diagnosis.rules import found_in
from app.diagnosis.signs import Sign, Signs
from app.runs.events import EpochEnded
from graph_model.inference.infer import infer
from graph_model.recipe import Choice, Recipe
from tests.app.training.networks import chain

NETWORK = chain(
    ("Input", {"shape": ("N", 4)}),
    ("Linear", {"out_features": 8}),
    ("Tanh", {}),
    ("Linear", {"out_features": 3}),
    ("Output", {}),
)
INPUT, FIRST, TANH, LAST, OUTPUT = NETWORK.nodes
RECIPE = Recipe(Choice("iris"), optimizer=Choice("Adam", {"lr": 0.01}))


def weight(
    path: str, moved: float = 0.003, size: float = 0.3, gradient: float = 0.01
) -> WeightSeen:
    return WeightSeen(path, f"{path}.weight", size, 4, 32, gradient, moved)


def look(moved: float = 0.003, **nodes: NodeSeen) -> Look:
    """Return a step of which all is as it should be, but for some nodes."""
    seen = {
        FIRST: NodeSeen(FIRST, 1, frozenset({"linear"}), 1.0, 0.6, feeders=("",)),
        TANH: NodeSeen(TANH, 2, frozenset({"tanh"}), 0.6, 0.5, flat=0.02, feeders=(FIRST,)),
        LAST: NodeSeen(LAST, 3, frozenset({"linear"}), 0.5, 0.3, feeders=(TANH,)),
    }
    return Look({**seen, **nodes}, [weight(FIRST, moved), weight(LAST, moved)], 1.1)


def case(sign: Sign, start: Look, now: Look | None = None, loss: float = 1.08) -> Case:
    signs = Signs(Chance(1.1, 1.1))
    signs.take_losses([1.12, *[loss] * 30])
    signs.rate = 0.01
    return Case(RECIPE, infer(NETWORK), signs, sign, start, now or start)


@pytest.mark.parametrize("sign", Sign)
def test_of_what_is_as_it_should_be_nothing_is_said(sign: Sign) -> None:
    assert found_in(case(sign, look(), loss=0.5)) is None or sign is Sign.GROWS


def test_a_deciding_figure_that_is_no_number_is_told() -> None:
    recipe = replace(RECIPE, options=(Choice("best_by", {"figure": "roc_auc"}),))
    for area, code in ((math.nan, "nothing_decides"), (0.5, None)):
        signs = Signs(Chance(1.1, 1.1))
        validation = {"loss": 1.0, "roc_auc": area}
        signs.take(EpochEnded(1, 1, {"loss": 1.0}, validation, 0.01, 1.0, 1.0, is_best=True))
        found = found_in_epochs(Case(recipe, infer(NETWORK), signs))
        assert (found.problem.code if found else None) == code
        assert found is None or [each.message for each in found.problem.fixes] == ["Decide by loss"]


def test_a_function_that_is_flat_is_named_by_the_layer_that_feeds_it() -> None:
    flat = replace(look().nodes[TANH], flat=0.8)
    found = found_in(case(Sign.STANDS, look(**{TANH: flat})))
    assert found is not None
    assert (found.problem.code, found.path) == ("units_saturated_here", TANH)
    heavy = replace(look(**{TANH: flat}), weights=[weight(FIRST, size=9.0), weight(LAST)])
    found = found_in(case(Sign.STANDS, heavy))
    assert found is not None
    assert (found.problem.code, found.path) == ("units_saturated", FIRST)
    assert found.problem.values["share"] == "80 %"


def test_a_step_is_too_short_or_too_long_by_how_far_it_moves_weights() -> None:
    low = found_in(case(Sign.STANDS, look(1e-6)))
    assert low is not None
    assert low.problem.code == "rate_too_low"
    high = found_in(case(Sign.STANDS, look(), look(0.5)))
    assert high is not None
    assert high.problem.code == "rate_too_high"


def test_a_rate_that_warms_up_is_not_too_low_yet() -> None:
    warming = case(Sign.STANDS, look(1e-6))
    warming.signs.rate = 1e-5
    assert found_in(warming) is None


def test_numbers_that_are_none_are_left_to_the_step_that_is_done_again() -> None:
    flat = replace(look().nodes[TANH], flat=0.8)
    bad = replace(look(**{TANH: flat}), loss=math.nan)
    assert found_in(case(Sign.STANDS, bad)) is None


def epochs(*losses: tuple[float, float], accuracy: float = 0.3, steps: int = 400) -> Case:
    """Return a case of epochs with these losses of training and of validation."""
    found = case(Sign.STANDS, look())
    found.signs.samples, found.signs.steps = (100, 100), steps
    found.signs.chance = Chance(1.1, 1.1, 0.34)
    for epoch, (train, validation) in enumerate(losses, 1):
        told = {"loss": validation, "accuracy": accuracy}
        ended = EpochEnded(epoch, epoch, {"loss": train}, told, 0.01, 1.0, 1.0, is_best=False)
        found.signs.epochs.take(ended)
    return found


def test_what_is_learnt_and_never_helps_is_told_of_the_labels() -> None:
    falling = [(1.1 - 0.06 * epoch, 1.1 + 0.05 * epoch) for epoch in range(8)]
    found = found_in_epochs(epochs(*falling))
    assert found is not None
    assert found.problem.code == "labels_unrelated"
    found = found_in_epochs(epochs(*falling, accuracy=0.6))  # which is more than luck
    assert found is None or found.problem.code != "labels_unrelated"


def test_what_helped_at_first_is_learnt_by_heart_later() -> None:
    falling = [(1.0 * 0.7**epoch, 0.7 + 0.1 * abs(epoch - 3)) for epoch in range(10)]
    found = found_in_epochs(epochs(*falling, accuracy=0.8))
    assert found is not None
    assert (found.problem.code, found.problem.values["epoch"]) == ("overfitting", "4")
    assert found_in_epochs(epochs(*falling[:5], accuracy=0.8)) is None


def test_where_nothing_is_learnt_for_long_the_samples_may_not_tell() -> None:
    found = labels_tell_nothing(epochs(*[(1.09, 1.1)] * 6))
    assert found is not None
    assert found.problem.code == "labels_tell_nothing"
    assert labels_tell_nothing(epochs(*[(1.09, 1.1)] * 6, steps=40)) is None
    assert labels_tell_nothing(epochs(*[(0.9, 1.1)] * 6)) is None


def test_figures_are_told_as_people_read_them() -> None:
    assert [told(each) for each in (0.0, 1.2345, 3e-7, math.inf)] == ["0", "1.23", "3.0e-07", "inf"]
    assert (share(0.997), one_digit(0.00437)) == ("100 %", 0.004)


def test_a_step_is_too_short_where_all_of_them_together_come_nowhere() -> None:
    few, many = (case(Sign.STANDS, look(3e-4)) for _ in range(2))
    few.signs.planned, many.signs.planned = 100, 100_000
    found = found_in(few)
    assert found is not None
    assert (found.problem.code, found.problem.values["all"]) == ("rate_too_low", "3 %")
    assert found_in(many) is None


def test_a_loss_that_begins_below_guessing_stands_as_well() -> None:
    stands = case(Sign.STANDS, look(1e-6))
    for signs, code in ((Signs(Chance(1.6, 1.6)), "rate_too_low"), (Signs(Chance(9.0, 9.0)), None)):
        signs.take_losses([1.12, *[1.08] * 30])  # of 9.0 so little is left that it knows something
        found = found_in(replace(stands, signs=signs))
        assert (found.problem.code if found is not None else None) == code


def test_a_loss_far_above_guessing_says_nothing_of_the_labels() -> None:
    assert labels_tell_nothing(epochs(*[(2.2, 2.2)] * 6)) is None


def test_luck_is_hardly_ever_taken_for_learning() -> None:
    """Of labels that have nothing to do with samples, the best of 20 epochs of a network that is
    ever surer of itself: that comes out below guessing often enough."""
    draw = np.random.default_rng(0)
    told, below, times = 0, 0, 400
    for _ in range(times):
        labels = draw.random(100) < 0.66
        logits = draw.normal(math.log(0.66 / 0.34), np.linspace(0.02, 2, 20)[:, None], (20, 100))
        losses = np.logaddexp(0, np.where(labels, -logits, logits)).mean(axis=1)
        right = ((logits > 0) == labels).mean(axis=1)
        guessing = -np.log(np.where(labels, 0.66, 0.34)).mean()
        found = epochs(*[(0.3, loss) for loss in losses], accuracy=right.max())
        found.signs.chance = Chance(0.64, float(guessing), max(labels.mean(), 1 - labels.mean()))
        told += found_in_epochs(found) is None
        below += losses.min() < guessing
    assert below > times / 3
    assert told < 0.05 * times


def test_what_is_more_than_luck_is_no_fault_of_the_labels() -> None:
    """Of 100 samples a tenth of a nat is more than luck, and two hundredths are not."""
    falling = [(1.0 * 0.9**epoch, 1.2) for epoch in range(7)]
    assert found_in_epochs(epochs((1.0, 1.0), *falling)) is None
    found = found_in_epochs(epochs((1.0, 1.08), *falling))
    assert found is not None
    assert found.problem.code == "labels_unrelated"
