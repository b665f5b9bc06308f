"""A sample of the campaign that injects faults: each is named at its place, as the first thing.

``python -m tools.fault_injection`` tries fifty of each, on other seeds.
"""

from __future__ import annotations

import random

import pytest

from tools.fault_injection.faults import FAULTS
from tools.fault_injection.trials import Outcome, tried

_EACH = 2


def outcomes(name: str) -> list[Outcome]:
    """Return what was said of the first faults of a kind that do harm."""
    found: list[Outcome] = []
    seed = 0
    while len(found) < _EACH:
        outcome = tried(FAULTS[name], random.Random(f"{name} {seed}"))
        seed += 1
        if outcome is not None:
            found.append(outcome)
    return found


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_at_its_place(name: str) -> None:
    for outcome in outcomes(name):
        assert outcome.is_right, outcome
