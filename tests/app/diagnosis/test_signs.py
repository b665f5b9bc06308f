"""When a run looks wrong, by its losses alone."""

from __future__ import annotations

import math

import pytest

from app.diagnosis.chance import Chance
from app.diagnosis.signs import Sign, Signs
from app.runs.events import EpochEnded, Steps


def told(signs: Signs, *losses: float) -> None:
    signs.take(Steps(signs.steps + len(losses), losses, 0.01, 1.0))


def ended(signs: Signs, epoch: int, train: float, validation: float) -> None:
    figures = ({"loss": train}, {"loss": validation})
    signs.take(EpochEnded(epoch, signs.steps, *figures, 0.01, 1.0, 1.0, is_best=False))


def test_a_loss_that_falls_looks_well() -> None:
    signs = Signs(Chance(1.0))
    told(signs, *(1.1 * math.exp(-step / 20) for step in range(40)))
    ended(signs, 1, 0.5, 0.4)
    assert signs.asked() is None


@pytest.mark.parametrize(
    ("losses", "sign"),
    [
        ([5.0, 4.0, 3.0], Sign.HIGH),
        ([1.0, 1.1, 1.0, *[20.0] * 10], Sign.GROWS),
        ([math.inf, math.inf, math.inf], Sign.HIGH),
    ],
)
def test_what_is_far_above_guessing_looks_wrong_once(losses: list[float], sign: Sign) -> None:
    signs = Signs(Chance(1.0))
    told(signs, *losses)
    assert signs.asked() is sign
    told(signs, *losses)
    assert signs.asked() is not sign


def test_a_loss_that_stands_looks_wrong_after_an_epoch() -> None:
    signs = Signs()
    told(signs, *[2.0] * 20)
    assert signs.asked() is None
    ended(signs, 1, 1.9, 2.0)
    assert signs.asked() is Sign.STANDS
    assert signs.left == pytest.approx(0.95)


def test_sizes_that_are_unusual_look_wrong_before_the_first_step() -> None:
    for sizes in (([1.0], [0.6], [0.3]), ([], [], []), ([0.0], [1.4], [])):
        signs = Signs()
        signs.begin(*sizes)
        assert signs.asked() is None
    for sizes in (([300.0], [0.6], []), ([1.0], [20.0], []), ([1.0], [0.6], [50.0])):
        signs = Signs()
        signs.begin(*sizes)
        assert signs.asked() is Sign.ODD
