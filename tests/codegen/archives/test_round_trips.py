"""An example becomes an archive and a drawing again, which computes the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.archive_round_trips import round_trip


@pytest.mark.parametrize("name", ["sequence-lstm", "character-transformer"])
@pytest.mark.parametrize("suffix", [".onnx", ".pt2", ".pt"])
@pytest.mark.filterwarnings("ignore")  # of torch's exporters, about themselves
def test_results_are_equal(name: str, suffix: str, tmp_path: Path) -> None:
    told = round_trip(name, suffix, tmp_path)
    assert f", {1 if suffix == '.pt' else 0} notes," in told, told  # of its inputs
    assert told.endswith("apart")
    assert not told.startswith("DIFFERS")
