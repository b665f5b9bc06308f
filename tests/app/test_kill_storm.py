"""A kill or two of the storm that ``tools.kill_storm`` is: real windows, really killed."""

from __future__ import annotations

import pytest

from tools.kill_storm import kill_one


@pytest.mark.parametrize("nodes", [30, 2000])
def test_who_edits_without_a_pause_loses_only_the_last_edits(nodes: int) -> None:
    """Twenty edits in about two seconds: what is kept is never nothing."""
    kill = kill_one(rhythm=0.1, edits=20, delay=0.05, nodes=nodes, seed=nodes)
    assert 0 < kill.kept <= kill.edits
