"""What a run tells is read again from its log as it was told."""

from __future__ import annotations

import json
import math

import pytest

from app.runs.events import EpochEnded, Metrics, as_json
from app.runs.told import event_of

FIGURES: Metrics = {
    "loss": 1.0,
    "f1_per_class": (0.25, 0.5),
    "confusion": ((3, 1), (0, 4)),
}


def test_figures_of_each_class_and_confusions_are_read_again() -> None:
    told = EpochEnded(1, 10, FIGURES, FIGURES, 0.1, 100.0, 1.0, is_best=True)
    assert event_of(json.loads(json.dumps(as_json(told)))) == told


def test_what_was_not_finite_is_none_of_a_number() -> None:
    told = EpochEnded(1, 10, {"loss": math.nan}, {"f1": (math.nan, 1.0)}, 0.1, 1.0, 1.0, False)
    read = event_of(json.loads(json.dumps(as_json(told))))
    assert isinstance(read, EpochEnded)
    assert math.isnan(read.train["loss"])  # type: ignore[arg-type]
    assert math.isnan(read.validation["f1"][0])  # type: ignore[index, arg-type]


@pytest.mark.parametrize("figure", ["1", [[1.5]], [True], {"a": 1}, [["x"]], [[1], 2]])
def test_what_is_no_figure_is_no_event(figure: object) -> None:
    told = EpochEnded(1, 10, {}, {}, 0.1, 100.0, 1.0, is_best=True)
    assert event_of({**as_json(told), "validation": {"f1": figure}}) is None
