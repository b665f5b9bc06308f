from __future__ import annotations

import numpy as np

from app.runs.events import EpochEnded, Finished, Started, Steps
from app.runs.record import Record

STARTED = Started("cpu", 10, 2, 5, 100, 20, 20)


def epoch(number: int, validation: dict[str, float]) -> EpochEnded:
    train = {"loss": 0.5, "accuracy": 0.8}
    return EpochEnded(number, 5 * number, train, validation, 0.1, 1000.0, 1.0, True)


def test_steps_lie_at_their_numbers() -> None:
    record = Record()
    record.add(STARTED)
    record.add(Steps(3, (3.0, 2.0, 1.0), 0.1, 500.0))
    record.add(Steps(5, (0.5, 0.25), 0.05, 600.0))
    np.testing.assert_array_equal(record.step_loss.x, [1, 2, 3, 4, 5])
    np.testing.assert_array_equal(record.step_loss.y, [3, 2, 1, 0.5, 0.25])
    np.testing.assert_array_equal(record.learning_rate.x, [3, 5])
    assert record.fraction == 0.5
    assert record.seconds_left() is not None


def test_scores_are_drawn_whatever_they_are_called() -> None:
    record = Record()
    record.add(epoch(1, {"loss": 0.6, "mask.accuracy": 0.7}))
    assert record.scores == ("accuracy", "mask.accuracy")
    assert list(record.figures) == ["accuracy"]
    assert list(record.validation_figures) == ["mask.accuracy"]
    np.testing.assert_array_equal(record.validation_loss.y, [0.6])


def test_before_the_first_step_nothing_is_foretold() -> None:
    record = Record()
    assert record.fraction is None
    assert record.seconds_left() is None
    record.add(STARTED)
    assert record.fraction == 0
    assert record.seconds_left() is None


def test_the_time_left_is_told_from_the_time_trained() -> None:
    record = Record()
    record.add(STARTED)
    record.add(Steps(2, (1.0, 1.0), 0.1, 20.0))  # 2 of 10 steps, 40 samples, 2 seconds
    assert record.seconds_left() == 8
    record.add(Steps(5, (1.0, 1.0, 1.0), 0.1, 30.0))
    record.add(epoch(1, {"loss": 0.6}))  # which took one second, all in all
    assert record.seconds_left() == 1


def test_the_last_event_is_kept() -> None:
    record = Record()
    end = Finished(2, 1, {}, {}, 1.0, False)
    record.add(end)
    assert record.ended is end
