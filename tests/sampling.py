"""How many random cases a test draws: a sample of the campaign that is run by hand."""

from __future__ import annotations

from hypothesis import settings

IS_CAMPAIGN = settings.get_current_profile_name() == "explore"
"""Whether all cases are drawn: ``./dev test --hypothesis-profile=explore``."""


def cases(sample: int, campaign: int) -> int:
    """Return how many cases are drawn in this run of the tests."""
    return campaign if IS_CAMPAIGN else sample
