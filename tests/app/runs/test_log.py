"""The log of a run, where its file vanishes."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.runs import log
from app.runs.log import EventLog


def test_a_file_that_is_made_anew_lacks_the_oldest_passing_lines_at_most(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "_MOST_PASSING", 100)
    written, path = EventLog(), tmp_path / "events.jsonl"
    for number in range(40):
        written.add({"n": number}, is_kept=number % 10 == 0)
        written.write(path)
    assert path.read_text().count("\n") == 40
    written.begin_again()
    written.write(tmp_path / "anew.jsonl")
    told = [int(line[6:-1]) for line in (tmp_path / "anew.jsonl").read_text().splitlines()]
    assert told == sorted(told)
    assert {0, 10, 20, 30} <= {*told}
    assert [each for each in told if each % 10][-1] == 39
    assert 100 / 2 <= sum(len(f'{{"n": {each}}}\n') for each in told if each % 10) <= 100
