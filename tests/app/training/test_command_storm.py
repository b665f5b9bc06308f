"""Commands at random are followed, each of them, in a thread and in a process of its own."""

from __future__ import annotations

import multiprocessing

import pytest

from tools.command_storm import DRIVES, storm


@pytest.mark.parametrize("name", DRIVES)
def test_each_of_fifty_steps_and_stops_is_followed(name: str) -> None:
    """Whatever is not followed raises; the number of steps is exactly that of the commands."""
    assert len(storm(name, 50, pauses=0.0)) >= 50
    assert not multiprocessing.active_children()
