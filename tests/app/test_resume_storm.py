"""A few kills of the storm that ``tools.resume_storm`` is: real processes, really killed."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tools import resume_storm


@pytest.mark.skipif(os.name == "nt", reason="Windows does not fork")
def test_a_run_that_was_killed_ends_as_if_it_had_not_been(tmp_path: Path) -> None:
    name = "several outputs"
    resume_storm.undisturbed(name, tmp_path / "whole")
    found = resume_storm.survive(name, tmp_path / "whole", tmp_path / "run", 3, random.Random(0))
    assert found.is_same
