"""A screen for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.screen.driver import Screen


@pytest.fixture
def screen() -> Iterator[Screen]:
    with Screen(1280, 800) as started:
        yield started
